"""What the page of the law shows: the rules of a Body on a day, and its own ones with history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sitzungsdienst.acts.lawbook import effective_on, holds_on, local_value, value_text
from sitzungsdienst.german import plain_date
from sitzungsdienst.law.layers import RefusedLocal, ToldValue
from sitzungsdienst.law.rules import NoRulesAt, UnknownLand
from sitzungsdienst.law.telling import CERTAINTY_NAMES, LABELS
from sitzungsdienst.law.values import Certainty, Finding
from sitzungsdienst.office.meeting_words import Badge
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.local_rules import LocalRule

#: The mark of each certainty: its word with an icon of its own shape.
CERTAINTY = {
    Certainty.CERTAIN: Badge(CERTAINTY_NAMES[Certainty.CERTAIN], "success"),
    Certainty.LIKELY: Badge(CERTAINTY_NAMES[Certainty.LIKELY], "info"),
    Certainty.UNSURE: Badge(CERTAINTY_NAMES[Certainty.UNSURE], "warning"),
}


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A rule of the Body's own, told: how it stands on the day, and why it does not hold."""

    row: LocalRule
    label: str
    value: str
    norm: str
    state: Badge
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LawSheet:
    """The page: sections of told values, warnings, own rules; `missing` where no law is kept."""

    sections: tuple[tuple[str, tuple[ToldValue, ...]], ...]
    notes: tuple[Finding, ...]
    refused: tuple[RefusedLocal, ...]
    own: tuple[OwnRule, ...]
    missing: str = ""


def law_sheet(body: Body, day: date) -> LawSheet:
    """The rules of the Body on the day; without law of the Land only its own are told."""
    try:
        effective = effective_on(body, day)
    except (NoRulesAt, UnknownLand) as missing:
        return LawSheet((), (), (), _own(body, day, ()), str(missing))
    sections = tuple(
        (section, tuple(values))
        for section, values in groupby(effective.told, lambda one: one.section)
    )
    own = _own(body, day, effective.refused)
    return LawSheet(sections, effective.notes, effective.refused, own)


def _own(body: Body, day: date, refused: Sequence[RefusedLocal]) -> tuple[OwnRule, ...]:
    """The Body's own rules in the order of the law, of each key the newest first."""
    order = list(LABELS)
    rows = sorted(body.local_rules, key=lambda one: (one.valid_from, one.id), reverse=True)
    rows.sort(key=lambda one: (order.index(one.key) if one.key in order else len(order), one.key))
    return tuple(_told(row, body, day, _reason(row, day, refused)) for row in rows)


def _told(row: LocalRule, body: Body, day: date, reason: str) -> OwnRule:
    return OwnRule(
        row=row,
        label=LABELS.get(row.key, row.key),
        value=value_text(row),
        norm=local_value(row).norm,
        state=_state(row, body.local_rules, day, refused=bool(reason)),
        reason=reason,
    )


def _reason(row: LocalRule, day: date, refused: Sequence[RefusedLocal]) -> str:
    if not holds_on(row, day):
        return ""
    value = local_value(row)
    told = [one.finding.message for one in refused if one.local == value]
    return told[0] if told else ""


def _state(row: LocalRule, rows: Sequence[LocalRule], day: date, *, refused: bool) -> Badge:
    """How a rule stands on the day. A younger one for the same place takes over."""
    if row.valid_from > day:
        return Badge(f"gilt ab {plain_date(row.valid_from)}", "info")
    if row.valid_until is not None and row.valid_until < day:
        return Badge(f"galt bis {plain_date(row.valid_until)}", "neutral")
    for one in rows:
        same = (one.layer, one.key) == (row.layer, row.key)
        if same and holds_on(one, day) and one.valid_from > row.valid_from:
            return Badge("von einer jüngeren abgelöst", "neutral")
    return Badge("gilt nicht", "danger") if refused else Badge("gilt", "success")
