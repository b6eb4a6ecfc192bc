"""The supplement (Nachtrag): what came after the summons gets its numbers and goes out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks, internal_prints
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.blobs import issue
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.acts.publishing import publish
from sitzungsdienst.acts.sealing import seals
from sitzungsdienst.acts.summons import as_sent, chosen_papers
from sitzungsdienst.acts.supplement_notices import heading, put_supplement_notice
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.documents.values import AgendaLine
from sitzungsdienst.gate import desk as gate
from sitzungsdienst.gate.agenda import AgendaRow, agenda_rows
from sitzungsdienst.gate.decision import GateClosed
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.gate.sentences import supplement_number
from sitzungsdienst.german import local_day
from sitzungsdienst.law.notice import check_public_notice, last_summons_day, notice_days
from sitzungsdienst.law.values import Finding, Severity
from sitzungsdienst.publication.types import PublicAgendaItem, PublicMeeting
from sitzungsdienst.record.changes import Supplement
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingState
from sitzungsdienst.record.papers import DocumentKind, IssuedDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementFacts:
    """What the clerk decides with a supplement.

    `reason` is told to members, never to the public; `paper_ids` are the papers released with it;
    `acknowledged` tells that the warnings about notice were read.
    """

    reason: str = ""
    paper_ids: tuple[int, ...] = ()
    acknowledged: bool = False


def supplement_findings(meeting: Meeting, now: datetime) -> tuple[Finding, ...]:
    """What the law says about a supplement now; it warns, since the room may extend the agenda."""
    day, today = local_day(meeting.start), local_day(now)
    rules = rules_on(meeting.body, day)
    if rules is None:
        return ()
    found = []
    days = notice_days(rules)
    if days is not None and today > last_summons_day(day, days):
        message = (
            "Der Nachtrag geht nach Ablauf der Ladungsfrist zu. Über die neuen Punkte kann nur"
            " beschlossen werden, wenn die Sitzung ihre Tagesordnung dazu erweitert."
        )
        found.append(Finding(Severity.WARN, message, rules.agenda.extension.norm))
    late = check_public_notice(today, day, rules)
    if late is not None:
        found.append(replace(late, severity=Severity.WARN))
    return tuple(found)


@seals
def issue_supplement(
    session: Session,
    actor: Actor,
    meeting_id: int,
    version: int,
    facts: SupplementFacts,
    now: datetime,
) -> None:
    """Number what waits, print the supplement and release its public part.

    Numbers given before are not touched. Raises Unknown, Stale, RuleBroken.
    """
    with act(session, actor, "issue_supplement", now) as run:
        meeting = run.about(run.fetch(Meeting, meeting_id, version=version))
        reason = checks.text("reason", facts.reason, limit=1000)
        new = _ready(meeting)
        findings = supplement_findings(meeting, run.now)
        if findings and not facts.acknowledged:
            raise RuleBroken("acknowledged", findings[0].message, findings[0].norm)
        number = len(meeting.supplements) + 1
        for row in agenda_rows([*meeting.agenda, *new]):
            if row.item in new:
                row.item.number, row.item.supplement_number = row.number, number
        session.flush()
        rows = agenda_rows(meeting.agenda)
        added = [row for row in rows if row.item in new]
        supplement = Supplement(
            meeting_id=meeting.id,
            number=number,
            issued_at=run.now,
            reason=reason,
            agenda_sent=as_sent(rows),
            document=_issue_for_members(run, meeting, number, added, reason),
        )
        items = [one.item for one in added]
        supplement.notice = _release(run, meeting, supplement, items, facts)
        session.add(supplement)


def _ready(meeting: Meeting) -> list[AgendaItem]:
    if meeting.cancelled:
        raise RuleBroken("", "Die Sitzung ist abgesagt.")
    if meeting.state is not MeetingState.SUMMONED:
        raise RuleBroken("", "Einen Nachtrag gibt es nur zwischen der Ladung und dem Ende.")
    new = list(meeting.drafts)
    if not new:
        raise RuleBroken("", "Es wartet kein neuer Punkt. Nehmen Sie zuerst Punkte auf.")
    return new


def _file_name(meeting: Meeting, number: int, word: str) -> str:
    return f"{word}_{number}_{local_day(meeting.start).isoformat()}.pdf"


def _issue_for_members(
    run: Run, meeting: Meeting, number: int, added: Sequence[AgendaRow], reason: str
) -> IssuedDocument:
    whole = internal_prints.invitation(meeting, issued_on=local_day(run.now))
    numbers = {one.number for one in added}

    def new(lines: Sequence[AgendaLine]) -> tuple[AgendaLine, ...]:
        return tuple(one for one in lines if one.number in numbers)

    content = print_invitation(
        replace(
            whole,
            heading=heading(number),
            remark=f"Begründung: {reason}" if reason else "",
            public_agenda=new(whole.public_agenda),
            nonpublic_agenda=new(whole.nonpublic_agenda),
        )
    )
    name = _file_name(meeting, number, "Nachtrag")
    return issue(run.session, DocumentKind.SUPPLEMENT, meeting, content, name, run.now)


def _release(
    run: Run, meeting: Meeting, row: Supplement, new: list[AgendaItem], facts: SupplementFacts
) -> IssuedDocument | None:
    """Release what is new and nothing else: a correction of older items waits for its own release.

    Gives the public notice; None where the public reads nothing of it.
    """
    desk = Desk(run.session)
    if desk.current(PublicMeeting, meeting.uid) is None:
        return None  # the meeting was withdrawn, and comes back only by an announcement
    gate.put_meeting(desk, meeting)
    gate.put_items(desk, meeting, new)
    try:
        for paper in chosen_papers(meeting, facts.paper_ids):
            gate.put_paper(desk, paper)
    except GateClosed as closed:
        raise RuleBroken("paper_ids", str(closed)) from closed
    gate.put_items(desk, meeting, new)
    _order_anew(desk, meeting)
    notice = put_supplement_notice(run, desk, meeting, row)
    if desk.differs():
        # The reason is public: one of hidden items alone does not count, and is not named.
        number = supplement_number(meeting, row.number)
        publish(run, desk, heading(number) if notice else "Ergänzung")
    return notice


def _order_anew(desk: Desk, meeting: Meeting) -> None:
    """Let the public lines stand in their order, the older ones with the words they have."""
    order = 0
    for row in agenda_rows(meeting.agenda):
        public = desk.current(PublicAgendaItem, row.item.uid)
        if public is not None:
            desk.put(replace(public, order=order))
            order += 1
