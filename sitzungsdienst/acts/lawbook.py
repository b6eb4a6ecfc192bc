"""The rules of law for a Body on a day, its own ones laid over, and what to do with findings."""

import json
from datetime import date

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.law.layers import Effective, LocalValue, effective_rules
from sitzungsdienst.law.reading import converter, value_types
from sitzungsdienst.law.rules import NoRulesAt, Rules, UnknownLand, rules_for
from sitzungsdienst.law.telling import LABELS, LAYER_NAMES, in_words
from sitzungsdienst.law.values import Certainty, Finding, Layer, Severity
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.local_rules import LocalRule


def rules_on(body: Body, day: date) -> Rules | None:
    """The rules that hold for the Body on the day of a meeting: the Land's and its own.

    None where none are kept yet. The Body's own rules are read once for as long as its row is.
    """
    try:
        if not any(holds_on(one, day) for one in body.local_rules):
            return rules_for(body.land, day)
        return effective_on(body, day).rules
    except (UnknownLand, NoRulesAt):
        return None


def effective_on(body: Body, day: date) -> Effective:
    """The Body's rules on a day with all that is to be told of them.

    Raises UnknownLand and NoRulesAt where the Land's law of that day is not kept.
    """
    return effective_rules(body.land, day, map(local_value, body.local_rules))


def own_notice_days(body: Body, day: date) -> LocalValue | None:
    """The Body's own period of notice on a day, for Länder whose law is not kept yet.

    Of each layer the younger counts, of the two layers the longer: neither shortens the other.
    """
    young: dict[Layer, tuple[int, LocalValue]] = {}
    for one in map(local_value, body.local_rules):  # the older first
        if one.key == "notice.days" and isinstance(one.value, int) and one.holds_on(day):
            young[one.layer] = (one.value, one)
    longest = max(young.values(), key=lambda one: one[0], default=None)
    return None if longest is None else longest[1]


def holds_on(row: LocalRule, day: date) -> bool:
    """Whether a rule of the Body's own holds on a day, both ends included."""
    return row.valid_from <= day and (row.valid_until is None or day <= row.valid_until)


def local_value(row: LocalRule) -> LocalValue:
    """A kept rule as the law reads it.

    It is certain once its source is named: then somebody has read the text. Its norm names the
    statute it stands in, and where nobody wrote its wording, its label and value do.
    """
    layer = Layer(row.layer.value)
    return LocalValue(
        layer=layer,
        key=row.key,
        value=json.loads(row.value),
        norm=_norm(layer, row.norm),
        source=row.source,
        as_of=row.as_of,
        certainty=Certainty.CERTAIN if row.source else Certainty.LIKELY,
        wording=row.wording or f"{LABELS.get(row.key, row.key)}: {value_text(row)}.",
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def value_text(row: LocalRule) -> str:
    """The value of a kept rule in German words; as it is kept where no such rule is known."""
    try:
        return in_words(row.key, converter(value_types()[row.key])(json.loads(row.value)))
    except (KeyError, ValueError):
        return row.value


def _norm(layer: Layer, norm: str) -> str:
    name = LAYER_NAMES[layer]
    return norm if name.casefold() in norm.casefold() else f"{name} {norm}"


def enforce(field: str, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Raise RuleBroken for the first finding that forbids; give the warnings back."""
    for finding in findings:
        if finding.severity is Severity.BLOCK:
            raise RuleBroken(field, finding.message, finding.norm)
    return findings
