"""Bodies, their legislative terms, organisations and places."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.record.base import Base, Edited, choice

if TYPE_CHECKING:
    from sitzungsdienst.record.changes import StandingItem
    from sitzungsdienst.record.local_rules import LocalRule
    from sitzungsdienst.record.people import InstitutionalMembership, Membership, Substitute


class OrganizationKind(StrEnum):
    """OParl's organizationType, as far as the office keeps it."""

    COMMITTEE = "committee"
    GROUP = "group"
    UNIT = "unit"
    OTHER = "other"


class Body(Edited, Base):
    """A municipality, county or union of municipalities, with its letterhead."""

    __tablename__ = "body"

    name: Mapped[str] = mapped_column(unique=True)
    short_name: Mapped[str] = mapped_column(default="")
    classification: Mapped[str] = mapped_column(default="")
    #: Two letters of the Land, e.g. "ST"; chooses the rules of law.
    land: Mapped[str] = mapped_column(String(2))
    seat: Mapped[str] = mapped_column(default="")
    #: Amtlicher Gemeindeschlüssel, eight digits, or empty.
    ags: Mapped[str] = mapped_column(String(8), default="")
    department: Mapped[str] = mapped_column(default="Sitzungsdienst")
    street_address: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    locality: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    colour: Mapped[str] = mapped_column(String(7), default="#1f3b64")
    #: The Body whose office runs this one's sessions (a Verbandsgemeinde its municipalities').
    administered_by_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    #: How numbers are built, e.g. "{year}/{unit}/{seq:4}"; empty where the office types them.
    paper_number_pattern: Mapped[str] = mapped_column(default="")
    resolution_number_pattern: Mapped[str] = mapped_column(default="{seq}/{year}")

    administered_by: Mapped["Body | None"] = relationship(remote_side="Body.id")
    #: Its own rules, of all days and layers.
    local_rules: Mapped[list["LocalRule"]] = relationship(
        order_by="LocalRule.valid_from, LocalRule.id", back_populates="body"
    )


class LegislativeTerm(Edited, Base):
    """A legislative term (Wahlperiode)."""

    __tablename__ = "legislative_term"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    name: Mapped[str]
    start_date: Mapped[date]
    end_date: Mapped[date | None]

    body: Mapped[Body] = relationship()

    __table_args__ = (
        CheckConstraint("end_date is null or end_date >= start_date", name="dates_in_order"),
    )


class Organization(Edited, Base):
    """A committee (Gremium), parliamentary group (Fraktion), unit of the administration, …"""

    __tablename__ = "organization"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    kind: Mapped[OrganizationKind] = mapped_column(choice(OrganizationKind))
    #: What sort of committee, as printed: "Ausschuss", "Beirat", "Kreistag".
    classification: Mapped[str] = mapped_column(default="")
    seats: Mapped[int | None]
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]
    predecessor: Mapped[str] = mapped_column(default="")
    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    #: The term it ends with; None for one that lives through terms.
    legislative_term_id: Mapped[int | None] = mapped_column(ForeignKey("legislative_term.id"))
    #: Whether law or main statute know it; a steering group is none.
    statutory: Mapped[bool] = mapped_column(default=True)

    body: Mapped[Body] = relationship()
    predecessor_organization: Mapped["Organization | None"] = relationship(
        remote_side="Organization.id", foreign_keys=[predecessor_id]
    )
    legislative_term: Mapped[LegislativeTerm | None] = relationship()
    former_names: Mapped[list["FormerName"]] = relationship(
        order_by="FormerName.valid_until, FormerName.id", cascade="all, delete-orphan"
    )
    composition: Mapped[list["CompositionRule"]] = relationship(
        order_by="CompositionRule.position", cascade="all, delete-orphan"
    )
    standing_items: Mapped[list["StandingItem"]] = relationship(
        order_by="StandingItem.position", cascade="all, delete-orphan"
    )
    institutional_members: Mapped[list["InstitutionalMembership"]] = relationship(
        foreign_keys="InstitutionalMembership.organization_id",
        order_by="InstitutionalMembership.id",
        back_populates="organization",
    )
    substitutes: Mapped[list["Substitute"]] = relationship(
        foreign_keys="Substitute.organization_id",
        order_by="Substitute.position, Substitute.id",
        back_populates="organization",
    )
    memberships: Mapped[list["Membership"]] = relationship(
        foreign_keys="Membership.organization_id",
        back_populates="organization",
        order_by="Membership.id",
    )

    __table_args__ = (
        UniqueConstraint("body_id", "kind", "name"),
        CheckConstraint("seats is null or seats between 1 and 999", name="seats"),
        CheckConstraint(
            "end_date is null or start_date is null or end_date >= start_date",
            name="dates_in_order",
        ),
    )

    @property
    def voting_seats(self) -> int | None:
        """How many seats have a vote: by the rules of composition, else all; None if unknown."""
        if self.composition:
            return sum(rule.count for rule in self.composition if rule.voting_right)
        return self.seats


class Location(Edited, Base):
    """A room at an address, where meetings are held."""

    __tablename__ = "location"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    room: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    street_address: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    locality: Mapped[str] = mapped_column(default="")

    body: Mapped[Body] = relationship()

    @property
    def place(self) -> str:
        """The address in one line: "Rathaus, Markt 1, 39340 Haldensleben"."""
        town = f"{self.postal_code} {self.locality}".strip()
        return ", ".join(part for part in (self.description, self.street_address, town) if part)


class FormerName(Base):
    """A name an organisation bore before: groups and committees are renamed, history stays."""

    __tablename__ = "former_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    #: The last day of this name.
    valid_until: Mapped[date]


class CompositionRule(Base):
    """How many seats of an organisation go to whom: "13 Migrantinnen und Migranten"."""

    __tablename__ = "composition_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    position: Mapped[int]
    label: Mapped[str]
    count: Mapped[int]
    voting_right: Mapped[bool]
    #: For whom the seats are held, in words: "Fraktionen".
    on_behalf_of: Mapped[str] = mapped_column(default="")

    __table_args__ = (CheckConstraint("count between 1 and 999", name="count"),)
