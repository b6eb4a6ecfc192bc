"""A small town's public documents, and the steps that tests take with them."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from sitzungsdienst.database import WRITES
from sitzungsdienst.publication import ledger, tables
from sitzungsdienst.publication.ledger import Receipt, Release
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicBody,
    PublicConsultation,
    PublicDocument,
    PublicFile,
    PublicLegislativeTerm,
    PublicLocation,
    PublicMeeting,
    PublicMembership,
    PublicOrganization,
    PublicPaper,
    PublicPerson,
)

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
INVITATION_BYTES = b"%PDF-1.7 Einladung"
PAPER_BYTES = b"%PDF-1.7 Vorlage"


def uid(name: str) -> str:
    """A fixed UUID for a name."""
    return str(uuid5(NAMESPACE_URL, name))


def sha512(content: bytes) -> str:
    return hashlib.sha512(content).hexdigest()


BLOBS = {sha512(content): content for content in (INVITATION_BYTES, PAPER_BYTES)}

BODY = PublicBody(uid=uid("body"), name="Stadt Musterau", ags="01234567")
TERM = PublicLegislativeTerm(
    uid=uid("term"), body=BODY.uid, name="VIII", start_date=date(2024, 7, 1)
)
COMMITTEE = PublicOrganization(
    uid=uid("committee"),
    body=BODY.uid,
    name="Bauausschuss",
    organization_type="Gremium",
    classification="Ausschuss",
)
PERSON = PublicPerson(
    uid=uid("person"), body=BODY.uid, name="Änne Öhm", family_name="Öhm", given_name="Änne"
)
MEMBERSHIP = PublicMembership(
    uid=uid("membership"),
    body=BODY.uid,
    person=PERSON.uid,
    organization=COMMITTEE.uid,
    role="Mitglied",
    voting_right=True,
    start_date=date(2024, 7, 1),
)
LOCATION = PublicLocation(uid=uid("location"), body=BODY.uid, description="Rathaus", room="Saal 1")
MEETING = PublicMeeting(
    uid=uid("meeting"),
    body=BODY.uid,
    name="5. Sitzung des Bauausschusses",
    meeting_state="eingeladen",
    start=datetime(2026, 3, 10, 16, 0, tzinfo=UTC),
    location=LOCATION.uid,
    organization=(COMMITTEE.uid,),
    invitation=uid("invitation"),
    publicity="öffentlich/nichtöffentlich",
)
INVITATION = PublicFile(
    uid=uid("invitation"),
    body=BODY.uid,
    name="Einladung",
    file_name="Einladung.pdf",
    mime_type="application/pdf",
    dated=date(2026, 3, 2),
    size=len(INVITATION_BYTES),
    sha512_checksum=sha512(INVITATION_BYTES),
    meeting=(MEETING.uid,),
)
PAPER = PublicPaper(
    uid=uid("paper"),
    body=BODY.uid,
    name="Neubau der Brücke <am Anger> & Umfeld",
    reference="2026/0042",
    dated=date(2026, 2, 20),
    paper_type="Beschlussvorlage",
    main_file=uid("paper file"),
    originator_organization=(COMMITTEE.uid,),
)
PAPER_FILE = PublicFile(
    uid=uid("paper file"),
    body=BODY.uid,
    name="Vorlage 2026/0042",
    file_name="Vorlage 2026-0042 für Öhm.pdf",
    mime_type="application/pdf",
    dated=date(2026, 2, 20),
    size=len(PAPER_BYTES),
    sha512_checksum=sha512(PAPER_BYTES),
    paper=(PAPER.uid,),
)
FIRST = PublicAgendaItem(
    uid=uid("item 1"),
    body=BODY.uid,
    meeting=MEETING.uid,
    order=0,
    number="Ö 1",
    name="Eröffnung",
    public=True,
)
SECOND = PublicAgendaItem(
    uid=uid("item 2"),
    body=BODY.uid,
    meeting=MEETING.uid,
    order=1,
    number="Ö 2",
    name="Brücke",
    public=True,
    consultation=uid("consultation"),
)
CLOSED = PublicAgendaItem(
    uid=uid("item 3"), body=BODY.uid, meeting=MEETING.uid, order=2, number="N 1", name="Grundstück"
)
CONSULTATION = PublicConsultation(
    uid=uid("consultation"),
    body=BODY.uid,
    paper=PAPER.uid,
    agenda_item=SECOND.uid,
    meeting=MEETING.uid,
    organization=(COMMITTEE.uid,),
    authoritative=True,
    role="Entscheidung",
)

TOWN: tuple[PublicDocument, ...] = (
    BODY,
    TERM,
    COMMITTEE,
    PERSON,
    MEMBERSHIP,
    LOCATION,
    MEETING,
    INVITATION,
    PAPER,
    PAPER_FILE,
    FIRST,
    SECOND,
    CLOSED,
    CONSULTATION,
)


def release(minutes: int = 0, reason: str = "Einladung versandt") -> Release:
    """A release some minutes after noon."""
    return Release(
        uid=uid(f"release {minutes}"),
        act="summons",
        actor=uid("clerk"),
        reason=reason,
        at=NOON + timedelta(minutes=minutes),
    )


def file(
    engine: Engine,
    *documents: PublicDocument,
    minutes: int = 0,
    blobs: dict[str, bytes] | None = None,
) -> tuple[Receipt, ...]:
    """File in a transaction of its own; the whole town if no documents are given."""
    known = BLOBS if blobs is None else blobs
    with writing(engine) as session:
        return ledger.file(session, release(minutes), documents or TOWN, known)


def withdraw(engine: Engine, *uids: str, minutes: int = 0) -> tuple[Receipt, ...]:
    """Withdraw in a transaction of its own."""
    with writing(engine) as session:
        return ledger.withdraw(session, release(minutes, "Versehen"), uids)


def changed(receipts: Sequence[Receipt]) -> set[str]:
    """The uids that were changed."""
    return {receipt.uid for receipt in receipts if receipt.changed}


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session whose transaction writes and is committed at the end."""
    with Session(engine) as session, session.begin():
        session.connection(execution_options={WRITES: True})
        yield session


def modified(engine: Engine) -> dict[str, datetime]:
    with engine.connect() as connection:
        rows = connection.execute(select(tables.object_.c.uid, tables.object_.c.modified))
        return {row.uid: row.modified for row in rows}


def raised(engine: Engine, at: datetime) -> set[str]:
    return {name for name, moment in modified(engine).items() if moment == at}


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        counted = select(func.count()).select_from(tables.metadata.tables[table])
        return connection.execute(counted).scalar_one()
