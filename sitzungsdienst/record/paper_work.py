"""What happens to a paper before it is debated: its kinds, versions, relations, co-signatures."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.base import Base, Edited, choice
from sitzungsdienst.record.bodies import Body, Organization
from sitzungsdienst.record.papers import Paper


class RelationKind(StrEnum):
    """What a paper is to an earlier one."""

    SUPERSEDES = "supersedes"
    AMENDS = "amends"
    ANSWERS = "answers"


class CosignatureState(StrEnum):
    """How far a co-signature (Mitzeichnung) has come."""

    REQUESTED = "requested"
    SIGNED = "signed"
    REFUSED = "refused"


class PaperKind(Edited, Base):
    """A kind of paper (Vorlage-Art) that a Body uses."""

    __tablename__ = "paper_kind"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    name: Mapped[str]
    #: Stands for {kind} in numbers.
    code: Mapped[str] = mapped_column(String(20), default="")
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    #: Whether such a paper must be cleared (Freigabe) before it may go on an agenda.
    needs_clearance: Mapped[bool] = mapped_column(default=False)

    body: Mapped[Body] = relationship()

    __table_args__ = (UniqueConstraint("body_id", "name"),)


class PaperUnit(Base):
    """A further unit that takes part in a paper (Beteiligt)."""

    __tablename__ = "paper_unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    position: Mapped[int]

    organization: Mapped[Organization] = relationship()

    __table_args__ = (UniqueConstraint("paper_id", "organization_id"),)


class PaperVersion(Base):
    """A paper as it stood when a version was fixed; `content` is JSON, field → text."""

    __tablename__ = "paper_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    #: Counts from 1.
    number: Mapped[int]
    fixed_at: Mapped[datetime]
    fixed_by_id: Mapped[int | None] = mapped_column(ForeignKey("office_user.id"))
    reason: Mapped[str] = mapped_column(default="")
    #: Whether it was fixed because the paper was cleared for the agenda (Freigabe).
    cleared: Mapped[bool] = mapped_column(default=False)
    content: Mapped[str]

    paper: Mapped[Paper] = relationship(back_populates="versions")
    fixed_by: Mapped[OfficeUser | None] = relationship()

    __table_args__ = (
        UniqueConstraint("paper_id", "number"),
        CheckConstraint("number > 0", name="number"),
    )


class PaperRelation(Base):
    """That a paper supersedes, amends or answers another one of its Body."""

    __tablename__ = "paper_relation"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    kind: Mapped[RelationKind] = mapped_column(choice(RelationKind))
    other_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)

    paper: Mapped[Paper] = relationship(foreign_keys=[paper_id], back_populates="relations")
    other: Mapped[Paper] = relationship(foreign_keys=[other_id])

    __table_args__ = (
        UniqueConstraint("paper_id", "kind", "other_id"),
        CheckConstraint("paper_id <> other_id", name="not_own"),
    )


class Cosignature(Edited, Base):
    """A co-signature (Mitzeichnung) of a paper: by which unit, by whom, with what remark."""

    __tablename__ = "cosignature"

    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    position: Mapped[int]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    state: Mapped[CosignatureState] = mapped_column(choice(CosignatureState))
    signed_by: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    #: Whether the wording was changed after it was signed.
    outdated: Mapped[bool] = mapped_column(default=False)

    paper: Mapped[Paper] = relationship(back_populates="cosignatures")
    organization: Mapped[Organization] = relationship()

    __table_args__ = (UniqueConstraint("paper_id", "organization_id"),)
