"""When something may be recorded in a meeting at all, and holding it until the act ends."""

from datetime import datetime

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.revisions import back_to_draft
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.record.meetings import AgendaItem, ItemKind, Meeting, MeetingState


def hold_meeting(run: Run, item: AgendaItem) -> Meeting:
    """The item's meeting, held until the act ends: nobody signs its minutes in between.

    Raises RuleBroken for a heading: nothing is said or decided on it, only on what stands below.
    """
    if item.kind is ItemKind.HEADING:
        raise RuleBroken("", "Eine Überschrift wird nicht behandelt; wählen Sie ihre Punkte.")
    return run.fetch(Meeting, item.meeting_id)


def demand_in_session(meeting: Meeting) -> None:
    """Only between the summons and the signing of the minutes is there something to record."""
    if meeting.state is MeetingState.PLANNED:
        raise RuleBroken("", "Zu dieser Sitzung ist noch nicht geladen.")
    if meeting.cancelled:
        raise RuleBroken("", "Die Sitzung ist abgesagt.")
    demand_unsigned(meeting)


def demand_unsigned(meeting: Meeting) -> None:
    """What is signed is not changed any more."""
    if meeting.minutes and meeting.minutes.signed:
        raise RuleBroken(
            "",
            "Die Niederschrift ist unterzeichnet. Nehmen Sie zuerst die Unterzeichnung zurück,"
            " wenn etwas zu berichtigen ist.",
        )


def open_for_recording(meeting: Meeting) -> None:
    """Demand that something may be recorded; minutes that were presented are a draft again."""
    demand_in_session(meeting)
    back_to_draft(meeting)


def demand_within(meeting: Meeting, **moments: datetime | None) -> None:
    """Refuse a moment that lies outside the meeting, at the field it is named after."""
    for field, at in moments.items():
        if at is not None and (
            at < meeting.start or (meeting.end is not None and at > meeting.end)
        ):
            raise RuleBroken(
                field, "Die Uhrzeit liegt außerhalb der Sitzung. Bitte prüfen Sie sie."
            )
