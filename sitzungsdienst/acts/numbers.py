"""Numbers by a Body's pattern, counted without gaps however many people ask at once.

A pattern is a text with places in braces: `{year}`, `{year:2}`, `{unit}`, `{committee}`, `{kind}`,
`{term}`, `{paper}` and one count, `{seq}` or `{seq:4}` (padded with zeros). The count runs within
what the rest of the pattern gives: `{year}/{unit}/{seq:4}` counts each unit's year for itself.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

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
    frame = _frame(pattern, values)
    if frame.width is None:
        return frame.head
    counter = _hold(run, body_id, numbered, frame.scope)
    counter.last, number = _following(frame, counter.last, taken)
    run.session.flush()
    return number


def likely_number(
    session: Session,
    body_id: int,
    numbered: Numbered,
    pattern: str,
    values: Mapping[str, str],
    taken: Callable[[str], bool],
) -> str:
    """The number `next_number` would give now. Nothing is held: somebody else may get it first."""
    frame = _frame(pattern, values)
    if frame.width is None:
        return frame.head
    last = (
        session.scalar(
            _counter(body_id, numbered, frame.scope).with_only_columns(NumberSequence.last)
        )
        or 0
    )
    return _following(frame, last, taken)[1]


@dataclass(frozen=True, slots=True)
class _Frame:
    """A pattern with its values: what stands before and after the count, and its least width.

    Kept in pieces, so that a value is never read as a place, whatever it holds. A pattern without
    a count has its whole text in `head`, and no width.
    """

    head: str
    width: int | None = None
    tail: str = ""

    @property
    def scope(self) -> str:
        """What the count runs within."""
        return self.head + self.tail


def _frame(pattern: str, values: Mapping[str, str]) -> _Frame:
    for place in PLACE.finditer(pattern):
        if place.group(1) == COUNT:
            return _Frame(
                _filled(pattern[: place.start()], values),
                int(place.group(2) or 1),
                _filled(pattern[place.end() :], values),
            )
    return _Frame(_filled(pattern, values))


def _filled(part: str, values: Mapping[str, str]) -> str:
    return PLACE.sub(lambda match: _place(match, values), part)


def _following(frame: _Frame, last: int, taken: Callable[[str], bool]) -> tuple[int, str]:
    """The next count after `last` whose number is free, and that number."""
    while True:
        last += 1
        number = f"{frame.head}{str(last).zfill(frame.width or 1)}{frame.tail}"
        if not taken(number):
            return last, number


def _place(match: re.Match[str], values: Mapping[str, str]) -> str:
    name, width = match.group(1), match.group(2)
    value = values.get(name, "")
    if not value:
        missing = PLACES.get(name, name)
        raise RuleBroken(
            "", f"Für die Nummer fehlt eine Angabe: {missing}. Bitte tragen Sie sie ein."
        )
    return value[-int(width) :] if name == "year" and width else value


def _hold(run: Run, body_id: int, numbered: Numbered, scope: str) -> NumberSequence:
    """The counter, made if it is not there, and locked: whoever comes next waits here."""
    row = {"body_id": body_id, "numbered": numbered, "scope": scope, "last": 0}
    dialect = run.session.connection().dialect.name
    make = sqlite.insert if dialect == "sqlite" else postgresql.insert
    run.session.execute(make(NumberSequence).values(**row).on_conflict_do_nothing())
    found = _counter(body_id, numbered, scope)
    return run.session.scalars(
        found.with_for_update().execution_options(populate_existing=True)
    ).one()


def _counter(body_id: int, numbered: Numbered, scope: str) -> Select[NumberSequence]:
    return select(NumberSequence).where(
        NumberSequence.body_id == body_id,
        NumberSequence.numbered == numbered,
        NumberSequence.scope == scope,
    )
