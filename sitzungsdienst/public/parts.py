"""The small values that pages are made of: plain text and addresses, ready to be printed.

Templates only lay them out; what is shown, and in which words, is decided before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sitzungsdienst import german
from sitzungsdienst.public import addresses
from sitzungsdienst.publication.codes import code_of
from sitzungsdienst.publication.filed import VersionNote
from sitzungsdienst.publication.types import (
    PublicFile,
    PublicLocation,
    PublicMeeting,
    PublicOrganization,
)

CANCELLED = "abgesagt"


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; without an address it is only a text."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a head. `key` marks it in the page for programs, `label` stands before it."""

    key: str
    label: str
    values: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A file to look at (`address`) or to keep (`keep`, may be empty); `note`: kind and size.

    `check` is where its bytes can be compared.
    """

    label: str
    address: str
    keep: str
    note: str
    check: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of what is shown, with its day and reason."""

    number: int
    day: str
    reason: str


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list.

    `day` is its place in the calendar as "2017-04-19", or empty; `short` names it where room is
    scarce.
    """

    address: str
    name: str
    organizations: str
    short: str
    body: str
    day: str
    date: str
    begin: str
    time: str
    place: str
    state: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Subscription:
    """A calendar to subscribe to: for programs by `webcal`, to be copied as `address`."""

    name: str
    address: str
    webcal: str


def field(label: str, *texts: str, key: str = "") -> Field:
    """A field of plain texts; empty ones are left out."""
    return linked_field(label, (Link(text) for text in texts), key=key)


def linked_field(label: str, links: Iterable[Link], key: str = "") -> Field:
    """A field whose values may lead somewhere."""
    return Field(key or label, label, tuple(link for link in links if link.text))


def filled(*fields: Field) -> tuple[Field, ...]:
    """The fields that say something."""
    return tuple(one for one in fields if one.values)


def download(file: PublicFile) -> Download:
    """A released file as it stands in a list of downloads."""
    kind = "PDF" if file.mime_type == "application/pdf" else file.file_name.rpartition(".")[2]
    return Download(
        label=file.name or file.file_name,
        address=addresses.file(file.uid),
        keep=addresses.download(file.uid, file.file_name),
        note=", ".join(part for part in (kind, german.file_size(file.size)) if part),
        check=addresses.check(code_of(file.uid)),
    )


def downloads(files: Mapping[str, PublicFile], *uids: str) -> tuple[Download, ...]:
    """Downloads of those files that are there, in the given order, each once."""
    return tuple(download(files[uid]) for uid in dict.fromkeys(uids) if uid in files)


def versions(notes: Iterable[VersionNote]) -> tuple[VersionLine, ...]:
    """The versions, newest first; () as long as there is only the first one."""
    lines = tuple(
        VersionLine(
            note.version,
            german.plain_date(note.filed_at),
            "zurückgezogen" if note.withdrawn else note.reason,
        )
        for note in notes
    )
    return tuple(reversed(lines)) if len(lines) > 1 else ()


def organization_links(
    uids: Iterable[str], organizations: Mapping[str, PublicOrganization]
) -> tuple[Link, ...]:
    """The organizations that are there, each leading to its page."""
    return tuple(
        Link(organizations[uid].name, addresses.organization(uid))
        for uid in uids
        if uid in organizations
    )


def state_of(meeting: PublicMeeting) -> str:
    """The meeting's state in one word; a cancelled meeting has no other."""
    return CANCELLED if meeting.cancelled else meeting.meeting_state


def date_of(meeting: PublicMeeting) -> str:
    """ "Mi, 19.04.2017", or empty while there is no date."""
    return german.short_date(meeting.start) if meeting.start else ""


def time_of(meeting: PublicMeeting) -> str:
    """ "17:00 - 18:55", "17:00 Uhr" while there is no end, empty while there is no date."""
    return german.time_field(meeting.start, meeting.end) if meeting.start else ""


def meeting_line(
    meeting: PublicMeeting,
    organizations: Mapping[str, PublicOrganization],
    locations: Mapping[str, PublicLocation],
    body_names: Mapping[str, str],
) -> MeetingLine:
    """A meeting as a line; `body_names` is empty where the reader knows whose meeting it is."""
    location = locations.get(meeting.location)
    held_by = [organizations[uid] for uid in meeting.organization if uid in organizations]
    return MeetingLine(
        address=addresses.meeting(meeting.uid),
        name=meeting.name,
        organizations=", ".join(one.name for one in held_by),
        short=", ".join(one.short_name or one.name for one in held_by) or meeting.name,
        body=body_names.get(meeting.body, ""),
        day=german.local_day(meeting.start).isoformat() if meeting.start else "",
        date=date_of(meeting) or "Termin offen",
        begin=german.clock(meeting.start) if meeting.start else "",
        time=time_of(meeting),
        place=room_and_place(location),
        state=state_of(meeting),
        cancelled=meeting.cancelled,
    )


def room_and_place(location: PublicLocation | None) -> str:
    """Room and address in one line."""
    if location is None:
        return ""
    return ", ".join(part for part in (location.room, location.place) if part)


def subscription(name: str, address: str) -> Subscription:
    """A calendar at `address`, which is absolute."""
    return Subscription(name, address, addresses.webcal(address))
