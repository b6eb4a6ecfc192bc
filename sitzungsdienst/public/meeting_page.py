"""The page of one meeting: its head, its agenda, what can be downloaded."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from sitzungsdienst.public import addresses, parts
from sitzungsdienst.public.agenda import AgendaPart, agenda, papers_of
from sitzungsdienst.public.frame import Frame, surroundings
from sitzungsdienst.public.parts import Download, Field, Link, VersionLine
from sitzungsdienst.public.shelf import Shelf
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicFile,
    PublicLocation,
    PublicMeeting,
    PublicOrganization,
)

_WORDS = {
    "terminiert": "Der Termin steht fest. Die Einladung mit der Tagesordnung folgt.",
    "eingeladen": "Zu dieser Sitzung ist eingeladen.",
    "durchgeführt": "",
}


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """What the page of a meeting shows. `agenda_note` stands where there is no agenda."""

    title: str
    state: str
    state_note: str
    cancelled: bool
    fields: tuple[Field, ...]
    agenda: tuple[AgendaPart, ...]
    agenda_note: str
    downloads: tuple[Download, ...]
    event: str
    versions: tuple[VersionLine, ...]


def meeting_page(shelf: Shelf, uid: str) -> tuple[MeetingPage, Frame]:
    """Compose the page. Raises NotFound or Withdrawn."""
    around = surroundings(shelf)
    meeting = shelf.find(PublicMeeting, uid).living
    items = shelf.children(PublicAgendaItem, (uid,))[uid]
    organizations = shelf.many(PublicOrganization, meeting.organization)
    location = shelf.one(PublicLocation, meeting.location)
    files = shelf.children(PublicFile, (uid,))[uid]
    content = MeetingPage(
        title=meeting.name,
        state=parts.state_of(meeting),
        state_note="" if meeting.cancelled else _WORDS.get(meeting.meeting_state, ""),
        cancelled=meeting.cancelled,
        fields=_fields(meeting, organizations, location, around.several_names),
        agenda=agenda(items, papers_of(shelf, items)),
        agenda_note="" if items else _no_agenda(meeting),
        downloads=_downloads(meeting, files),
        event=url_for("public.meeting_event", uid=uid) if meeting.start else "",
        versions=parts.versions(shelf.versions(uid)),
    )
    trail = (Link("Sitzungen", addresses.calendar()), Link(meeting.name))
    return content, around.frame("public.calendar", trail, meeting.body)


def head_fields(
    meeting: PublicMeeting,
    organizations: Mapping[str, PublicOrganization],
    location: PublicLocation | None,
) -> dict[str, Field]:
    """The fields by which a meeting is known on every page, by label; they may be empty."""
    return {
        one.label: one
        for one in (
            parts.linked_field(
                "Gremium", parts.organization_links(meeting.organization, organizations)
            ),
            parts.field("Datum", parts.date_of(meeting)),
            parts.field("Status", meeting.publicity),
            parts.field("Zeit", parts.time_of(meeting)),
            parts.field("Raum", location.room if location else ""),
            parts.field("Ort", location.place if location else ""),
        )
    }


def _fields(
    meeting: PublicMeeting,
    organizations: Mapping[str, PublicOrganization],
    location: PublicLocation | None,
    body_names: Mapping[str, str],
) -> tuple[Field, ...]:
    head = head_fields(meeting, organizations, location)
    return parts.filled(
        parts.field("Bezeichnung", meeting.name),
        parts.field("Körperschaft", body_names.get(meeting.body, "")),
        *head.values(),
        parts.field("Anlass", meeting.kind),
        parts.field("Teilnahme", *meeting.participation),
        parts.field("Stand", parts.state_of(meeting)),
        parts.field("Niederschrift", meeting.minutes_state),
    )


def _downloads(meeting: PublicMeeting, files: tuple[PublicFile, ...]) -> tuple[Download, ...]:
    """The announcement first, the minutes next, then what else belongs to the meeting itself.

    The files of single items stand on the items' own pages.
    """
    first = (meeting.invitation, meeting.results_protocol)
    own = {
        file.uid: file
        for file in files
        if file.uid in first or not (file.agenda_item or file.paper)
    }
    return parts.downloads(own, *first, *own)


def _no_agenda(meeting: PublicMeeting) -> str:
    if meeting.cancelled:
        return "Für diese Sitzung ist keine Tagesordnung veröffentlicht."
    if meeting.meeting_state == "terminiert":
        return "Die Tagesordnung wird mit der Einladung veröffentlicht."
    return "Es ist keine Tagesordnung veröffentlicht."
