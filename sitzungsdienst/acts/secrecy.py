"""Forgetting who voted how, once a ballot turns out to be secret: everywhere at once.

The rows go with the ballot's own change; here go the words that name somebody, and the prints that
were made while names stood there. What the public can read is not changed behind anybody's back:
the act refuses until it is taken back, which erases it there.
"""

import re

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts.ballot_facts import BallotFacts
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.minutes import print_issue
from sitzungsdienst.acts.presence import memberships_on_day
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.publication.types import PublicAgendaItem, PublicMeeting
from sitzungsdienst.record.base import Base
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.minutes import CertifiedCopy
from sitzungsdienst.record.papers import Blob, DocumentKind, IssuedDocument
from sitzungsdienst.record.proceedings import Ballot

#: Prints that tell of all votes of a meeting, and those that tell of one item's.
OF_THE_MEETING = (DocumentKind.MINUTES_FULL, DocumentKind.MINUTES_PUBLIC)
OF_THE_ITEM = (DocumentKind.EXCERPT, DocumentKind.EXCERPT_FULL)


def tells_names(row: Ballot) -> bool:
    """Whether a recorded ballot says how somebody voted, in rows or in its words."""
    told = f"{row.result_text} {row.difference}"
    return bool(row.votes or row.stances or _named(row.agenda_item.meeting, told))


def refuse_names(meeting: Meeting, facts: BallotFacts) -> None:
    """Refuse words about a secret ballot that name a member."""
    for field, told in (("result_text", facts.result_text), ("difference", facts.difference)):
        name = _named(meeting, told)
        if name:
            raise RuleBroken(
                field,
                f"Bei geheimer Abstimmung wird niemand genannt. Bitte streichen Sie »{name}«.",
            )


def _named(meeting: Meeting, told: str) -> str:
    """The name of a member or attendant that stands in the words, or ""."""
    persons = [one.person for one in meeting.attendances]
    persons += [one.person for one in memberships_on_day(meeting)]
    words = " ".join(told.split())
    for name in sorted({one.family_name for one in persons}):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words):
            return name
    return ""


def forget_prints(run: Run, item: AgendaItem) -> None:
    """Remove the prints in which names stood, with their bytes; the draft is printed anew.

    Raises RuleBroken where the public can read them, or a certified copy was handed out.
    """
    meeting = item.meeting
    _refuse_public(run.session, item)
    copies = run.session.scalar(
        select(func.count())
        .select_from(CertifiedCopy)
        .where(CertifiedCopy.agenda_item_id == item.id, CertifiedCopy.document_id.is_not(None))
    )
    if copies:
        raise RuleBroken(
            "kind",
            "Von diesem Punkt ist eine beglaubigte Abschrift ausgestellt, die sagt, wer wie"
            " gestimmt hat. Ziehen Sie sie ein und vermerken Sie das unter »Auszüge und"
            " Abschriften«; dann stellen Sie die Abstimmung auf »geheim« um.",
        )
    run.session.flush()
    of_meeting = IssuedDocument.kind.in_(OF_THE_MEETING)
    of_item = IssuedDocument.kind.in_(OF_THE_ITEM) & (IssuedDocument.agenda_item_id == item.id)
    rows = run.session.scalars(
        select(IssuedDocument).where(IssuedDocument.meeting_id == meeting.id, of_meeting | of_item)
    ).all()
    hashes = {one.sha512 for one in rows}
    for one in rows:
        run.session.delete(one)
    run.session.flush()
    for sha512 in hashes:
        forget_bytes(run.session, sha512)
    if rows and meeting.minutes is not None:
        print_issue(run, meeting.minutes)


def forget_bytes(session: Session, sha512: str) -> None:
    """Delete stored bytes unless some row still points to them."""
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name != Blob.__tablename__:
                continue
            found = select(func.count()).select_from(table).where(key.parent == sha512)
            if session.scalar(found):
                return
    kept = session.get(Blob, sha512)
    if kept is not None:
        session.expunge(kept)
    session.execute(delete(Blob).where(Blob.sha512 == sha512))


def _refuse_public(session: Session, item: AgendaItem) -> None:
    desk = Desk(session)
    shown = desk.current(PublicAgendaItem, item.uid)
    if shown is not None and (shown.ballots or shown.released_on):
        raise RuleBroken(
            "kind",
            "Der Auszug zu diesem Punkt ist veröffentlicht und sagt, wie abgestimmt wurde. Nehmen"
            " Sie ihn zuerst unter »Freigabe« zurück; er wird dort gelöscht. Danach stellen Sie"
            " die Abstimmung um und geben den Auszug neu frei.",
        )
    filed = desk.current(PublicMeeting, item.meeting.uid)
    if filed is not None and filed.results_protocol:
        raise RuleBroken(
            "kind",
            "Die öffentliche Niederschrift nennt diese Abstimmung. Nehmen Sie sie zuerst unter"
            " »Freigabe« zurück.",
        )
