"""What happened in the room: attendance, deliberation, ballots, and the minutes of it."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.record.base import Base, Edited, choice
from sitzungsdienst.record.people import Person

if TYPE_CHECKING:
    from sitzungsdienst.record.meetings import AgendaItem, Meeting


class AttendanceKind(StrEnum):
    """Whether somebody was there."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


class Decision(StrEnum):
    """How an item ended (Beschlussart)."""

    ADOPTED = "adopted"
    ADOPTED_CHANGED = "adopted_changed"
    REJECTED = "rejected"
    NOTED = "noted"
    ADJOURNED = "adjourned"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    DONE = "done"


class BallotKind(StrEnum):
    """How a vote was taken."""

    OPEN = "open"
    ROLL_CALL = "roll_call"
    SECRET = "secret"


class BallotOutcome(StrEnum):
    """The result as the chair declared it."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Choice(StrEnum):
    """One member's vote in a roll call."""

    YES = "yes"
    NO = "no"
    ABSTENTION = "abstention"


class MinutesState(StrEnum):
    """How far the minutes have come."""

    DRAFT = "draft"
    SIGNED = "signed"
    APPROVED = "approved"


class Attendance(Edited, Base):
    """One person at one meeting; `arrived_at` and `left_at` only where they differ from it."""

    __tablename__ = "attendance"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[AttendanceKind] = mapped_column(choice(AttendanceKind))
    #: Whether the person had a vote here: a snapshot, since memberships change later.
    voting_right: Mapped[bool]
    role: Mapped[str] = mapped_column(default="")
    on_behalf_of: Mapped[str] = mapped_column(default="")
    arrived_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship()

    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        CheckConstraint(
            "left_at is null or arrived_at is null or left_at > arrived_at",
            name="leaves_after_arriving",
        ),
    )


class Treatment(Edited, Base):
    """What was said and decided on an item (Behandlung), beside what was planned."""

    __tablename__ = "treatment"

    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), unique=True)
    deliberation: Mapped[str] = mapped_column(default="")
    resolution_text: Mapped[str] = mapped_column(default="")
    decision: Mapped[Decision | None] = mapped_column(choice(Decision))
    internal_note: Mapped[str] = mapped_column(default="")

    agenda_item: Mapped["AgendaItem"] = relationship(back_populates="treatment")


class Ballot(Edited, Base):
    """One vote on an item. The counts are all there, or none where the result was only told."""

    __tablename__ = "ballot"

    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    position: Mapped[int]
    subject: Mapped[str] = mapped_column(default="")
    kind: Mapped[BallotKind] = mapped_column(choice(BallotKind))
    yes: Mapped[int | None]
    no: Mapped[int | None]
    abstentions: Mapped[int | None]
    invalid: Mapped[int | None]
    #: Members with a vote who were present, and those of them who were recused (Mitwirkungsverbot).
    present: Mapped[int]
    recused: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[BallotOutcome] = mapped_column(choice(BallotOutcome))
    #: The result in words: "einstimmig", or as told ("mehrheitlich gegen …").
    result_text: Mapped[str]

    agenda_item: Mapped["AgendaItem"] = relationship(back_populates="ballots")
    votes: Mapped[list["Vote"]] = relationship(
        cascade="all, delete-orphan", order_by="Vote.id", back_populates="ballot"
    )

    __table_args__ = (
        CheckConstraint(
            "(yes is null) = (no is null) and (no is null) = (abstentions is null)"
            " and (abstentions is null) = (invalid is null)",
            name="counts_all_or_none",
        ),
        CheckConstraint(
            "yes is null or (yes >= 0 and no >= 0 and abstentions >= 0 and invalid >= 0"
            " and yes + no + abstentions + invalid > 0"
            " and yes + no + abstentions + invalid <= present - recused)",
            name="counts_within_presence",
        ),
        CheckConstraint("recused >= 0 and present >= recused", name="presence"),
    )


class Vote(Base):
    """How one member voted in a roll call. A secret ballot never has one."""

    __tablename__ = "vote"

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    choice: Mapped[Choice] = mapped_column(choice(Choice))

    ballot: Mapped[Ballot] = relationship(back_populates="votes")
    person: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("ballot_id", "person_id"),)


class Minutes(Edited, Base):
    """The minutes (Niederschrift) of a meeting: who signs, and how far they have come."""

    __tablename__ = "minutes"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    state: Mapped[MinutesState] = mapped_column(choice(MinutesState))
    chair_name: Mapped[str]
    clerk_name: Mapped[str]
    signed_on: Mapped[date | None]
    approved_on: Mapped[date | None]
    #: The later meeting that approved them, where the office says which.
    approved_in_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    remark: Mapped[str] = mapped_column(default="")

    meeting: Mapped["Meeting"] = relationship(back_populates="minutes", foreign_keys=[meeting_id])
    approved_in: Mapped["Meeting | None"] = relationship(foreign_keys=[approved_in_id])
