"""Acts on a Body's own rules: what its Hauptsatzung and Geschäftsordnung lay over the Land's law.

A rule that changes is ended, and the new one is entered beside it: what held on the day of an old
meeting stays readable. Changing a kept rule is for mistakes in it.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.lawbook import local_value
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.german import local_day, plain_date
from sitzungsdienst.law.layers import LocalRuleRefused, LocalValue, check_local
from sitzungsdienst.law.local_keys import LOCAL_KEYS, LocalValueUnreadable, parse_local
from sitzungsdienst.law.rules import NoRulesAt, UnknownLand
from sitzungsdienst.law.values import Finding, Severity
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.local_rules import LocalLayer, LocalRule

LINE_LIMIT = 300
TEXT_LIMIT = 2_000
VALUE_LIMIT = 2_000
EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRuleFacts:
    """A rule as typed: `value` is the text that `parse_local` reads for the rule's key.

    `norm` is where it stands ("§ 3 Abs. 1 Geschäftsordnung"), `source` where its text was read,
    `as_of` the state of that text. It holds from `valid_from` to `valid_until`, both included.
    """

    layer: LocalLayer
    value: str
    norm: str
    source: str = ""
    as_of: date | None
    wording: str = ""
    valid_from: date | None
    valid_until: date | None = None


def add_local_rule(
    session: Session, actor: Actor, key: str, facts: LocalRuleFacts, now: datetime
) -> int:
    """Enter a rule of the actor's Body for a key of LOCAL_KEYS; gives its id.

    Raises RuleBroken, at "value" with the norm above where the Land's law does not allow it.
    """
    with act(session, actor, "add_local_rule", now) as run:
        if key not in LOCAL_KEYS:
            raise Unknown("no local rule has this key")
        row = LocalRule(body=run.fetch(Body, actor.home), key=key)
        _set(run, row, facts)
        run.about(row)
        session.flush()
        return row.id


def edit_local_rule(
    session: Session, actor: Actor, row_id: int, version: int, facts: LocalRuleFacts, now: datetime
) -> None:
    """Correct a rule that was entered wrongly. Raises Unknown, Stale, RuleBroken."""
    with act(session, actor, "edit_local_rule", now) as run:
        row = run.about(_own(run, row_id, version))
        run.fetch(Body, row.body_id)  # whoever enters a rule of the Body waits
        _set(run, row, facts)


def end_local_rule(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    valid_until: date | None,
    now: datetime,
) -> None:
    """Say on which day a rule holds for the last time."""
    with act(session, actor, "end_local_rule", now) as run:
        row = run.about(_own(run, row_id, version))
        if valid_until is None:
            raise RuleBroken("valid_until", "Bitte geben Sie den letzten Tag ein.")
        checks.in_order("valid_until", row.valid_from, valid_until)
        row.valid_until = valid_until


def delete_local_rule(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Delete a rule that was never in force."""
    with act(session, actor, "delete_local_rule", now) as run:
        row = run.about(_own(run, row_id, version))
        if was_in_force(row, local_day(run.now)):
            raise RuleBroken(
                "",
                f"Die Regel gilt seit dem {plain_date(row.valid_from)} und bleibt deshalb stehen."
                " Tragen Sie stattdessen ein, bis wann sie gilt.",
            )
        session.delete(row)


def was_in_force(row: LocalRule, today: date) -> bool:
    """Whether it held on a day while it was kept; one entered today may still be a mistake."""
    return row.valid_from <= today and local_day(row.created_at) < today


def findings(row: LocalRule) -> tuple[Finding, ...]:
    """What the Land's law has to say of a kept rule, on its first day and whenever it changes."""
    try:
        return _judge(row, local_value(row))
    except LocalRuleRefused as refused:
        return (Finding(Severity.WARN, str(refused), refused.norm),)


def _judge(row: LocalRule, value: LocalValue) -> tuple[Finding, ...]:
    others = [local_value(one) for one in row.body.local_rules if one is not row]
    try:
        return check_local(row.body.land, value, others)
    except (NoRulesAt, UnknownLand):
        return ()  # the law of this Land is not kept: there is nothing to hold it against


def _own(run: Run, row_id: int, version: int) -> LocalRule:
    """A rule of the Body the actor works for; administrators read and change none."""
    if run.actor.body_id is None:
        raise Unknown(f"LocalRule {row_id}")
    return run.fetch(LocalRule, row_id, version=version)


def _set(run: Run, row: LocalRule, facts: LocalRuleFacts) -> None:
    if len(facts.value) > VALUE_LIMIT:
        raise RuleBroken("value", f"Bitte kürzen Sie auf höchstens {VALUE_LIMIT} Zeichen.")
    try:
        value = parse_local(row.key, facts.value)
    except LocalValueUnreadable as unreadable:
        raise RuleBroken("value", str(unreadable)) from unreadable
    row.value = json.dumps(value, ensure_ascii=False)
    row.layer = facts.layer
    needed = "Bitte geben Sie an, wo die Regel steht, zum Beispiel § 3 Abs. 1 Geschäftsordnung."
    row.norm = checks.line("norm", facts.norm, needed=needed, limit=LINE_LIMIT)
    row.source = checks.line("source", facts.source, limit=LINE_LIMIT)
    row.wording = checks.text("wording", facts.wording, limit=TEXT_LIMIT)
    row.as_of = _day("as_of", facts.as_of, "Bitte geben Sie den Stand des Textes an.")
    if row.as_of > local_day(run.now):
        raise RuleBroken("as_of", "Der Stand liegt in der Zukunft. Bitte prüfen Sie das Datum.")
    row.valid_from = _day("valid_from", facts.valid_from, "Bitte geben Sie den ersten Tag ein.")
    checks.in_order("valid_until", facts.valid_from, facts.valid_until)
    row.valid_until = facts.valid_until
    _demand_alone(row)
    try:
        _judge(row, local_value(row))
    except LocalRuleRefused as refused:
        raise RuleBroken("value", str(refused), refused.norm) from refused


def _day(field: str, day: date | None, needed: str) -> date:
    if day is None:
        raise RuleBroken(field, needed)
    if day < EARLIEST:
        raise RuleBroken(field, "Dieser Tag liegt zu weit zurück. Bitte prüfen Sie das Datum.")
    return day


def _demand_alone(row: LocalRule) -> None:
    """Of two rules for one place the younger counts; of two from one day neither would."""
    for one in row.body.local_rules:
        same = (one.layer, one.key, one.valid_from) == (row.layer, row.key, row.valid_from)
        if one is not row and same:
            raise RuleBroken(
                "valid_from",
                "Für diesen Tag ist schon eine solche Regel eingetragen. Bitte ändern Sie sie oder"
                " wählen Sie einen anderen Tag.",
            )
