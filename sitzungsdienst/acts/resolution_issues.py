"""Acts that issue the book of resolutions and the report on carrying them out.

What is issued is kept by its hash and never printed again. One exception: a book that told who
voted how in a ballot that turns out to be secret loses its bytes (`acts.secrecy`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from sitzungsdienst.acts import resolution_prints as printed
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.blobs import keep
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.sealing import has_seal, sealed, seals
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.documents.followup_report import print_followup_report
from sitzungsdienst.documents.resolution_book import print_resolution_book
from sitzungsdienst.german import local_day
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.elections import Election, ElectionRound, Lot, Tally
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingCommittee
from sitzungsdienst.record.papers import Consultation
from sitzungsdienst.record.proceedings import Ballot, Vote
from sitzungsdienst.record.resolution_prints import ResolutionPrint, ResolutionPrintKind
from sitzungsdienst.record.resolutions import Resolution

_ITEM: Final = selectinload(Resolution.agenda_item)
_BALLOTS: Final = _ITEM.selectinload(AgendaItem.ballots)
_ELECTIONS: Final = _ITEM.selectinload(AgendaItem.elections)
_ROUNDS: Final = _ELECTIONS.selectinload(Election.rounds)
_PLACED: Final[tuple[ORMOption, ...]] = (
    joinedload(Resolution.unit),
    _ITEM.joinedload(AgendaItem.treatment),
    _ITEM.joinedload(AgendaItem.meeting)
    .selectinload(Meeting.committees)
    .joinedload(MeetingCommittee.organization),
)
#: What a book tells of its resolutions, to be loaded with them.
BOOK: Final[tuple[ORMOption, ...]] = (
    *_PLACED,
    _ITEM.selectinload(AgendaItem.consultations).joinedload(Consultation.paper),
    _BALLOTS.joinedload(Ballot.organization),
    _BALLOTS.selectinload(Ballot.stances),
    _BALLOTS.selectinload(Ballot.votes).joinedload(Vote.person),
    _ELECTIONS.selectinload(Election.candidates),
    _ROUNDS.selectinload(ElectionRound.tallies).joinedload(Tally.candidate),
    _ROUNDS.selectinload(ElectionRound.lots).joinedload(Lot.candidate),
)
_REPORT: Final[tuple[ORMOption, ...]] = (*_PLACED, selectinload(Resolution.reports))


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFacts:
    """A book of these resolutions, or of what is public of them.

    `scope` and `period` name it ("Alle Gremien", "Jahr 2017"), `short` stands in its file's name.
    """

    resolution_ids: tuple[int, ...]
    scope: str
    period: str
    short: str
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """A report on these resolutions, as far as they were taken in one of `parts`.

    `selection` holds (name, what was chosen) pairs; "" where nothing was.
    """

    resolution_ids: tuple[int, ...]
    parts: frozenset[Part]
    selection: tuple[tuple[str, str], ...] = ()


@seals
def issue_book(session: Session, actor: Actor, facts: BookFacts, now: datetime) -> int:
    """Issue the book of resolutions; gives the print's id. Refuses one with nothing in it."""
    with act(session, actor, "issue_book", now) as run:
        day, body = local_day(run.now), run.fetch(Body, actor.home)
        rows = _rows(run, facts.resolution_ids, BOOK)
        if facts.public:
            rows = printed.public_rows(session, rows)
        if not rows:
            raise RuleBroken("", "Dazu gibt es keinen Beschluss. Bitte wählen Sie anders aus.")
        if facts.public:
            kind, ending = ResolutionPrintKind.PUBLIC_BOOK, "_oeffentlich"
            told = printed.public_book(
                session, body, rows, facts.scope, facts.period, issued_on=day
            )
        else:
            kind, ending = ResolutionPrintKind.BOOK, ""
            told = printed.full_book(body, rows, facts.scope, facts.period, issued_on=day)
        content = print_resolution_book(told, sealable=has_seal(session))
        row = ResolutionPrint(
            kind=kind,
            title=f"{facts.scope}, {facts.period}",
            file_name=f"Beschlussbuch_{facts.short}{ending}_{day.isoformat()}.pdf",
        )
        return _issue(run, row, rows, content)


@seals
def issue_report(session: Session, actor: Actor, facts: ReportFacts, now: datetime) -> int:
    """Issue the report on carrying out resolutions as of today; gives the print's id."""
    with act(session, actor, "issue_report", now) as run:
        day, body = local_day(run.now), run.fetch(Body, actor.home)
        rows = _rows(run, facts.resolution_ids, _REPORT)
        told = printed.followup_report(body, rows, facts.selection, facts.parts, today=day)
        content = print_followup_report(told, sealable=has_seal(session))
        row = ResolutionPrint(
            kind=ResolutionPrintKind.REPORT,
            title=report_title(facts),
            file_name=f"Beschlusskontrolle_{day.isoformat()}.pdf",
        )
        return _issue(run, row, printed.reported(rows, facts.parts), content)


def _rows(run: Run, ids: tuple[int, ...], options: tuple[ORMOption, ...]) -> list[Resolution]:
    """The resolutions with what is told of them; Unknown for one of another Body."""
    query = select(Resolution).where(Resolution.body_id == run.actor.home, Resolution.id.in_(ids))
    rows = run.session.scalars(query.options(*options).order_by(Resolution.id)).all()
    if len(rows) != len(set(ids)):
        raise Unknown("Resolution")
    return list(rows)


def _issue(run: Run, row: ResolutionPrint, rows: list[Resolution], content: bytes) -> int:
    kept = keep(run.session, sealed(run, content) if has_seal(run.session) else content)
    row.body_id, row.resolutions = run.actor.home, rows
    row.sha512, row.blob = kept.sha512, kept
    row.issued_at, row.issued_by_id = run.now, run.actor.user_id
    run.about(row)
    run.session.flush()
    return row.id


def report_title(facts: ReportFacts) -> str:
    """What a report holds, in words: "nur öffentlich gefasste; Stelle: Amt 1"."""
    chosen = [f"{name}: {choice}" for name, choice in facts.selection if choice]
    parts = {
        frozenset({Part.PUBLIC}): ["nur öffentlich gefasste"],
        frozenset({Part.NONPUBLIC}): ["nur nichtöffentlich gefasste"],
    }
    return "; ".join([*parts.get(facts.parts, []), *chosen]) or "ohne Einschränkung"
