"""Books of resolutions and reports on carrying them out, as the office issued them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.base import Base, Edited, choice
from sitzungsdienst.record.papers import Blob
from sitzungsdienst.record.resolutions import Resolution

#: Which resolutions a print tells of.
printed_resolution = Table(
    "printed_resolution",
    Base.metadata,
    Column("print_id", ForeignKey("resolution_print.id"), primary_key=True),
    Column("resolution_id", ForeignKey("resolution.id"), primary_key=True, index=True),
)


class ResolutionPrintKind(StrEnum):
    """What was issued of many resolutions: the book in full or its public part, or the report."""

    BOOK = "book"
    PUBLIC_BOOK = "public_book"
    REPORT = "report"


class ResolutionPrint(Edited, Base):
    """A book of resolutions (Beschlussbuch) or a report, issued: kept by its hash, never rendered
    again.
    """

    __tablename__ = "resolution_print"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    kind: Mapped[ResolutionPrintKind] = mapped_column(choice(ResolutionPrintKind))
    #: What it holds, in words: "Alle Gremien, Jahr 2017".
    title: Mapped[str]
    file_name: Mapped[str]
    #: None once it told who voted how in a ballot that is secret: then its bytes are gone.
    sha512: Mapped[str | None] = mapped_column(ForeignKey("blob.sha512"))
    forgotten_on: Mapped[date | None]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("office_user.id"))

    blob: Mapped[Blob | None] = relationship()
    issued_by: Mapped[OfficeUser | None] = relationship()
    resolutions: Mapped[list[Resolution]] = relationship(secondary=printed_resolution)

    __table_args__ = (
        CheckConstraint("(sha512 is null) = (forgotten_on is not null)", name="forgotten"),
    )
