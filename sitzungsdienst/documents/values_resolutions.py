"""What is printed of many resolutions: the book of them, and how they are carried out."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sitzungsdienst.documents.values import (
    Audience,
    BallotBlock,
    ElectionBlock,
    Letterhead,
)


@dataclass(frozen=True, slots=True)
class BookEntry:
    """A numbered resolution: its wording, how it was decided, and where.

    `start` is the local, aware time of the meeting. `item` and `title` are number and title of the
    agenda item; `papers` the references of its papers. `announcement` tells how a non-public one
    stands. One with a `void` (a sentence) counts no more: only that is told of it.
    """

    number: str
    subject: str
    decision: str
    meeting: str
    committees: tuple[str, ...]
    start: datetime
    item: str = ""
    title: str = ""
    text: str = ""
    papers: tuple[str, ...] = ()
    ballots: tuple[BallotBlock, ...] = ()
    elections: tuple[ElectionBlock, ...] = ()
    unit: str = ""
    announcement: str = ""
    void: str = ""


@dataclass(frozen=True, slots=True)
class ResolutionBook:
    """The resolutions of a `period` ("2024", "7. Wahlperiode") of a committee or of all (`scope`).

    The version for the public holds `public` entries alone. One with `preview` says that it is
    not issued.
    """

    letterhead: Letterhead
    audience: Audience
    scope: str
    period: str
    issued_on: date
    public: tuple[BookEntry, ...]
    nonpublic: tuple[BookEntry, ...] = ()
    preview: bool = False


class Standing(StrEnum):
    """How a resolution stands on the day of a report; the value is the word for it."""

    OVERDUE = "überfällig"
    OPEN = "offen"
    SUSPENDED = "ausgesetzt"
    DONE = "erledigt"
    DROPPED = "nicht weiter verfolgt"
    NOTHING = "nichts zu veranlassen"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report on the carrying out: of which day, from whom, and what it says."""

    reported_on: date
    text: str
    reported_by: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """How a resolution is carried out.

    `state` tells it in words ("in Arbeit"), `remark` why it waits, or with what result it ended.
    """

    number: str
    subject: str
    committees: tuple[str, ...]
    decided_on: date
    standing: Standing
    state: str
    unit: str = ""
    in_charge: str = ""
    due_on: date | None = None
    completed_on: date | None = None
    remark: str = ""
    reports: tuple[ReportLine, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUpReport:
    """How resolutions are carried out as of `issued_on`; the two parts of the meetings apart.

    A part that was not asked for is None. `selection` holds (name, what was chosen) pairs. One with
    `preview` says that it is not issued.
    """

    letterhead: Letterhead
    issued_on: date
    public: tuple[FollowUpLine, ...] | None
    nonpublic: tuple[FollowUpLine, ...] | None
    selection: tuple[tuple[str, str], ...] = ()
    preview: bool = False


#: What a print says in front of it that was made to look at.
PREVIEW = ("Ausfertigung", "Vorschau, nicht ausgestellt")
