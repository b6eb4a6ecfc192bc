"""Papers (Vorlagen), their attachments and their path through the committees."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.record.base import Base, Edited, choice
from sitzungsdienst.record.bodies import Body, Organization
from sitzungsdienst.record.people import Person

if TYPE_CHECKING:
    from sitzungsdienst.record.meetings import AgendaItem
    from sitzungsdienst.record.paper_work import (
        Cosignature,
        PaperRelation,
        PaperUnit,
        PaperVersion,
    )


class ConsultationRole(StrEnum):
    """What a committee is asked to do with a paper (Zuständigkeit)."""

    HEARING = "hearing"
    PRELIMINARY = "preliminary"
    RECOMMENDATION = "recommendation"
    NOTICE = "notice"
    DECISION = "decision"


class Blob(Base):
    """Bytes under their own SHA-512: what was uploaded or issued, never rendered again."""

    __tablename__ = "blob"

    sha512: Mapped[str] = mapped_column(String(128), primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Paper(Edited, Base):
    """A submission (Vorlage), motion or inquiry. `public` is what is planned, not what happened."""

    __tablename__ = "paper"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    #: The number as the office gave it; historic numbers stay verbatim.
    reference: Mapped[str]
    title: Mapped[str]
    paper_type: Mapped[str]
    dated: Mapped[date | None]
    public: Mapped[bool] = mapped_column(default=False)
    responsible_unit_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    handled_by: Mapped[str] = mapped_column(default="")
    addressed_to: Mapped[str] = mapped_column(default="")
    proposed_resolution: Mapped[str] = mapped_column(default="")
    #: Sachverhalt; `reasons` is the Begründung.
    facts: Mapped[str] = mapped_column(default="")
    financial_effects: Mapped[str] = mapped_column(default="")
    reasons: Mapped[str] = mapped_column(default="")
    internal_note: Mapped[str] = mapped_column(default="")
    #: When it was cleared for the agenda (Freigabe), and by whom; None while it is a draft.
    cleared_at: Mapped[datetime | None]
    cleared_by_id: Mapped[int | None] = mapped_column(ForeignKey("office_user.id"))

    body: Mapped[Body] = relationship()
    further_units: Mapped[list["PaperUnit"]] = relationship(
        order_by="PaperUnit.position", cascade="all, delete-orphan"
    )
    versions: Mapped[list["PaperVersion"]] = relationship(
        order_by="PaperVersion.number", back_populates="paper"
    )
    relations: Mapped[list["PaperRelation"]] = relationship(
        foreign_keys="PaperRelation.paper_id",
        order_by="PaperRelation.id",
        cascade="all, delete-orphan",
        back_populates="paper",
    )
    cosignatures: Mapped[list["Cosignature"]] = relationship(
        order_by="Cosignature.position", cascade="all, delete-orphan", back_populates="paper"
    )
    responsible_unit: Mapped[Organization | None] = relationship()
    originators: Mapped[list["PaperOriginator"]] = relationship(
        order_by="PaperOriginator.position", cascade="all, delete-orphan"
    )
    attachments: Mapped[list["Attachment"]] = relationship(
        order_by="Attachment.position", cascade="all, delete-orphan", back_populates="paper"
    )
    consultations: Mapped[list["Consultation"]] = relationship(
        order_by="Consultation.position", cascade="all, delete-orphan", back_populates="paper"
    )

    __table_args__ = (UniqueConstraint("body_id", "reference"),)


class PaperOriginator(Base):
    """Who submits a paper (Einreicher), printed as written in `label`."""

    __tablename__ = "paper_originator"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    position: Mapped[int]
    label: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))

    person: Mapped[Person | None] = relationship()
    organization: Mapped[Organization | None] = relationship()


class Attachment(Edited, Base):
    """A file of a paper. `public` is what is planned; only a release of the paper shows it.

    Its name ends in .pdf, or for the house only in .docx, .xlsx or .odt.
    """

    __tablename__ = "attachment"

    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    file_name: Mapped[str]
    public: Mapped[bool] = mapped_column(default=False)
    sha512: Mapped[str] = mapped_column(ForeignKey("blob.sha512"))
    size: Mapped[int]
    #: The attachment of which this is the redacted copy; the original itself stays in the house.
    redacts_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))

    redacts: Mapped["Attachment | None"] = relationship(remote_side="Attachment.id")
    paper: Mapped[Paper] = relationship(back_populates="attachments")
    blob: Mapped[Blob] = relationship()


class Consultation(Edited, Base):
    """One step of a paper's path (Beratungsfolge); `agenda_item` once it is on an agenda."""

    __tablename__ = "consultation"

    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    position: Mapped[int]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    role: Mapped[ConsultationRole] = mapped_column(choice(ConsultationRole))
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    #: The result of a step that was taken outside this system; else the item's treatment tells.
    result_note: Mapped[str] = mapped_column(default="")

    paper: Mapped[Paper] = relationship(back_populates="consultations")
    organization: Mapped[Organization] = relationship()
    agenda_item: Mapped["AgendaItem | None"] = relationship(back_populates="consultations")

    __table_args__ = (CheckConstraint("position >= 0", name="position"),)

    @property
    def authoritative(self) -> bool:
        """Whether this step decides the matter."""
        return self.role is ConsultationRole.DECISION


class DocumentKind(StrEnum):
    """A kind of issued document."""

    INVITATION = "invitation"
    NOTICE = "notice"
    MINUTES_FULL = "minutes_full"
    MINUTES_PUBLIC = "minutes_public"
    EXCERPT = "excerpt"
    SUPPLEMENT = "supplement"
    SUPPLEMENT_NOTICE = "supplement_notice"
    EXCERPT_FULL = "excerpt_full"
    CERTIFIED_COPY = "certified_copy"


class IssuedDocument(Base):
    """A PDF the office issued: kept by its hash, never rendered again."""

    __tablename__ = "issued_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    kind: Mapped[DocumentKind] = mapped_column(choice(DocumentKind))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    file_name: Mapped[str]
    sha512: Mapped[str] = mapped_column(ForeignKey("blob.sha512"))
    issued_at: Mapped[datetime]

    blob: Mapped[Blob] = relationship()
