"""The cases in the demo: their facts, on both databases, read as the public reads them."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, Engine, make_url, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from sitzungsdienst.acts.presence import quorums
from sitzungsdienst.database import create_public_role, public_engine
from sitzungsdienst.german import short_date, time_field
from sitzungsdienst.publication import tables as publication
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.shape import references_of, to_json
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicConsultation,
    PublicFile,
    PublicLocation,
    PublicMeeting,
    PublicMembership,
    PublicOrganization,
    PublicPaper,
)
from sitzungsdienst.publication.verify import verify
from sitzungsdienst.record import schema as record
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.meetings import Meeting
from tests.support.builders import record_engine

ROLE = "demo_reader"
UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CODE = re.compile(r"(?<=/pruefen/)[0-9a-f-]+")
SIZE = re.compile(r"(?<='size': )[0-9]+")
HASH = re.compile("[0-9a-f]{64,128}")


def the_meeting(reader: Reader) -> PublicMeeting:
    found = [one.living for one in reader.listing(PublicMeeting)]
    return next(one for one in found if one.start == datetime(2017, 4, 19, 15, tzinfo=UTC))


def items(reader: Reader) -> dict[str, PublicAgendaItem]:
    uid = the_meeting(reader).uid
    found = reader.children(PublicAgendaItem, [uid])[uid]
    return {one.living.number: one.living for one in found}


def test_the_ledger_of_the_demo_is_whole(connection: Connection) -> None:
    verdict = verify(connection)
    assert verdict.intact, verdict.message
    assert verdict.entries > 100


def test_the_meeting_of_boerde_bears_the_fields_of_its_page(reader: Reader) -> None:
    meeting = the_meeting(reader)
    assert meeting.start is not None
    location = reader.get(PublicLocation, meeting.location)
    committee = reader.get(PublicOrganization, meeting.organization[0])
    assert location is not None
    assert committee is not None
    assert meeting.name == "ordentliche Sitzung des Kultur- und Sozialausschusses"
    assert short_date(meeting.start) == "Mi, 19.04.2017"
    assert time_field(meeting.start, meeting.end) == "17:00 - 18:55"
    assert meeting.publicity == "öffentlich/nichtöffentlich"
    assert location.living.room == "- Sitzungsraum II -"
    assert location.living.place == (
        "Landkreis Börde, Verwaltungsgebäude, Gerikestraße 104, 39340 Haldensleben"
    )
    assert committee.living.name == "Kultur- und Sozialausschuss"
    assert meeting.minutes_state == "genehmigt"


def test_the_item_of_boerde_is_unanimous_without_invented_numbers(reader: Reader) -> None:
    item = items(reader)["Ö 5.1"]
    assert item.name == (
        "Beauftragung zur Erarbeitung eines Integrationskonzeptes Berichterstatterin:"
        " Vanessa Kratzsch, Integrationskoordinatorin"
    )
    (ballot,) = item.ballots
    assert (item.result, ballot.outcome) == ("einstimmig", "angenommen")
    assert (ballot.yes, ballot.no, ballot.abstentions, ballot.present) == (None,) * 4
    for name in ("Kratzsch", "Mewes", "Schünemann", "Leuschner", "01.02.2017"):
        assert name in item.deliberation


def test_the_agenda_of_boerde_has_ten_public_items_in_order(reader: Reader) -> None:
    numbers = list(items(reader))
    assert numbers == [
        "Ö 1", "Ö 2", "Ö 3", "Ö 4", "Ö 5", "Ö 5.1", "Ö 5.2", "Ö 6", "Ö 7", "Ö 8", "Ö 9", "Ö 10",
        "N 1", "N 2",
    ]  # fmt: skip
    counted = items(reader)["Ö 5.2"].ballots[0]
    assert (counted.yes, counted.no, counted.abstentions, counted.invalid) == (14, 3, 2, 0)


def test_the_paper_of_boerde_bears_its_fields_and_its_path(reader: Reader) -> None:
    papers = {one.living.reference: one.living for one in reader.listing(PublicPaper)}
    paper = papers["2017/FB3/0433"]
    assert paper.name == "Beauftragung zur Erarbeitung eines Integrationskonzeptes"
    assert (paper.status, paper.paper_type) == ("öffentlich", "Beschlussvorlage")
    assert paper.submitted_by == (
        "Kratzsch, Integrationskoordinatorin", "Herzig, Fachbereichskoordinatorin"
    )  # fmt: skip
    assert (paper.responsible_unit, paper.handled_by) == ("Fachbereich 3", "Brummunt, Erdmute")
    path = [one.living for one in reader.children(PublicConsultation, [paper.uid])[paper.uid]]
    assert [(one.role, one.result) for one in path] == [
        ("Vorberatung", "ungeändert beschlossen"), ("Entscheidung", "")
    ]  # fmt: skip


def test_nothing_is_shown_as_decided_in_ahaus(reader: Reader) -> None:
    papers = {one.living.reference: one.living for one in reader.listing(PublicPaper)}
    paper = papers["Antrag 1/2020"]
    (step,) = reader.children(PublicConsultation, [paper.uid])[paper.uid]
    assert (step.living.result, step.living.agenda_item, step.living.meeting) == ("", "", "")
    assert paper.addressed_to == "Rat"


def test_the_board_of_kaufbeuren_has_26_seats_and_25_votes(engine: Engine, reader: Reader) -> None:
    boards = [one.living for one in reader.listing(PublicOrganization)]
    board = next(one for one in boards if one.name == "Integrationsbeirat")
    assert (board.seats, board.predecessor) == (26, "Ausländerbeirat")
    assert board.start_date == date(2014, 9, 29)
    seats = [one.living for one in reader.linked_to(PublicMembership, board.uid, "organization")]
    assert (len(seats), sum(bool(one.voting_right) for one in seats)) == (26, 25)
    with Session(engine) as session:
        row = session.scalars(select(Organization).where(Organization.uid == board.uid)).one()
        meeting = session.scalars(
            select(Meeting).where(Meeting.committees.any(organization_id=row.id))
        ).one()
        (found,) = quorums(meeting)
        assert found.finding is not None
        assert (found.members, found.finding.needed, found.finding.statutory) == (25, 13, 25)


def test_every_reference_of_the_demo_leads_to_something_public(reader: Reader) -> None:
    documents = [one.living for kind in Kind for one in reader.listing(kind)]
    found = {one.uid for one in documents}
    for one in documents:
        assert {uid for _, _, uid in references_of(one)} <= found


def test_files_hold_the_bytes_they_name(reader: Reader) -> None:
    files = reader.listing(PublicFile)
    assert len(files) > 10
    for one in files:
        content = reader.blob(one.living.sha512_checksum)
        assert content is not None
        assert content.startswith(b"%PDF-")


def told(url: str) -> list[str]:
    """Every public document, less uids and codes, and the hashes and sizes of their prints."""
    with record_engine(url, tables=False) as engine, engine.connect() as connection:
        reader = Reader(connection)
        texts = [str(to_json(one.living)) for kind in Kind for one in reader.listing(kind)]
    for pattern in (UUID, HASH, CODE, SIZE):
        texts = [pattern.sub("-", text) for text in texts]
    return sorted(texts)


@pytest.mark.postgresql
def test_both_databases_tell_the_public_the_same(sqlite_demo: str, postgresql_demo: str) -> None:
    assert told(sqlite_demo) == told(postgresql_demo)


@pytest.mark.postgresql
def test_the_public_role_reads_the_demos_public_tables_and_nothing_else(
    postgresql_demo: str,
) -> None:
    with record_engine(postgresql_demo, tables=False) as owner, owner.begin() as connection:
        create_public_role(connection, ROLE, "ein langes Kennwort")
    door = public_engine(make_url(postgresql_demo).set(username=ROLE, password="x"))
    secrets = [*record.metadata.tables, "alembic_version"]
    try:
        for name in publication.metadata.tables:
            with door.connect() as connection:
                count = text(f'SELECT count(*) FROM "{name}"')  # noqa: S608 - our own names
                assert connection.scalar(count)
        for name in secrets:
            with door.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
                connection.execute(text(f'SELECT 1 FROM "{name}"'))  # noqa: S608 - our own names
        with door.connect() as connection, pytest.raises(DBAPIError, match=r"read-only|denied"):
            connection.execute(text("DELETE FROM public_object"))
    finally:
        door.dispose()
