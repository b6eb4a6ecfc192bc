"""Meetings, their agendas and the summons."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.law.values import Part
from sitzungsdienst.record.base import Base, Edited, choice
from sitzungsdienst.record.bodies import Body, Location, Organization
from sitzungsdienst.record.papers import Consultation, IssuedDocument
from sitzungsdienst.record.proceedings import Attendance, Ballot, Minutes, Treatment


class MeetingState(StrEnum):
    """How far a meeting has come."""

    PLANNED = "planned"
    SUMMONED = "summoned"
    CLOSED = "closed"


class Disclosure(StrEnum):
    """What the public agenda shows of a non-public item."""

    NEUTRAL = "neutral"
    HIDDEN = "hidden"


class Meeting(Edited, Base):
    """A meeting of one committee or of several together. Times are moments in UTC."""

    __tablename__ = "meeting"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    name: Mapped[str]
    start: Mapped[datetime] = mapped_column(index=True)
    #: The end as it really was, recorded when the meeting is closed.
    end: Mapped[datetime | None]
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    state: Mapped[MeetingState] = mapped_column(choice(MeetingState), default=MeetingState.PLANNED)
    cancelled: Mapped[bool] = mapped_column(default=False)
    #: Raised whenever the meeting moves or is cancelled (RFC 5545, 3.8.7.4).
    sequence: Mapped[int] = mapped_column(default=0)
    internal_note: Mapped[str] = mapped_column(default="")

    body: Mapped[Body] = relationship()
    location: Mapped[Location] = relationship()
    committees: Mapped[list["MeetingCommittee"]] = relationship(
        order_by="MeetingCommittee.position", cascade="all, delete-orphan"
    )
    items: Mapped[list["AgendaItem"]] = relationship(
        order_by="AgendaItem.position, AgendaItem.id", back_populates="meeting"
    )
    attendances: Mapped[list[Attendance]] = relationship(order_by=Attendance.id)
    summons: Mapped["Summons | None"] = relationship(back_populates="meeting")
    minutes: Mapped[Minutes | None] = relationship(
        back_populates="meeting", foreign_keys=[Minutes.meeting_id]
    )

    __table_args__ = (CheckConstraint('"end" is null or "end" > start', name="ends_after_start"),)

    @property
    def organizations(self) -> tuple[Organization, ...]:
        """The committees that meet, the leading one first."""
        return tuple(seat.organization for seat in self.committees)

    @property
    def agenda(self) -> tuple["AgendaItem", ...]:
        """The items that stand on the agenda: not those taken off it."""
        return tuple(item for item in self.items if item.removed_at is None)


class MeetingCommittee(Base):
    """A committee that takes part in a meeting; position 0 leads."""

    __tablename__ = "meeting_committee"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    position: Mapped[int]

    organization: Mapped[Organization] = relationship()


class AgendaItem(Edited, Base):
    """An item (TOP) as planned. What was done with it is its `treatment`.

    `position` orders siblings; gaps and ties are allowed, ties go by id. `number` is None until
    the summons freezes it. `title` of a non-public item is never released; `public_title` may be.
    """

    __tablename__ = "agenda_item"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    position: Mapped[int]
    part: Mapped[Part] = mapped_column(choice(Part))
    number: Mapped[str | None] = mapped_column(String(40))
    title: Mapped[str]
    public_title: Mapped[str] = mapped_column(default="")
    disclosure: Mapped[Disclosure] = mapped_column(choice(Disclosure), default=Disclosure.HIDDEN)
    removed_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship(back_populates="items")
    consultations: Mapped[list[Consultation]] = relationship(
        back_populates="agenda_item", order_by=Consultation.id
    )
    treatment: Mapped[Treatment | None] = relationship(back_populates="agenda_item")
    ballots: Mapped[list[Ballot]] = relationship(
        order_by=Ballot.position, back_populates="agenda_item"
    )

    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint("parent_id is null or parent_id <> id", name="not_own_parent"),
    )


class Summons(Base):
    """The summons (Ladung): what was sent stays readable beside what was done."""

    __tablename__ = "summons"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    issued_at: Mapped[datetime]
    #: The agenda as sent: a JSON list of {"number", "title", "part"}.
    agenda_sent: Mapped[str]
    document_id: Mapped[int] = mapped_column(ForeignKey("issued_document.id"))
    notice_id: Mapped[int] = mapped_column(ForeignKey("issued_document.id"))

    meeting: Mapped[Meeting] = relationship(back_populates="summons")
    document: Mapped[IssuedDocument] = relationship(foreign_keys=[document_id])
    notice: Mapped[IssuedDocument] = relationship(foreign_keys=[notice_id])
