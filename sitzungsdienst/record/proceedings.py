"""What happened in the room: attendance, deliberation, ballots, and the minutes of it."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.law.values import Part
from sitzungsdienst.record.base import Base, Edited, choice
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.people import Person

if TYPE_CHECKING:
    from sitzungsdienst.record.meetings import AgendaItem
    from sitzungsdienst.record.minutes import TreatmentRevision


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


class Capacity(StrEnum):
    """As what somebody is there."""

    MEMBER = "member"
    SUBSTITUTE = "substitute"
    GUEST = "guest"
    STAFF = "staff"


class RecusalBasis(StrEnum):
    """Why somebody does not take part in an item, or does after all."""

    DECLARED = "declared"
    DECIDED = "decided"
    DENIED = "denied"


class Whereabouts(StrEnum):
    """Where a recused person is meanwhile."""

    LEFT_ROOM = "left_room"
    AUDIENCE = "audience"


class Motion(StrEnum):
    """What is voted on: the matter, a change to it, or how to go on."""

    MAIN = "main"
    AMENDMENT = "amendment"
    PROCEDURAL = "procedural"


class Requirement(StrEnum):
    """The majority a vote needs, with its denominator."""

    SIMPLE = "simple"
    MAJORITY_OF_MEMBERS = "majority_of_members"
    TWO_THIRDS_OF_VOTES = "two_thirds_of_votes"
    TWO_THIRDS_OF_MEMBERS = "two_thirds_of_members"
    THREE_QUARTERS_OF_MEMBERS = "three_quarters_of_members"
    UNANIMOUS = "unanimous"


class BallotKind(StrEnum):
    """How a vote was taken."""

    OPEN = "open"
    WITHOUT_DISSENT = "without_dissent"
    ACCLAMATION = "acclamation"
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
    capacity: Mapped[Capacity] = mapped_column(choice(Capacity), default=Capacity.MEMBER)
    #: The member a substitute sits for.
    substitute_for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by_video: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    substitute_for: Mapped[Person | None] = relationship(foreign_keys=[substitute_for_id])
    interruptions: Mapped[list["Interruption"]] = relationship(
        order_by="Interruption.left_at", cascade="all, delete-orphan", back_populates="attendance"
    )

    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        CheckConstraint(
            "substitute_for_id is null or substitute_for_id <> person_id", name="not_own_substitute"
        ),
        CheckConstraint(
            "left_at is null or arrived_at is null or left_at > arrived_at",
            name="leaves_after_arriving",
        ),
    )


class Interruption(Base):
    """A time within the meeting in which an attendant was out of the room."""

    __tablename__ = "interruption"

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendance.id"), index=True)
    left_at: Mapped[datetime]
    returned_at: Mapped[datetime]

    attendance: Mapped[Attendance] = relationship(back_populates="interruptions")

    __table_args__ = (CheckConstraint("returned_at > left_at", name="returns_after_leaving"),)


class Recusal(Edited, Base):
    """That a person may not take part in an item (Mitwirkungsverbot), and how that was settled."""

    __tablename__ = "recusal"

    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    basis: Mapped[RecusalBasis] = mapped_column(choice(RecusalBasis))
    whereabouts: Mapped[Whereabouts] = mapped_column(choice(Whereabouts))
    left_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    #: How the body decided on it, in words.
    decided: Mapped[str] = mapped_column(default="")
    #: Never printed in a public version.
    reason: Mapped[str] = mapped_column(default="")

    agenda_item: Mapped["AgendaItem"] = relationship(back_populates="recusals")
    person: Mapped[Person] = relationship()

    __table_args__ = (
        UniqueConstraint("agenda_item_id", "person_id"),
        CheckConstraint(
            "returned_at is null or left_at is null or returned_at > left_at",
            name="returns_after_leaving",
        ),
    )

    @property
    def excludes(self) -> bool:
        """Whether the person is really out: not where the body denied a ground for it."""
        return self.basis is not RecusalBasis.DENIED


class Treatment(Edited, Base):
    """What was said and decided on an item (Behandlung), beside what was planned."""

    __tablename__ = "treatment"

    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), unique=True)
    deliberation: Mapped[str] = mapped_column(default="")
    resolution_text: Mapped[str] = mapped_column(default="")
    decision: Mapped[Decision | None] = mapped_column(choice(Decision))
    internal_note: Mapped[str] = mapped_column(default="")
    #: The part it was really treated in; None: the planned one.
    treated_part: Mapped[Part | None] = mapped_column(choice(Part))
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    agenda_item: Mapped["AgendaItem"] = relationship(back_populates="treatment")
    revisions: Mapped[list["TreatmentRevision"]] = relationship(
        order_by="TreatmentRevision.number", back_populates="treatment"
    )

    __table_args__ = (
        CheckConstraint(
            "ended_at is null or began_at is null or ended_at >= began_at", name="times_in_order"
        ),
    )


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
    #: The committee that votes, where several meet together; None: the only one.
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    motion: Mapped[Motion] = mapped_column(choice(Motion), default=Motion.MAIN)
    moved_by: Mapped[str] = mapped_column(default="")
    requirement: Mapped[Requirement] = mapped_column(
        choice(Requirement), default=Requirement.SIMPLE
    )
    taken_at: Mapped[datetime | None]
    #: Members with a vote at that moment, there or not: a snapshot for majorities of members.
    entitled: Mapped[int | None]
    #: Why fewer voted than could have.
    difference: Mapped[str] = mapped_column(default="")

    organization: Mapped[Organization | None] = relationship()
    stances: Mapped[list["Stance"]] = relationship(
        cascade="all, delete-orphan", order_by="Stance.position", back_populates="ballot"
    )
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


class Stance(Base):
    """How a group or a single member stood to a vote, as told: "gegen die CDU-Fraktion"."""

    __tablename__ = "stance"

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"), index=True)
    position: Mapped[int]
    choice: Mapped[Choice] = mapped_column(choice(Choice))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    #: A member named at their own demand; never in a secret ballot.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: As printed: "die CDU-Fraktion", "Herrn Schöppe".
    label: Mapped[str]

    ballot: Mapped[Ballot] = relationship(back_populates="stances")
    organization: Mapped[Organization | None] = relationship()
    person: Mapped[Person | None] = relationship()
