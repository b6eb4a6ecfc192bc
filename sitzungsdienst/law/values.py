"""The small values every rule of law is told in: parts of a meeting, findings, proven values.

Nothing here knows a database, a page or a clock.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Part(StrEnum):
    """The two parts of a meeting; an agenda item belongs to exactly one."""

    PUBLIC = "public"
    NONPUBLIC = "nonpublic"


class Severity(StrEnum):
    """How hard a finding speaks: it forbids, it warns, or it only tells."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


class Certainty(StrEnum):
    """How well a value of law is proven.

    CERTAIN: the norm's text or an official source was read. LIKELY: general knowledge held to be
    sound, to be checked against the text. UNSURE: disputed, old or unproven.
    """

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


class Layer(StrEnum):
    """Whose rule a value is, the highest first.

    LAND: the Land's statute. MAIN_STATUTE: the body's Hauptsatzung. RULES_OF_PROCEDURE: its
    Geschäftsordnung.
    """

    LAND = "land"
    MAIN_STATUTE = "main_statute"
    RULES_OF_PROCEDURE = "rules_of_procedure"


class ImpossibleNumbersError(ValueError):
    """Numbers that no meeting can have (negative, more present than members …); German message."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule has to say: a German sentence that says what to do, and the norm behind it.

    `norm` is a citation such as "§ 56 Abs. 2 KVG LSA"; it is empty where arithmetic alone speaks.
    """

    severity: Severity
    message: str
    norm: str


@dataclass(frozen=True, slots=True)
class Value(Generic[T_co]):
    """One value of law with its proof.

    `value` is None where the law leaves the matter to local rules (Hauptsatzung, Geschäftsordnung).
    `as_of` is the state the source was read at, to the month (its first day); `wording` tells the
    rule in one German sentence. `layer` tells whose rule it is, `over` the value of a higher layer
    that it lays over.
    """

    value: T_co
    norm: str
    source: str
    as_of: date
    certainty: Certainty
    wording: str
    layer: Layer = Layer.LAND
    over: "Value[T_co] | None" = None

    @property
    def statutory(self) -> "Value[T_co]":
        """The Land's own value, at the bottom of what local rules laid over it."""
        return self if self.over is None else self.over.statutory

    @property
    def severity(self) -> Severity:
        """How hard a breach of this value may speak: only a certain value may forbid."""
        return Severity.BLOCK if self.certainty is Certainty.CERTAIN else Severity.WARN
