"""What the public will read of a meeting once the desk is handed over, for those who print it."""

from collections.abc import Iterable

from sitzungsdienst.gate.decision import GateClosed
from sitzungsdienst.gate.desk import Desk, public_lines
from sitzungsdienst.gate.prints import PublicView
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicConsultation,
    PublicFile,
    PublicLocation,
    PublicMeeting,
    PublicOrganization,
    PublicPaper,
)
from sitzungsdienst.record.meetings import Meeting


def public_view(desk: Desk, row: Meeting) -> PublicView:
    """The meeting's public documents as they will stand, for printing; nothing from the record.

    Committees, place and papers too are those that the public documents name: what was corrected
    in the house since is printed only once it is released.
    """
    meeting = desk.current(PublicMeeting, row.uid)
    if meeting is None:
        raise GateClosed("Die Sitzung ist noch nicht veröffentlicht.")
    desk.read_ahead(PublicOrganization, meeting.organization)
    organizations = (desk.current(PublicOrganization, uid) for uid in meeting.organization)
    items = sorted(public_lines(desk, row.uid).values(), key=lambda one: one.order)
    return PublicView(
        meeting=meeting,
        organizations=tuple(filter(None, organizations)),
        location=desk.current(PublicLocation, meeting.location) or PublicLocation(),
        items=tuple(items),
        papers=_papers(desk, items),
        known=_known_beside(desk, row),
    )


def _known_beside(desk: Desk, row: Meeting) -> frozenset[str]:
    """What the public can open of all that the minutes name beside the meeting's own items."""
    state = row.minutes
    meetings = [row.continues, row.repeats, state.approved_in if state else None]
    items = [state.approved_item] if state and state.approved_item else []
    notices = [one.notice.uid for one in row.supplements if one.notice]
    return frozenset(
        desk.known(PublicMeeting, (one.uid for one in meetings if one))
        | desk.known(PublicAgendaItem, (one.uid for one in items))
        | desk.known(PublicFile, notices)
    )


def _papers(
    desk: Desk, items: Iterable[PublicAgendaItem]
) -> dict[str, tuple[PublicConsultation, PublicPaper]]:
    steps = [uid for one in items for uid in (one.consultation, *one.further_consultation) if uid]
    desk.read_ahead(PublicConsultation, steps)
    consultations = [one for uid in steps if (one := desk.current(PublicConsultation, uid))]
    desk.read_ahead(PublicPaper, (one.paper for one in consultations))
    papers = ((one, desk.current(PublicPaper, one.paper)) for one in consultations)
    return {one.uid: (one, paper) for one, paper in papers if paper}
