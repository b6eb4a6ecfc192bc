"""What becomes of an agenda after the summons: supplements and the room's own decisions on it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.law.values import Part
from sitzungsdienst.record.base import Base, Edited, choice
from sitzungsdienst.record.meetings import AgendaItem, ItemKind, Meeting
from sitzungsdienst.record.papers import IssuedDocument


class ChangeKind(StrEnum):
    """What the room decided about an item of its agenda."""

    ADDED = "added"
    WITHDRAWN = "withdrawn"
    ADJOURNED = "adjourned"
    TAKEN_EARLIER = "taken_earlier"
    TOGETHER = "together"
    TO_NONPUBLIC = "to_nonpublic"
    TO_PUBLIC = "to_public"


class Supplement(Base):
    """A supplement (Nachtrag) to a summons: what was sent later, and when."""

    __tablename__ = "supplement"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    #: Counts from 1 within the meeting.
    number: Mapped[int]
    issued_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")
    #: The whole agenda as it was sent then, like `Summons.agenda_sent`.
    agenda_sent: Mapped[str]
    document_id: Mapped[int] = mapped_column(ForeignKey("issued_document.id"))
    #: None where the public reads nothing of what is new.
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("issued_document.id"))

    meeting: Mapped[Meeting] = relationship(back_populates="supplements")
    document: Mapped[IssuedDocument] = relationship(foreign_keys=[document_id])
    notice: Mapped[IssuedDocument | None] = relationship(foreign_keys=[notice_id])

    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint("number > 0", name="number"),
    )


class AgendaChange(Edited, Base):
    """A decision of the room about an item: taken off, adjourned, moved … with vote and reason."""

    __tablename__ = "agenda_change"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    kind: Mapped[ChangeKind] = mapped_column(choice(ChangeKind))
    decided_at: Mapped[datetime]
    #: Why; never released, since it may speak of what must stay non-public.
    reason: Mapped[str] = mapped_column(default="")
    yes: Mapped[int | None]
    no: Mapped[int | None]
    abstentions: Mapped[int | None]
    #: The result in words, where it was told without counts.
    result_text: Mapped[str] = mapped_column(default="")
    #: The item it is taken before, or together with.
    other_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    #: The meeting it is adjourned to, where known.
    target_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))

    meeting: Mapped[Meeting] = relationship(foreign_keys=[meeting_id], back_populates="changes")
    agenda_item: Mapped[AgendaItem] = relationship(foreign_keys=[agenda_item_id])
    other_item: Mapped[AgendaItem | None] = relationship(foreign_keys=[other_item_id])
    target_meeting: Mapped[Meeting | None] = relationship(foreign_keys=[target_meeting_id])

    __table_args__ = (
        CheckConstraint(
            "(yes is null) = (no is null) and (no is null) = (abstentions is null)",
            name="counts_all_or_none",
        ),
        CheckConstraint(
            "yes is null or (yes >= 0 and no >= 0 and abstentions >= 0)", name="counts"
        ),
    )


class StandingItem(Base):
    """An item that stands on every agenda of a committee; new agendas begin with them."""

    __tablename__ = "standing_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    position: Mapped[int]
    part: Mapped[Part] = mapped_column(choice(Part))
    #: 0 for an item, 1 and 2 for sub-items.
    level: Mapped[int] = mapped_column(default=0)
    kind: Mapped[ItemKind] = mapped_column(choice(ItemKind), default=ItemKind.ITEM)
    title: Mapped[str]

    __table_args__ = (CheckConstraint("level between 0 and 2", name="level"),)
