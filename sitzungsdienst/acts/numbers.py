"""Numbers by a Body's pattern, counted without gaps however many people ask at once.

A pattern is a text with places in braces: `{year}`, `{year:2}`, `{unit}`, `{committee}`, `{kind}`,
`{term}`, `{paper}` and one count, `{seq}` or `{seq:4}` (padded with zeros). The count runs within
what the rest of the pattern gives: `{year}/{unit}/{seq:4}` counts each unit's year for itself.
"""

import re
from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.record.numbers import Numbered, NumberSequence

PLACE = re.compile(r"\{(\w+)(?::(\d))?\}")
PLACES = {
    "year": "Jahr",
    "unit": "Kürzel der federführenden Stelle",
    "committee": "Kürzel des Gremiums",
    "kind": "Kürzel der Vorlage-Art",
    "term": "Wahlperiode",
    "paper": "Vorlagennummer",
}
COUNT = "seq"


def check_pattern(field: str, pattern: str, *, allowed: frozenset[str]) -> None:
    """Refuse a pattern that cannot give numbers; "" means that the office types them.

    `allowed` names the places that make sense here. A pattern needs exactly one count, unless it
    takes over the paper's number. Raises RuleBroken at `field`.
    """
    if not pattern:
        return
    if len(pattern) > 60:
        raise RuleBroken(field, "Das Muster darf höchstens 60 Zeichen lang sein.")
    if re.search(r"[{}]", PLACE.sub("", pattern)):
        raise RuleBroken(field, "Bitte prüfen Sie die geschweiften Klammern des Musters.")
    names = [match.group(1) for match in PLACE.finditer(pattern)]
    unknown = [name for name in names if name != COUNT and name not in allowed]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in sorted(allowed | {COUNT}))
        raise RuleBroken(
            field, f"Die Stelle {{{unknown[0]}}} ist hier nicht möglich. Möglich sind: {known}."
        )
    if names.count(COUNT) != (0 if "paper" in names else 1):
        raise RuleBroken(
            field, "Das Muster braucht genau eine laufende Nummer, zum Beispiel {seq:4}."
        )


def next_number(
    run: Run,
    body_id: int,
    numbered: Numbered,
    pattern: str,
    values: Mapping[str, str],
    taken: Callable[[str], bool],
) -> str:
    """The next number by the pattern; its counter is held until the act ends.

    `values` fills the places but the count. `taken` tells whether a number is in use already, as
    historic ones typed by hand are; such a number is passed over, since it exists. Raises
    RuleBroken where a place has no value.
    """
    filled = PLACE.sub(lambda match: _place(match, values), pattern)
    if not re.search(r"\{seq", filled):
        return filled
    counter = _hold(run, body_id, numbered, PLACE.sub("", filled))
    while True:
        counter.last += 1
        number = PLACE.sub(lambda match: _count(match, counter.last), filled)
        if not taken(number):
            run.session.flush()
            return number


def _place(match: re.Match[str], values: Mapping[str, str]) -> str:
    name, width = match.group(1), match.group(2)
    if name == COUNT:
        return match.group(0)
    value = values.get(name, "")
    if not value:
        raise RuleBroken(
            "", f"Für die Nummer fehlt eine Angabe: {PLACES[name]}. Bitte tragen Sie sie ein."
        )
    return value[-int(width) :] if name == "year" and width else value


def _count(match: re.Match[str], last: int) -> str:
    return str(last).zfill(int(match.group(2) or 1))


def _hold(run: Run, body_id: int, numbered: Numbered, scope: str) -> NumberSequence:
    """The counter, made if it is not there, and locked: whoever comes next waits here."""
    row = {"body_id": body_id, "numbered": numbered, "scope": scope, "last": 0}
    dialect = run.session.connection().dialect.name
    make = sqlite.insert if dialect == "sqlite" else postgresql.insert
    run.session.execute(make(NumberSequence).values(**row).on_conflict_do_nothing())
    found = select(NumberSequence).where(
        NumberSequence.body_id == body_id,
        NumberSequence.numbered == numbered,
        NumberSequence.scope == scope,
    )
    return run.session.scalars(
        found.with_for_update().execution_options(populate_existing=True)
    ).one()
