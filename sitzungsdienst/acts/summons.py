"""The summons (Ladung): numbers freeze, papers are printed, the agenda goes public."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import internal_prints
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.blobs import issue
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.lawbook import enforce, rules_on
from sitzungsdienst.acts.public_prints import put_notice
from sitzungsdienst.acts.publishing import publish
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.gate import desk as gate
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.gate.decision import GateClosed
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.german import local_day
from sitzungsdienst.law.notice import check_notice, check_public_notice
from sitzungsdienst.law.values import Finding, Severity
from sitzungsdienst.record.meetings import Meeting, MeetingState, Summons
from sitzungsdienst.record.papers import DocumentKind, IssuedDocument, Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class SummonsFacts:
    """What the clerk decides with the summons.

    `paper_ids` are the papers released together with the agenda. `acknowledged` tells that the
    clerk has read the warnings about notice and summons nevertheless.
    """

    paper_ids: tuple[int, ...] = ()
    acknowledged: bool = False


def notice_findings(meeting: Meeting, now: datetime) -> tuple[Finding, ...]:
    """What the law says about summoning now: notice to members and to the public."""
    day, today = local_day(meeting.start), local_day(now)
    rules = rules_on(meeting.body, day)
    if rules is None:
        return ()
    found = (
        check_notice(today, day, rules, meeting.body.notice_days),
        check_public_notice(today, day, rules),
    )
    return tuple(one for one in found if one is not None)


def summon(
    session: Session,
    actor: Actor,
    meeting_id: int,
    version: int,
    facts: SummonsFacts,
    now: datetime,
) -> None:
    """Summon the members and release the agenda. Raises Unknown, Stale, RuleBroken."""
    with act(session, actor, "summon", now) as run:
        meeting = run.about(run.fetch(Meeting, meeting_id, version=version))
        _demand_ready(meeting)
        _demand_notice(meeting, facts, run.now)
        rows = agenda_rows(meeting.agenda)
        for row in rows:
            row.item.number = row.number
        meeting.state = MeetingState.SUMMONED
        session.flush()
        summons = Summons(
            meeting_id=meeting.id,
            issued_at=run.now,
            agenda_sent=json.dumps(
                [
                    {"number": row.number, "title": row.item.title, "part": row.item.part.value}
                    for row in rows
                ],
                ensure_ascii=False,
            ),
            document=_issue_invitation(run, meeting),
        )
        summons.notice = _release(run, meeting, facts)
        session.add(summons)


def _demand_ready(meeting: Meeting) -> None:
    if meeting.cancelled:
        raise RuleBroken("", "Die Sitzung ist abgesagt.")
    if meeting.state is not MeetingState.PLANNED:
        raise RuleBroken("", "Zu dieser Sitzung ist schon geladen.")
    if not meeting.agenda:
        raise RuleBroken("", "Die Tagesordnung ist leer. Bitte nehmen Sie zuerst Punkte auf.")


def _demand_notice(meeting: Meeting, facts: SummonsFacts, now: datetime) -> None:
    warnings = [
        one
        for one in enforce("acknowledged", notice_findings(meeting, now))
        if one.severity is Severity.WARN
    ]
    if warnings and not facts.acknowledged:
        raise RuleBroken("acknowledged", warnings[0].message, warnings[0].norm)


def _issue_invitation(run: Run, meeting: Meeting) -> IssuedDocument:
    content = print_invitation(internal_prints.invitation(meeting, issued_on=local_day(run.now)))
    name = f"Einladung_{local_day(meeting.start).isoformat()}.pdf"
    return issue(run.session, DocumentKind.INVITATION, meeting, content, name, run.now)


def _release(run: Run, meeting: Meeting, facts: SummonsFacts) -> IssuedDocument:
    """Release meeting, agenda and chosen papers, with the public notice printed from them."""
    desk = Desk(run.session)
    gate.put_meeting(desk, meeting)
    gate.put_agenda(desk, meeting)
    try:
        for paper in _chosen_papers(meeting, facts):
            gate.put_paper(desk, paper)
    except GateClosed as closed:
        raise RuleBroken("paper_ids", str(closed)) from closed
    gate.put_agenda(desk, meeting)
    document = put_notice(run, desk, meeting)
    if document is None:
        raise RuleBroken("", "Die Bekanntmachung dieser Sitzung ist schon veröffentlicht.")
    publish(run, desk, "")
    return document


def _chosen_papers(meeting: Meeting, facts: SummonsFacts) -> list[Paper]:
    papers = {step.paper.id: step.paper for item in meeting.agenda for step in item.consultations}
    if not set(facts.paper_ids) <= papers.keys():
        raise RuleBroken("paper_ids", "Bitte wählen Sie nur Vorlagen dieser Tagesordnung.")
    return [papers[one] for one in facts.paper_ids]
