"""The words of uploaded files, by which papers are found."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from sitzungsdienst.record.base import Base, choice


class TextState(StrEnum):
    """How far the words of a file could be read."""

    WHOLE = "whole"
    CUT = "cut"
    #: There are none: a scan, or pictures.
    EMPTY = "empty"
    FAILED = "failed"


class FileText(Base):
    """The words of an attachment's bytes, for searching alone; never printed, never released.

    `folded` is `text` as it is compared. What the public may search are the words of public bytes,
    filed beside them.
    """

    __tablename__ = "file_text"

    sha512: Mapped[str] = mapped_column(String(128), ForeignKey("blob.sha512"), primary_key=True)
    state: Mapped[TextState] = mapped_column(choice(TextState))
    folded: Mapped[str] = mapped_column(default="", deferred=True)
    text: Mapped[str] = mapped_column(default="", deferred=True)

    __table_args__ = (
        CheckConstraint("state in ('whole', 'cut') or text = ''", name="text_of_state"),
    )
