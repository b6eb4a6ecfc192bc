"""What the public's papers say: values for the printers, made from public documents alone.

The excerpt and the public notice are printed from the very documents that are filed, so page,
paper and interface cannot differ. The public minutes add what only they tell: who was there, came
and went, took no part; never a reason, and nothing of what was treated non-publicly.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sitzungsdienst.documents import values
from sitzungsdienst.gate import sentences, wording
from sitzungsdienst.gate.agenda import agenda_rows, called_rows
from sitzungsdienst.gate.attended import attendance, movements
from sitzungsdienst.gate.hidden import Hidden
from sitzungsdienst.german import BERLIN
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.results import (
    PublicBallot,
    PublicElection,
    PublicRound,
)
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicConsultation,
    PublicLocation,
    PublicMeeting,
    PublicOrganization,
    PublicPaper,
)
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.minutes import Minutes


@dataclass(frozen=True, slots=True)
class PublicView:
    """The public documents of one meeting, as a release is about to file them.

    `papers` maps a consultation's uid to the paper it belongs to. `known` are the uids of what the
    minutes may name beside: other meetings and their items, and files.
    """

    meeting: PublicMeeting
    organizations: tuple[PublicOrganization, ...]
    location: PublicLocation
    items: tuple[PublicAgendaItem, ...]
    papers: Mapping[str, tuple[PublicConsultation, PublicPaper]]
    known: frozenset[str] = frozenset()


def letterhead(body: Body) -> values.Letterhead:
    """The sender of everything the Body issues."""
    return values.Letterhead(
        body_name=body.name,
        department=body.department,
        street_address=body.street_address,
        postal_code=body.postal_code,
        locality=body.locality,
        phone=body.phone,
        email=body.email,
        website=body.website,
        colour=body.colour,
    )


def head(view: PublicView) -> values.MeetingHead:
    """The head of a public document of the meeting."""
    meeting = view.meeting
    if meeting.start is None:
        raise ValueError("a public meeting has a start")
    return values.MeetingHead(
        name=meeting.name,
        committees=tuple(one.name for one in view.organizations),
        start=meeting.start.astimezone(BERLIN),
        end=meeting.end.astimezone(BERLIN) if meeting.end else None,
        room=view.location.room,
        place=view.location.place,
        publicity=meeting.publicity,
    )


def notice(view: PublicView, sender: values.Letterhead, *, issued_on: date) -> values.Invitation:
    """The public notice of the meeting with its public agenda."""
    return values.Invitation(
        letterhead=sender,
        head=head(view),
        audience=values.Audience.PUBLIC,
        issued_on=issued_on,
        chair_name="",
        public_agenda=tuple(_line(one, view) for one in view.items if one.in_public_part),
        nonpublic_agenda=tuple(_line(one, view) for one in view.items if not one.in_public_part),
    )


def excerpt(
    item: PublicAgendaItem, view: PublicView, sender: values.Letterhead, *, issued_on: date
) -> values.Excerpt:
    """One item's excerpt."""
    return values.Excerpt(
        letterhead=sender,
        head=head(view),
        item=_item(item, view),
        standing=item.standing,
        issued_on=issued_on,
    )


def minutes(
    row: Meeting, state: Minutes, view: PublicView, quorum_sentence: str, *, issued_on: date
) -> values.Minutes:
    """The public version of the minutes."""
    told = _RoomTold.of(row)
    known = view.known | {one.uid for one in view.items}
    public = [one for one in view.items if one.public and one.uid in told.items]
    return values.Minutes(
        letterhead=letterhead(row.body),
        head=head(view),
        audience=values.Audience.PUBLIC,
        state=wording.MINUTES_STATE[state.state],
        issued_on=issued_on,
        attendance=attendance(row.attendances, reasons=False, hidden=Hidden.of(row)),
        quorum_sentence=quorum_sentence,
        public_items=tuple(
            told.add(_item(one, view), one) for one in sorted(public, key=told.place)
        ),
        nonpublic_items=tuple(
            values.ItemRecord(_line(one, view)) for one in view.items if not one.public
        ),
        signatures=sentences.signatures(state),
        agenda_notes=sentences.agenda_notes(row, known=known),
        objections=sentences.objections(state, public=True),
        standing=sentences.standing(state, known=known),
    )


@dataclass(frozen=True, slots=True)
class _RoomTold:
    """What the public minutes add to the public items, by uid; items treated publicly alone.

    To an item whose excerpt is not released, or was withdrawn, they add nothing.
    """

    items: Mapping[str, AgendaItem]
    places: Mapping[str, int]
    movements: Mapping[int, tuple[str, ...]]

    @classmethod
    def of(cls, row: Meeting) -> "_RoomTold":
        rows = agenda_rows(row.agenda)
        public = {one.item.uid: one.item for one in rows if one.item.actual_part is Part.PUBLIC}
        places = {one.item.uid: place for place, one in enumerate(called_rows(row.agenda))}
        return cls(public, places, movements(row, rows, hidden=Hidden.of(row)))

    def place(self, item: PublicAgendaItem) -> int:
        return self.places[item.uid]

    def add(self, record: values.ItemRecord, public: PublicAgendaItem) -> values.ItemRecord:
        if not public.standing:
            return record
        item = self.items[public.uid]
        return replace(
            record,
            movements=self.movements.get(item.id, ()),
            recusals=sentences.recusals(item.recusals, public=True),
        )


def _line(item: PublicAgendaItem, view: PublicView) -> values.AgendaLine:
    papers = _papers(item, view)
    return values.AgendaLine(
        item.number, item.name, item.level, tuple(one.reference for one in papers)
    )


def _papers(item: PublicAgendaItem, view: PublicView) -> tuple[PublicPaper, ...]:
    return tuple(paper for step, paper in view.papers.values() if step.agenda_item == item.uid)


def _item(item: PublicAgendaItem, view: PublicView) -> values.ItemRecord:
    return values.ItemRecord(
        line=_line(item, view),
        papers=tuple(paper_facts(one) for one in _papers(item, view)),
        deliberation=item.deliberation,
        resolution=item.resolution_text,
        decision=item.decision,
        ballots=tuple(ballot_block(one) for one in item.ballots),
        notes=tuple(f"Der Punkt wurde {words}." for words in item.changes),
        resolutions=tuple(
            values.ResolutionBlock(one.number, one.subject) for one in item.resolutions
        ),
        elections=tuple(election_block(one) for one in item.elections),
        announcements=tuple(
            values.ResolutionBlock(one.number, "", one.text) for one in item.announcements
        ),
    )


def paper_facts(paper: PublicPaper) -> values.PaperFacts:
    """The facts of a public paper as an excerpt prints them."""
    return values.PaperFacts(
        reference=paper.reference,
        title=paper.name,
        status=paper.status,
        paper_type=paper.paper_type,
        submitted_by=paper.submitted_by,
        responsible_unit=paper.responsible_unit,
        handled_by=paper.handled_by,
    )


def ballot_block(ballot: PublicBallot) -> values.BallotBlock:
    """A ballot as printed, with names only where it has votes by name."""
    counts = None
    if ballot.yes is not None:
        counts = values.Counts(
            ballot.yes, ballot.no or 0, ballot.abstentions or 0, ballot.invalid or 0
        )
    return values.BallotBlock(
        subject=ballot.subject,
        kind=ballot.kind,
        result=ballot.result_text,
        counts=counts,
        present=ballot.present,
        recused=ballot.recused,
        names=tuple((vote.name, vote.choice) for vote in ballot.votes),
        entitled=ballot.entitled,
        outcome=ballot.outcome,
        motion=ballot.motion,
        moved_by=ballot.moved_by,
        committee=ballot.committee,
        requirement=ballot.requirement,
    )


def election_block(election: PublicElection) -> values.ElectionBlock:
    """An election as printed."""
    rounds = tuple(_round(one) for one in election.rounds)
    return values.ElectionBlock(election.office, election.mode, rounds)


def _round(one: PublicRound) -> values.RoundBlock:
    return values.RoundBlock(
        number=one.number,
        present=one.present,
        handed_in=one.handed_in,
        no=one.no,
        abstentions=one.abstentions,
        invalid=one.invalid,
        tallies=tuple(values.TallyLine(line.name, line.votes, line.seats) for line in one.tallies),
        result=one.result_text,
        lots=one.lots,
    )
