"""Persons and their memberships."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.record.base import Base, Edited, choice
from sitzungsdienst.record.bodies import Body, CompositionRule, Organization


class MembershipRole(StrEnum):
    """The function of a member in an organisation."""

    CHAIR = "chair"
    DEPUTY_CHAIR = "deputy_chair"
    MEMBER = "member"
    ADVISORY = "advisory"
    EXPERT = "expert"
    SECRETARIAT = "secretariat"


class ContactField(StrEnum):
    """A piece of contact data that a person may consent to have published."""

    EMAIL = "email"
    PHONE = "phone"
    MOBILE = "mobile"
    ADDRESS = "address"
    WEBSITE = "website"


class Person(Edited, Base):
    """A person the office deals with. Contact data goes public by the person's consent alone."""

    __tablename__ = "person"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    form_of_address: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    given_name: Mapped[str] = mapped_column(default="")
    family_name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    mobile: Mapped[str] = mapped_column(default="")
    street_address: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    locality: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    #: The key of the person in the list it is imported from; unique in its Body.
    external_id: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")

    body: Mapped[Body] = relationship()
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", order_by="Membership.id"
    )
    consents: Mapped[list["ContactConsent"]] = relationship(
        back_populates="person", order_by="ContactConsent.id", cascade="all, delete-orphan"
    )

    __table_args__ = (UniqueConstraint("body_id", "external_id"),)

    @property
    def name(self) -> str:
        """The name as spoken: title, given name, family name."""
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)

    @property
    def sort_name(self) -> str:
        """The name as listed: "Kratzsch, Vanessa"."""
        return ", ".join(part for part in (self.family_name, self.given_name) if part)

    def consented(self, day: date) -> frozenset[ContactField]:
        """The contact data that the person agrees to have published on that day."""
        return frozenset(one.field for one in self.consents if one.runs_on(day))


class Membership(Edited, Base):
    """A seat or function with its own identity: a person may hold two, with gaps between."""

    __tablename__ = "membership"

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[MembershipRole] = mapped_column(choice(MembershipRole))
    voting_right: Mapped[bool]
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    #: The rule of composition this seat fills, where the organisation has such rules.
    composition_rule_id: Mapped[int | None] = mapped_column(ForeignKey("composition_rule.id"))
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="memberships")
    organization: Mapped[Organization] = relationship(
        foreign_keys=[organization_id], back_populates="memberships"
    )
    on_behalf_of: Mapped[Organization | None] = relationship(foreign_keys=[on_behalf_of_id])
    composition_rule: Mapped[CompositionRule | None] = relationship()

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


class ContactConsent(Base):
    """A person's consent to publish one piece of contact data; taking it back is a date."""

    __tablename__ = "contact_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    field: Mapped[ContactField] = mapped_column(choice(ContactField))
    given_on: Mapped[date]
    withdrawn_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="consents")

    __table_args__ = (
        CheckConstraint("withdrawn_on is null or withdrawn_on >= given_on", name="dates_in_order"),
    )

    def runs_on(self, day: date) -> bool:
        """Whether it holds on that day; on the day of its withdrawal it no longer does."""
        return self.given_on <= day and (self.withdrawn_on is None or day < self.withdrawn_on)


class Substitute(Edited, Base):
    """A deputy (Stellvertretung): for one member, or of a general list in order of `position`."""

    __tablename__ = "substitute"

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: The member stood in for; None on the general list.
    for_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: The group whose members may be stood in for; None for any.
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    position: Mapped[int]
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]

    organization: Mapped[Organization] = relationship(
        foreign_keys=[organization_id], back_populates="substitutes"
    )
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    for_person: Mapped[Person | None] = relationship(foreign_keys=[for_person_id])
    on_behalf_of: Mapped[Organization | None] = relationship(foreign_keys=[on_behalf_of_id])

    __table_args__ = (
        CheckConstraint("for_person_id is null or for_person_id <> person_id", name="not_own"),
        CheckConstraint(
            "end_date is null or start_date is null or end_date >= start_date",
            name="dates_in_order",
        ),
    )

    def runs_on(self, day: date) -> bool:
        """Whether the person stands in on that day; both ends belong to it."""
        begun = self.start_date is None or self.start_date <= day
        return begun and (self.end_date is None or day <= self.end_date)


class InstitutionalMembership(Edited, Base):
    """A member that is an office or organisation, whoever speaks for it: "Ausländerbehörde"."""

    __tablename__ = "institutional_membership"

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str]
    #: The organisation of this Body that is the member, where it is one.
    member_organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    #: Who speaks for it, where the office knows.
    represented_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[MembershipRole] = mapped_column(choice(MembershipRole))
    voting_right: Mapped[bool]
    #: The rule of composition this seat fills, where the organisation has such rules.
    composition_rule_id: Mapped[int | None] = mapped_column(ForeignKey("composition_rule.id"))
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]

    organization: Mapped[Organization] = relationship(
        foreign_keys=[organization_id], back_populates="institutional_members"
    )
    member_organization: Mapped[Organization | None] = relationship(
        foreign_keys=[member_organization_id]
    )
    represented_by: Mapped[Person | None] = relationship()
    composition_rule: Mapped[CompositionRule | None] = relationship()

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
