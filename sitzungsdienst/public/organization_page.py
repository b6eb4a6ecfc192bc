"""The committees and other organizations: their list, and the page of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sitzungsdienst import german
from sitzungsdienst.public import addresses, parts
from sitzungsdienst.public.calendar_page import midnight
from sitzungsdienst.public.frame import Frame, Surroundings, surroundings
from sitzungsdienst.public.parts import Field, Link, MeetingLine, Subscription, VersionLine
from sitzungsdienst.public.shelf import Shelf
from sitzungsdienst.publication.embedding import fold
from sitzungsdienst.publication.types import (
    PublicInstitution,
    PublicLocation,
    PublicMeeting,
    PublicMembership,
    PublicOrganization,
    PublicPerson,
    PublicSeats,
)

MEETINGS = 10

_PLURALS = {
    "Gremium": "Vertretung und Ausschüsse",
    "Fraktion": "Fraktionen",
    "Verwaltungsbereich": "Verwaltung",
    "Sonstiges": "Weitere",
}


@dataclass(frozen=True, slots=True)
class OrganizationLine:
    """An organization in the list."""

    address: str
    name: str
    classification: str
    body: str
    period: str


@dataclass(frozen=True, slots=True)
class OrganizationGroup:
    """The organizations of one type."""

    title: str
    organizations: tuple[OrganizationLine, ...]


@dataclass(frozen=True, slots=True)
class OrganizationListPage:
    """The list, by type, and what has ended."""

    groups: tuple[OrganizationGroup, ...]
    former: tuple[OrganizationLine, ...]


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A membership as the organization's page shows it."""

    person: Link
    role: str
    voting: str
    on_behalf_of: str
    period: str


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    """What the page of an organization shows; `subscription` is None where none ever meets."""

    title: str
    kind: str
    fields: tuple[Field, ...]
    composition: tuple[PublicSeats, ...]
    institutions: tuple[PublicInstitution, ...]
    members: tuple[MemberLine, ...]
    former: tuple[MemberLine, ...]
    upcoming: tuple[MeetingLine, ...]
    past: tuple[MeetingLine, ...]
    all_meetings: str
    subscription: Subscription | None
    versions: tuple[VersionLine, ...]


def is_over(end: date | None, today: date) -> bool:
    """Whether what ended on `end`, its last day, is over."""
    return end is not None and end < today


def organization_list(shelf: Shelf, now: datetime) -> tuple[OrganizationListPage, Frame]:
    """Compose the list."""
    around = surroundings(shelf)
    today = german.local_day(now)
    shelf.note(today.isoformat())
    everything = shelf.listing(PublicOrganization)
    current = [one for one in everything if not is_over(one.end_date, today)]
    types = sorted(
        {one.organization_type for one in current},
        key=lambda name: (name not in _PLURALS, *_place(name)),
    )
    groups = (
        OrganizationGroup(
            _PLURALS.get(name, name or "Weitere"),
            _lines((one for one in current if one.organization_type == name), around),
        )
        for name in types
    )
    former = _lines((one for one in everything if is_over(one.end_date, today)), around)
    page = OrganizationListPage(tuple(groups), former)
    return page, around.frame("public.organizations", (Link("Gremien"),))


def _place(name: str) -> tuple[int, str]:
    known = list(_PLURALS)
    return (known.index(name) if name in known else len(known), name)


def _lines(
    organizations: Iterable[PublicOrganization], around: Surroundings
) -> tuple[OrganizationLine, ...]:
    return tuple(
        OrganizationLine(
            address=addresses.organization(one.uid),
            name=one.name,
            classification=one.classification,
            body=around.several_names.get(one.body, ""),
            period=period(None, one.end_date),
        )
        for one in organizations
    )


def period(start: date | None, end: date | None) -> str:
    """ "01.07.2014 - 30.06.2019", "seit 01.07.2014", "bis 30.06.2019" or nothing."""
    if start and end:
        return f"{german.plain_date(start)} - {german.plain_date(end)}"
    if start:
        return f"seit {german.plain_date(start)}"
    return f"bis {german.plain_date(end)}" if end else ""


def voting_words(membership: PublicMembership) -> str:
    """Whether the membership has a vote, in the office's words; empty where it is not said."""
    return {True: "mit Stimmrecht", False: "beratend", None: ""}[membership.voting_right]


def organization_page(shelf: Shelf, uid: str, now: datetime) -> tuple[OrganizationPage, Frame]:
    """Compose the page. Raises NotFound or Withdrawn."""
    around = surroundings(shelf)
    today = german.local_day(now)
    shelf.note(today.isoformat())
    organization = shelf.find(PublicOrganization, uid).living
    members, former = _members(shelf, uid, today)
    upcoming, past = _meetings(shelf, organization, today)
    meets = bool(organization.organization_type == "Gremium" or upcoming or past)
    feed = addresses.outside("public.organization_feed", uid=uid)
    content = OrganizationPage(
        title=organization.name,
        kind=organization.classification or organization.organization_type,
        fields=_fields(organization, around),
        composition=organization.composition,
        institutions=organization.institutions,
        members=members,
        former=former,
        upcoming=upcoming,
        past=past,
        all_meetings=addresses.calendar(gremium=uid) if meets else "",
        subscription=parts.subscription(organization.name, feed) if meets else None,
        versions=parts.versions(shelf.versions(uid)),
    )
    trail = (Link("Gremien", addresses.organizations()), Link(organization.name))
    return content, around.frame("public.organizations", trail, organization.body)


def _fields(organization: PublicOrganization, around: Surroundings) -> tuple[Field, ...]:
    return parts.filled(
        parts.field("Bezeichnung", organization.name),
        parts.field("Kurzbezeichnung", organization.short_name),
        parts.field("Art", organization.classification or organization.organization_type),
        parts.field("Körperschaft", around.several_names.get(organization.body, "")),
        parts.field("Sitze", "" if organization.seats is None else str(organization.seats)),
        parts.field("Zeitraum", period(organization.start_date, organization.end_date)),
        parts.field("Hervorgegangen aus", organization.predecessor),
        parts.field("Frühere Namen", *organization.former_names),
    )


def _members(
    shelf: Shelf, uid: str, today: date
) -> tuple[tuple[MemberLine, ...], tuple[MemberLine, ...]]:
    """The current and the former members; who only begins later stands with the current ones."""
    found = shelf.linked_to(PublicMembership, uid, "organization")
    people = shelf.many(PublicPerson, (one.person for one in found))
    groups = shelf.many(PublicOrganization, (one.on_behalf_of for one in found))
    shown = sorted(
        (one for one in found if one.person in people),
        key=lambda one: (_rank(one), _sort_name(people[one.person]), one.uid),
    )
    current = (one for one in shown if not is_over(one.end_date, today))
    former = (one for one in shown if is_over(one.end_date, today))
    return (
        tuple(_member(one, people, groups) for one in current),
        tuple(_member(one, people, groups) for one in former),
    )


def _rank(membership: PublicMembership) -> int:
    """The chair first, then the deputies, then all others."""
    role = membership.role.casefold()
    if "vorsitz" not in role:
        return 2
    return 1 if "stellv" in role else 0


def _sort_name(person: PublicPerson) -> str:
    return fold(f"{person.family_name}, {person.given_name}" if person.family_name else person.name)


def _member(
    membership: PublicMembership,
    people: Mapping[str, PublicPerson],
    groups: Mapping[str, PublicOrganization],
) -> MemberLine:
    group = groups.get(membership.on_behalf_of)
    return MemberLine(
        person=Link(people[membership.person].name, addresses.person(membership.person)),
        role=membership.role,
        voting=voting_words(membership),
        on_behalf_of=group.name if group else "",
        period=period(membership.start_date, membership.end_date),
    )


def _meetings(
    shelf: Shelf, organization: PublicOrganization, today: date
) -> tuple[tuple[MeetingLine, ...], tuple[MeetingLine, ...]]:
    """The next meetings, earliest first, and the last ones, latest first."""
    coming = [
        filed.living for filed in shelf.meetings(midnight(today), organization=organization.uid)
    ]
    last = shelf.listing(
        PublicMeeting,
        order="newest",
        offset=len(coming),
        limit=MEETINGS,
        linked=("organization", organization.uid),
    )
    shown = (*coming[:MEETINGS], *last)
    locations = shelf.many(PublicLocation, (one.location for one in shown))
    upcoming, past = (
        tuple(parts.meeting_line(one, {}, locations, {}) for one in ones)
        for ones in (coming[:MEETINGS], last)
    )
    return upcoming, past
