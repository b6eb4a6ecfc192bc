"""From tables to values: the files of the Länder, and single values of local rules.

What a value must be is read from the classes in `tree`, so that a new field there needs nothing
here.
"""

import types
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from sitzungsdienst.law.tree import Rules
from sitzungsdienst.law.values import Certainty, Value
from sitzungsdienst.law.words import Denominator, Quota

PROOF_KEYS = frozenset({"norm", "source", "as_of", "certainty", "wording"})

Table = Mapping[str, object]
Plain = int | str | bool | list[str]
Convert = Callable[[object], object]
GroupT = TypeVar("GroupT")


class RulesFileError(ValueError):
    """A file of rules is not what it must be: a value is missing, misspelt or of the wrong kind."""


def read_group(group: type[GroupT], table: Table, where: str, **known: object) -> GroupT:
    """Build a group of the tree from its table; `known` are fields that come from elsewhere.

    Raises RulesFileError, naming the value that is wrong.
    """
    hints = get_type_hints(group)
    wanted = [name for name in hints if name not in known]
    check_keys(table, wanted, where)
    read = {name: _read(hints[name], table[name], f"{where}.{name}") for name in wanted}
    return group(**known, **read)


def _read(hint: Any, raw: object, where: str) -> object:
    if get_origin(hint) is Value:
        return _value(hint, as_table(raw, where), where)
    if is_dataclass(hint):
        return read_group(hint, as_table(raw, where), where)  # type: ignore[arg-type]  # a class
    return converter(hint)(raw)


def _value(hint: Any, entry: Table, where: str) -> Value[object]:
    """A value with its proof; `left_to_local = true` stands in place of `value` where it may."""
    (of,) = get_args(hint)
    may_be_open = type(None) in get_args(of)
    if may_be_open and entry.get("left_to_local") is True:
        check_keys(entry, PROOF_KEYS | {"left_to_local"}, where)
        return _proven(entry, None, where)
    check_keys(entry, PROOF_KEYS | {"value"}, where)
    try:
        return _proven(entry, converter(of)(entry["value"]), where)
    except ValueError as error:
        raise RulesFileError(f"{where}: {error}") from error


def _proven(entry: Table, value: object, where: str) -> Value[object]:
    try:
        return Value(
            value=value,
            norm=as_text(entry["norm"]),
            source=as_text(entry["source"]),
            as_of=as_day(entry["as_of"]),
            certainty=Certainty(as_text(entry["certainty"])),
            wording=as_text(entry["wording"]),
        )
    except ValueError as error:
        raise RulesFileError(f"{where}: {error}") from error


def kind_of(hint: Any) -> Any:
    """The type a value has when it is there: of `int | None` that is `int`."""
    if get_origin(hint) in (types.UnionType, Union):
        (kind,) = [one for one in get_args(hint) if one is not type(None)]
        return kind
    return hint


def converter(hint: Any) -> Convert:
    """Return the function that makes a value of this type out of plain data.

    It raises ValueError for data of another kind.
    """
    kind = kind_of(hint)
    if get_origin(kind) is tuple:
        return _several(converter(get_args(kind)[0]))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return lambda raw: kind(as_text(raw))
    return _PLAIN[kind]


@cache
def value_types() -> Mapping[str, Any]:
    """The type of every value of the rules by its dotted key ("notice.days": `int | None`)."""
    return types.MappingProxyType(dict(_types_in(Rules, "")))


def _types_in(group: Any, prefix: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    hints = get_type_hints(group)
    for field in fields(group):
        hint = hints[field.name]
        if get_origin(hint) is Value:
            found.append((prefix + field.name, get_args(hint)[0]))
        elif is_dataclass(hint):
            found += _types_in(hint, f"{prefix}{field.name}.")
    return found


def check_keys(table: Table, expected: Collection[str], where: str) -> None:
    """Refuse a table that lacks a key or has one too many, so that no misspelling stays unseen."""
    missing, surplus = set(expected) - set(table), set(table) - set(expected)
    if missing or surplus:
        raise RulesFileError(f"{where}: missing {sorted(missing)}, unknown {sorted(surplus)}")


def as_table(raw: object, where: str) -> Table:
    """Return a table as it is; anything else is refused."""
    if not isinstance(raw, dict):
        raise RulesFileError(f"{where} is no table")
    return raw


def as_text(raw: object) -> str:
    """Return a text that says something."""
    if not isinstance(raw, str) or not raw.strip():
        raise RulesFileError(f"{raw!r} is no text")
    return raw


def as_day(raw: object) -> date:
    """Return a day; a TOML time stamp is a date to isinstance, but cannot be compared with one."""
    if type(raw) is not date:
        raise RulesFileError(f"{raw!r} is no date")
    return raw


def _several(convert: Convert) -> Convert:
    def all_of(raw: object) -> tuple[object, ...]:
        if not isinstance(raw, list) or not raw:
            raise RulesFileError(f"{raw!r} is no list")
        return tuple(convert(one) for one in raw)

    return all_of


def _number(raw: object) -> int:
    # True and False are integers to Python, not to the law.
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
        raise RulesFileError(f"{raw!r} is no number from 0 on")
    return raw


def _flag(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise RulesFileError(f"{raw!r} is neither true nor false")
    return raw


def _share(raw: object) -> Fraction:
    try:
        share = Fraction(as_text(raw))
    except (ValueError, ZeroDivisionError) as error:
        raise RulesFileError(f"{raw!r} is no share like 1/5") from error
    if not 0 < share <= 1:
        raise RulesFileError(f"{raw!r} is no share between 0 and 1")
    return share


def _quota(raw: object) -> Quota:
    """A table like `{ more_than = "1/2", of = "members" }` or `{ at_least = "2/3", of = … }`."""
    table = as_table(raw, "quota")
    word = "more_than" if "more_than" in table else "at_least"
    check_keys(table, {word, "of"}, "quota")
    of = Denominator(as_text(table["of"]))
    return Quota(share=_share(table[word]), more_than=word == "more_than", of=of)


_PLAIN: Mapping[Any, Convert] = {
    str: as_text,
    int: _number,
    bool: _flag,
    date: as_day,
    Fraction: _share,
    Quota: _quota,
}
