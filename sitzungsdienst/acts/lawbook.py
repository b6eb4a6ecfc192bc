"""The rules of law for a Body on a day, and what to do with what they find."""

from datetime import date

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.law.rules import NoRulesAt, Rules, UnknownLand, rules_for
from sitzungsdienst.law.values import Finding, Severity
from sitzungsdienst.record.bodies import Body


def rules_on(body: Body, day: date) -> Rules | None:
    """The rules of the Body's Land on the day of a meeting, or None where none are kept yet."""
    try:
        return rules_for(body.land, day)
    except (UnknownLand, NoRulesAt):
        return None


def enforce(field: str, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Raise RuleBroken for the first finding that forbids; give the warnings back."""
    for finding in findings:
        if finding.severity is Severity.BLOCK:
            raise RuleBroken(field, finding.message, finding.norm)
    return findings
