"""Three layers of rules: the Land's statute, the body's Hauptsatzung, its Geschäftsordnung.

They are merged by the day of the meeting. A lower layer fills what a higher one leaves open, or is
stricter where `local_keys` allows that; it never silently beats a certain value of a higher layer.
What it may not do is refused with a German reason, and the higher value stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sitzungsdienst.law.local_keys import LOCAL_KEYS, NOT_CHOSEN, Direction, not_local
from sitzungsdienst.law.reading import Plain, converter, value_types
from sitzungsdienst.law.rules import rules_for, rules_of
from sitzungsdienst.law.telling import LABELS, LAYER_NAMES, in_words, section_of, tell
from sitzungsdienst.law.tree import Rules
from sitzungsdienst.law.values import Certainty, Finding, Layer, Severity, Value
from sitzungsdienst.law.words import SecretVote

__all__ = [
    "Effective",
    "Layer",
    "LocalRuleRefused",
    "LocalValue",
    "RefusedLocal",
    "ToldValue",
    "check_local",
    "effective_rules",
    "tell_rules",
]

LOCAL_LAYERS = (Layer.MAIN_STATUTE, Layer.RULES_OF_PROCEDURE)


class LocalRuleRefused(ValueError):
    """A local rule may not say this; the German message says why, `norm` names the rule above."""

    def __init__(self, message: str, norm: str) -> None:
        super().__init__(message)
        self.norm = norm


@dataclass(frozen=True, slots=True)
class LocalValue:
    """One value of a body's own rules, with its proof, as plain data.

    `key` is one of LOCAL_KEYS. It holds from `valid_from` to `valid_until`, both days included;
    None: until further notice. Of two that hold on one day in one layer, the younger counts.
    """

    layer: Layer
    key: str
    value: Plain
    norm: str
    source: str
    as_of: date
    certainty: Certainty
    wording: str
    valid_from: date
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class ToldValue:
    """One value in force, told for a page or a command line, all words German.

    `over` are the values of higher layers that it lays over, the nearest first.
    """

    key: str
    section: str
    label: str
    value: str
    layer: Layer
    norm: str
    source: str
    as_of: date
    certainty: Certainty
    wording: str
    over: tuple["ToldValue", ...] = ()

    @property
    def layer_name(self) -> str:
        """The German name of the layer."""
        return LAYER_NAMES[self.layer]


@dataclass(frozen=True, slots=True)
class RefusedLocal:
    """A local value that does not hold although its days say so, and why."""

    local: LocalValue
    finding: Finding


@dataclass(frozen=True, slots=True)
class Effective:
    """The rules of a body on a day: merged, told one by one, and what did not get in.

    `notes` warn of local values that lay over a statutory value nobody has proven.
    """

    rules: Rules
    told: tuple[ToldValue, ...]
    refused: tuple[RefusedLocal, ...]
    notes: tuple[Finding, ...]


def effective_rules(land: str, on: date, local: Iterable[LocalValue]) -> Effective:
    """Merge the three layers for a meeting on the day `on`.

    Raises UnknownLand and NoRulesAt as `rules_for` does; a local value that may not be is no error
    but stands in `refused`.
    """
    rules = rules_for(land, on)
    refused: list[RefusedLocal] = []
    notes: list[Finding] = []
    for one in _in_force(local, on):
        try:
            rules, note = _laid_over(rules, one)
        except LocalRuleRefused as reason:
            finding = Finding(Severity.WARN, str(reason), reason.norm)
            refused.append(RefusedLocal(one, finding))
        else:
            notes += [note] if note else []
    return Effective(rules, tell_rules(rules), tuple(refused), tuple(notes))


def check_local(
    land: str, value: LocalValue, others: Iterable[LocalValue] = ()
) -> tuple[Finding, ...]:
    """Say what is to be said of a local value before it is kept; `others` are those kept already.

    It is tried on its first day and on each later day on which the Land's rules change. Warnings
    come back; raises LocalRuleRefused when it could not hold on its first day.
    """
    _refuse_misfit(value)
    kept = [one for one in others if one.key == value.key]
    findings: list[Finding] = []
    for number, day in enumerate(_days_to_try(land, value)):
        tried = effective_rules(land, day, [*kept, value])
        for refused in tried.refused:
            if refused.local == value and number == 0:
                raise LocalRuleRefused(refused.finding.message, refused.finding.norm)
            if refused.local == value:
                message = f"Ab dem {day:%d.%m.%Y} gilt das nicht mehr. {refused.finding.message}"
                findings.append(Finding(Severity.WARN, message, refused.finding.norm))
        findings += [note for note in tried.notes if note not in findings]
    return tuple(findings)


def tell_rules(rules: Rules) -> tuple[ToldValue, ...]:
    """Tell every value of the rules in German, in the order of the tree."""
    return tuple(_told(key, value_at(rules, key)) for key in value_types())


def value_at(rules: Rules, key: str) -> Value[object]:
    """Return the value at a dotted key ("notice.days"). Raises AttributeError for no such key."""
    found: Any = rules
    for part in key.split("."):
        found = getattr(found, part)
    if not isinstance(found, Value):
        raise AttributeError(f"{key!r} is a group of values, not a value")
    return found


def _told(key: str, value: Value[object]) -> ToldValue:
    over = () if value.over is None else _chain(_told(key, value.over))
    return ToldValue(
        key=key,
        section=section_of(key),
        label=LABELS[key],
        value=tell(key, value),
        layer=value.layer,
        norm=value.norm,
        source=value.source,
        as_of=value.as_of,
        certainty=value.certainty,
        wording=value.wording,
        over=over,
    )


def _chain(told: ToldValue) -> tuple[ToldValue, ...]:
    """The nearest value and those below it as one flat row."""
    return (replace(told, over=()), *told.over)


def _in_force(local: Iterable[LocalValue], on: date) -> list[LocalValue]:
    """The local values of a day, the main statute's first; of two for one place the younger."""
    chosen: dict[tuple[Layer, str], LocalValue] = {}
    for one in sorted(local, key=lambda one: one.valid_from):
        if one.holds_on(on):
            chosen[one.layer, one.key] = one
    rank = list(Layer)
    return sorted(chosen.values(), key=lambda one: (rank.index(one.layer), one.key))


def _laid_over(rules: Rules, local: LocalValue) -> tuple[Rules, Finding | None]:
    _refuse_misfit(local)
    base = value_at(rules, local.key)
    wanted = _converted(local)
    note = _weigh(local, base, wanted, rules)
    if LOCAL_KEYS[local.key].direction is Direction.ADDING:
        wanted = _added(base.value, wanted)
    value = Value(
        value=wanted,
        norm=local.norm,
        source=local.source,
        as_of=local.as_of,
        certainty=local.certainty,
        wording=local.wording,
        layer=local.layer,
        over=base,
    )
    group, name = local.key.split(".")
    laid: Mapping[str, Any] = {group: replace(getattr(rules, group), **{name: value})}
    return replace(rules, **laid), note


def _converted(local: LocalValue) -> object:
    try:
        wanted = converter(value_types()[local.key])(local.value)
    except ValueError as error:
        message = f"{LABELS[local.key]}: Der Wert {local.value!r} ist hier nicht möglich."
        raise LocalRuleRefused(message, local.norm) from error
    if isinstance(wanted, StrEnum) and wanted.value in NOT_CHOSEN:
        message = f"{LABELS[local.key]}: Bitte wählen Sie eine Regel."
        raise LocalRuleRefused(message, local.norm)
    return wanted


def _refuse_misfit(local: LocalValue) -> None:
    if local.layer not in LOCAL_LAYERS:
        message = "Ortsrecht steht in der Hauptsatzung oder in der Geschäftsordnung."
        raise LocalRuleRefused(message, local.norm)
    if local.key not in LOCAL_KEYS:
        raise LocalRuleRefused(not_local(local.key), local.norm)
    if local.valid_until is not None and local.valid_until < local.valid_from:
        message = "Das Ende der Geltung liegt vor ihrem Beginn. Bitte prüfen Sie die Tage."
        raise LocalRuleRefused(message, local.norm)


def _weigh(local: LocalValue, base: Value[object], wanted: object, rules: Rules) -> Finding | None:
    """Refuse what may not be, warn of what lays over an unproven value, else say nothing."""
    _refuse_against_neighbour(local, wanted, rules)
    if is_open(base) or wanted == base.value or _fits(local.key, base.value, wanted):
        return None
    label = LABELS[local.key]
    above = f"{LAYER_NAMES[base.layer]} ({base.norm}): {tell(local.key, base)}"
    told = in_words(local.key, wanted)
    direction = LOCAL_KEYS[local.key].direction
    if direction is Direction.LONGER:
        message = f"{label}: {told} ist kürzer, als es verlangt ist. Es gilt {above}."
        raise LocalRuleRefused(message, base.norm)
    if direction is Direction.SHORTER:
        message = f"{label}: {told} ist länger, als es erlaubt ist. Es gilt {above}."
        raise LocalRuleRefused(message, base.norm)
    if base.certainty is Certainty.CERTAIN:
        message = f"{label}: „{told}“ kann hier nicht bestimmt werden. Es gilt {above}."
        raise LocalRuleRefused(message, base.norm)
    message = (
        f"{label}: „{told}“ weicht ab von {above}. Das ist nicht gesichert; "
        "bitte prüfen Sie, ob eine örtliche Regel hier zulässig ist."
    )
    return Finding(Severity.WARN, message, base.norm)


def _refuse_against_neighbour(local: LocalValue, wanted: object, rules: Rules) -> None:
    """Some values depend on another one: a method must be allowed, a secret vote be lawful."""
    allowed, secret = rules.seats.allowed, rules.procedure.secret_vote
    if local.key == "seats.method" and wanted not in allowed.value:
        _refuse_if_certain(local, "seats.allowed", allowed)
    if local.key == "procedure.secret_share" and secret.value is SecretVote.FORBIDDEN:
        _refuse_if_certain(local, "procedure.secret_vote", secret)


def _refuse_if_certain(local: LocalValue, key: str, above: Value[object]) -> None:
    if above.certainty is not Certainty.CERTAIN:
        return
    message = (
        f"{LABELS[local.key]}: Der Wert passt nicht zur Regel oben, {LAYER_NAMES[above.layer]} "
        f"({above.norm}); {LABELS[key]}: {tell(key, above)}."
    )
    raise LocalRuleRefused(message, above.norm)


def is_open(value: Value[object]) -> bool:
    """Whether the law leaves the value to the body's own rules, or nobody has looked it up."""
    held = value.value
    return held is None or (isinstance(held, StrEnum) and held.value in NOT_CHOSEN)


def _fits(key: str, base: object, wanted: object) -> bool:
    """Whether a local value keeps within the direction in which it may differ."""
    match LOCAL_KEYS[key].direction:
        case Direction.LONGER:
            return isinstance(base, int) and isinstance(wanted, int) and wanted >= base
        case Direction.SHORTER:
            return isinstance(base, int) and isinstance(wanted, int) and wanted <= base
        case Direction.AMONG:
            return isinstance(base, tuple) and isinstance(wanted, tuple) and {*wanted} <= {*base}
        case Direction.ADDING:
            return True
        case Direction.FREE:
            return False


def _added(base: object, wanted: object) -> object:
    """What is required already, and after it what local rules add."""
    if not isinstance(base, tuple) or not isinstance(wanted, tuple):
        return wanted
    return (*base, *(one for one in wanted if one not in base))


def _days_to_try(land: str, value: LocalValue) -> list[date]:
    """Its first day with rules, and each day on which the Land's rules change while it holds."""
    changes = [rules.valid_from for rules in rules_of(land)]
    first = max(value.valid_from, changes[0]) if changes else value.valid_from
    later = [day for day in changes if day > first and value.holds_on(day)]
    return [first, *later]
