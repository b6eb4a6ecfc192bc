"""The rules of a Land on the day of a meeting, read from the data in `laender/*.toml`.

The rules are chosen by the date of the *meeting*, never by today's date: a meeting of 2017 keeps
the law of 2017. A file holds versions, oldest first; a later version lays only the values that
changed over those before it.
"""

import tomllib
from datetime import date
from functools import cache
from importlib import resources

from sitzungsdienst.law.reading import RulesFileError, Table, as_table, read_group
from sitzungsdienst.law.tree import Rules

__all__ = [
    "LAENDER",
    "NoRulesAt",
    "Rules",
    "RulesFileError",
    "UnknownLand",
    "land_name",
    "overlay",
    "read_rules",
    "rules_for",
    "rules_of",
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


class UnknownLand(LookupError):
    """No Land has this two-letter code."""


class NoRulesAt(LookupError):
    """The Land is known, but no rules are stored for that day; the German message says so."""


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
    entries = content.get("version")
    for version in entries if isinstance(entries, list) else []:
        layers = overlay(layers, as_table(version, "version"))
        versions.append(read_group(Rules, layers, land, land=land))
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
