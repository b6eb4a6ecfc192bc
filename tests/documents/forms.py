"""Every kind of document with its value's type, how it is printed, and what it leaves out."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from sitzungsdienst.documents.attendance_list import AttendanceSheet, print_attendance_list
from sitzungsdienst.documents.excerpt import print_excerpt
from sitzungsdienst.documents.followup_report import print_followup_report
from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.documents.minutes import print_minutes
from sitzungsdienst.documents.packet_sheets import print_cover, print_front
from sitzungsdienst.documents.packet_values import Packet, PacketItem
from sitzungsdienst.documents.resolution_book import print_resolution_book
from sitzungsdienst.documents.seat_sheet import SeatSheet, print_seat_sheet
from sitzungsdienst.documents.submission import Submission, print_submission
from sitzungsdienst.documents.values import (
    Audience,
    BallotBlock,
    Counts,
    Excerpt,
    Invitation,
    ItemRecord,
    Minutes,
)
from sitzungsdienst.documents.values_resolutions import FollowUpReport, ResolutionBook
from sitzungsdienst.documents.year_calendar import YearCalendar, print_year_calendar
from tests.documents.packet_cast import packet_of

Change = Callable[[Any], Any]


@dataclass(frozen=True)
class Form:
    """A kind: `change` makes of any value one that may be printed so.

    `unsaid` names the texts that do not stand in it by intent, by the end of their paths, and why.
    [] is any place, [0] the first.
    """

    kind: type
    print: Callable[[Any], bytes]
    change: Change = lambda value: value
    unsaid: dict[str, str] = field(default_factory=dict)


def _public(value: Any) -> Any:
    return replace(value, audience=Audience.PUBLIC)


def _public_minutes(value: Minutes) -> Minutes:
    """Without the non-public part and the words of objections, as the law wants it."""
    return replace(
        value,
        audience=Audience.PUBLIC,
        nonpublic_items=tuple(
            ItemRecord(replace(one.line, paper_references=())) for one in value.nonpublic_items
        ),
        objections=tuple(
            replace(one, text="", raised_by="", remark="") for one in value.objections
        ),
    )


def _without_numbers(value: Minutes) -> Minutes:
    """Resolutions without numbers, and votes that tell their results by the short word."""
    items = tuple(
        replace(
            one, resolutions=(), ballots=tuple(replace(vote, result="") for vote in one.ballots)
        )
        for one in value.public_items
    )
    return replace(value, public_items=items, nonpublic_items=())


def _with_tables(value: Minutes) -> Minutes:
    """Votes enough for a table, that tell nothing a row has no room for."""
    items = tuple(
        replace(
            one,
            resolutions=(),
            ballots=tuple(
                BallotBlock(vote.subject, vote.kind, vote.result, Counts(1, 2, 3))
                for vote in (*one.ballots, *one.ballots)
            ),
        )
        for one in value.public_items
    )
    return replace(value, public_items=items, nonpublic_items=())


def _excerpt(value: Excerpt) -> Excerpt:
    return replace(value, audience=Audience.PUBLIC, part="", certification=None)


def _sound(value: ResolutionBook) -> ResolutionBook:
    """A book whose entries count."""
    return replace(
        value,
        public=tuple(replace(one, void="") for one in value.public),
        nonpublic=tuple(replace(one, void="") for one in value.nonpublic),
    )


def _public_book(value: ResolutionBook) -> ResolutionBook:
    return replace(_sound(value), audience=Audience.PUBLIC, nonpublic=())


def _not_sent(value: Packet) -> Packet:
    """A packet whose files were all left out by intent, so that it says why."""
    return replace(
        value,
        sent=tuple(replace(one, source="") for one in value.sent),
        items=tuple(map(_not_there, value.items)),
    )


def _not_there(item: PacketItem) -> PacketItem:
    papers = tuple(
        replace(paper, files=tuple(replace(one, source="") for one in paper.files))
        for paper in item.papers
    )
    return replace(item, papers=papers)


def _front(packet: Packet) -> bytes:
    return print_front(packet, {})


def _cover(item: PacketItem) -> bytes:
    return print_cover(packet_of(item), item, {})


PARTS = {"head.publicity": "the parts of the agenda say it"}
MEMBERS_ONLY = {
    "remark": "is for members",
    "nonpublic_agenda[].paper_references[]": "of the non-public part only titles are told",
}
RESULTS = {"ballots[].outcome": "the result says it in full"}
REFERENCES = {"line.paper_references[]": "the papers stand there themselves"}
IN_SHORT = {
    "_items[].line.paper_references[]": "the papers stand there themselves",
    "papers[].status": "minutes name a paper in short",
    "papers[].submitted_by[]": "minutes name a paper in short",
    "papers[].responsible_unit": "minutes name a paper in short",
    "papers[].handled_by": "minutes name a paper in short",
}
WORDING = {".resolution": "the numbered resolutions have a wording of their own"}
ENDED = {
    "ballots[].difference": "the book tells how a vote ended, the minutes how it was told",
    "elections[].mode": "the book tells how an election ended",
    "tallies[].name": "the book tells how an election ended",
    "lots[]": "the book tells how an election ended",
    "rounds[0].result": "the book tells how the last round ended",
}
VOID = {
    f"public[].{name}": "of a resolution that counts no more only that is told"
    for name in (
        "decision", "text", "unit", "announcement", "ballots[].subject", "ballots[].kind",
        "ballots[].result", "ballots[].names[][]", "ballots[].motion", "ballots[].moved_by",
        "ballots[].committee", "ballots[].requirement", "ballots[].difference",
        "ballots[].outcome", "elections[].office", "elections[].mode",
        "elections[].rounds[].result", "elections[].rounds[].tallies[].name",
        "elections[].rounds[].lots[]",
    )
}  # fmt: skip
FRONT = {
    "items[].part": "stands on the item's cover",
    "items[].line.paper_references[]": "the papers' own numbers stand there",
    **{
        f"papers[].{name}": "stands on the item's cover"
        for name in (
            "facts.title", "facts.status", "facts.paper_type",
            "facts.submitted_by[]", "facts.responsible_unit", "facts.handled_by", "texts[][]",
        )
    },
}  # fmt: skip

FORMS: dict[str, Form] = {
    "invitation": Form(Invitation, print_invitation, unsaid=PARTS),
    "public notice": Form(Invitation, print_invitation, _public, PARTS | MEMBERS_ONLY),
    "minutes": Form(Minutes, print_minutes, unsaid=RESULTS | IN_SHORT | WORDING),
    "minutes without numbers": Form(Minutes, print_minutes, _without_numbers, IN_SHORT),
    "minutes with tables": Form(Minutes, print_minutes, _with_tables, IN_SHORT),
    "public minutes": Form(Minutes, print_minutes, _public_minutes, RESULTS | IN_SHORT | WORDING),
    "certified copy": Form(Excerpt, print_excerpt, unsaid=RESULTS | WORDING | REFERENCES),
    "excerpt": Form(Excerpt, print_excerpt, _excerpt, RESULTS | WORDING | REFERENCES),
    "attendance list": Form(AttendanceSheet, print_attendance_list, unsaid=PARTS),
    "submission": Form(Submission, print_submission),
    "public submission": Form(Submission, print_submission, _public),
    "year calendar": Form(YearCalendar, print_year_calendar),
    "seat sheet": Form(SeatSheet, print_seat_sheet),
    "follow-up report": Form(FollowUpReport, print_followup_report),
    "resolution book": Form(ResolutionBook, print_resolution_book, _sound, RESULTS | ENDED),
    "resolution book of void ones": Form(ResolutionBook, print_resolution_book, unsaid=VOID),
    "public resolution book": Form(
        ResolutionBook, print_resolution_book, _public_book, RESULTS | ENDED
    ),
    "front of a packet": Form(Packet, _front, _not_sent, PARTS | FRONT),
    "cover in a packet": Form(PacketItem, _cover, _not_there, REFERENCES),
}
