"""The numbers of resolutions: what fills a Body's pattern, and giving the last one back."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.numbers import COUNT, PLACE, PLACES, next_number
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.german import local_day
from sitzungsdienst.record.bodies import LegislativeTerm
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.numbers import Numbered, NumberSequence
from sitzungsdienst.record.resolutions import Resolution

#: The places that make sense in a Body's pattern for resolutions, besides the count.
RESOLUTION_PLACES = frozenset({"year", "committee", "term", "paper"})

LONGEST_NUMBER = 60

_ORDINAL = re.compile(r"(\d+|[IVXLC]+)\b")


def terms_of(session: Session, body_id: int) -> tuple[LegislativeTerm, ...]:
    """The Body's legislative terms, for `values_of`."""
    return tuple(session.scalars(select(LegislativeTerm).where(LegislativeTerm.body_id == body_id)))


def values_of(item: AgendaItem, terms: Iterable[LegislativeTerm]) -> dict[str, str]:
    """What fills the places for a resolution on the item; "" where something is missing."""
    meeting = item.meeting
    day = local_day(meeting.start)
    leading = meeting.organizations[0] if meeting.organizations else None
    papers = [step.paper for step in item.consultations]
    return {
        "year": f"{day.year:04}",
        "committee": leading.short_name if leading else "",
        "term": _term_on(day, terms),
        "paper": papers[0].reference if papers else "",
    }


def _term_on(day: date, terms: Iterable[LegislativeTerm]) -> str:
    """The term in short: "7" of "7. Wahlperiode", else its name."""
    for term in terms:
        if term.start_date <= day and (term.end_date is None or day <= term.end_date):
            found = _ORDINAL.match(term.name)
            return found.group(1) if found else term.name
    return ""


def missing_for(pattern: str, values: Mapping[str, str]) -> str:
    """The first place of the pattern that has no value, in German; "" where all have one."""
    wanted = [match.group(1) for match in PLACE.finditer(pattern)]
    return next((PLACES[one] for one in wanted if one != COUNT and not values.get(one)), "")


def number_for(run: Run, field: str, item: AgendaItem, typed: str) -> str:
    """The number of a new resolution: verbatim as typed, else the next by the Body's pattern.

    Raises RuleBroken at `field` where there is no pattern, a place of it has no value, or the
    number is given already.
    """
    number = checks.line(field, typed, limit=LONGEST_NUMBER)
    body = item.meeting.body
    if not number:
        pattern = body.resolution_number_pattern
        if not pattern:
            raise RuleBroken(field, "Bitte geben Sie die Nummer des Beschlusses ein.")
        values = values_of(item, terms_of(run.session, body.id))
        missing = missing_for(pattern, values)
        if missing:
            raise RuleBroken(
                field,
                f"Für die Nummer fehlt eine Angabe: {missing}. Bitte tragen Sie sie nach, oder"
                " geben Sie die Nummer von Hand ein.",
            )
        number = next_number(
            run,
            body.id,
            Numbered.RESOLUTION,
            pattern,
            values,
            lambda one: _taken(run, body.id, one),
        )
    if _taken(run, body.id, number):
        raise RuleBroken(
            field, f"Die Nummer {number} ist schon vergeben. Bitte geben Sie eine andere ein."
        )
    return number


def _taken(run: Run, body_id: int, number: str) -> bool:
    found = select(Resolution.id).where(Resolution.body_id == body_id, Resolution.number == number)
    return run.session.scalar(found) is not None


def give_back(run: Run, row: Resolution) -> bool:
    """Give the row's number back to its count; False where that would leave a gap.

    The last number of a count is given back, so that the next resolution gets it. A number that no
    count has reached was typed by hand, and leaves no gap.
    """
    counters = run.session.scalars(
        select(NumberSequence)
        .where(
            NumberSequence.body_id == row.body_id, NumberSequence.numbered == Numbered.RESOLUTION
        )
        .order_by(NumberSequence.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    reached = [
        (counter, counts)
        for counter in counters
        if (counts := {one for one in _counts(counter.scope, row.number) if one <= counter.last})
    ]
    if any(counts != {counter.last} for counter, counts in reached) or len(reached) > 1:
        return False
    for counter, _ in reached:
        counter.last -= 1
    return True


def _counts(scope: str, number: str) -> set[int]:
    """What the count may have been, if the number was given within that scope.

    The scope is the number with its count left out; where the count stood, it does not say.
    """
    found = set()
    for place in range(len(scope) + 1):
        before, after = scope[:place], scope[place:]
        middle = number[len(before) : len(number) - len(after)]
        fits = number.startswith(before) and number.endswith(after)
        if fits and len(number) > len(scope) and middle.isascii() and middle.isdigit():
            found.add(int(middle))
    return found - {0}
