"""Acts on excerpts for the office: issuing them as PDF, and certifying copies by number."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks, internal_prints, public_prints
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.blobs import issue
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.numbers import next_number
from sitzungsdienst.acts.sealing import has_seal, sealed, seals
from sitzungsdienst.acts.secrecy import forget_bytes
from sitzungsdienst.acts.transaction import LARGEST_ID, Run, act
from sitzungsdienst.documents import values
from sitzungsdienst.documents.excerpt import print_excerpt
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.gate.decision import GateClosed
from sitzungsdienst.german import local_day
from sitzungsdienst.record.meetings import AgendaItem, Meeting, MeetingState
from sitzungsdienst.record.minutes import CertifiedCopy
from sitzungsdienst.record.numbers import Numbered
from sitzungsdienst.record.papers import DocumentKind

#: Certified copies are counted by the year in which they are issued.
PATTERN = "{year}/{seq}"
NAME_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFacts:
    """Who certifies a copy for whom; `full` is the version that is not for the public."""

    certified_by: str
    recipient: str = ""
    full: bool = False


def issue_excerpt(
    session: Session, actor: Actor, item_id: int, *, full: bool, now: datetime
) -> int:
    """Print an excerpt for the office and keep it; gives the document's id.

    The public version says exactly what a release would; raises RuleBroken where the gate would
    not let it out.
    """
    with act(session, actor, "issue_excerpt", now) as run:
        item = run.about(_closed_item(run, item_id))
        kind = DocumentKind.EXCERPT_FULL if full else DocumentKind.EXCERPT
        content = print_excerpt(_value(run, item, full=full))
        name = f"{_name(item, full=full)}.pdf"
        return issue(session, kind, item.meeting, content, name, run.now, item).id


@seals
def certify_excerpt(
    session: Session, actor: Actor, item_id: int, facts: CopyFacts, now: datetime
) -> int:
    """Issue a certified copy of an excerpt under the next number; gives the copy's id.

    Only what is signed can be certified: before that there is nothing the copy could agree with.
    """
    with act(session, actor, "certify_excerpt", now) as run:
        item = run.about(_closed_item(run, item_id))
        minutes = item.meeting.minutes
        if minutes is None or not minutes.signed:
            raise RuleBroken("", "Beglaubigt wird erst, wenn die Niederschrift unterzeichnet ist.")
        certified_by = checks.line(
            "certified_by",
            facts.certified_by,
            needed="Bitte geben Sie an, wer beglaubigt.",
            limit=NAME_LIMIT,
        )
        recipient = checks.line("recipient", facts.recipient, limit=NAME_LIMIT)
        day = local_day(run.now)
        value = _value(run, item, full=facts.full)
        number = _next(run, item.meeting.body_id, day)
        certified = values.Certification(number, certified_by, day, recipient)
        content = _certified(run, replace(value, certification=certified))
        name = f"Abschrift_{number.replace('/', '-')}_{_name(item, full=facts.full)}.pdf"
        kind = DocumentKind.CERTIFIED_COPY
        document = issue(session, kind, item.meeting, content, name, run.now, item)
        copy = CertifiedCopy(
            body_id=item.meeting.body_id,
            number=number,
            agenda_item_id=item.id,
            full=facts.full,
            issued_on=day,
            certified_by=certified_by,
            recipient=recipient,
            document=document,
        )
        session.add(copy)
        session.flush()
        return copy.id


def withdraw_copy(
    session: Session, actor: Actor, item_id: int, copy_id: int, now: datetime
) -> None:
    """Note that a certified copy was called in: its bytes go, its number stays used."""
    with act(session, actor, "withdraw_copy", now) as run:
        item = run.about(run.fetch(AgendaItem, item_id))
        copy = session.get(CertifiedCopy, copy_id) if copy_id <= LARGEST_ID else None
        if copy is None or copy.agenda_item_id != item.id:
            raise Unknown(f"CertifiedCopy {copy_id}")
        document = copy.document
        if document is None:
            raise RuleBroken("", "Diese Abschrift ist schon eingezogen.")
        copy.document = None
        copy.withdrawn_on = local_day(run.now)
        session.flush()
        sha512 = document.sha512
        session.delete(document)
        session.flush()
        forget_bytes(session, sha512)


def _closed_item(run: Run, item_id: int) -> AgendaItem:
    item = run.fetch(AgendaItem, item_id)
    if run.fetch(Meeting, item.meeting_id).state is not MeetingState.CLOSED:
        raise RuleBroken("", "Auszüge gibt es erst, wenn die Sitzung geschlossen ist.")
    if item.removed_at is not None:
        raise RuleBroken("", "Der Punkt steht nicht mehr auf der Tagesordnung.")
    if item.treatment is None and not item.ballots and not item.elections:
        raise RuleBroken("", "Zu diesem Punkt ist weder eine Beratung noch ein Ergebnis erfasst.")
    return item


def _value(run: Run, item: AgendaItem, *, full: bool) -> values.Excerpt:
    if full:
        return internal_prints.excerpt(item, issued_on=local_day(run.now))
    try:
        return public_prints.preview(run, item)
    except GateClosed as closed:
        raise RuleBroken("full", str(closed)) from closed


def _certified(run: Run, value: values.Excerpt) -> bytes:
    """A certified copy as it is handed out: sealed where the office has a seal."""
    if not has_seal(run.session):
        return print_excerpt(value)
    return sealed(run, print_excerpt(value, sealable=True))


def _next(run: Run, body_id: int, day: date) -> str:
    def taken(number: str) -> bool:
        wanted = select(func.count()).where(
            CertifiedCopy.body_id == body_id, CertifiedCopy.number == number
        )
        return bool(run.session.scalar(wanted))

    places = {"year": str(day.year)}
    return next_number(run, body_id, Numbered.CERTIFIED_COPY, PATTERN, places, taken)


def _name(item: AgendaItem, *, full: bool) -> str:
    row = next(one for one in agenda_rows(item.meeting.agenda) if one.item is item)
    number = row.number.replace(" ", "-")
    kind = "Auszug-intern" if full else "Auszug"
    return f"{kind}_{number}_{local_day(item.meeting.start).isoformat()}"
