"""What a vote came to: its counts against who could vote, the majority it needs, the words."""

import re
from fractions import Fraction

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.ballot_facts import BallotFacts
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.lawbook import enforce
from sitzungsdienst.law.ballots import (
    LARGEST_COUNT,
    Counts,
    Outcome,
    check_counts,
    is_unanimous,
    result_sentence,
    simple_majority,
)
from sitzungsdienst.law.majorities import Heads, at_least, qualified_majority
from sitzungsdienst.law.rules import Rules
from sitzungsdienst.law.stances import told_result
from sitzungsdienst.law.tree import Denominator
from sitzungsdienst.law.values import Finding
from sitzungsdienst.law.words import Quota
from sitzungsdienst.record.proceedings import Ballot, BallotKind, BallotOutcome, Choice, Requirement

QUOTAS = {
    Requirement.MAJORITY_OF_MEMBERS: Quota(
        share=Fraction(1, 2), more_than=True, of=Denominator.MEMBERS
    ),
    Requirement.TWO_THIRDS_OF_VOTES: at_least(Fraction(2, 3), Denominator.YES_AND_NO),
    Requirement.TWO_THIRDS_OF_MEMBERS: at_least(Fraction(2, 3), Denominator.MEMBERS),
    Requirement.THREE_QUARTERS_OF_MEMBERS: at_least(Fraction(3, 4), Denominator.MEMBERS),
}
#: What is said where nobody spoke against it, without a vote being counted.
SAID_BY_KIND = {BallotKind.WITHOUT_DISSENT: "ohne Widerspruch"}
SILENT = re.compile(r"Nicht abgestimmt: \d+\.?$")
NEVER_COUNTED = (BallotKind.WITHOUT_DISSENT, BallotKind.ACCLAMATION)


def typed_counts(facts: BallotFacts) -> Counts | None:
    """The counts as typed, None where there are none; RuleBroken for half of them."""
    told = (facts.yes, facts.no, facts.abstentions)
    if all(one is None for one in (*told, facts.invalid)):
        return None
    if facts.kind in NEVER_COUNTED:
        raise RuleBroken(
            "yes",
            "Ohne Widerspruch oder durch Zuruf wird nicht gezählt. Bitte lassen Sie die"
            " Stimmenzahlen leer, oder wählen Sie »offen«.",
        )
    for field, value in (
        ("yes", facts.yes),
        ("no", facts.no),
        ("abstentions", facts.abstentions),
    ):
        if value is None:
            raise RuleBroken(
                field, "Bitte geben Sie alle Stimmenzahlen an, auch die Null, oder gar keine."
            )
        checks.within(field, value, 0, LARGEST_COUNT)
    checks.within("invalid", facts.invalid, 0, LARGEST_COUNT)
    return Counts(facts.yes or 0, facts.no or 0, facts.abstentions or 0, facts.invalid or 0)


def set_result(row: Ballot, facts: BallotFacts, counts: Counts | None, rules: Rules | None) -> None:
    """Set counts, outcome and words; the ballot knows its presence, kind and stances already."""
    text = checks.line("result_text", facts.result_text, limit=500)
    row.difference = checks.line("difference", facts.difference, limit=500)
    if counts is None:
        _set_told(row, facts, text)
        return
    enforce("yes", _counted_findings(counts, row, rules))
    row.yes, row.no = counts.yes, counts.no
    row.abstentions, row.invalid = counts.abstentions, counts.invalid
    missing = row.present - row.recused - counts.total
    if row.kind is BallotKind.ROLL_CALL and (not row.difference or SILENT.match(row.difference)):
        # The list itself says of everybody whether they voted.
        row.difference = _silent(missing)
    if missing and not row.difference:
        raise RuleBroken("difference", _ask_for(missing, counts, row))
    suggested = _majority(counts, row, rules)
    row.outcome = facts.outcome or suggested
    if row.outcome is BallotOutcome.ACCEPTED and suggested is BallotOutcome.REJECTED:
        raise RuleBroken("outcome", _not_accepted(counts, row))
    row.result_text = text or _counted_text(row, counts)


def _set_told(row: Ballot, facts: BallotFacts, text: str) -> None:
    row.yes = row.no = row.abstentions = row.invalid = None
    outcome = facts.outcome
    if row.kind is BallotKind.WITHOUT_DISSENT:
        if outcome is BallotOutcome.REJECTED:
            raise RuleBroken(
                "outcome", "Was ohne Widerspruch bleibt, ist angenommen. Bitte wählen Sie anders."
            )
        outcome = BallotOutcome.ACCEPTED
    said = text or SAID_BY_KIND.get(row.kind, "")
    if not said and not row.stances:
        raise RuleBroken(
            "result_text",
            "Bitte geben Sie das Ergebnis in Worten an, zum Beispiel »einstimmig«, oder die"
            " Stimmenzahlen.",
        )
    if outcome is None:
        raise RuleBroken("outcome", "Bitte geben Sie an, ob der Antrag angenommen ist.")
    row.outcome = outcome
    row.result_text = said or stances_text(row, unanimous=None)


def stances_text(row: Ballot, *, unanimous: bool | None) -> str:
    """The result as told by groups and single members."""

    def labels(choice: Choice) -> tuple[str, ...]:
        return tuple(one.label for one in row.stances if one.choice is choice)

    return told_result(
        accepted=row.outcome is BallotOutcome.ACCEPTED,
        yes=labels(Choice.YES),
        no=labels(Choice.NO),
        abstaining=labels(Choice.ABSTENTION),
        unanimous=unanimous,
    )


def _counted_text(row: Ballot, counts: Counts) -> str:
    if row.stances:
        return stances_text(row, unanimous=is_unanimous(counts))
    accepted = row.outcome is BallotOutcome.ACCEPTED
    return result_sentence(counts, Outcome.ACCEPTED if accepted else Outcome.REJECTED)


def _counted_findings(counts: Counts, row: Ballot, rules: Rules | None) -> tuple[Finding, ...]:
    if counts.total == 0:
        raise RuleBroken(
            "yes",
            "Bei 0 Ja, 0 Nein und 0 Enthaltungen hat niemand abgestimmt. Bitte geben Sie"
            " die Stimmen an.",
        )
    if counts.total > row.present - row.recused:
        raise RuleBroken(
            "yes",
            f"Es sind {counts.total} Stimmen, aber nur {row.present - row.recused}"
            " Stimmberechtigte haben mitgewirkt. Bitte prüfen Sie Stimmen und Anwesenheit.",
        )
    if rules is None:
        return ()
    return check_counts(counts, present=row.present, recused=row.recused, rules=rules)


def _ask_for(missing: int, counts: Counts, row: Ballot) -> str:
    return (
        f"Es sind {counts.total} Stimmen und Enthaltungen bei {row.present - row.recused}"
        f" Stimmberechtigten: {missing} {'fehlt' if missing == 1 else 'fehlen'}. Bitte erklären"
        " Sie die Differenz, zum Beispiel »eine Person nahm nicht teil«, oder berichtigen Sie die"
        " Zahlen."
    )


def _silent(missing: int) -> str:
    return f"Nicht abgestimmt: {missing}" if missing else ""


def _majority(counts: Counts, row: Ballot, rules: Rules | None) -> BallotOutcome:
    if row.requirement is Requirement.UNANIMOUS:
        accepted = counts.yes > 0 and counts.no == 0
    elif row.requirement is Requirement.SIMPLE and rules is None:
        accepted = counts.yes > counts.no
    elif row.requirement is Requirement.SIMPLE and rules is not None:
        accepted = simple_majority(counts, rules) is Outcome.ACCEPTED
    else:
        heads = Heads(members=row.entitled, present=row.present - row.recused)
        accepted = qualified_majority(counts, QUOTAS[row.requirement], heads).reached
    return BallotOutcome.ACCEPTED if accepted else BallotOutcome.REJECTED


def _not_accepted(counts: Counts, row: Ballot) -> str:
    told = f"Bei {counts.yes} Ja- und {counts.no} Nein-Stimmen ist der Antrag nicht angenommen"
    if row.requirement in QUOTAS:
        heads = Heads(members=row.entitled, present=row.present - row.recused)
        found = qualified_majority(counts, QUOTAS[row.requirement], heads)
        return f"{told}: Nötig sind {found.needed} Ja-Stimmen von {found.among}."
    return f"{told}."
