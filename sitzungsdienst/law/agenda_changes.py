"""Extending the agenda in the meeting by an item nobody was summoned for."""

from fractions import Fraction

from sitzungsdienst.law.ballots import Counts, Outcome, simple_majority
from sitzungsdienst.law.majorities import Heads, at_least, qualified_majority
from sitzungsdienst.law.tree import Denominator, Extension, Rules
from sitzungsdienst.law.values import Finding, Severity

TWO_THIRDS = Fraction(2, 3)
OF_ALL = {
    Extension.URGENT_BY_TWO_THIRDS_OF_MEMBERS: at_least(TWO_THIRDS, Denominator.MEMBERS),
    Extension.TWO_THIRDS_OF_STATUTORY: at_least(TWO_THIRDS, Denominator.STATUTORY),
}
NEED_URGENCY = frozenset(
    {Extension.URGENT_BY_RESOLUTION, Extension.URGENT_BY_TWO_THIRDS_OF_MEMBERS}
)
HELPED_BY_ALL_PRESENT = frozenset({Extension.URGENT_OR_ALL_PRESENT, Extension.LOCAL_OR_EMERGENCY})


def may_extend_agenda(
    rules: Rules,
    *,
    urgent: bool,
    counts: Counts | None = None,
    heads: Heads | None = None,
    all_present_without_objection: bool = False,
) -> Finding | None:
    """Say whether an item may come onto the agenda in the meeting; None means that it may.

    `urgent`: it bears no delay. `counts`: the vote on taking it up (None: not voted yet, then only
    urgency is looked at). `heads`: the numbers its majority is counted among.
    Raises ImpossibleNumbersError when a number that the Land's majority needs is missing.
    """
    rule = rules.agenda.extension
    how = rule.value
    if how is Extension.LOCAL:
        message = (
            "Wie die Tagesordnung in der Sitzung erweitert wird, steht in der Geschäftsordnung. "
            "Bitte prüfen Sie sie und halten Sie den Beschluss fest."
        )
        return Finding(Severity.NOTE, message, rule.norm)
    if how in NEED_URGENCY and not urgent:
        message = (
            "Die Tagesordnung kann nur erweitert werden, wenn die Sache keinen Aufschub duldet. "
            "Bitte nehmen Sie den Punkt in die nächste Ladung auf."
        )
        return Finding(rule.severity, message, rule.norm)
    if how in HELPED_BY_ALL_PRESENT and not (urgent or all_present_without_objection):
        message = (
            "Die Tagesordnung kann nur erweitert werden, wenn die Sache dringlich ist oder wenn "
            "alle Mitglieder da sind und niemand widerspricht. Bitte nehmen Sie den Punkt in die "
            "nächste Ladung auf."
        )
        return Finding(rule.severity, message, rule.norm)
    return None if counts is None else _missed_majority(rules, counts, heads or Heads())


def _missed_majority(rules: Rules, counts: Counts, heads: Heads) -> Finding | None:
    rule = rules.agenda.extension
    quota = OF_ALL.get(rule.value)
    if quota is None:
        if simple_majority(counts, rules) is Outcome.ACCEPTED:
            return None
        message = "Die Erweiterung der Tagesordnung ist abgelehnt; der Punkt wird nicht behandelt."
        return Finding(rule.severity, message, rule.norm)
    result = qualified_majority(counts, quota, heads)
    if result.reached:
        return None
    message = f"Die Tagesordnung kann nicht erweitert werden. {result.sentence}"
    return Finding(rule.severity, message, rule.norm)
