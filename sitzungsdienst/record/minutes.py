"""The minutes (Niederschrift): their way to approval, objections, older texts, certified copies."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.law.words import Signatory
from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.base import Base, Edited, choice
from sitzungsdienst.record.papers import IssuedDocument
from sitzungsdienst.record.people import Person
from sitzungsdienst.record.proceedings import Decision, Treatment

if TYPE_CHECKING:
    from sitzungsdienst.record.meetings import AgendaItem, Meeting


class MinutesState(StrEnum):
    """How far the minutes have come."""

    DRAFT = "draft"
    PRESENTED = "presented"
    SIGNED = "signed"
    APPROVED = "approved"
    CLOSED = "closed"


class ObjectionState(StrEnum):
    """What became of an objection to the minutes."""

    OPEN = "open"
    UPHELD = "upheld"
    PARTLY = "partly"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


class Minutes(Edited, Base):
    """The minutes (Niederschrift) of a meeting: who signs, and how far they have come."""

    __tablename__ = "minutes"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    state: Mapped[MinutesState] = mapped_column(choice(MinutesState))
    chair_name: Mapped[str]
    clerk_name: Mapped[str]
    presented_on: Mapped[date | None]
    #: When the last signature the Land asks for was given.
    signed_on: Mapped[date | None]
    approved_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    #: The later meeting that approved them, where the office says which.
    approved_in_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    #: The item of a later meeting that carries them: planned first, voted on there later.
    approved_item_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="SET NULL")
    )
    remark: Mapped[str] = mapped_column(default="")

    meeting: Mapped["Meeting"] = relationship(back_populates="minutes", foreign_keys=[meeting_id])
    approved_in: Mapped["Meeting | None"] = relationship(foreign_keys=[approved_in_id])
    approved_item: Mapped["AgendaItem | None"] = relationship(foreign_keys=[approved_item_id])
    signatures: Mapped[list["MinutesSignature"]] = relationship(
        order_by="MinutesSignature.position", cascade="all, delete-orphan", back_populates="minutes"
    )
    objections: Mapped[list["Objection"]] = relationship(
        order_by="Objection.raised_on, Objection.id", back_populates="minutes"
    )

    @property
    def signed(self) -> bool:
        """Whether they are signed, so that what was recorded is fixed."""
        return self.state not in (MinutesState.DRAFT, MinutesState.PRESENTED)

    @property
    def settled(self) -> bool:
        """Whether the body has approved them, or no objection stands any more."""
        return self.state in (MinutesState.APPROVED, MinutesState.CLOSED)


class MinutesSignature(Base):
    """One signature under the minutes: as what, by whom, when."""

    __tablename__ = "minutes_signature"

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), index=True)
    position: Mapped[int]
    signatory: Mapped[Signatory] = mapped_column(choice(Signatory))
    name: Mapped[str]
    signed_on: Mapped[date | None]

    minutes: Mapped[Minutes] = relationship(back_populates="signatures")

    __table_args__ = (UniqueConstraint("minutes_id", "position"),)


class Objection(Edited, Base):
    """An objection (Einwendung) to the minutes, and what the body decided about it."""

    __tablename__ = "objection"

    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), index=True)
    raised_by: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    raised_on: Mapped[date]
    #: The item of the minutes it speaks of; None: the minutes as a whole.
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    text: Mapped[str]
    state: Mapped[ObjectionState] = mapped_column(choice(ObjectionState))
    decided_on: Mapped[date | None]
    #: The item of the later meeting in which the body decided.
    decided_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    remark: Mapped[str] = mapped_column(default="")

    minutes: Mapped[Minutes] = relationship(back_populates="objections")
    person: Mapped[Person | None] = relationship()
    agenda_item: Mapped["AgendaItem | None"] = relationship(foreign_keys=[agenda_item_id])
    decided_item: Mapped["AgendaItem | None"] = relationship(foreign_keys=[decided_item_id])

    __table_args__ = (
        CheckConstraint("(state = 'open') = (decided_on is null)", name="decided_or_open"),
    )


class TreatmentRevision(Base):
    """An older text of a treatment; `saved_at` and `saved_by` tell when and by whom it ended."""

    __tablename__ = "treatment_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    treatment_id: Mapped[int] = mapped_column(ForeignKey("treatment.id"), index=True)
    #: Counts from 1.
    number: Mapped[int]
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("office_user.id"))
    deliberation: Mapped[str] = mapped_column(default="")
    resolution_text: Mapped[str] = mapped_column(default="")
    decision: Mapped[Decision | None] = mapped_column(choice(Decision))

    treatment: Mapped[Treatment] = relationship(back_populates="revisions")
    saved_by: Mapped[OfficeUser | None] = relationship()

    __table_args__ = (
        UniqueConstraint("treatment_id", "number"),
        CheckConstraint("number > 0", name="number"),
    )


class CertifiedCopy(Base):
    """A certified copy (beglaubigte Abschrift) of an excerpt, with its number.

    `full` is the office's version, with what the public never reads.
    """

    __tablename__ = "certified_copy"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    number: Mapped[str]
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    full: Mapped[bool]
    issued_on: Mapped[date]
    certified_by: Mapped[str]
    recipient: Mapped[str] = mapped_column(default="")
    #: None once the copy was called in: then its bytes are gone, and the number stays used.
    document_id: Mapped[int | None] = mapped_column(ForeignKey("issued_document.id"))
    withdrawn_on: Mapped[date | None]

    document: Mapped[IssuedDocument | None] = relationship()
    agenda_item: Mapped["AgendaItem"] = relationship()

    __table_args__ = (
        UniqueConstraint("body_id", "number"),
        CheckConstraint("(document_id is null) = (withdrawn_on is not null)", name="withdrawn"),
    )
