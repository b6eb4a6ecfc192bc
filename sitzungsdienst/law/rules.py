"""The rules of a Land on the day of a meeting, read from the data in `laender/*.toml`.

The rules are chosen by the date of the *meeting*, never by today's date: a meeting of 2017 keeps
the law of 2017. A file holds versions, oldest first; a later version lays only the values that
changed over those before it.
"""

import tomllib
from collections.abc import Callable, Collection, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TypeVar

from sitzungsdienst.law.tree import (
    Abstention,
    Approval,
    Denominator,
    Fiction,
    MajorityRules,
    MassRecusal,
    MinutesRules,
    NoticeRules,
    PublicNoticeRules,
    QuorumBase,
    QuorumRules,
    Rules,
    Signatory,
    Tie,
)
from sitzungsdienst.law.values import Certainty, Value

__all__ = [
    "LAENDER",
    "NoRulesAt",
    "Rules",
    "RulesFileError",
    "UnknownLand",
    "land_name",
    "rules_for",
]

LAND_NAMES = {
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "BE": "Berlin",
    "BB": "Brandenburg",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Hessen",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}
LAENDER: tuple[str, ...] = tuple(LAND_NAMES)
PROOF_KEYS = frozenset({"norm", "source", "as_of", "certainty", "wording"})

T = TypeVar("T")
WordT = TypeVar("WordT", bound=StrEnum)
Table = Mapping[str, object]


class UnknownLand(LookupError):
    """No Land has this two-letter code."""


class NoRulesAt(LookupError):
    """The Land is known, but no rules are stored for that day; the German message says so."""


class RulesFileError(ValueError):
    """A file of rules is not what it must be: a value is missing, misspelt or of the wrong kind."""


def land_name(land: str) -> str:
    """Return the German name of a Land by its two-letter code ("ST": "Sachsen-Anhalt").

    Raises UnknownLand.
    """
    try:
        return LAND_NAMES[land]
    except KeyError:
        raise UnknownLand(f"Es gibt kein Land mit dem Kürzel {land!r}.") from None


def rules_for(land: str, on: date) -> Rules:
    """Return the rules of `land` for a meeting held on the day `on`.

    Raises UnknownLand for a code that is none, NoRulesAt when nothing is stored for that day.
    """
    fitting = [rules for rules in rules_of(land) if rules.valid_from <= on]
    if not fitting:
        raise NoRulesAt(
            f"Für {land_name(land)} sind keine Regeln hinterlegt, die am {on:%d.%m.%Y} galten. "
            "Bitte prüfen Sie Fristen und Mehrheiten selbst."
        )
    return fitting[-1]


@cache
def rules_of(land: str) -> tuple[Rules, ...]:
    """Return every stored version of a Land's rules, oldest first; empty when there is none.

    Raises UnknownLand, and RulesFileError for a faulty file.
    """
    land_name(land)
    file = resources.files("sitzungsdienst.law").joinpath("laender", f"{land.lower()}.toml")
    if not file.is_file():
        return ()
    return read_rules(land, file.read_text(encoding="utf-8"))


def read_rules(land: str, text: str) -> tuple[Rules, ...]:
    """Read the versions of a Land's rules from the text of its file, oldest first.

    Raises RulesFileError, naming the value that is wrong.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesFileError(f"{land}: {error}") from error
    layers: Table = {}
    versions: list[Rules] = []
    for version in _list(content, "version"):
        layers = overlay(layers, _table(version, "version"))
        versions.append(_rules(land, layers))
    if not versions or versions != sorted(versions, key=lambda rules: rules.valid_from):
        raise RulesFileError(f"{land}: the versions are missing or not in the order of their dates")
    return tuple(versions)


def overlay(base: Table, changes: Table) -> Table:
    """Lay `changes` over `base`, group by group; a value is replaced whole, with its proof."""
    merged = dict(base)
    for key, new in changes.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(new, dict) and not _is_value(new):
            merged[key] = overlay(old, new)
        else:
            merged[key] = new
    return merged


def _is_value(table: Table) -> bool:
    return "norm" in table


def _rules(land: str, layers: Table) -> Rules:
    groups = {"notice", "public_notice", "quorum", "majority", "minutes"}
    _check_keys(layers, {"law", "valid_from", "edition", *groups}, land)
    return Rules(
        land=land,
        law=_text(layers["law"]),
        valid_from=_day(layers["valid_from"]),
        edition=_value(layers, "edition", _text),
        notice=_notice(_table(layers["notice"], "notice")),
        public_notice=_public_notice(_table(layers["public_notice"], "public_notice")),
        quorum=_quorum(_table(layers["quorum"], "quorum")),
        majority=_majority(_table(layers["majority"], "majority")),
        minutes=_minutes(_table(layers["minutes"], "minutes")),
    )


def _notice(table: Table) -> NoticeRules:
    _check_keys(table, {"days", "form"}, "notice")
    return NoticeRules(
        days=_open_value(table, "days", _number), form=_open_value(table, "form", _texts)
    )


def _public_notice(table: Table) -> PublicNoticeRules:
    _check_keys(table, {"days_before"}, "public_notice")
    return PublicNoticeRules(days_before=_open_value(table, "days_before", _number))


def _quorum(table: Table) -> QuorumRules:
    keys = {"base", "recused_count", "fiction", "second_summons", "all_must_be_summoned"}
    _check_keys(table, {*keys, "mass_recusal"}, "quorum")
    return QuorumRules(
        base=_value(table, "base", _one_of(QuorumBase)),
        recused_count=_value(table, "recused_count", _flag),
        fiction=_value(table, "fiction", _one_of(Fiction)),
        second_summons=_value(table, "second_summons", _flag),
        all_must_be_summoned=_value(table, "all_must_be_summoned", _flag),
        mass_recusal=_value(table, "mass_recusal", _one_of(MassRecusal)),
    )


def _majority(table: Table) -> MajorityRules:
    _check_keys(table, {"simple", "tie", "abstention"}, "majority")
    return MajorityRules(
        simple=_value(table, "simple", _one_of(Denominator)),
        tie=_value(table, "tie", _one_of(Tie)),
        abstention=_value(table, "abstention", _one_of(Abstention)),
    )


def _minutes(table: Table) -> MinutesRules:
    _check_keys(table, {"contents", "sign", "approval", "due_days"}, "minutes")
    return MinutesRules(
        contents=_value(table, "contents", _texts),
        sign=_value(table, "sign", _signatories),
        approval=_value(table, "approval", _one_of(Approval)),
        due_days=_open_value(table, "due_days", _number),
    )


def _value(table: Table, key: str, convert: Callable[[object], T]) -> Value[T]:
    entry = _table(table[key], key)
    _check_keys(entry, PROOF_KEYS | {"value"}, key)
    return _proven(entry, key, convert)


def _open_value(table: Table, key: str, convert: Callable[[object], T]) -> Value[T | None]:
    """A value the law may leave open: `left_to_local = true` stands in place of `value`."""
    entry = _table(table[key], key)
    if entry.get("left_to_local") is not True:
        return _value(table, key, convert)
    _check_keys(entry, PROOF_KEYS | {"left_to_local"}, key)
    return _proven({**entry, "value": None}, key, lambda _: None)


def _proven(entry: Table, key: str, convert: Callable[[object], T]) -> Value[T]:
    try:
        return Value(
            value=convert(entry["value"]),
            norm=_text(entry["norm"]),
            source=_text(entry["source"]),
            as_of=_day(entry["as_of"]),
            certainty=Certainty(_text(entry["certainty"])),
            wording=_text(entry["wording"]),
        )
    except ValueError as error:
        raise RulesFileError(f"{key}: {error}") from error


def _check_keys(table: Table, expected: Collection[str], where: str) -> None:
    """Refuse a table that lacks a key or has one too many, so that no misspelling stays unseen."""
    missing, surplus = set(expected) - set(table), set(table) - set(expected)
    if missing or surplus:
        raise RulesFileError(f"{where}: missing {sorted(missing)}, unknown {sorted(surplus)}")


def _table(raw: object, where: str) -> Table:
    if not isinstance(raw, dict):
        raise RulesFileError(f"{where} is no table")
    return raw


def _list(table: Table, key: str) -> list[object]:
    entries = table.get(key)
    return list(entries) if isinstance(entries, list) else []


def _text(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise RulesFileError(f"{raw!r} is no text")
    return raw


def _texts(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or not raw:
        raise RulesFileError(f"{raw!r} is no list of texts")
    return tuple(_text(entry) for entry in raw)


def _number(raw: object) -> int:
    # True and False are integers to Python, not to the law.
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
        raise RulesFileError(f"{raw!r} is no number from 0 on")
    return raw


def _day(raw: object) -> date:
    # A TOML time stamp is a date to isinstance, but cannot be compared with one.
    if type(raw) is not date:
        raise RulesFileError(f"{raw!r} is no date")
    return raw


def _flag(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise RulesFileError(f"{raw!r} is neither true nor false")
    return raw


def _one_of(words: type[WordT]) -> Callable[[object], WordT]:
    return lambda raw: words(_text(raw))


def _signatories(raw: object) -> tuple[Signatory, ...]:
    return tuple(Signatory(word) for word in _texts(raw))
