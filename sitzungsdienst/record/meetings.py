"""Meetings, their agendas and the summons."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.law.values import Part
from sitzungsdienst.record.base import Base, Edited, choice
from sitzungsdienst.record.bodies import Body, Location, Organization
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.papers import Consultation, IssuedDocument
from sitzungsdienst.record.proceedings import Attendance, Ballot, Recusal, Treatment

if TYPE_CHECKING:
    from sitzungsdienst.record.changes import AgendaChange, Supplement
    from sitzungsdienst.record.elections import Election
    from sitzungsdienst.record.resolutions import Resolution


class MeetingState(StrEnum):
    """How far a meeting has come."""

    PLANNED = "planned"
    SUMMONED = "summoned"
    CLOSED = "closed"


class MeetingKind(StrEnum):
    """What sort of meeting it is; of several committees together tells the list of committees."""

    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"
    CONSTITUENT = "constituent"
    CONTINUATION = "continuation"


class ItemKind(StrEnum):
    """Whether an item is debated, or only heads others."""

    ITEM = "item"
    HEADING = "heading"


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
    kind: Mapped[MeetingKind] = mapped_column(choice(MeetingKind), default=MeetingKind.ORDINARY)
    #: The how-manieth meeting of its leading committee in the legislative term.
    number: Mapped[int | None]
    #: The meeting this one goes on with (Fortsetzung).
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    #: The meeting without a quorum whose items this one is summoned to again.
    repeats_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    #: What the chair determined at the opening; None while nothing is recorded.
    quorum_determined: Mapped[bool | None]
    #: When the lack of a quorum was objected to or established.
    quorum_challenged_at: Mapped[datetime | None]
    #: Whether a sound recording is kept for the minutes, and when it was deleted.
    recorded: Mapped[bool] = mapped_column(default=False)
    recording_deleted_on: Mapped[date | None]

    continues: Mapped["Meeting | None"] = relationship(
        remote_side="Meeting.id", foreign_keys=[continues_id]
    )
    repeats: Mapped["Meeting | None"] = relationship(
        remote_side="Meeting.id", foreign_keys=[repeats_id]
    )
    supplements: Mapped[list["Supplement"]] = relationship(
        order_by="Supplement.number", back_populates="meeting"
    )
    changes: Mapped[list["AgendaChange"]] = relationship(
        foreign_keys="AgendaChange.meeting_id",
        order_by="AgendaChange.decided_at, AgendaChange.id",
        back_populates="meeting",
    )

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

    __table_args__ = (
        CheckConstraint('"end" is null or "end" > start', name="ends_after_start"),
        CheckConstraint("number is null or number > 0", name="number"),
    )

    @property
    def organizations(self) -> tuple[Organization, ...]:
        """The committees that meet, the leading one first."""
        return tuple(seat.organization for seat in self.committees)

    @property
    def agenda(self) -> tuple["AgendaItem", ...]:
        """The items that stand on the agenda: not those taken off it, nor those waiting for it."""
        return tuple(item for item in self.items if item.standing)

    @property
    def drafts(self) -> tuple["AgendaItem", ...]:
        """What was entered since the summons and waits for a supplement to bring it."""
        return tuple(item for item in self.items if item.removed_at is None and not item.standing)


class MeetingCommittee(Base):
    """A committee that takes part in a meeting; position 0 leads."""

    __tablename__ = "meeting_committee"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    position: Mapped[int]
    #: The last item the committee takes part in (»bis TOP 3«); None: it stays to the end.
    until_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))

    until_item: Mapped["AgendaItem | None"] = relationship()
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
    kind: Mapped[ItemKind] = mapped_column(choice(ItemKind), default=ItemKind.ITEM)
    #: The number of the supplement (Nachtrag) that brought it; None for what the summons held.
    supplement_number: Mapped[int | None]
    #: The place in which it was really called, from 1; None: in the order of the agenda.
    called_position: Mapped[int | None]
    #: The item it was debated together with.
    treated_with_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    #: The item of an earlier meeting that comes up again here: adjourned, or not dealt with there.
    taken_over_from_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))

    treated_with: Mapped["AgendaItem | None"] = relationship(
        remote_side="AgendaItem.id", foreign_keys=[treated_with_id]
    )
    taken_over_from: Mapped["AgendaItem | None"] = relationship(
        remote_side="AgendaItem.id", foreign_keys=[taken_over_from_id]
    )
    recusals: Mapped[list[Recusal]] = relationship(
        order_by=Recusal.id, back_populates="agenda_item"
    )
    elections: Mapped[list["Election"]] = relationship(
        order_by="Election.position", back_populates="agenda_item"
    )
    resolutions: Mapped[list["Resolution"]] = relationship(
        foreign_keys="Resolution.agenda_item_id",
        order_by="Resolution.position",
        back_populates="agenda_item",
    )
    #: Non-public resolutions that were announced under this item (Bekanntgabe).
    announced: Mapped[list["Resolution"]] = relationship(
        foreign_keys="Resolution.announced_item_id",
        order_by="Resolution.decided_on, Resolution.id",
        back_populates="announced_item",
    )
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

    @property
    def frozen(self) -> bool:
        """Whether its number stands: a summons, a supplement or the room has given it."""
        return self.number is not None

    @property
    def standing(self) -> bool:
        """Whether it is on the agenda: one entered after the summons first needs its number."""
        return self.removed_at is None and (
            self.frozen or self.meeting.state is MeetingState.PLANNED
        )

    @property
    def actual_part(self) -> Part:
        """The part in which it was really treated; the planned one while nothing else is known."""
        if self.treatment is not None and self.treatment.treated_part is not None:
            return self.treatment.treated_part
        return self.part


class Summons(Base):
    """The summons (Ladung): what was sent stays readable beside what was done."""

    __tablename__ = "summons"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    issued_at: Mapped[datetime]
    #: The day it reaches the members, from which the period of notice counts.
    received_on: Mapped[date | None]
    #: The day time, place and agenda were announced to the public.
    announced_on: Mapped[date | None]
    urgent: Mapped[bool] = mapped_column(default=False)
    #: Whether it says expressly that no quorum is needed at this second summons.
    second_with_hint: Mapped[bool] = mapped_column(default=False)
    #: The agenda as sent: a JSON list of {"number", "title", "part"}.
    agenda_sent: Mapped[str]
    document_id: Mapped[int] = mapped_column(ForeignKey("issued_document.id"))
    notice_id: Mapped[int] = mapped_column(ForeignKey("issued_document.id"))

    meeting: Mapped[Meeting] = relationship(back_populates="summons")
    document: Mapped[IssuedDocument] = relationship(foreign_keys=[document_id])
    notice: Mapped[IssuedDocument] = relationship(foreign_keys=[notice_id])
