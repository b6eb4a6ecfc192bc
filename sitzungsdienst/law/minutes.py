"""The minutes (Niederschrift): who signs, how the body deals with them, when they are due."""

from collections.abc import Collection
from datetime import date, timedelta

from sitzungsdienst.law.tree import Approval, Latest, Recording, Rules, Signatory
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
    """Whether the minutes are approved by a vote of the body."""
    return rules.minutes.approval.value is Approval.VOTE


def approval_note(rules: Rules) -> Finding | None:
    """Tell an office that records an approval what the law knows instead; None: a vote is right.

    It never blocks: an approval the law does not ask for is without effect, not forbidden.
    """
    approval = rules.minutes.approval
    match approval.value:
        case Approval.VOTE:
            return None
        case Approval.OBJECTIONS:
            message = (
                "Das Gesetz verlangt keine Genehmigung der Niederschrift; "
                "das Gremium entscheidet nur über Einwendungen. Bitte halten Sie diese fest."
            )
        case Approval.NONE:
            message = (
                "Die Niederschrift gilt mit den Unterschriften und wird nicht genehmigt. "
                "Bitte vermerken Sie einen Einwand in der folgenden Niederschrift."
            )
        case Approval.LOCAL:
            message = (
                "Ob die Niederschrift genehmigt wird, bestimmt die Geschäftsordnung. "
                "Bitte tragen Sie die Regel bei der Körperschaft ein."
            )
    return Finding(Severity.NOTE, message, approval.norm)


def may_be_changed_after_signing(rules: Rules) -> bool:
    """Whether the body itself can still change signed minutes, by its vote or on an objection."""
    return rules.minutes.approval.value is not Approval.NONE


def check_change_after_signing(rules: Rules) -> Finding | None:
    """Say what a majority that wants signed minutes changed can have instead; None: it may."""
    if may_be_changed_after_signing(rules):
        return None
    approval = rules.minutes.approval
    message = (
        "Die unterzeichnete Niederschrift bleibt, wie sie ist, auch wenn eine Mehrheit sie ändern "
        "will. Bitte vermerken Sie den Einwand in der folgenden Niederschrift."
    )
    return Finding(approval.severity, message, approval.norm)


def minutes_due(
    meeting_day: date,
    rules: Rules,
    next_meeting: date | None = None,
    *,
    next_ordinary: date | None = None,
) -> date | None:
    """Return the day by which the minutes should exist; None where the law names none.

    Where the law also names the next meeting, that one, if it comes earlier, ends the period;
    `next_ordinary` is the next ordinary one, where it is not the next.
    """
    days = rules.minutes.due_days.value
    latest = rules.minutes.latest.value
    if latest is Latest.NEXT_ORDINARY_MEETING:
        next_meeting = next_ordinary or next_meeting
    ends = [] if days is None else [meeting_day + timedelta(days=days)]
    if latest is not Latest.NONE and next_meeting is not None:
        ends.append(next_meeting)
    return min(ends, default=None)


def recording_to_delete(
    rules: Rules, *, minutes_finished: bool, objections_decided: bool
) -> Finding | None:
    """Say that a sound recording made for the minutes is due for deletion; None: not (yet).

    `minutes_finished`: signed, and approved where that is asked for. `objections_decided`: the
    objections are decided, or there were none in time.
    """
    rule = rules.minutes.recording
    match rule.value:
        case Recording.AFTER_OBJECTIONS:
            due, since = objections_decided, "über die Einwendungen entschieden ist"
        case Recording.AFTER_MINUTES:
            due, since = minutes_finished, "die Niederschrift fertig ist"
        case Recording.LOCAL:
            return None
    if not due:
        return None
    message = f"Die Tonaufzeichnung ist zu löschen, weil {since}. Bitte löschen Sie sie."
    # Deleting is a duty beside the minutes: it stops nothing, so it is never more than a warning.
    return Finding(Severity.WARN, message, rule.norm)
