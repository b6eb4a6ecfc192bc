"""Forgetting who voted how, once a ballot turns out to be secret: everywhere at once.

The rows go with the ballot's own change; here go the words that name somebody, and the prints that
were made while names stood there. They go as soon as a ballot names nobody any more, for it may
turn out to be secret later, or give way to one that is. What the public can read is not changed
behind anybody's back: the act refuses until it is taken back, which erases it there.
"""

import re
import unicodedata

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, object_session

from sitzungsdienst.acts.ballot_facts import BallotFacts
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.file_texts import forget_text
from sitzungsdienst.acts.minutes import print_issue
from sitzungsdienst.acts.presence import memberships_on_day
from sitzungsdienst.acts.printed import books_with
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.german import local_day
from sitzungsdienst.publication.types import PublicAgendaItem, PublicMeeting
from sitzungsdienst.record.base import Base
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.file_texts import FileText
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.minutes import CertifiedCopy
from sitzungsdienst.record.papers import Blob, DocumentKind, IssuedDocument
from sitzungsdienst.record.proceedings import Ballot

#: Prints that tell of all votes of a meeting, and those that tell of one item's.
OF_THE_MEETING = (DocumentKind.MINUTES_FULL, DocumentKind.MINUTES_PUBLIC)
OF_THE_ITEM = (DocumentKind.EXCERPT, DocumentKind.EXCERPT_FULL)

#: Words that turn a name beside them into how somebody voted.
VOTING = re.compile(
    r"\b(?:stimm\w*|gegenstimm\w*|enthalt\w*|enthielt\w*|(?:da)?gegen|dafür|ja|nein)\b",
    re.IGNORECASE,
)
#: What says of a name only that it is a group's, and what may stand before it.
GROUP_WORD = re.compile(r"-?\b(?:Fraktion|Gruppe)\b-?", re.IGNORECASE)
ARTICLE = re.compile(r"^(?:der|die|das)\b\s*", re.IGNORECASE)


def tells_names(row: Ballot) -> bool:
    """Whether a recorded ballot says how somebody voted, in rows or in its words."""
    if row.votes or row.stances:
        return True
    return _naming(row.agenda_item.meeting, row) is not None


def refuse_names(meeting: Meeting, facts: BallotFacts) -> None:
    """Refuse words about a secret ballot that name a member or a group."""
    found = _naming(meeting, facts)
    if found is not None:
        field, name = found
        raise RuleBroken(
            field,
            f"Bei geheimer Abstimmung wird niemand genannt. Bitte streichen Sie »{name}«.",
        )


def _naming(meeting: Meeting, told: Ballot | BallotFacts) -> tuple[str, str] | None:
    """The field of a ballot that says how somebody voted, and the name as it stands there.

    The subject may name whom the vote is about or who moved it: there a name tells how somebody
    voted only beside a word of voting.
    """
    words = {"result_text": told.result_text, "difference": told.difference}
    if VOTING.search(told.subject):
        words["subject"] = told.subject
    # An empty text names nobody, and the names need not be asked for.
    texts = {field: _composed(text) for field, text in words.items() if text.strip()}
    patterns = _patterns(meeting) if texts else []
    for field, text in texts.items():
        for pattern in patterns:
            if found := re.search(pattern, text):
                return field, found.group()
    return None


def _patterns(meeting: Meeting) -> list[str]:
    """How members and attendants, then the groups of the Body, are named; whole names first."""
    persons = [one.person for one in meeting.attendances]
    persons += [one.person for one in memberships_on_day(meeting)]
    names = sorted({one.family_name for one in persons})
    session = object_session(meeting)
    if session is not None:
        query = select(Organization.name, Organization.short_name).where(
            Organization.body_id == meeting.body_id, Organization.kind == OrganizationKind.GROUP
        )
        with session.no_autoflush:
            groups = {part for row in session.execute(query) for one in row for part in _parts(one)}
        names += sorted(groups, key=lambda one: (-len(one), one))
    return [_pattern(one) for one in names if one.strip()]


def _parts(name: str) -> set[str]:
    """A group's name, and what is left of it in "gegen CDU und Grüne"."""
    core = GROUP_WORD.sub(" ", name)
    parts = {ARTICLE.sub("", one.strip(" -")) for one in (core, *core.split("/"))}
    return {name} | {one for one in parts if len(one) > 1}


def _pattern(name: str) -> str:
    """The name as whole words in every case: "Meiers", "Fritz'", "der Freien Wähler"."""
    words = (
        re.escape(one) + "[nrs]?" if one.endswith("e") else re.escape(one)
        for one in _composed(name).split()
    )
    return rf"(?<!\w){' '.join(words)}(?:['’]?s|n|['’])?(?!\w)"


def _composed(text: str) -> str:
    """Text to be compared: however its umlauts were typed, and with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def forget_prints(run: Run, item: AgendaItem) -> None:
    """Remove the prints in which names stood, with their bytes; the draft is printed anew.

    Of an issued book of resolutions the entry stays, and says that its bytes are gone.
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
            " Abschriften«; dann ändern Sie die Abstimmung.",
        )
    run.session.flush()
    of_meeting = IssuedDocument.kind.in_(OF_THE_MEETING)
    of_item = IssuedDocument.kind.in_(OF_THE_ITEM) & (IssuedDocument.agenda_item_id == item.id)
    books = books_with(run.session, item)
    rows = run.session.scalars(
        select(IssuedDocument).where(IssuedDocument.meeting_id == meeting.id, of_meeting | of_item)
    ).all()
    hashes = {one.sha512 for one in rows} | {one.sha512 for one in books if one.sha512}
    for one in rows:
        run.session.delete(one)
    for book in books:
        book.blob, book.forgotten_on = None, local_day(run.now)
    run.session.flush()
    for sha512 in hashes:
        forget_bytes(run.session, sha512)
    if rows and meeting.minutes is not None:
        print_issue(run, meeting.minutes)


def forget_bytes(session: Session, sha512: str) -> None:
    """Delete stored bytes, and the words read from them, unless some row still points to them."""
    for table in Base.metadata.tables.values():
        if table.name == FileText.__tablename__:
            continue  # goes with the bytes
        for key in table.foreign_keys:
            if key.column.table.name != Blob.__tablename__:
                continue
            found = select(func.count()).select_from(table).where(key.parent == sha512)
            if session.scalar(found):
                return
    kept = session.get(Blob, sha512)
    if kept is not None:
        session.expunge(kept)
    forget_text(session, sha512)
    session.execute(delete(Blob).where(Blob.sha512 == sha512))


def _refuse_public(session: Session, item: AgendaItem) -> None:
    desk = Desk(session)
    shown = desk.current(PublicAgendaItem, item.uid)
    if shown is not None and (shown.ballots or shown.released_on):
        raise RuleBroken(
            "kind",
            "Der Auszug zu diesem Punkt ist veröffentlicht und sagt, wie abgestimmt wurde. Nehmen"
            " Sie ihn zuerst unter »Freigabe« zurück; er wird dort gelöscht. Danach ändern Sie"
            " die Abstimmung und geben den Auszug neu frei.",
        )
    filed = desk.current(PublicMeeting, item.meeting.uid)
    if filed is not None and filed.results_protocol:
        raise RuleBroken(
            "kind",
            "Die öffentliche Niederschrift nennt diese Abstimmung. Nehmen Sie sie zuerst unter"
            " »Freigabe« zurück.",
        )
