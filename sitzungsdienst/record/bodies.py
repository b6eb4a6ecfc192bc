"""Bodies, their legislative terms, organisations and places."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.record.base import Base, Edited, choice

if TYPE_CHECKING:
    from sitzungsdienst.record.people import Membership


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
    #: Notice period in days where the Body's own rules of procedure set it (BY, NW).
    notice_days: Mapped[int | None]
    department: Mapped[str] = mapped_column(default="Sitzungsdienst")
    street_address: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    locality: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    colour: Mapped[str] = mapped_column(String(7), default="#1f3b64")

    __table_args__ = (
        CheckConstraint("notice_days is null or notice_days between 0 and 60", name="notice_days"),
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

    body: Mapped[Body] = relationship()
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
