"""What holds for every act: it runs inside `act(...)`, and other Bodies' rows are unknown to it.

The acts are found by walking the modules, so that a new one joins by itself.
"""

import ast
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from importlib import import_module
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sitzungsdienst import acts
from sitzungsdienst.acts import terms
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import Unknown
from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.meetings import AgendaItem
from tests.support.builders import END, START, Builder, held_chapter, pdf

#: Acts on accounts ask for the administrator, who belongs to no Body; on sessions for oneself.
NOT_OF_A_BODY = {"accounts", "bodies", "sessions"}


def modules() -> list[ModuleType]:
    return [
        import_module(f"{acts.__name__}.{one.name}") for one in pkgutil.iter_modules(acts.__path__)
    ]


def public_acts() -> dict[str, Callable[..., Any]]:
    """Every public function of the rooms' modules that takes a session, an actor and a moment."""
    found = {}
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            asked = list(inspect.signature(function).parameters)
            if asked[:2] == ["session", "actor"] and "now" in asked:
                found[f"{module.__name__.rsplit('.', 1)[-1]}.{name}"] = function
    return found


ACTS = public_acts()


def runs(function: Callable[..., Any]) -> list[ast.Call]:
    """The calls of `act` that open a `with` in the function."""
    tree = ast.parse(inspect.getsource(function))
    return [
        item.context_expr
        for node in ast.walk(tree)
        if isinstance(node, ast.With)
        for item in node.items
        if isinstance(item.context_expr, ast.Call)
        and isinstance(item.context_expr.func, ast.Name)
        and item.context_expr.func.id == "act"
    ]


def name_of(call: ast.Call) -> str:
    """The act's name as it will stand in the trail."""
    third = call.args[2]
    assert isinstance(third, ast.Constant)
    return str(third.value)


def test_the_walk_finds_the_acts() -> None:
    assert len(ACTS) > 50


@pytest.mark.parametrize("name", [name for name in ACTS if name != "transaction.act"])
def test_every_act_runs_in_exactly_one_transaction(name: str) -> None:
    (call,) = runs(ACTS[name])
    assert name_of(call)


def test_no_two_acts_share_a_name() -> None:
    names = [name_of(runs(one)[0]) for name, one in ACTS.items() if name != "transaction.act"]
    assert len(names) == len(set(names))


def test_nothing_but_the_transaction_commits() -> None:
    """Only small counters and time stamps that are no acts commit by themselves.

    So do the words of files of before: what the bytes say anyway, read one by one.
    """
    committing = {
        module.__name__.rsplit(".", 1)[-1]
        for module in modules()
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    }
    assert committing == {"transaction", "attempts", "file_texts", "sessions"}


def of_a_row() -> list[str]:
    """The acts that are asked for with the number of a row."""
    return [
        name
        for name, function in ACTS.items()
        if name.split(".")[0] not in NOT_OF_A_BODY | {"transaction"} and row_parameter(function)
    ]


def row_parameter(function: Callable[..., Any]) -> str:
    found = [one for one in inspect.signature(function).parameters if one.endswith("_id")]
    return found[0] if found else ""


def sound(kind: Any) -> Any:
    """A sound value for a parameter, so that only the foreign row is wrong."""
    values: dict[Any, Any] = {
        int: 1, int | None: None, str: "Grund", bool: False, bytes: pdf(), date: date(2017, 5, 2),
    }  # fmt: skip
    if kind in values:
        return values[kind]
    if kind is type(START):
        return END
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        given = {one.name: hints[one.name] for one in fields(kind) if needed(one)}
        return kind(**{name: sound(hint) for name, hint in given.items()})
    if str(kind).startswith("tuple"):
        return ()
    if type(None) in get_args(kind):
        return None
    return next(iter(kind))


def needed(one: Any) -> bool:
    return type(one.default).__name__ == "_MISSING_TYPE" and (
        type(one.default_factory).__name__ == "_MISSING_TYPE"
    )


def call(function: Callable[..., Any], session: Session, actor: Actor, row_id: int) -> None:
    """Ask for an act on the row with that number, everything else being sound."""
    hints = get_type_hints(function)
    row = row_parameter(function)
    given = {
        name: row_id if name == row else sound(hints[name])
        for name in inspect.signature(function).parameters
        if name not in ("session", "actor")
    }
    function(session, actor, **given)


def answer(function: Callable[..., Any], stranger: Builder) -> str:
    """What the clerk of another Body gets to hear."""
    try:
        call(function, stranger.session, stranger.actor, 1)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        return type(error).__name__
    return "done"


def test_rows_of_another_body_are_unknown_to_every_act(build: Builder, stranger: Builder) -> None:
    build.now = START - timedelta(days=9)
    chapter = held_chapter(build)
    ballot = build.session.get_one(AgendaItem, chapter.matter).ballots[0]
    # In the chapter's Body each kind of row that acts are about has a number 1.
    assert (chapter.meeting, ballot.id, build.sign(chapter.meeting)) == (1, 1, 1)
    term = terms.TermFacts(name="6. Wahlperiode", start_date=date(2014, 7, 1))
    assert terms.add_term(build.session, build.actor, term, build.now) == 1
    counted = select(func.count()).select_from(AuditEntry)
    before = build.session.scalar(counted)
    heard = {name: answer(ACTS[name], stranger) for name in of_a_row()}
    assert len(heard) > 40
    assert {name: one for name, one in heard.items() if one != Unknown.__name__} == {}
    stranger.session.rollback()
    assert build.session.scalar(counted) == before
