"""Choosing the resolutions that are printed together, and what was issued of them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, extract, select
from sqlalchemy.orm import Session, joinedload

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.office import followup_list, loading
from sitzungsdienst.office.followup_list import Wanted
from sitzungsdienst.record.bodies import LegislativeTerm, Organization
from sitzungsdienst.record.meetings import AgendaItem, MeetingCommittee
from sitzungsdienst.record.resolution_prints import ResolutionPrint, ResolutionPrintKind
from sitzungsdienst.record.resolutions import Progress, Resolution

#: What was issued, as the list of it says.
KINDS = {
    ResolutionPrintKind.BOOK: "Beschlussbuch, vollständig",
    ResolutionPrintKind.PUBLIC_BOOK: "Beschlussbuch, öffentlicher Teil",
    ResolutionPrintKind.REPORT: "Bericht zur Beschlusskontrolle",
}


@dataclass(frozen=True, slots=True)
class Period:
    """A year or a term: its name, how it is called in a file's name, and its days."""

    name: str
    short: str
    first: date
    last: date


def years(session: Session, actor: Actor, today: date) -> list[int]:
    """The years with resolutions, the newest first; this year where there are none."""
    year = extract("year", Resolution.decided_on)
    found = loading.resolutions(session, actor).with_only_columns(year).distinct()
    return sorted((int(one) for one in session.scalars(found)), reverse=True) or [today.year]


def terms(session: Session, actor: Actor) -> list[LegislativeTerm]:
    """The legislative terms, the newest first."""
    query = loading.terms(actor).order_by(LegislativeTerm.start_date.desc(), LegislativeTerm.id)
    return list(session.scalars(query))


def of_year(year: int) -> Period:
    """A calendar year."""
    return Period(f"Jahr {year}", f"{year:04}", date(year, 1, 1), date(year, 12, 31))


def of_term(term: LegislativeTerm) -> Period:
    """A legislative term; one without an end runs on."""
    first, last = term.start_date, term.end_date or date.max
    return Period(term.name, f"Wahlperiode-{first.year:04}", first, last)


def of_book(
    session: Session, actor: Actor, period: Period, committee: Organization | None
) -> Select[Resolution]:
    """Select the resolutions of a book."""
    query = loading.resolutions(session, actor).where(
        Resolution.decided_on.between(period.first, period.last)
    )
    if committee is not None:
        query = query.where(
            Resolution.agenda_item_id.in_(
                select(AgendaItem.id)
                .join(MeetingCommittee, MeetingCommittee.meeting_id == AgendaItem.meeting_id)
                .where(MeetingCommittee.organization_id == committee.id)
            )
        )
    return query.order_by(Resolution.id)


def of_report(session: Session, actor: Actor, wanted: Wanted, today: date) -> Select[Resolution]:
    """Select the resolutions of a report: what is looked for, by itself all that leave a duty."""
    query = followup_list.select_resolutions(session, actor, wanted, today)
    if wanted.state != Progress.NOTHING_TO_DO.value:
        query = query.where(Resolution.progress != Progress.NOTHING_TO_DO)
    return query


def issued(actor: Actor) -> Select[ResolutionPrint]:
    """Select what was issued in the actor's Body, the newest first."""
    return (
        select(ResolutionPrint)
        .where(loading.own(ResolutionPrint.body_id, actor))
        .options(joinedload(ResolutionPrint.issued_by))
        .order_by(ResolutionPrint.id.desc())
    )
