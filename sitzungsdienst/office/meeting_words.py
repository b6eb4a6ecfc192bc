"""How the office's pages name the state of a meeting."""

from dataclasses import dataclass

from sitzungsdienst.record.meetings import Meeting, MeetingState
from sitzungsdienst.record.papers import DocumentKind

DOCUMENTS = {
    DocumentKind.INVITATION: "Einladung (mit nichtöffentlichem Teil)",
    DocumentKind.NOTICE: "Bekanntmachung (öffentlich)",
    DocumentKind.MINUTES_FULL: "Niederschrift (mit nichtöffentlichem Teil)",
    DocumentKind.MINUTES_PUBLIC: "Niederschrift (öffentlicher Teil)",
    DocumentKind.EXCERPT: "Auszug (öffentlich)",
    DocumentKind.EXCERPT_FULL: "Auszug (vollständig, nicht für die Öffentlichkeit)",
    DocumentKind.CERTIFIED_COPY: "Beglaubigte Abschrift",
    DocumentKind.SUPPLEMENT: "Nachtrag (mit nichtöffentlichem Teil)",
    DocumentKind.SUPPLEMENT_NOTICE: "Nachtrag zur Bekanntmachung (öffentlich)",
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in a word, and the kind of badge it stands in."""

    word: str
    kind: str


def state_badge(meeting: Meeting, *, announced: bool = False) -> Badge:
    """The state of a meeting; `announced` tells that the public can open it."""
    if meeting.cancelled:
        return Badge("abgesagt", "danger")
    if meeting.state is MeetingState.CLOSED:
        return Badge("durchgeführt", "success")
    if meeting.state is MeetingState.SUMMONED:
        return Badge("eingeladen", "info")
    return Badge("angekündigt", "info") if announced else Badge("in Planung", "neutral")
