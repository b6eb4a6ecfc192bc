"""The summons (Ladung): numbers freeze, papers are printed, the agenda goes public."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import internal_prints
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.blobs import issue
from sitzungsdienst.acts.clearance import demand_cleared
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.lawbook import enforce, rules_on
from sitzungsdienst.acts.public_prints import put_notice
from sitzungsdienst.acts.publishing import publish
from sitzungsdienst.acts.sealing import seals
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.gate import desk as gate
from sitzungsdienst.gate.agenda import AgendaRow, agenda_rows
from sitzungsdienst.gate.decision import GateClosed
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.german import local_day, plain_date
from sitzungsdienst.law.notice import check_notice, check_public_notice
from sitzungsdienst.law.values import Finding, Severity
from sitzungsdienst.record.meetings import ItemKind, Meeting, MeetingKind, MeetingState, Summons
from sitzungsdienst.record.papers import DocumentKind, IssuedDocument, Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class SummonsFacts:
    """What the clerk decides with the summons.

    `paper_ids` are the papers released together with the agenda. `received_on` and `announced_on`
    are the days of receipt and of the public announcement; None: today, or unknown where the
    meeting is over. `urgent` asks for the
    shorter period of urgent cases. `second_with_hint` puts the hint into a second summons that no
    quorum is needed. `acknowledged` tells that the clerk has read the warnings about notice and
    summons nevertheless.
    """

    paper_ids: tuple[int, ...] = ()
    received_on: date | None = None
    announced_on: date | None = None
    urgent: bool = False
    second_with_hint: bool = False
    acknowledged: bool = False


def notice_findings(
    meeting: Meeting, now: datetime, facts: SummonsFacts | None = None
) -> tuple[Finding, ...]:
    """What the law says about summoning now: notice to members and to the public."""
    told = facts or SummonsFacts()
    day, today = local_day(meeting.start), local_day(now)
    rules = rules_on(meeting.body, day)
    if rules is None:
        return ()
    first = meeting.kind is MeetingKind.CONSTITUENT
    found = (
        check_notice(
            told.received_on or today,
            day,
            rules,
            urgent=told.urgent,
            first_meeting=first,
        ),
        check_public_notice(told.announced_on or today, day, rules),
    )
    return tuple(one for one in found if one is not None)


@seals
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
        _demand_days(meeting, facts)
        _demand_notice(meeting, facts, run.now)
        rows = agenda_rows(meeting.agenda)
        for paper in dict.fromkeys(s.paper for row in rows for s in row.item.consultations):
            # It may have lost its clearance since it was put on the agenda.
            demand_cleared(session, paper, "")
        for row in rows:
            row.item.number = row.number
        meeting.state = MeetingState.SUMMONED
        session.flush()
        # Of a meeting that is entered afterwards only the office knows the days, or nobody.
        today = local_day(run.now) if run.now <= meeting.start else None
        summons = Summons(
            meeting_id=meeting.id,
            issued_at=run.now,
            received_on=facts.received_on or today,
            announced_on=facts.announced_on or today,
            urgent=facts.urgent,
            second_with_hint=facts.second_with_hint,
            agenda_sent=as_sent(rows),
            document=_issue_invitation(run, meeting, facts),
        )
        summons.notice = _release(run, meeting, facts)
        session.add(summons)


def as_sent(rows: Iterable[AgendaRow]) -> str:
    """An agenda as it is sent, as text that is kept: a JSON list of number, title and part."""
    lines = [
        {"number": row.number, "title": row.item.title, "part": row.item.part.value} for row in rows
    ]
    return json.dumps(lines, ensure_ascii=False)


def second_hint(meeting: Meeting) -> str:
    """The hint of a second summons as the invitation says it; "" where the law knows none."""
    earlier = meeting.repeats
    rules = rules_on(meeting.body, local_day(meeting.start))
    if earlier is None or rules is None or not rules.quorum.second_summons.value:
        return ""
    again = [
        row.number
        for row in agenda_rows(meeting.agenda)
        if row.item.taken_over_from and row.item.kind is ItemKind.ITEM
    ]
    if not again:
        return ""
    minimum = rules.quorum.second_minimum.value
    if minimum:
        needed = f"wenn mindestens {minimum} stimmberechtigte Mitglieder anwesend sind"
    else:
        needed = "ohne Rücksicht auf die Zahl der Anwesenden"
    return (
        f"Hinweis: In der Sitzung am {plain_date(earlier.start)} war das Gremium nicht"
        f" beschlussfähig. Zu den damals nicht behandelten Gegenständen ({', '.join(again)}) wird"
        f" hiermit zum zweiten Mal geladen. Bei ihnen ist das Gremium beschlussfähig, {needed}"
        f" ({rules.quorum.second_summons.norm})."
    )


def _demand_ready(meeting: Meeting) -> None:
    if meeting.cancelled:
        raise RuleBroken("", "Die Sitzung ist abgesagt.")
    if meeting.state is not MeetingState.PLANNED:
        raise RuleBroken("", "Zu dieser Sitzung ist schon geladen.")
    if not meeting.agenda:
        raise RuleBroken("", "Die Tagesordnung ist leer. Bitte nehmen Sie zuerst Punkte auf.")


def _demand_days(meeting: Meeting, facts: SummonsFacts) -> None:
    day = local_day(meeting.start)
    for field, given in (("received_on", facts.received_on), ("announced_on", facts.announced_on)):
        if given is not None and given > day:
            raise RuleBroken(field, "Dieser Tag liegt nach der Sitzung. Bitte prüfen Sie ihn.")
    if facts.second_with_hint and not second_hint(meeting):
        raise RuleBroken(
            "second_with_hint",
            "Den Hinweis gibt es nur in einer zweiten Ladung zu übernommenen Punkten.",
        )


def _demand_notice(meeting: Meeting, facts: SummonsFacts, now: datetime) -> None:
    warnings = [
        one
        for one in enforce("acknowledged", notice_findings(meeting, now, facts))
        if one.severity is Severity.WARN
    ]
    if warnings and not facts.acknowledged:
        raise RuleBroken("acknowledged", warnings[0].message, warnings[0].norm)


def _issue_invitation(run: Run, meeting: Meeting, facts: SummonsFacts) -> IssuedDocument:
    content = print_invitation(
        replace(
            internal_prints.invitation(meeting, issued_on=local_day(run.now)),
            remark=second_hint(meeting) if facts.second_with_hint else "",
        )
    )
    name = f"Einladung_{local_day(meeting.start).isoformat()}.pdf"
    return issue(run.session, DocumentKind.INVITATION, meeting, content, name, run.now)


def _release(run: Run, meeting: Meeting, facts: SummonsFacts) -> IssuedDocument:
    """Release meeting, agenda and chosen papers, with the public notice printed from them."""
    desk = Desk(run.session)
    gate.put_meeting(desk, meeting)
    gate.put_agenda(desk, meeting)
    try:
        for paper in chosen_papers(meeting, facts.paper_ids):
            gate.put_paper(desk, paper)
    except GateClosed as closed:
        raise RuleBroken("paper_ids", str(closed)) from closed
    gate.put_agenda(desk, meeting)
    document = put_notice(run, desk, meeting)
    if document is None:
        raise RuleBroken("", "Die Bekanntmachung dieser Sitzung ist schon veröffentlicht.")
    publish(run, desk, "")
    return document


def chosen_papers(meeting: Meeting, paper_ids: tuple[int, ...]) -> list[Paper]:
    """The papers of the agenda that go out with it. Raises RuleBroken at "paper_ids"."""
    papers = {step.paper.id: step.paper for item in meeting.agenda for step in item.consultations}
    if not set(paper_ids) <= papers.keys():
        raise RuleBroken("paper_ids", "Bitte wählen Sie nur Vorlagen dieser Tagesordnung.")
    return [papers[one] for one in paper_ids]
