"""Elections with their rounds and lots, and the seats of committees shared out by strength."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.law.words import SeatMethod
from sitzungsdienst.record.base import Base, Edited, choice
from sitzungsdienst.record.bodies import Body, Organization
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.people import Person


class ElectionKind(StrEnum):
    """Who stands: single persons for one post, or lists for several seats."""

    PERSONS = "persons"
    LISTS = "lists"


class RoundOutcome(StrEnum):
    """What a round led to, as the chair declared it."""

    ELECTED = "elected"
    NEXT_ROUND = "next_round"
    LOT = "lot"
    REPEAT = "repeat"
    NOT_ELECTED = "not_elected"


class Election(Edited, Base):
    """An election on an item of the agenda."""

    __tablename__ = "election"

    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    position: Mapped[int]
    #: What is elected to: "Vorsitz des Kreistages".
    office: Mapped[str]
    kind: Mapped[ElectionKind] = mapped_column(choice(ElectionKind))
    #: How many are elected; 1 for a post.
    seats: Mapped[int] = mapped_column(default=1)
    secret: Mapped[bool] = mapped_column(default=True)
    #: How seats are shared among lists; None for persons, and where the law of the day says it.
    method: Mapped[SeatMethod | None] = mapped_column(choice(SeatMethod))
    #: The committee that elects, where several meet together.
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))

    agenda_item: Mapped[AgendaItem] = relationship(back_populates="elections")
    organization: Mapped[Organization | None] = relationship()
    candidates: Mapped[list["Candidate"]] = relationship(
        order_by="Candidate.position", cascade="all, delete-orphan", back_populates="election"
    )
    rounds: Mapped[list["ElectionRound"]] = relationship(
        order_by="ElectionRound.number", cascade="all, delete-orphan", back_populates="election"
    )

    __table_args__ = (CheckConstraint("seats between 1 and 999", name="seats"),)

    @property
    def decided(self) -> bool:
        """Whether the last round elected somebody."""
        return bool(self.rounds) and self.rounds[-1].outcome is RoundOutcome.ELECTED


class Candidate(Base):
    """Somebody, or a list, that stands in an election."""

    __tablename__ = "candidate"

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    #: Seats gained, once the election is decided.
    seats_won: Mapped[int] = mapped_column(default=0)

    election: Mapped[Election] = relationship(back_populates="candidates")
    person: Mapped[Person | None] = relationship()
    organization: Mapped[Organization | None] = relationship()

    __table_args__ = (CheckConstraint("seats_won >= 0", name="seats_won"),)


class ElectionRound(Edited, Base):
    """One round (Wahlgang). Who voted for whom is written nowhere."""

    __tablename__ = "election_round"

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), index=True)
    #: Counts from 1.
    number: Mapped[int]
    #: Members with a vote, those of them who were present, and the ballots they cast.
    entitled: Mapped[int | None]
    present: Mapped[int]
    handed_in: Mapped[int]
    no: Mapped[int] = mapped_column(default=0)
    abstentions: Mapped[int] = mapped_column(default=0)
    invalid: Mapped[int] = mapped_column(default=0)
    taken_at: Mapped[datetime | None]
    outcome: Mapped[RoundOutcome] = mapped_column(choice(RoundOutcome))
    #: The result in words for the minutes.
    result_text: Mapped[str]

    election: Mapped[Election] = relationship(back_populates="rounds")
    tallies: Mapped[list["Tally"]] = relationship(
        order_by="Tally.id", cascade="all, delete-orphan", back_populates="round"
    )
    lots: Mapped[list["Lot"]] = relationship(
        order_by="Lot.id", cascade="all, delete-orphan", back_populates="round"
    )

    __table_args__ = (
        UniqueConstraint("election_id", "number"),
        CheckConstraint(
            "no >= 0 and abstentions >= 0 and invalid >= 0 and handed_in >= 0"
            " and present >= handed_in",
            name="counts",
        ),
    )


class Tally(Base):
    """The votes for one candidate in one round."""

    __tablename__ = "tally"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("election_round.id"), index=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    votes: Mapped[int]

    round: Mapped[ElectionRound] = relationship(back_populates="tallies")
    candidate: Mapped[Candidate] = relationship()

    __table_args__ = (
        UniqueConstraint("round_id", "candidate_id"),
        CheckConstraint("votes >= 0", name="votes"),
    )


class Lot(Base):
    """A lot drawn by a person, and whom it fell on."""

    __tablename__ = "lot"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("election_round.id"), index=True)
    #: JSON list of the candidates' ids among whom it was drawn.
    among: Mapped[str]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    drawn_by: Mapped[str]

    round: Mapped[ElectionRound] = relationship(back_populates="lots")
    candidate: Mapped[Candidate] = relationship()


class Apportionment(Edited, Base):
    """How the seats of a committee were shared out among groups on a day, as worked out then."""

    __tablename__ = "apportionment"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    decided_on: Mapped[date]
    method: Mapped[SeatMethod] = mapped_column(choice(SeatMethod))
    seats: Mapped[int]
    #: JSON: group → strength, group → seats, and the lots drawn.
    strengths: Mapped[str]
    result: Mapped[str]
    lots: Mapped[str] = mapped_column(default="[]")
    #: JSON: the groups in the order in which they choose a committee's chair.
    chairs: Mapped[str] = mapped_column(default="[]")
    #: The members of the whole council, against whom a majority is counted; None: the strengths.
    body_members: Mapped[int | None]
    remark: Mapped[str] = mapped_column(default="")

    body: Mapped[Body] = relationship()
    organization: Mapped[Organization | None] = relationship()

    __table_args__ = (CheckConstraint("seats between 1 and 999", name="seats"),)
