"""Choosing the resolutions that are printed together, with everything their prints tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import extract, select
from sqlalchemy.orm import Session, joinedload, selectinload

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.office import followup_list, loading
from sitzungsdienst.office.followup_list import Wanted
from sitzungsdienst.record.bodies import LegislativeTerm, Organization
from sitzungsdienst.record.elections import Election, ElectionRound, Lot, Tally
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingCommittee
from sitzungsdienst.record.papers import Consultation
from sitzungsdienst.record.proceedings import Ballot, Vote
from sitzungsdienst.record.resolutions import Progress, Resolution


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


def for_book(
    session: Session, actor: Actor, period: Period, committee: Organization | None
) -> Sequence[Resolution]:
    """The resolutions of a book."""
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
    item = selectinload(Resolution.agenda_item)
    ballots, elections = (
        item.selectinload(AgendaItem.ballots),
        item.selectinload(AgendaItem.elections),
    )
    rounds = elections.selectinload(Election.rounds)
    options = (
        joinedload(Resolution.unit),
        item.joinedload(AgendaItem.treatment),
        item.joinedload(AgendaItem.meeting)
        .selectinload(Meeting.committees)
        .joinedload(MeetingCommittee.organization),
        item.selectinload(AgendaItem.consultations).joinedload(Consultation.paper),
        ballots.joinedload(Ballot.organization),
        ballots.selectinload(Ballot.stances),
        ballots.selectinload(Ballot.votes).joinedload(Vote.person),
        elections.selectinload(Election.candidates),
        rounds.selectinload(ElectionRound.tallies).joinedload(Tally.candidate),
        rounds.selectinload(ElectionRound.lots).joinedload(Lot.candidate),
    )
    return session.scalars(query.options(*options).order_by(Resolution.id)).all()


def for_report(session: Session, actor: Actor, wanted: Wanted, today: date) -> Sequence[Resolution]:
    """The resolutions of a report: what is looked for, and by itself all that leave a duty."""
    query = followup_list.select_resolutions(session, actor, wanted, today)
    if wanted.state != Progress.NOTHING_TO_DO.value:
        query = query.where(Resolution.progress != Progress.NOTHING_TO_DO)
    return session.scalars(query).all()
