"""What a printed document says, as plain values.

Renderers take these and give bytes; they never see the record, Flask or the clock. Every text
here is *plain* text as people typed it: markup in it is printed, never obeyed. Dates and times are
local to the Body (Europe/Berlin) and already chosen by the caller, so the same value gives the
same bytes.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Align(StrEnum):
    """How the cells of a column stand."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


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
    With a `heading` ("1. Nachtrag zur Tagesordnung") it is a supplement, and both agendas hold what
    is new. `remark` is told to members before the agenda: a hint the law wants, or a reason.
    `check_address` is where everybody can check the notice; "" where it is not published.
    """

    letterhead: Letterhead
    head: MeetingHead
    audience: Audience
    issued_on: date
    chair_name: str
    public_agenda: tuple[AgendaLine, ...]
    nonpublic_agenda: tuple[AgendaLine, ...]
    heading: str = ""
    remark: str = ""
    check_address: str = ""


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
    `present`, `recused` and `entitled` are None where they are not told. `outcome` is the short
    word for the result ("angenommen"), told where `result` says nothing. `motion` names what is no
    main motion ("Änderungsantrag"), `committee` who voted where several meet together. `names`
    holds (name, choice) pairs of a roll call, else nothing.
    """

    subject: str
    kind: str
    result: str
    counts: Counts | None = None
    present: int | None = None
    recused: int | None = None
    names: tuple[tuple[str, str], ...] = ()
    entitled: int | None = None
    outcome: str = ""
    motion: str = ""
    moved_by: str = ""
    committee: str = ""
    requirement: str = ""
    difference: str = ""


@dataclass(frozen=True, slots=True)
class TallyLine:
    """The votes for one candidate or list in a round; `seats` once seats were shared out."""

    name: str
    votes: int
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class RoundBlock:
    """One round of an election: `lots` holds a sentence for each lot that was drawn."""

    number: int
    present: int
    handed_in: int
    no: int
    abstentions: int
    invalid: int
    tallies: tuple[TallyLine, ...]
    result: str
    lots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ElectionBlock:
    """An election: what was elected to, how ("geheim mit Stimmzetteln"), and its rounds."""

    office: str
    mode: str
    rounds: tuple[RoundBlock, ...]


@dataclass(frozen=True, slots=True)
class ResolutionBlock:
    """A resolution with its number; `text` is its wording where it differs from the item's."""

    number: str
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """An agenda item with what was said and decided.

    `notes` are sentences on how it was dealt with ("Der Punkt wird vorgezogen."), `movements` who
    came and went before or during it, `recusals` who took no part, one sentence each.
    `announcements` are resolutions of a non-public part made known here.
    """

    line: AgendaLine
    papers: tuple[PaperFacts, ...] = ()
    deliberation: str = ""
    resolution: str = ""
    decision: str = ""
    ballots: tuple[BallotBlock, ...] = ()
    notes: tuple[str, ...] = ()
    movements: tuple[str, ...] = ()
    recusals: tuple[str, ...] = ()
    resolutions: tuple[ResolutionBlock, ...] = ()
    elections: tuple[ElectionBlock, ...] = ()
    announcements: tuple[ResolutionBlock, ...] = ()


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
class ObjectionLine:
    """An objection to the minutes; in the public version without its text and who raised it."""

    raised_on: date
    concerns: str
    outcome: str
    raised_by: str = ""
    text: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes: the full version for members, the public one without the non-public part.

    `state` is the German word for where they stand ("Entwurf", "unterzeichnet", "genehmigt");
    `quorum_sentence` says whether there was a quorum and how it counts. `agenda_notes` tell how
    the agenda was summoned and changed, a sentence each. Only a members' version may hold
    `nonpublic_items` with content, and texts of objections. `standing` says how the body dealt
    with the minutes ("Genehmigt am …"). `check_address` is as in a notice.
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
    agenda_notes: tuple[str, ...] = ()
    objections: tuple[ObjectionLine, ...] = ()
    standing: tuple[str, ...] = ()
    check_address: str = ""


@dataclass(frozen=True, slots=True)
class Certification:
    """That a copy says what the original says: its number, by whom, when, and for whom."""

    number: str
    certified_by: str
    certified_on: date
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One item out of the minutes (Auszug). `standing` says e.g. that the minutes are approved,
    in a sentence or a word ("vorläufig").

    `part` is the German word for the part the item was dealt with in, where the print is for the
    office and must say so. `presence` tells who was there in numbers. A `certification` makes it a
    certified copy. `check_address` is as in a notice.
    """

    letterhead: Letterhead
    head: MeetingHead
    item: ItemRecord
    standing: str
    issued_on: date
    audience: Audience = Audience.PUBLIC
    part: str = ""
    presence: str = ""
    certification: Certification | None = None
    check_address: str = ""
