"""How far the minutes have come, as the steps of their page."""

from datetime import date

from flask import url_for

from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.german import local_day, plain_date
from sitzungsdienst.law.minutes import approved_by_vote
from sitzungsdienst.record.meetings import Meeting, MeetingState
from sitzungsdienst.record.minutes import Minutes, MinutesState, ObjectionState

Step = tuple[str, str, str]


def steps(meeting: Meeting) -> list[dict[str, object]]:
    """The steps with how far each has come, for the macro `steps`."""
    row = meeting.minutes
    closed = meeting.state is MeetingState.CLOSED
    way: list[Step] = [
        (
            "Sitzung schließen",
            "geschlossen" if closed else "",
            url_for("proceedings.close", meeting_id=meeting.id),
        ),
        ("Entwurf", "erstellt" if row else "", ""),
        *(_steps(meeting, row)),
    ]
    following = next((place for place, (_, done, _) in enumerate(way) if not done), len(way))
    # Presenting may be left out, and approving too where the Land knows none.
    state = row.state if row else None
    if state is MinutesState.DRAFT:
        following = 3
    return [
        {
            "label": label,
            "state": done or "offen",
            "kind": "success" if done and done != "nicht vorgesehen" else "neutral",
            "href": href,
            "current": place == following and not done,
        }
        for place, (label, done, href) in enumerate(way)
    ]


def _steps(meeting: Meeting, row: Minutes | None) -> list[Step]:
    state = row.state if row else None
    unsigned = state in (MinutesState.DRAFT, MinutesState.PRESENTED)
    signed = state in (MinutesState.SIGNED, MinutesState.APPROVED)

    def way(endpoint: str, *, here: bool) -> str:
        return url_for(endpoint, meeting_id=meeting.id) if here else ""

    return [
        (
            "Vorlage",
            _on(row.presented_on) if row else "",
            way("minutes_way.present", here=state is MinutesState.DRAFT),
        ),
        ("Unterzeichnung", _signed(row), way("minutes_way.sign", here=unsigned)),
        (
            "Genehmigung",
            (_on(row.approved_on) if row else "") or _approval(meeting),
            way("minutes_way.approve", here=state is MinutesState.SIGNED),
        ),
        (
            "Abschluss",
            _on(row.closed_on) if row else "",
            way("minutes_way.close", here=signed and not _open(row)),
        ),
    ]


def _approval(meeting: Meeting) -> str:
    """That the law knows no approval of the minutes; "" where it does, or nothing is known."""
    rules = rules_on(meeting.body, local_day(meeting.start))
    return "" if rules is None or approved_by_vote(rules) else "nicht vorgesehen"


def _on(day: date | None) -> str:
    return f"am {plain_date(day)}" if day else ""


def _signed(row: Minutes | None) -> str:
    return _on(row.signed_on) if row else ""


def _open(row: Minutes | None) -> bool:
    return row is not None and any(one.state is ObjectionState.OPEN for one in row.objections)
