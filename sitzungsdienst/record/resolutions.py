"""Resolutions (Beschlüsse) and how they are carried out (Beschlusskontrolle)."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.law.values import Part
from sitzungsdienst.record.base import Base, Edited, choice
from sitzungsdienst.record.bodies import Body, Organization
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.papers import Blob
from sitzungsdienst.record.proceedings import Decision


class Announcement(StrEnum):
    """Whether a non-public resolution must be announced (Bekanntgabe), and whether it was."""

    NOT_NEEDED = "not_needed"
    OWED = "owed"
    ANNOUNCED = "announced"
    WITHHELD = "withheld"


class Progress(StrEnum):
    """How far a resolution is carried out."""

    NOTHING_TO_DO = "nothing_to_do"
    OPEN = "open"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"


class Resolution(Edited, Base):
    """A resolution: its number and wording, its announcement and its carrying out."""

    __tablename__ = "resolution"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    position: Mapped[int]
    number: Mapped[str]
    subject: Mapped[str]
    #: The wording as it was put to the vote, and as it was adopted.
    text_put: Mapped[str] = mapped_column(default="")
    text_adopted: Mapped[str] = mapped_column(default="")
    decision: Mapped[Decision] = mapped_column(choice(Decision))
    decided_on: Mapped[date]
    #: The part of the meeting in which it was really taken.
    part: Mapped[Part] = mapped_column(choice(Part))

    announcement: Mapped[Announcement] = mapped_column(choice(Announcement))
    #: Why a non-public resolution is not announced, or not yet.
    announcement_reason: Mapped[str] = mapped_column(default="")
    #: What the public may hear of a non-public resolution once it is announced.
    announced_text: Mapped[str] = mapped_column(default="")
    announced_on: Mapped[date | None]
    announced_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))

    progress: Mapped[Progress] = mapped_column(choice(Progress))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    in_charge: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    #: The last day of a period in which an objection suspends the execution, and why it does.
    suspended_until: Mapped[date | None]
    suspension_reason: Mapped[str] = mapped_column(default="")
    #: When it was carried out or dropped; the remark says with what result, why not, or why it
    #: was taken up again.
    completed_on: Mapped[date | None]
    completion_note: Mapped[str] = mapped_column(default="")
    #: A number given by mistake stays given: the resolution is marked, with the reason.
    voided_on: Mapped[date | None]
    void_reason: Mapped[str] = mapped_column(default="")
    internal_note: Mapped[str] = mapped_column(default="")

    body: Mapped[Body] = relationship()
    agenda_item: Mapped[AgendaItem] = relationship(
        foreign_keys=[agenda_item_id], back_populates="resolutions"
    )
    announced_item: Mapped[AgendaItem | None] = relationship(
        foreign_keys=[announced_item_id], back_populates="announced"
    )
    unit: Mapped[Organization | None] = relationship()
    reports: Mapped[list["ResolutionReport"]] = relationship(
        order_by="ResolutionReport.reported_on, ResolutionReport.id", back_populates="resolution"
    )
    reminders: Mapped[list["Reminder"]] = relationship(
        order_by="Reminder.remind_on, Reminder.id",
        cascade="all, delete-orphan",
        back_populates="resolution",
    )

    __table_args__ = (
        UniqueConstraint("body_id", "number"),
        CheckConstraint(
            "(announcement = 'announced') = (announced_on is not null)", name="announced_on_a_day"
        ),
        CheckConstraint(
            "part = 'nonpublic' or announcement = 'not_needed'", name="only_nonpublic_is_announced"
        ),
        CheckConstraint(
            "(progress in ('done', 'dropped')) = (completed_on is not null)", name="completed"
        ),
        CheckConstraint("(voided_on is null) = (void_reason = '')", name="voided_for_a_reason"),
    )

    @property
    def void(self) -> bool:
        """Whether its number was given by mistake; then nothing is to be done or announced."""
        return self.voided_on is not None

    @property
    def actual_part(self) -> Part:
        """The part it was really taken in: non-public as soon as one of the two facts says so."""
        return self.part if self.part is Part.NONPUBLIC else self.agenda_item.actual_part

    def suspended(self, today: date) -> bool:
        """Whether an objection, or the period for one, stops the carrying out."""
        return self.suspended_until is not None and self.suspended_until >= today


class ResolutionReport(Edited, Base):
    """A report on the carrying out; `public` is what is planned, only a release shows it."""

    __tablename__ = "resolution_report"

    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolution.id"), index=True)
    reported_on: Mapped[date]
    reported_by: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    public: Mapped[bool] = mapped_column(default=False)
    file_name: Mapped[str] = mapped_column(default="")
    sha512: Mapped[str | None] = mapped_column(ForeignKey("blob.sha512"))
    size: Mapped[int] = mapped_column(default=0)

    resolution: Mapped[Resolution] = relationship(back_populates="reports")
    blob: Mapped[Blob | None] = relationship()


class Reminder(Base):
    """A day on which the office looks after a resolution again (Wiedervorlage)."""

    __tablename__ = "reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolution.id"), index=True)
    remind_on: Mapped[date] = mapped_column(index=True)
    note: Mapped[str] = mapped_column(default="")
    done_on: Mapped[date | None]

    resolution: Mapped[Resolution] = relationship(back_populates="reminders")
