"""What a printed document says, as plain values.

Renderers take these and give bytes; they never see the record, Flask or the clock. Every text
here is *plain* text as people typed it: markup in it is printed, never obeyed. Dates and times are
local to the Body (Europe/Berlin) and already chosen by the caller, so the same value gives the
same bytes.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Audience(StrEnum):
    """For whom a document is printed; the word stands in its head."""

    MEMBERS = "members"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The sender of a document: one per Body.

    `colour` is "#rrggbb"; `logo` is a PNG or JPEG image or None; `logo_alt` says what it shows.
    """

    body_name: str
    department: str = "Sitzungsdienst"
    street_address: str = ""
    postal_code: str = ""
    locality: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    colour: str = "#1f3b64"
    logo: bytes | None = None
    logo_alt: str = ""


@dataclass(frozen=True, slots=True)
class MeetingHead:
    """The head every document of a meeting bears.

    `start` and `end` are local, aware times; `end` is None until the meeting is closed.
    `publicity` is "öffentlich", "nichtöffentlich" or "öffentlich/nichtöffentlich".
    """

    name: str
    committees: tuple[str, ...]
    start: datetime
    end: datetime | None
    room: str
    place: str
    publicity: str


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line of a printed agenda. `level` is 0 for a top item, 1 for a sub-item and so on."""

    number: str
    title: str
    level: int = 0
    paper_references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invitation:
    """The summons with its agenda (members), or the public notice of it (public).

    For the public `nonpublic_agenda` holds only what was released (neutral titles) or nothing.
    """

    letterhead: Letterhead
    head: MeetingHead
    audience: Audience
    issued_on: date
    chair_name: str
    public_agenda: tuple[AgendaLine, ...]
    nonpublic_agenda: tuple[AgendaLine, ...]


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """The paper an item deals with, as the excerpt prints it."""

    reference: str
    title: str
    status: str
    paper_type: str
    submitted_by: tuple[str, ...]
    responsible_unit: str
    handled_by: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Votes counted: all four are whole numbers of 0 or more."""

    yes: int
    no: int
    abstentions: int
    invalid: int = 0


@dataclass(frozen=True, slots=True)
class BallotBlock:
    """One vote as printed.

    `kind` is the German word for how it was taken ("offen", "namentlich", "geheim", …). `counts`
    is None where the result was told without counts; then `result` alone speaks ("einstimmig").
    `present` and `recused` are None where they are not told. `names` holds (name, choice) pairs of
    a roll call, else nothing.
    """

    subject: str
    kind: str
    result: str
    counts: Counts | None = None
    present: int | None = None
    recused: int | None = None
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """An agenda item with what was said and decided."""

    line: AgendaLine
    papers: tuple[PaperFacts, ...] = ()
    deliberation: str = ""
    resolution: str = ""
    decision: str = ""
    ballots: tuple[BallotBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """One person at a meeting; `note` tells e.g. "ab 17:20 Uhr" or "entschuldigt"."""

    name: str
    role: str = ""
    on_behalf_of: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceGroup:
    """Persons under one heading ("Stimmberechtigte Mitglieder", "Entschuldigt", …)."""

    heading: str
    lines: tuple[AttendanceLine, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on, or the note that it was signed (`signed_on`)."""

    role: str
    name: str
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes: the full version for members, the public one without the non-public part.

    `state` is the German word for where they stand ("Entwurf", "unterzeichnet", "genehmigt");
    `quorum_sentence` says whether there was a quorum and how it counts. Only a members' version
    may hold `nonpublic_items` with content.
    """

    letterhead: Letterhead
    head: MeetingHead
    audience: Audience
    state: str
    issued_on: date
    attendance: tuple[AttendanceGroup, ...]
    quorum_sentence: str
    public_items: tuple[ItemRecord, ...]
    nonpublic_items: tuple[ItemRecord, ...]
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One item out of the minutes (Auszug). `standing` says e.g. that the minutes are approved."""

    letterhead: Letterhead
    head: MeetingHead
    item: ItemRecord
    standing: str
    issued_on: date
