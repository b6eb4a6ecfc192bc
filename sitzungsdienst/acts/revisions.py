"""What a change in the record does to the minutes: older texts are kept, a presented draft ends."""

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.minutes import MinutesState, TreatmentRevision
from sitzungsdienst.record.proceedings import Decision, Treatment

Wording = tuple[str, str, Decision | None]


def wording_of(row: Treatment) -> Wording:
    """What of a treatment is kept when it changes: deliberation, resolution, decision."""
    return row.deliberation, row.resolution_text, row.decision


def keep_revision(run: Run, row: Treatment, before: Wording) -> None:
    """Keep the text a treatment had `before`, if it has another one now and there was one at all.

    The revision says when and by whom it was replaced.
    """
    if before == wording_of(row) or before == ("", "", None):
        return
    deliberation, resolution_text, decision = before
    run.session.add(
        TreatmentRevision(
            treatment=row,
            treatment_id=row.id,
            number=len(row.revisions) + 1,
            saved_at=run.now,
            saved_by_id=run.actor.user_id,
            deliberation=deliberation,
            resolution_text=resolution_text,
            decision=decision,
        )
    )


def back_to_draft(meeting: Meeting) -> None:
    """End the presenting of a meeting's minutes, since what they tell is about to change.

    Raises RuleBroken where somebody has signed already: nobody signs what is changed afterwards.
    """
    row = meeting.minutes
    if row is None or row.signed:
        return
    if any(one.signed_on for one in row.signatures):
        raise RuleBroken(
            "",
            "Die Niederschrift ist schon zum Teil unterschrieben. Nehmen Sie zuerst die"
            " Unterschriften zurück, wenn etwas zu berichtigen ist.",
        )
    row.state = MinutesState.DRAFT
    row.presented_on = None
