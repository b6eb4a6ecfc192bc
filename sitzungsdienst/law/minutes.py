"""The minutes (Niederschrift): who signs, how the body deals with them, when they are due."""

from collections.abc import Collection
from datetime import date, timedelta

from sitzungsdienst.law.tree import Approval, Rules, Signatory
from sitzungsdienst.law.values import Finding, Severity

SIGNATORY_NAMES = {
    Signatory.CHAIR: "Vorsitz",
    Signatory.CLERK: "Schriftführung",
    Signatory.MEMBER: "ein Mitglied",
    Signatory.TWO_MEMBERS: "zwei Mitglieder",
}


def required_signatories(rules: Rules) -> tuple[Signatory, ...]:
    """Return who must sign, in the order the law names them; nobody where local rules say."""
    return rules.minutes.sign.value or ()


def required_contents(rules: Rules) -> tuple[str, ...]:
    """Return what the minutes must hold, in German words and the order of the law."""
    return rules.minutes.contents.value


def check_signatures(signed_by: Collection[Signatory], rules: Rules) -> Finding | None:
    """Say whose signature is missing; None means that all required ones are there."""
    missing = [who for who in required_signatories(rules) if who not in signed_by]
    if not missing:
        return None
    names = " und ".join(SIGNATORY_NAMES[who] for who in missing)
    message = f"Es fehlt noch die Unterschrift: {names}. Bitte tragen Sie sie ein."
    return Finding(rules.minutes.sign.severity, message, rules.minutes.sign.norm)


def approved_by_vote(rules: Rules) -> bool:
    """Whether the Land knows an approval of the minutes by a vote of the body."""
    return rules.minutes.approval.value is Approval.VOTE


def approval_note(rules: Rules) -> Finding | None:
    """Tell an office that records an approval what the law knows instead; None: a vote is right.

    It never blocks: an approval the law does not ask for is without effect, not forbidden.
    """
    approval = rules.minutes.approval
    if approval.value is Approval.VOTE:
        return None
    if approval.value is Approval.OBJECTIONS:
        message = (
            "Das Gesetz verlangt keine Genehmigung der Niederschrift; "
            "das Gremium entscheidet nur über Einwendungen. Bitte halten Sie diese fest."
        )
    else:
        message = (
            "Die Niederschrift gilt mit den Unterschriften und wird nicht genehmigt. "
            "Bitte vermerken Sie einen Einwand in der folgenden Niederschrift."
        )
    return Finding(Severity.NOTE, message, approval.norm)


def may_be_changed_after_signing(rules: Rules) -> bool:
    """Whether the body itself can still change signed minutes, by its vote or on an objection."""
    return rules.minutes.approval.value is not Approval.NONE


def minutes_due(meeting_day: date, rules: Rules, next_meeting: date | None = None) -> date | None:
    """Return the day by which the minutes should exist; None where the law names none.

    The next meeting, if it comes earlier, ends the period.
    """
    days = rules.minutes.due_days.value
    if days is None:
        return None
    due = meeting_day + timedelta(days=days)
    return due if next_meeting is None else min(due, next_meeting)
