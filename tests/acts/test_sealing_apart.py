"""Nothing waits for a seal while the database is held, and nothing is done twice for it."""

import ast
import inspect
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import excerpts, sealing, transaction
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.excerpts import CopyFacts
from sitzungsdienst.acts.minutes import unapprove_minutes
from sitzungsdienst.acts.sealing import TRIES, give_seal
from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.minutes import CertifiedCopy, Minutes
from sitzungsdienst.record.papers import Paper
from sitzungsdienst.seal.failure import SealFailed
from tests.acts.test_every_act import ACTS, modules
from tests.documents.cast import read, squeezed
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter

COPY = CopyFacts(certified_by="Sabine Krüger", full=True)
MARK = b"%gesiegelt\n"


class Waiting:
    """Seals with a mark; what `meanwhile` names happens while the act waits, once each."""

    def __init__(self, *meanwhile: Callable[[], object]) -> None:
        self.meanwhile = list(meanwhile)
        self.asked: list[bytes] = []

    def __call__(self, pdf: bytes, now: datetime) -> bytes:
        assert now == AFTERWARDS.replace(microsecond=0)
        self.asked.append(pdf)
        if self.meanwhile:
            self.meanwhile.pop(0)()
        return pdf + MARK


@pytest.fixture
def other(shared: Engine, clerk: Builder) -> Iterator[Builder]:
    """A colleague with a connection of their own, who waits a moment for the database only."""
    with Session(shared) as session:
        if shared.dialect.name == "sqlite":
            session.connection().exec_driver_sql("PRAGMA busy_timeout = 200")
        else:
            session.connection().exec_driver_sql("SET lock_timeout = '200ms'")
        session.commit()
        yield Builder(session, clerk.actor)


@pytest.fixture
def chapter(clerk: Builder) -> Chapter:
    chapter = held_chapter(clerk)
    clerk.sign(chapter.meeting, approve=True)
    return chapter


def renamed(other: Builder, name: str) -> Callable[[], None]:
    """A colleague gives the Body another name, which stands at the head of every print."""

    def change() -> None:
        row = other.session.get_one(Body, other.actor.home, populate_existing=True)
        row.name = name
        other.session.commit()

    return change


def copies(clerk: Builder) -> list[tuple[str, bytes]]:
    clerk.session.rollback()
    rows = clerk.session.scalars(select(CertifiedCopy).order_by(CertifiedCopy.id))
    return [(one.number, one.document.blob.content) for one in rows if one.document]


def entries(clerk: Builder, act: str) -> int:
    wanted = select(func.count()).where(AuditEntry.act == act)
    return clerk.session.scalar(wanted) or 0


def certify(clerk: Builder, chapter: Chapter) -> int:
    return excerpts.certify_excerpt(clerk.session, clerk.actor, chapter.secret, COPY, AFTERWARDS)


def test_others_write_while_an_act_waits_for_its_seal(
    clerk: Builder, other: Builder, chapter: Chapter
) -> None:
    wait = Waiting(lambda: other.paper(reference="neben/1"))
    give_seal(clerk.session, wait)
    certify(clerk, chapter)
    clerk.session.rollback()
    assert clerk.session.scalar(select(Paper.id).where(Paper.reference == "neben/1"))
    assert copies(clerk) == [("2017/1", wait.asked[0] + MARK)]
    assert len(wait.asked) == entries(clerk, "certify_excerpt") == 1


def test_even_the_same_meeting_can_be_written_meanwhile(
    clerk: Builder, other: Builder, chapter: Chapter
) -> None:
    def colleague() -> None:
        facts = CopyFacts(certified_by="Kollegin", full=True)
        excerpts.certify_excerpt(other.session, other.actor, chapter.secret, facts, AFTERWARDS)

    wait = Waiting(colleague)
    give_seal(clerk.session, wait)
    certify(clerk, chapter)
    # The colleague took the first number meanwhile: the copy got the next, and a seal of its own.
    (first, unsealed), (second, content) = copies(clerk)
    assert (first, second) == ("2017/1", "2017/2")
    assert not unsealed.endswith(MARK)
    assert content == wait.asked[1] + MARK
    assert wait.asked[0] != wait.asked[1]


def test_what_was_changed_meanwhile_is_sealed_anew(
    clerk: Builder, other: Builder, chapter: Chapter, tmp_path: Any
) -> None:
    wait = Waiting(renamed(other, "Landkreis Anderswo"))
    give_seal(clerk.session, wait)
    certify(clerk, chapter)
    [(number, content)] = copies(clerk)
    assert number == "2017/1"
    assert content == wait.asked[1] + MARK
    assert squeezed("Landkreis Anderswo") in squeezed(read(wait.asked[1], tmp_path))
    assert len(wait.asked) == 2
    assert entries(clerk, "certify_excerpt") == 1


def test_an_act_that_never_finds_rest_gives_way(
    clerk: Builder, other: Builder, chapter: Chapter
) -> None:
    wait = Waiting(*(renamed(other, f"Landkreis {place}") for place in range(TRIES)))
    give_seal(clerk.session, wait)
    with pytest.raises(RuleBroken, match="Gerade speichert jemand anderes"):
        certify(clerk, chapter)
    assert len(wait.asked) == TRIES - 1
    assert copies(clerk) == []
    assert entries(clerk, "certify_excerpt") == 0


def test_a_form_that_got_stale_while_waiting_is_told_so(
    clerk: Builder, other: Builder, chapter: Chapter
) -> None:
    row = clerk.session.scalar(select(Minutes.id)) or 0
    version = clerk.version(Minutes, row)

    def colleague() -> None:
        unapprove_minutes(other.session, other.actor, row, version, AFTERWARDS)

    wait = Waiting(colleague)
    give_seal(clerk.session, wait)
    with pytest.raises(Stale):
        unapprove_minutes(clerk.session, clerk.actor, row, version, AFTERWARDS)
    assert len(wait.asked) == entries(clerk, "unapprove_minutes") == 1


def test_a_seal_that_fails_leaves_nothing_and_its_words_stand(
    clerk: Builder, chapter: Chapter
) -> None:
    def fail() -> None:
        raise SealFailed("Der Zeitstempeldienst antwortet nicht.")

    wait = Waiting(fail)
    give_seal(clerk.session, wait)
    with pytest.raises(RuleBroken, match=r"Der Zeitstempeldienst antwortet nicht\."):
        certify(clerk, chapter)
    assert copies(clerk) == []
    assert entries(clerk, "certify_excerpt") == 0
    certify(clerk, chapter)
    assert [number for number, _ in copies(clerk)] == ["2017/1"]


def test_without_a_seal_there_is_one_try(clerk: Builder, chapter: Chapter) -> None:
    certify(clerk, chapter)
    [(number, content)] = copies(clerk)
    assert number == "2017/1"
    assert not content.endswith(MARK)


def test_a_rule_refuses_before_anything_is_sealed(clerk: Builder, chapter: Chapter) -> None:
    wait = Waiting()
    give_seal(clerk.session, wait)
    nobody = CopyFacts(certified_by="", full=True)
    with pytest.raises(RuleBroken, match="wer beglaubigt"):
        excerpts.certify_excerpt(clerk.session, clerk.actor, chapter.secret, nobody, AFTERWARDS)
    assert wait.asked == []


def test_a_uid_is_the_same_in_every_try(clerk: Builder) -> None:
    seen: list[list[str]] = []

    @sealing.seals
    def act(session: Session) -> None:
        seen.append([sealing.new_uid(session), sealing.new_uid(session)])
        if len(seen) < 3:
            raise transaction.Unsealed([b"%d" % len(seen)] * 2, AFTERWARDS.replace(microsecond=0))

    wait = Waiting()
    give_seal(clerk.session, wait)
    act(clerk.session)
    assert wait.asked == [b"1", b"2"], "the same print twice is sealed once"
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0] != seen[0][1]
    act(clerk.session)
    assert not {*seen[3]} & {*seen[0]}


def reaching(goal: str) -> set[str]:
    """The functions of the acts that call `goal`, however far away, by their names."""
    called: dict[str, set[str]] = {}
    for module in modules():
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.FunctionDef):
                called.setdefault(node.name, set()).update(names(node))
    found, new = {goal}, {goal}
    while new:
        new = {name for name, uses in called.items() if uses & new} - found
        found |= new
    return found


def names(function: ast.FunctionDef) -> set[str]:
    """What a function names: a function handed on is called as well."""
    return {one.id for one in ast.walk(function) if isinstance(one, ast.Name)} | {
        one.attr for one in ast.walk(function) if isinstance(one, ast.Attribute)
    }


def test_every_act_that_may_seal_is_one_that_seals() -> None:
    sealing_ones = reaching("sealed")
    found = {name for name, one in ACTS.items() if one.__name__ in sealing_ones}
    assert "minutes.sign_minutes" in found
    wrapped = {name for name, one in ACTS.items() if hasattr(one, "__wrapped__")}
    assert found - wrapped - {"transaction.act"} == set()
