"""What every table of the record has in common."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Enum, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from sitzungsdienst.moments import UtcDateTime
from sitzungsdienst.naming import CONVENTION


class Base(DeclarativeBase):
    """The record's tables. Nothing here is public, whatever a column is called."""

    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map = {datetime: UtcDateTime(), str: Text()}

    def __repr__(self) -> str:
        """Name the row, never its text: representations end up in logs."""
        return f"<{type(self).__name__} {getattr(self, 'id', '?')}>"


class Identified:
    """A row with a number for the office and a uid for the world; neither is ever reused."""

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=lambda: str(uuid.uuid4()))


class Edited(Identified):
    """A row that people edit: its version refuses a change based on an older one."""

    version: Mapped[int] = mapped_column(nullable=False)
    created_at: Mapped[datetime]
    modified_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}


def choice(kind: type[StrEnum]) -> Enum:
    """A column type for a StrEnum: its value as text, held to the known ones by a constraint."""
    return Enum(
        kind,
        name=kind.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )
