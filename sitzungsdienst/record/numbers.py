"""Counters for numbers that must have no gaps."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sitzungsdienst.record.base import Base, choice


class Numbered(StrEnum):
    """What is counted."""

    PAPER = "paper"
    RESOLUTION = "resolution"
    CERTIFIED_COPY = "certified_copy"


class NumberSequence(Base):
    """How far one count has come. Its row is held while a number is given, so none is lost."""

    __tablename__ = "number_sequence"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    numbered: Mapped[Numbered] = mapped_column(choice(Numbered))
    #: What the count runs within: the number with its count left out, e.g. "2017/FB3/".
    scope: Mapped[str]
    last: Mapped[int]

    __table_args__ = (
        UniqueConstraint("body_id", "numbered", "scope"),
        CheckConstraint("last >= 0", name="last"),
    )
