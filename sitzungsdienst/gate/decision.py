"""The one decision: may this be public?

Every release asks here first, and nothing else in the house answers that question. The default is
no: each function names what must be true, and gives the reason (German, for the clerk) when it
is not.
"""

from dataclasses import dataclass

from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, Meeting, MeetingState
from sitzungsdienst.record.papers import Attachment, Paper


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


def on_public_agenda(item: AgendaItem) -> bool:
    """Whether the item stands on the public agenda at all, with whichever title."""
    if item.removed_at is not None:
        return False
    return item.part is Part.PUBLIC or (
        item.disclosure is Disclosure.NEUTRAL and bool(item.public_title)
    )


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
    """An attachment: only if it and its paper are marked as public."""
    if not (row.public and row.paper.public):
        return _no("Die Anlage ist als nichtöffentlich geführt.")
    return YES


def consultation_item(item: AgendaItem | None) -> bool:
    """Whether a paper's path may point to this item: only to public ones that were summoned."""
    return (
        item is not None
        and item.part is Part.PUBLIC
        and item.removed_at is None
        and agenda(item.meeting).allowed
        and not item.meeting.cancelled
    )


def excerpt(item: AgendaItem) -> Verdict:
    """An excerpt: of a public item, after the meeting is closed, with something to tell."""
    if item.actual_part is not Part.PUBLIC:
        return _no("Aus dem nichtöffentlichen Teil wird kein Auszug veröffentlicht.")
    if item.part is not Part.PUBLIC:
        return _no(
            "Der Punkt stand im nichtöffentlichen Teil der Tagesordnung. Er wird erst mit seiner"
            " Niederschrift öffentlich."
        )
    if item.removed_at is not None:
        return _no("Der Punkt steht nicht mehr auf der Tagesordnung.")
    if item.meeting.state is not MeetingState.CLOSED:
        return _no("Auszüge gibt es erst, wenn die Sitzung geschlossen ist.")
    if item.treatment is None and not item.ballots:
        return _no("Zu diesem Punkt ist weder eine Beratung noch ein Ergebnis erfasst.")
    return YES


def minutes(meeting: Meeting) -> Verdict:
    """The public version of the minutes: only once they are signed."""
    if meeting.minutes is None or not meeting.minutes.signed:
        return _no("Die Niederschrift ist noch nicht unterzeichnet.")
    return YES


def standing(meeting: Meeting) -> str:
    """How far a released excerpt is settled: "vorläufig" until the minutes are approved."""
    row = meeting.minutes
    return "genehmigt" if row is not None and row.settled else "vorläufig"
