"""Persons and their memberships."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.record.base import Base, Edited, choice
from sitzungsdienst.record.bodies import Body, Organization


class MembershipRole(StrEnum):
    """The function of a member in an organisation."""

    CHAIR = "chair"
    DEPUTY_CHAIR = "deputy_chair"
    MEMBER = "member"
    ADVISORY = "advisory"
    EXPERT = "expert"
    SECRETARIAT = "secretariat"


class Person(Edited, Base):
    """A person the office deals with. Contact data is never released by this version."""

    __tablename__ = "person"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    form_of_address: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    given_name: Mapped[str] = mapped_column(default="")
    family_name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")

    body: Mapped[Body] = relationship()
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", order_by="Membership.id"
    )

    @property
    def name(self) -> str:
        """The name as spoken: title, given name, family name."""
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)

    @property
    def sort_name(self) -> str:
        """The name as listed: "Kratzsch, Vanessa"."""
        return ", ".join(part for part in (self.family_name, self.given_name) if part)


class Membership(Edited, Base):
    """A seat or function with its own identity: a person may hold two, with gaps between."""

    __tablename__ = "membership"

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[MembershipRole] = mapped_column(choice(MembershipRole))
    voting_right: Mapped[bool]
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="memberships")
    organization: Mapped[Organization] = relationship(
        foreign_keys=[organization_id], back_populates="memberships"
    )
    on_behalf_of: Mapped[Organization | None] = relationship(foreign_keys=[on_behalf_of_id])

    __table_args__ = (
        CheckConstraint(
            "end_date is null or start_date is null or end_date >= start_date",
            name="dates_in_order",
        ),
    )

    def runs_on(self, day: date) -> bool:
        """Whether the membership runs on that day; both ends belong to it."""
        begun = self.start_date is None or self.start_date <= day
        return begun and (self.end_date is None or day <= self.end_date)
