"""The one decision: may this be public?

Every release asks here first, and nothing else in the house answers that question. The default is
no: each function names what must be true, and gives the reason (German, for the clerk) when it
is not.
"""

from dataclasses import dataclass

from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, Meeting, MeetingState
from sitzungsdienst.record.papers import Attachment, Paper
from sitzungsdienst.record.people import ContactField, Person
from sitzungsdienst.record.resolutions import Announcement, Resolution, ResolutionReport


class GateClosed(Exception):
    """It may not be public; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something may be public, and if not, why (a German sentence)."""

    allowed: bool
    reason: str = ""

    def demand(self) -> None:
        """Raise GateClosed unless allowed."""
        if not self.allowed:
            raise GateClosed(self.reason)


YES = Verdict(allowed=True)


def _no(reason: str) -> Verdict:
    return Verdict(allowed=False, reason=reason)


def titled_publicly(item: AgendaItem) -> bool:
    """Whether the public hears what the item is about: it was announced, or treated in public."""
    return Part.PUBLIC in {item.part, item.actual_part}


def on_public_agenda(item: AgendaItem) -> bool:
    """Whether the item stands on the public agenda at all, with whichever title.

    A neutral line needs its parent there: its number alone would tell of one that is hidden.
    """
    if item.removed_at is not None:
        return False
    if titled_publicly(item):
        return True
    neutral = item.disclosure is Disclosure.NEUTRAL and bool(item.public_title)
    above = (one for one in item.meeting.items if one.id == item.parent_id)
    return neutral and all(on_public_agenda(one) for one in above)


def closed_to_public(item: AgendaItem) -> bool:
    """Whether an item planned as public was moved behind closed doors: what is written then stays.

    The public keeps the words it was told before, and reads nothing that it was not.
    """
    return item.part is Part.PUBLIC and item.actual_part is not Part.PUBLIC


def agenda(meeting: Meeting) -> Verdict:
    """The agenda, once the summons has frozen its numbers."""
    if meeting.state is MeetingState.PLANNED:
        return _no("Die Tagesordnung wird erst mit der Ladung veröffentlicht.")
    return YES


def paper(row: Paper) -> Verdict:
    """A paper: only if the office has marked it as public."""
    if not row.public:
        return _no(
            f"Die Vorlage {row.reference} ist als nichtöffentlich geführt. Setzen Sie zuerst den"
            " Status auf »öffentlich«, wenn sie veröffentlicht werden darf."
        )
    return YES


def attachment(row: Attachment) -> Verdict:
    """An attachment: only if it and its paper are marked as public, and nothing is redacted."""
    if not (row.public and row.paper.public):
        return _no("Die Anlage ist als nichtöffentlich geführt.")
    if not row.file_name.endswith(".pdf"):
        return _no("Die Anlage ist kein PDF. Andere Dateien bleiben im Haus.")
    if any(other.redacts is row for other in row.paper.attachments):
        return _no(
            "Von dieser Anlage gibt es eine geschwärzte Fassung. Veröffentlicht wird nur diese."
        )
    return YES


def consultation_item(item: AgendaItem | None) -> bool:
    """Whether a paper's path may point to this item: only to public ones that were summoned."""
    return (
        item is not None
        and titled_publicly(item)
        and item.removed_at is None
        and agenda(item.meeting).allowed
        and not item.meeting.cancelled
    )


def excerpt(item: AgendaItem) -> Verdict:
    """An excerpt: of a public item, after the meeting is closed, with something to tell."""
    if item.actual_part is not Part.PUBLIC:
        return _no("Aus dem nichtöffentlichen Teil wird kein Auszug veröffentlicht.")
    if item.removed_at is not None:
        return _no("Der Punkt steht nicht mehr auf der Tagesordnung.")
    if item.meeting.state is not MeetingState.CLOSED:
        return _no("Auszüge gibt es erst, wenn die Sitzung geschlossen ist.")
    if item.treatment is None and not item.ballots:
        return _no("Zu diesem Punkt ist weder eine Beratung noch ein Ergebnis erfasst.")
    return YES


def resolution(row: Resolution) -> bool:
    """Whether an excerpt may tell of a resolution: it was taken, and is kept, as public."""
    public = row.part is Part.PUBLIC and row.agenda_item.actual_part is Part.PUBLIC
    return public and not row.void


def report(row: ResolutionReport) -> bool:
    """Whether the public may read a report: it and its resolution are public."""
    return row.public and resolution(row.resolution)


def announcement(row: Resolution) -> bool:
    """Whether a non-public resolution may be told: it was announced, with words for the public."""
    return (
        row.announcement is Announcement.ANNOUNCED
        and not row.void
        and bool(row.announced_text)
        and row.announced_item is not None
        and row.announced_item.actual_part is Part.PUBLIC
    )


def contact(row: Person, field: ContactField) -> bool:
    """Whether a piece of contact data may be public: the person's consent runs."""
    return any(one.field is field and one.withdrawn_on is None for one in row.consents)


def minutes(meeting: Meeting) -> Verdict:
    """The public version of the minutes: only once they are signed."""
    if meeting.minutes is None or not meeting.minutes.signed:
        return _no("Die Niederschrift ist noch nicht unterzeichnet.")
    return YES


def standing(meeting: Meeting) -> str:
    """How far a released excerpt is settled: "vorläufig" until the minutes are approved."""
    row = meeting.minutes
    return "genehmigt" if row is not None and row.settled else "vorläufig"
