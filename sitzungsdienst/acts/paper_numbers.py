"""A paper's number: given by the Body's pattern, or kept as the office typed it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.numbers import PLACE, likely_number, next_number
from sitzungsdienst.acts.paper_kinds import kind_named
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.german import BERLIN
from sitzungsdienst.record.bodies import Body, LegislativeTerm, Organization
from sitzungsdienst.record.numbers import Numbered
from sitzungsdienst.record.papers import Paper

#: What may stand in the pattern of paper numbers, besides the count.
PLACES_OF_PAPERS = frozenset({"year", "unit", "kind", "term"})
LONGEST = 60

#: Where a place has no value: the field of the paper it comes from, and what to do.
MISSING = {
    "unit": (
        "responsible_unit_id",
        (
            "Die Nummer enthält das Kürzel der federführenden Stelle. Bitte wählen Sie eine mit"
            " Kurznamen, oder geben Sie die Nummer selbst ein."
        ),
    ),
    "kind": (
        "paper_type",
        (
            "Die Nummer enthält das Kürzel der Vorlage-Art, und diese Art hat keines. Bitte"
            " tragen Sie es unter »Vorlage-Arten« ein, oder geben Sie die Nummer selbst ein."
        ),
    ),
    "term": (
        "dated",
        (
            "Die Nummer enthält die Wahlperiode, und für dieses Datum ist keine angelegt. Bitte"
            " legen Sie sie an, oder geben Sie die Nummer selbst ein."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Basis:
    """What a number is made from; without a date the day on which it is given counts."""

    dated: date | None
    unit: Organization | None
    paper_type: str


def given_number(run: Run, body: Body, basis: Basis) -> str:
    """The next number by the Body's pattern; "" where the Body has none. Raises RuleBroken."""
    if not body.paper_number_pattern:
        return ""
    values = _values(run.session, body, basis, run.now)
    return _fitting(
        next_number(
            run,
            body.id,
            Numbered.PAPER,
            body.paper_number_pattern,
            values,
            _taken(run.session, body),
        )
    )


def expected_number(session: Session, body: Body, basis: Basis, now: datetime) -> str:
    """The number that would be given now, reserved for nobody; "" without a pattern.

    Raises RuleBroken where something it is made from is missing.
    """
    if not body.paper_number_pattern:
        return ""
    values = _values(session, body, basis, now)
    return _fitting(
        likely_number(
            session,
            body.id,
            Numbered.PAPER,
            body.paper_number_pattern,
            values,
            _taken(session, body),
        )
    )


def _taken(session: Session, body: Body) -> Callable[[str], bool]:
    """Whether a paper bears a number, to the character: padded otherwise, it is another one."""

    def taken(number: str) -> bool:
        found = select(Paper.id).where(Paper.body_id == body.id, Paper.reference == number)
        return session.scalar(found) is not None

    return taken


def _fitting(number: str) -> str:
    if len(number) > LONGEST:
        raise RuleBroken(
            "reference",
            f"Die Nummer würde länger als {LONGEST} Zeichen. Bitte kürzen Sie die Kürzel, aus denen"
            " sie besteht, oder geben Sie sie selbst ein.",
        )
    return number


def _values(session: Session, body: Body, basis: Basis, now: datetime) -> dict[str, str]:
    """What stands for the pattern's places. Raises RuleBroken at the field that lacks it."""
    day = basis.dated or now.astimezone(BERLIN).date()
    wanted = {match.group(1) for match in PLACE.finditer(body.paper_number_pattern)}
    values = {"year": str(day.year)}
    if "unit" in wanted:
        values["unit"] = basis.unit.short_name if basis.unit else ""
    if "kind" in wanted:
        kind = kind_named(session, body.id, basis.paper_type)
        values["kind"] = kind.code if kind else ""
    if "term" in wanted:
        values["term"] = _term(session, body, day)
    for place, value in values.items():
        if not value:
            raise RuleBroken(*MISSING[place])
    return values


def _term(session: Session, body: Body, day: date) -> str:
    """The term of that day: its number, where its name begins with one (»7. Wahlperiode«)."""
    name = session.scalar(
        select(LegislativeTerm.name)
        .where(
            LegislativeTerm.body_id == body.id,
            LegislativeTerm.start_date <= day,
            or_(LegislativeTerm.end_date.is_(None), LegislativeTerm.end_date >= day),
        )
        .order_by(LegislativeTerm.start_date.desc())
    )
    number = re.match(r"(\d+)\.", name or "")
    return number.group(1) if number else (name or "")
