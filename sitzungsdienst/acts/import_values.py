"""The values of an import: what the record has, and what a list would make of it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sitzungsdienst.acts.import_rows import Problem, folded
from sitzungsdienst.record.people import MembershipRole


class Effect(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class KnownRule:
    """A rule of composition that the record has."""

    row_id: int
    label: str
    voting_right: bool


@dataclass(frozen=True, slots=True)
class KnownOrganization:
    """An organisation that the record has."""

    row_id: int
    name: str
    short_name: str
    is_group: bool
    rules: tuple[KnownRule, ...] = ()


@dataclass(slots=True, eq=False)
class Seat:
    """A membership as it is or would be; `row_id` is None for a new one."""

    organization_id: int
    role: MembershipRole
    voting_right: bool
    on_behalf_of_id: int | None = None
    composition_rule_id: int | None = None
    start_date: date | None = None
    end_date: date | None = None
    row_id: int | None = None
    version: int = 0
    changed: bool = False


@dataclass(slots=True, eq=False)
class Known:
    """A person as they are or would be, with their memberships; `row_id` None for a new one."""

    values: dict[str, str]
    seats: list[Seat] = field(default_factory=list)
    row_id: int | None = None
    version: int = 0
    changed: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """The name to find the person by."""
        return folded(self.values["family_name"]), folded(self.values["given_name"])


@dataclass(frozen=True, slots=True)
class Change:
    """One value that would be another one, in words."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one row. `person` and `seat` tell both parts; `seat` None without one."""

    number: int
    name: str
    organization: str
    person: Effect
    seat: Effect | None
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]

    @property
    def effect(self) -> Effect:
        """The row's effect in one word."""
        parts = {self.person, self.seat}
        for one in (Effect.WRONG, Effect.NEW, Effect.CHANGED):
            if one in parts or (one is Effect.WRONG and self.problems):
                return one
        return Effect.UNCHANGED


@dataclass(frozen=True, slots=True)
class Plan:
    """What a list would change: its rows, and the persons as they would be."""

    outcomes: tuple[Outcome, ...]
    persons: tuple[Known, ...]

    @property
    def sound(self) -> bool:
        """Whether no row is wrong."""
        return all(one.effect is not Effect.WRONG for one in self.outcomes)

    def count(self, effect: Effect) -> int:
        """How many rows have that effect."""
        return sum(one.effect == effect for one in self.outcomes)
