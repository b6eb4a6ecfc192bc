"""A Body's own rules, laid over the law of its Land."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sitzungsdienst.record.base import Base, Edited, choice
from sitzungsdienst.record.bodies import Body


class LocalLayer(StrEnum):
    """Where a Body's own rule stands; rules of procedure are laid over the main statute."""

    MAIN_STATUTE = "main_statute"
    RULES_OF_PROCEDURE = "rules_of_procedure"


class LocalRule(Edited, Base):
    """One value of a main statute (Hauptsatzung) or of rules of procedure (Geschäftsordnung)."""

    __tablename__ = "local_rule"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    layer: Mapped[LocalLayer] = mapped_column(choice(LocalLayer))
    #: Which value, e.g. "notice.days".
    key: Mapped[str] = mapped_column(String(60))
    #: The value as JSON.
    value: Mapped[str]
    norm: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    as_of: Mapped[date]
    wording: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]

    body: Mapped[Body] = relationship(back_populates="local_rules")

    __table_args__ = (
        CheckConstraint("valid_until is null or valid_until >= valid_from", name="dates_in_order"),
    )
