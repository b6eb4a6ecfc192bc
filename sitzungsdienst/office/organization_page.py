"""What the page of an organisation shows, and the way back to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from sitzungsdienst.acts.composition import Composition, composition_on
from sitzungsdienst.office.database import db
from sitzungsdienst.office.organization_forms import KINDS
from sitzungsdienst.office.searching import in_order
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.people import (
    InstitutionalMembership,
    Membership,
    MembershipRole,
    Person,
    Substitute,
)

ROLE_ORDER = list(MembershipRole)


@dataclass(frozen=True, slots=True)
class Members:
    """Who belongs to an organisation: now, and before. `lists` are the substitutes by whom they
    stand in for: each member's own, then the general list, whose member is None.
    """

    seats: list[Membership]
    former: list[Membership]
    institutions: list[InstitutionalMembership]
    former_institutions: list[InstitutionalMembership]
    lists: list[tuple[Person | None, list[Substitute]]]
    former_substitutes: list[Substitute]
    composition: Composition | None

    @property
    def any_running(self) -> bool:
        """Whether somebody belongs to it or stands in now."""
        return bool(self.seats or self.institutions or self.lists)


def seats_of(row: Organization) -> list[Membership]:
    """The memberships with their persons and groups, chair first, then by name."""
    rows = db.session.scalars(
        select(Membership)
        .where(Membership.organization_id == row.id)
        .options(
            selectinload(Membership.person).selectinload(Person.consents),
            selectinload(Membership.on_behalf_of),
            selectinload(Membership.composition_rule),
        )
    ).all()
    return sorted(
        rows,
        key=lambda one: (ROLE_ORDER.index(one.role), in_order(one.person.sort_name), one.id),
    )


def members_of(row: Organization, seats: Sequence[Membership], today: date) -> Members:
    """Everybody who belongs to the organisation, sorted into now and before."""
    institutions = db.session.scalars(
        select(InstitutionalMembership)
        .where(InstitutionalMembership.organization_id == row.id)
        .options(
            selectinload(InstitutionalMembership.represented_by),
            selectinload(InstitutionalMembership.member_organization),
            selectinload(InstitutionalMembership.composition_rule),
        )
    ).all()
    offices = sorted(institutions, key=lambda one: (in_order(one.name), one.id))
    substitutes = db.session.scalars(
        select(Substitute)
        .where(Substitute.organization_id == row.id)
        .options(
            selectinload(Substitute.person),
            selectinload(Substitute.for_person),
            selectinload(Substitute.on_behalf_of),
        )
        .order_by(Substitute.position, Substitute.id)
    ).all()
    return Members(
        seats=[one for one in seats if not _over(one, today)],
        former=[one for one in seats if _over(one, today)],
        institutions=[one for one in offices if not _over(one, today)],
        former_institutions=[one for one in offices if _over(one, today)],
        lists=_lists([one for one in substitutes if not _over(one, today)]),
        former_substitutes=[one for one in substitutes if _over(one, today)],
        composition=composition_on(row, today) if row.composition else None,
    )


def sent_by(row: Organization, today: date) -> list[Membership]:
    """The seats in committees that a group fills now; none for any other kind."""
    if row.kind is not OrganizationKind.GROUP:
        return []
    rows = db.session.scalars(
        select(Membership)
        .where(Membership.on_behalf_of_id == row.id)
        .options(selectinload(Membership.person), selectinload(Membership.organization))
    ).all()
    return sorted(
        (one for one in rows if not _over(one, today)),
        key=lambda one: (in_order(one.organization.name), in_order(one.person.sort_name), one.id),
    )


def back_to(row: Organization, anchor: str | None = None) -> str:
    """The address of an organisation's page."""
    return url_for("organizations.show", organization_id=row.id, _anchor=anchor)


def trail(row: Organization) -> list[tuple[str, str]]:
    """Where the pages around an organisation stand."""
    return [
        ("Gremien", url_for("organizations.index", art=KINDS[row.kind][2])),
        (row.name, back_to(row)),
    ]


def _over(one: Membership | InstitutionalMembership | Substitute, today: date) -> bool:
    return one.end_date is not None and one.end_date < today


def _lists(rows: list[Substitute]) -> list[tuple[Person | None, list[Substitute]]]:
    """The substitutes by whom they stand in for: members by name, then the general list."""
    members = {one.for_person_id: one.for_person for one in rows if one.for_person is not None}
    order = sorted(members.items(), key=lambda one: (in_order(one[1].sort_name), one[0] or 0))
    lists: list[tuple[Person | None, list[Substitute]]] = [
        (member, [one for one in rows if one.for_person_id == key]) for key, member in order
    ]
    general = [one for one in rows if one.for_person_id is None]
    return [*lists, (None, general)] if general else lists
