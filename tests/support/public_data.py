"""A county's released documents: one meeting with its excerpts, one to come, one cancelled.

The facts of the excerpt Ö 5.1 are those of a real public page, told in our own words; the members
are invented.
"""

import hashlib
import io
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, uuid5

from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from sitzungsdienst.database import WRITES
from sitzungsdienst.publication import ledger
from sitzungsdienst.publication.ledger import Release
from sitzungsdienst.publication.results import PublicBallot
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

NOW = datetime(2017, 5, 10, 9, 0, tzinfo=UTC)
SUMMONED = datetime(2017, 4, 5, 8, 0, tzinfo=UTC)
RELEASED = datetime(2017, 5, 2, 8, 0, tzinfo=UTC)


def uid(name: str) -> str:
    """A fixed UUID for a name."""
    return str(uuid5(NAMESPACE_URL, f"boerde/{name}"))


def pdf(text: str) -> bytes:
    """A small PDF, the same bytes for the same text."""
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.setTitle(text)
    canvas.drawString(72, 720, text)
    canvas.save()
    return stream.getvalue()


@dataclass(frozen=True)
class StoredFile:
    """A file's document with its bytes."""

    document: PublicFile
    content: bytes


def stored(name: str, file_name: str, **shown: tuple[str, ...]) -> StoredFile:
    """A released PDF that says its own name."""
    content = pdf(name)
    document = PublicFile(
        uid=uid(file_name),
        body=BODY.uid,
        name=name,
        file_name=file_name,
        mime_type="application/pdf",
        dated=date(2017, 4, 5),
        size=len(content),
        sha512_checksum=hashlib.sha512(content).hexdigest(),
        **shown,
    )
    return StoredFile(document, content)


BODY = PublicBody(
    uid=uid("body"),
    name="Landkreis Börde",
    short_name="LK Börde",
    classification="Landkreis",
    website="https://www.example.de/boerde",
    contact_email="kreistagsbuero@example.de",
    contact_name="Büro des Kreistages",
    land="ST",
    seat="Haldensleben",
)
TERM = PublicLegislativeTerm(
    uid=uid("term"),
    body=BODY.uid,
    name="5. Wahlperiode",
    start_date=date(2014, 7, 1),
    end_date=date(2019, 6, 30),
)
COMMITTEE = PublicOrganization(
    uid=uid("committee"),
    body=BODY.uid,
    name="Kultur- und Sozialausschuss",
    short_name="KSA",
    organization_type="Gremium",
    classification="Ausschuss",
    start_date=date(2014, 7, 1),
    seats=4,
)
COUNCIL = PublicOrganization(
    uid=uid("council"),
    body=BODY.uid,
    name="Kreistag",
    organization_type="Gremium",
    classification="Vertretung",
)
UNIT = PublicOrganization(
    uid=uid("unit"), body=BODY.uid, name="Fachbereich 3", organization_type="Verwaltungsbereich"
)
GROUP = PublicOrganization(
    uid=uid("group"), body=BODY.uid, name="Fraktion Mitte", organization_type="Fraktion"
)
PEOPLE = tuple(
    PublicPerson(
        uid=uid(f"person {given} {family}"),
        body=BODY.uid,
        name=f"{given} {family}",
        family_name=family,
        given_name=given,
    )
    for given, family in (
        ("Änne", "Öhlmann"),
        ("Bernd", "Zabel"),
        ("Clara", "Ahrens"),
        ("Detlef", "Meyer"),
    )
)
MEMBERSHIPS = (
    PublicMembership(
        uid=uid("membership 0"),
        body=BODY.uid,
        person=PEOPLE[0].uid,
        organization=COMMITTEE.uid,
        role="Mitglied",
        voting_right=True,
        on_behalf_of=GROUP.uid,
        start_date=date(2014, 7, 1),
    ),
    PublicMembership(
        uid=uid("membership 1"),
        body=BODY.uid,
        person=PEOPLE[1].uid,
        organization=COMMITTEE.uid,
        role="Vorsitz",
        voting_right=True,
        start_date=date(2014, 7, 1),
    ),
    PublicMembership(
        uid=uid("membership 2"),
        body=BODY.uid,
        person=PEOPLE[2].uid,
        organization=COMMITTEE.uid,
        role="sachkundige Einwohnerin/sachkundiger Einwohner",
        voting_right=False,
        start_date=date(2015, 1, 1),
    ),
    PublicMembership(
        uid=uid("membership 3"),
        body=BODY.uid,
        person=PEOPLE[3].uid,
        organization=COMMITTEE.uid,
        role="Mitglied",
        voting_right=True,
        start_date=date(2014, 7, 1),
        end_date=date(2016, 12, 31),
    ),
)
ROOM = PublicLocation(
    uid=uid("room"),
    body=BODY.uid,
    description="Landkreis Börde, Verwaltungsgebäude",
    room="- Sitzungsraum II -",
    street_address="Gerikestraße 104",
    postal_code="39340",
    locality="Haldensleben",
)

MEETING = PublicMeeting(
    uid=uid("meeting"),
    body=BODY.uid,
    name="ordentliche Sitzung des Kultur- und Sozialausschusses",
    meeting_state="durchgeführt",
    start=datetime(2017, 4, 19, 15, 0, tzinfo=UTC),
    end=datetime(2017, 4, 19, 16, 55, tzinfo=UTC),
    location=ROOM.uid,
    organization=(COMMITTEE.uid,),
    invitation=uid("Bekanntmachung 2017-04-19.pdf"),
    results_protocol=uid("Niederschrift 2017-04-19.pdf"),
    publicity="öffentlich/nichtöffentlich",
    sequence=1,
    minutes_state="genehmigt",
)
COMING = PublicMeeting(
    uid=uid("coming"),
    body=BODY.uid,
    name="18. Sitzung des Kreistages",
    meeting_state="eingeladen",
    start=datetime(2017, 5, 24, 15, 0, tzinfo=UTC),
    location=ROOM.uid,
    organization=(COUNCIL.uid,),
    publicity="öffentlich",
)
CANCELLED = PublicMeeting(
    uid=uid("cancelled"),
    body=BODY.uid,
    name="Sondersitzung des Kultur- und Sozialausschusses",
    meeting_state="eingeladen",
    cancelled=True,
    start=datetime(2017, 5, 31, 15, 0, tzinfo=UTC),
    location=ROOM.uid,
    organization=(COMMITTEE.uid,),
    publicity="öffentlich",
    sequence=2,
)
PLANNED = PublicMeeting(
    uid=uid("planned"),
    body=BODY.uid,
    name="Sitzung des Kultur- und Sozialausschusses vor der Sommerpause",
    meeting_state="terminiert",
    start=datetime(2017, 6, 14, 15, 0, tzinfo=UTC),
    location=ROOM.uid,
    organization=(COMMITTEE.uid,),
)
EARLIER = PublicMeeting(
    uid=uid("earlier"),
    body=BODY.uid,
    name="Beratung des Kultur- und Sozialausschusses im Februar",
    meeting_state="durchgeführt",
    start=datetime(2017, 2, 1, 16, 0, tzinfo=UTC),
    end=datetime(2017, 2, 1, 18, 0, tzinfo=UTC),
    organization=(COMMITTEE.uid,),
    publicity="öffentlich",
)

PAPER = PublicPaper(
    uid=uid("paper"),
    body=BODY.uid,
    name="Beauftragung zur Erarbeitung eines Integrationskonzeptes",
    reference="2017/FB3/0433",
    dated=date(2017, 3, 27),
    paper_type="Beschlussvorlage",
    auxiliary_file=(uid("Anlage Gliederung.pdf"),),
    under_direction_of=(UNIT.uid,),
    status="öffentlich",
    submitted_by=("Kratzsch, Integrationskoordinatorin", "Herzig, Fachbereichskoordinatorin"),
    responsible_unit="Fachbereich 3",
    handled_by="Brummunt, Erdmute",
    proposed_resolution="Der Kreistag beauftragt die Verwaltung, ein Integrationskonzept zu "
    "erarbeiten.",
    reasons="Das Konzept soll die Arbeit der Akteure im Landkreis auf eine gemeinsame Grundlage "
    "stellen.\n\nAlle Beteiligten wirken gleichberechtigt mit.",
)
OTHER_PAPER = PublicPaper(
    uid=uid("other paper"),
    body=BODY.uid,
    name="Richtlinie zur Förderung der Musikschulen",
    reference="2016/FB3/0398",
    dated=date(2016, 12, 5),
    paper_type="Mitteilungsvorlage",
    status="öffentlich",
)
STEP = PublicConsultation(
    uid=uid("step"),
    body=BODY.uid,
    paper=PAPER.uid,
    agenda_item=uid("item Ö 5.1"),
    meeting=MEETING.uid,
    organization=(COMMITTEE.uid,),
    role="Vorberatung",
    position=0,
    result="ungeändert beschlossen",
)
COUNCIL_STEP = PublicConsultation(
    uid=uid("council step"),
    body=BODY.uid,
    paper=PAPER.uid,
    agenda_item=uid("council item"),
    meeting=COMING.uid,
    organization=(COUNCIL.uid,),
    authoritative=True,
    role="Entscheidung",
    position=1,
)

TITLE = (
    "Beauftragung zur Erarbeitung eines Integrationskonzeptes "
    "Berichterstatterin: Vanessa Kratzsch, Integrationskoordinatorin"
)
DELIBERATION = (
    "Frau Kratzsch erinnert an die erste Aussprache im Ausschuss am 01.02.2017. Vorgehen und "
    "möglicher Aufbau des Konzeptes stehen in der angefügten Präsentation. Nun muss der Kreistag "
    "beschließen.\n\n"
    "Mitglied Mewes möchte Integration weiter fassen als nur für Asylsuchende und bittet darum, "
    "dass der Ausschuss regelmäßig vom Fortgang hört.\n\n"
    "Mitglied Schünemann wünscht, dass die mitwirkenden Bürgerinnen und Bürger nicht vergessen "
    "werden. "
    "Mitglied Leuschner schließt sich an."
)

_ROWS = (
    ("Ö 1", "Eröffnung der Sitzung", 0),
    ("Ö 2", "Feststellung der ordnungsgemäßen Einladung und der Beschlussfähigkeit", 0),
    ("Ö 3", "Feststellung der Tagesordnung", 0),
    ("Ö 4", "Einwohnerfragestunde", 0),
    ("Ö 5", "Vorlagen", 0),
    ("Ö 5.1", TITLE, 1),
    ("Ö 5.2", "Förderung der Musikschulen", 1),
    ("Ö 6", "Bericht zur Schulentwicklung", 0),
    ("Ö 7", "Anträge der Fraktionen", 0),
    ("Ö 8", "Mitteilungen der Verwaltung", 0),
    ("Ö 9", "Anfragen", 0),
    ("Ö 10", "Schließung des öffentlichen Teils", 0),
)
_NONPUBLIC = (("N 1", "Vertragsangelegenheit", 0), ("N 2", "", 0))


def _item(order: int, number: str, name: str, level: int) -> PublicAgendaItem:
    return PublicAgendaItem(
        uid=uid(f"item {number}"),
        body=BODY.uid,
        meeting=MEETING.uid,
        order=order,
        number=number,
        name=name,
        public=number.startswith("Ö"),
        level=level,
        consultation=STEP.uid if number == "Ö 5.1" else "",
    )


AGENDA = tuple(_item(order, *row) for order, row in enumerate((*_ROWS, *_NONPUBLIC)))
PLAIN = {item.number: item for item in AGENDA}
EXCERPT = replace(
    PLAIN["Ö 5.1"],
    result="einstimmig",
    resolution_text=PAPER.proposed_resolution,
    resolution_file=uid("Auszug Ö 5.1.pdf"),
    deliberation=DELIBERATION,
    decision="ungeändert beschlossen",
    ballots=(PublicBallot(kind="offen", outcome="angenommen", result_text="einstimmig"),),
    standing="genehmigt",
    released_on=date(2017, 5, 2),
)
COUNTED = replace(
    PLAIN["Ö 5.2"],
    result="mehrheitlich angenommen",
    resolution_text="Die Musikschulen werden wie bisher gefördert.",
    decision="geändert beschlossen",
    ballots=(
        PublicBallot(
            subject="Änderungsantrag der Fraktion Mitte",
            kind="offen",
            outcome="angenommen",
            result_text="mehrheitlich angenommen",
            yes=14,
            no=3,
            abstentions=2,
            invalid=0,
            present=19,
            recused=0,
        ),
    ),
    standing="vorläufig",
    released_on=date(2017, 5, 2),
)
COUNCIL_ITEM = PublicAgendaItem(
    uid=uid("council item"),
    body=BODY.uid,
    meeting=COMING.uid,
    number="Ö 1",
    name="Integrationskonzept",
    public=True,
    consultation=COUNCIL_STEP.uid,
)

ANNOUNCEMENT = stored("Bekanntmachung", "Bekanntmachung 2017-04-19.pdf", meeting=(MEETING.uid,))
MINUTES = stored(
    "Niederschrift (öffentlicher Teil)", "Niederschrift 2017-04-19.pdf", meeting=(MEETING.uid,)
)
EXCERPT_FILE = stored(
    "Auszug Ö 5.1", "Auszug Ö 5.1.pdf", meeting=(MEETING.uid,), agenda_item=(EXCERPT.uid,)
)
ATTACHMENT = stored("Anlage: Gliederung", "Anlage Gliederung.pdf", paper=(PAPER.uid,))
FILES = (ANNOUNCEMENT, MINUTES, EXCERPT_FILE, ATTACHMENT)
BLOBS = {one.document.sha512_checksum: one.content for one in FILES}
#: What can be searched of them: a reader's words of the attachment.
WORDS = {ATTACHMENT.document.sha512_checksum: "Anlage: Gliederung"}

_BASE: tuple[PublicDocument, ...] = (
    BODY,
    TERM,
    COMMITTEE,
    COUNCIL,
    UNIT,
    GROUP,
    *PEOPLE,
    *MEMBERSHIPS,
    ROOM,
    PAPER,
    OTHER_PAPER,
    ATTACHMENT.document,
)
SUMMONS: tuple[PublicDocument, ...] = (
    *_BASE,
    replace(MEETING, meeting_state="eingeladen", end=None, results_protocol="", minutes_state=""),
    COMING,
    CANCELLED,
    PLANNED,
    EARLIER,
    ANNOUNCEMENT.document,
    *AGENDA,
    COUNCIL_ITEM,
    replace(STEP, result=""),
    COUNCIL_STEP,
)
EXCERPTS: tuple[PublicDocument, ...] = (
    MEETING,
    MINUTES.document,
    EXCERPT,
    COUNTED,
    STEP,
    EXCERPT_FILE.document,
)


def release(act: str, reason: str, at: datetime) -> Release:
    """A release of an invented user."""
    return Release(uid=uid(f"{act} {at}"), act=act, actor=uid("clerk"), reason=reason, at=at)


def file(
    engine: Engine,
    *documents: PublicDocument,
    at: datetime = NOW,
    reason: str = "Schreibfehler berichtigt",
    blobs: dict[str, bytes] | None = None,
) -> None:
    """File documents in a transaction of their own."""
    with Session(engine) as session, session.begin():
        session.connection(execution_options={WRITES: True})
        ledger.file(session, release("correct", reason, at), documents, blobs or BLOBS, WORDS)


def withdraw(engine: Engine, *uids: str, at: datetime = NOW) -> None:
    """Withdraw objects in a transaction of its own."""
    with Session(engine) as session, session.begin():
        session.connection(execution_options={WRITES: True})
        ledger.withdraw(session, release("withdraw", "Versehen", at), uids)


def file_county(engine: Engine) -> None:
    """The whole county: summoned on 5 April, excerpts released on 2 May 2017."""
    file(engine, *SUMMONS, at=SUMMONED, reason="Einladung versandt")
    file(engine, *EXCERPTS, at=RELEASED, reason="Auszüge freigegeben")
