"""The page of a person in a public function: the name, the memberships, consented contact data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sitzungsdienst import german
from sitzungsdienst.public import addresses, parts
from sitzungsdienst.public.frame import Frame, surroundings
from sitzungsdienst.public.organization_page import is_over, period, voting_words
from sitzungsdienst.public.parts import Field, Link
from sitzungsdienst.public.shelf import Shelf
from sitzungsdienst.publication.embedding import fold
from sitzungsdienst.publication.types import (
    PublicMembership,
    PublicOrganization,
    PublicPerson,
)


@dataclass(frozen=True, slots=True)
class MembershipLine:
    """A membership as the person's page shows it."""

    organization: Link
    role: str
    voting: str
    on_behalf_of: str
    period: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the page of a person shows."""

    title: str
    contact: tuple[Field, ...]
    memberships: tuple[MembershipLine, ...]
    former: tuple[MembershipLine, ...]


def person_page(shelf: Shelf, uid: str, now: datetime) -> tuple[PersonPage, Frame]:
    """Compose the page. Raises NotFound or Withdrawn."""
    around = surroundings(shelf)
    today = german.local_day(now)
    shelf.note(today.isoformat())
    person = shelf.find(PublicPerson, uid).living
    found = shelf.children(PublicMembership, (uid,))[uid]
    named = (name for one in found for name in (one.organization, one.on_behalf_of))
    organizations = shelf.many(PublicOrganization, named)
    shown = sorted(
        (one for one in found if one.organization in organizations),
        key=lambda one: (fold(organizations[one.organization].name), one.uid),
    )
    content = PersonPage(
        title=person.name,
        contact=parts.filled(
            parts.linked_field("E-Mail", tuple(Link(one, f"mailto:{one}") for one in person.email)),
            parts.field("Telefon", *person.phone),
            parts.field("Anschrift", person.address),
            parts.field("Internet", person.website),
        ),
        memberships=tuple(
            _line(one, organizations) for one in shown if not is_over(one.end_date, today)
        ),
        former=tuple(_line(one, organizations) for one in shown if is_over(one.end_date, today)),
    )
    trail = (Link("Gremien", addresses.organizations()), Link(person.name))
    return content, around.frame("public.organizations", trail, person.body)


def _line(
    membership: PublicMembership, organizations: Mapping[str, PublicOrganization]
) -> MembershipLine:
    organization = organizations[membership.organization]
    group = organizations.get(membership.on_behalf_of)
    return MembershipLine(
        organization=Link(organization.name, addresses.organization(organization.uid)),
        role=membership.role,
        voting=voting_words(membership),
        on_behalf_of=group.name if group else "",
        period=period(membership.start_date, membership.end_date),
    )
