"""Filing, correcting, withdrawing and reviving."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError

from sitzungsdienst.publication import ledger, tables
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.ledger import LedgerError
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicDocument, PublicMeeting
from sitzungsdienst.publication.verify import verify
from tests.publication import cast
from tests.publication.cast import NOON, TOWN, changed, file, release, uid, withdraw, writing


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


def test_a_release_numbers_its_entries_without_gaps(engine: Engine) -> None:
    receipts = file(engine)
    assert [receipt.seq for receipt in receipts] == list(range(1, len(TOWN) + 1))
    assert [receipt.uid for receipt in receipts] == [document.uid for document in TOWN]
    assert {receipt.version for receipt in receipts} == {1}
    with engine.connect() as connection:
        assert verify(connection).intact


def test_documents_come_back_as_they_were_filed(engine: Engine) -> None:
    file(engine)
    with engine.connect() as connection:
        reader = Reader(connection)
        for document in TOWN:
            filed = reader.get(document.KIND, document.uid)
            assert filed is not None
            assert filed.document == document
            assert filed.created == filed.modified == NOON


def test_an_unchanged_document_makes_no_entry(engine: Engine) -> None:
    file(engine)
    receipts = file(engine, cast.MEETING, cast.BODY, minutes=5)
    assert changed(receipts) == set()
    assert [receipt.seq for receipt in receipts] == [7, 1]
    assert count(engine, "public_entry") == len(TOWN)
    assert raised(engine, NOON + timedelta(minutes=5)) == set()


def test_the_same_moment_in_another_zone_is_no_change(engine: Engine) -> None:
    file(engine)
    start = datetime.fromisoformat("2026-03-10T17:00:00+01:00")
    assert changed(file(engine, replace(cast.MEETING, start=start))) == set()


def test_a_correction_is_a_new_version_and_keeps_when_it_was_created(engine: Engine) -> None:
    file(engine)
    (receipt,) = file(engine, replace(cast.MEETING, name="6. Sitzung"), minutes=5)
    assert (receipt.version, receipt.changed) == (2, True)
    with engine.connect() as connection:
        reader = Reader(connection)
        filed = reader.get(PublicMeeting, cast.MEETING.uid)
        assert filed is not None
        assert (filed.created, filed.modified) == (NOON, NOON + timedelta(minutes=5))
        assert filed.living.name == "6. Sitzung"
        assert [note.version for note in reader.versions(cast.MEETING.uid)] == [1, 2]


SHOWN = [
    (replace(cast.FIRST, name="Begrüßung"), {cast.MEETING.uid}),
    (replace(cast.LOCATION, room="Saal 2"), {cast.MEETING.uid}),
    (replace(cast.INVITATION, name="Neue Einladung"), {cast.MEETING.uid}),
    (replace(cast.CONSULTATION, role="Vorberatung"), {cast.PAPER.uid}),
    (replace(cast.PAPER_FILE, name="Neue Vorlage"), {cast.PAPER.uid}),
    (replace(cast.MEMBERSHIP, role="Vorsitz"), {cast.PERSON.uid, cast.COMMITTEE.uid}),
    (replace(cast.TERM, name="Achte Wahlperiode"), {cast.BODY.uid}),
    (replace(cast.COMMITTEE, name="Ausschuss für Bau"), set()),
    (replace(cast.MEETING, name="6. Sitzung"), set()),
]


@pytest.mark.parametrize(("document", "showing"), SHOWN)
def test_a_change_raises_modified_of_whatever_shows_it(
    sqlite_engine: Engine, document: PublicDocument, showing: set[str]
) -> None:
    file(sqlite_engine)
    file(sqlite_engine, document, minutes=5)
    assert raised(sqlite_engine, NOON + timedelta(minutes=5)) == showing | {document.uid}


def test_a_change_is_seen_through_two_objects(engine: Engine) -> None:
    excerpt = replace(
        cast.INVITATION,
        uid=uid("excerpt"),
        name="Auszug",
        meeting=(),
        agenda_item=(cast.FIRST.uid,),
    )
    file(engine, *TOWN, excerpt)
    file(engine, replace(excerpt, name="Berichtigter Auszug"), minutes=5)
    expected = {excerpt.uid, cast.FIRST.uid, cast.MEETING.uid}
    assert raised(engine, NOON + timedelta(minutes=5)) == expected


def test_an_item_that_moves_raises_both_meetings(engine: Engine) -> None:
    other = replace(cast.MEETING, uid=uid("other meeting"), invitation="")
    file(engine, *TOWN, other)
    file(engine, replace(cast.FIRST, meeting=other.uid), minutes=5)
    expected = {cast.FIRST.uid, cast.MEETING.uid, other.uid}
    assert raised(engine, NOON + timedelta(minutes=5)) == expected


def test_modified_never_goes_back_with_a_clock(engine: Engine) -> None:
    file(engine, minutes=10)
    file(engine, replace(cast.FIRST, name="Begrüßung"), minutes=5)
    assert set(modified(engine).values()) == {NOON + timedelta(minutes=10)}
    with engine.connect() as connection:
        assert verify(connection).intact


def test_the_order_within_a_release_decides_nothing(sqlite_engine: Engine) -> None:
    mixed = list(TOWN)
    Random(7).shuffle(mixed)  # noqa: S311 - a fixed shuffle, no secret
    file(sqlite_engine, *mixed)
    with sqlite_engine.connect() as connection:
        assert verify(connection).intact
        reader = Reader(connection)
        items = reader.children(Kind.AGENDA_ITEM, (cast.MEETING.uid,))[cast.MEETING.uid]
        assert [item.uid for item in items] == [cast.FIRST.uid, cast.SECOND.uid, cast.CLOSED.uid]


def test_a_withdrawn_meeting_takes_its_items_and_files_with_it(engine: Engine) -> None:
    file(engine)
    receipts = withdraw(engine, cast.MEETING.uid, minutes=5)
    fallen = {cast.FIRST.uid, cast.SECOND.uid, cast.CLOSED.uid, cast.INVITATION.uid}
    assert changed(receipts) == fallen | {cast.MEETING.uid}
    assert receipts[0].uid == cast.MEETING.uid
    with engine.connect() as connection:
        reader = Reader(connection)
        gone = reader.get(Kind.MEETING, cast.MEETING.uid)
        assert gone is not None
        assert gone.deleted
        assert gone.document is None
        assert (gone.created, gone.modified) == (NOON, NOON + timedelta(minutes=5))
        assert reader.listing(Kind.AGENDA_ITEM) == ()
        assert reader.blob(cast.INVITATION.sha512_checksum) is None
        assert reader.blob(cast.PAPER_FILE.sha512_checksum) == cast.PAPER_BYTES
        assert verify(connection).intact


def test_a_withdrawal_leaves_no_word_of_any_version(engine: Engine) -> None:
    file(engine)
    file(engine, replace(cast.PERSON, name="Marker Eins", family_name="Marker"), minutes=1)
    withdraw(engine, cast.PERSON.uid, minutes=2)
    with engine.connect() as connection:
        everything = " ".join(
            str(tuple(row))
            for table in tables.metadata.sorted_tables
            for row in connection.execute(select(table))
        ).casefold()
    assert "ö 1" in everything
    assert "marker" not in everything
    assert "öhm" not in everything.replace(cast.PAPER_FILE.file_name.casefold(), "")
    assert "ohm" not in everything


def test_a_withdrawn_person_takes_memberships_and_a_paper_its_consultations(
    engine: Engine,
) -> None:
    file(engine)
    assert changed(withdraw(engine, cast.PERSON.uid)) == {cast.PERSON.uid, cast.MEMBERSHIP.uid}
    expected = {cast.PAPER.uid, cast.CONSULTATION.uid, cast.PAPER_FILE.uid}
    assert changed(withdraw(engine, cast.PAPER.uid)) == expected


def test_a_withdrawal_raises_modified_of_whatever_showed_it_or_led_to_it(engine: Engine) -> None:
    file(engine)
    withdraw(engine, cast.CONSULTATION.uid, minutes=5)
    leading = {cast.SECOND.uid, cast.MEETING.uid}
    expected = {cast.CONSULTATION.uid, cast.PAPER.uid} | leading
    assert raised(engine, NOON + timedelta(minutes=5)) == expected
    file(engine, cast.CONSULTATION, minutes=6)
    assert raised(engine, NOON + timedelta(minutes=6)) == expected


def test_a_file_shown_elsewhere_stays(engine: Engine) -> None:
    shared = replace(cast.INVITATION, paper=(cast.PAPER.uid,))
    file(engine, *(shared if one is cast.INVITATION else one for one in TOWN))
    assert shared.uid not in changed(withdraw(engine, cast.MEETING.uid))
    assert shared.uid in changed(withdraw(engine, cast.PAPER.uid))


def test_a_file_that_only_the_meeting_names_falls_with_it(engine: Engine) -> None:
    """The link from the meeting counts even if the file names another item."""
    minutes = replace(
        cast.INVITATION, uid=uid("minutes"), meeting=(), agenda_item=(cast.FIRST.uid,)
    )
    meeting = replace(cast.MEETING, results_protocol=minutes.uid)
    file(engine, *(meeting if one is cast.MEETING else one for one in TOWN), minutes)
    assert minutes.uid in changed(withdraw(engine, meeting.uid))


def test_bytes_stay_while_another_living_file_has_them(engine: Engine) -> None:
    twin = replace(cast.INVITATION, uid=uid("twin"), meeting=(), paper=(cast.PAPER.uid,))
    file(engine, *TOWN, twin)
    withdraw(engine, cast.INVITATION.uid)
    assert count(engine, "public_blob") == 2
    withdraw(engine, twin.uid)
    assert count(engine, "public_blob") == 1


def test_bytes_of_every_version_are_erased(engine: Engine) -> None:
    file(engine)
    content = b"%PDF-1.7 berichtigt"
    new = replace(cast.INVITATION, size=len(content), sha512_checksum=cast.sha512(content))
    file(engine, new, minutes=1, blobs={new.sha512_checksum: content})
    assert count(engine, "public_blob") == 3
    withdraw(engine, new.uid, minutes=2)
    assert count(engine, "public_blob") == 1


def test_withdrawing_twice_is_once(engine: Engine) -> None:
    file(engine)
    withdraw(engine, cast.CLOSED.uid, minutes=1)
    (again,) = withdraw(engine, cast.CLOSED.uid, minutes=2)
    assert (again.changed, again.version) == (False, 2)


def test_a_withdrawn_object_lives_again_when_filed(engine: Engine) -> None:
    file(engine)
    withdraw(engine, cast.CLOSED.uid, minutes=1)
    (receipt,) = file(engine, cast.CLOSED, minutes=2)
    assert (receipt.changed, receipt.version) == (True, 3)
    with engine.connect() as connection:
        filed = Reader(connection).get(Kind.AGENDA_ITEM, cast.CLOSED.uid)
        assert filed is not None
        assert (filed.created, filed.document) == (NOON, cast.CLOSED)
        notes = Reader(connection).versions(cast.CLOSED.uid)
        assert [note.withdrawn for note in notes] == [False, True, False]
        assert verify(connection).intact


REFUSED = [
    (replace(cast.FIRST, uid="5"), "uid is a UUID"),
    (replace(cast.FIRST, uid=cast.FIRST.uid.upper()), "uid is a UUID"),
    (replace(cast.FIRST, uid=cast.PAPER.uid), "is a Paper, not a AgendaItem"),
    (replace(cast.FIRST, body=""), "belongs to no Body"),
    (replace(cast.FIRST, meeting=""), "does not say what shows it"),
    (replace(cast.MEMBERSHIP, organization=""), "does not say what shows it"),
    (replace(cast.INVITATION, meeting=()), "does not say what shows it"),
    (replace(cast.FIRST, meeting=uid("nothing")), "was never filed"),
    (replace(cast.FIRST, consultation=uid("nothing")), "was never filed"),
    (replace(cast.FIRST, meeting=cast.PAPER.uid), "is a Paper, not a Meeting"),
    (replace(cast.INVITATION, sha512_checksum="0" * 128), "bytes of file .* are missing"),
    (replace(cast.INVITATION, size=3), "is not 3 bytes long"),
    (replace(cast.FIRST, meeting=uid("withdrawn")), "was withdrawn"),
]


@pytest.mark.parametrize(("document", "complaint"), REFUSED)
def test_an_unfit_document_is_refused(
    sqlite_engine: Engine, document: PublicDocument, complaint: str
) -> None:
    file(sqlite_engine, *TOWN, replace(cast.MEETING, uid=uid("withdrawn")))
    withdraw(sqlite_engine, uid("withdrawn"))
    before = count(sqlite_engine, "public_entry")
    with pytest.raises(LedgerError, match=complaint):
        file(sqlite_engine, document)
    assert count(sqlite_engine, "public_entry") == before


def test_bytes_under_a_wrong_name_are_refused(sqlite_engine: Engine) -> None:
    wrong = {cast.INVITATION.sha512_checksum: b"%PDF-1.7 Fremdes!!"}
    with pytest.raises(LedgerError, match="do not hash to their name"):
        file(sqlite_engine, blobs=wrong | {cast.PAPER_FILE.sha512_checksum: cast.PAPER_BYTES})


def test_one_object_twice_in_a_release_is_refused(sqlite_engine: Engine) -> None:
    with pytest.raises(LedgerError, match="stands twice"):
        file(sqlite_engine, cast.BODY, replace(cast.BODY, name="Anders"))


def test_a_link_to_something_withdrawn_may_stay(engine: Engine) -> None:
    """OParl answers for a withdrawn object, so a mere link to it does not end in nothing."""
    file(engine)
    withdraw(engine, cast.CONSULTATION.uid)
    assert changed(file(engine, replace(cast.SECOND, name="Brücke, neu"))) == {cast.SECOND.uid}


RELEASES = [
    (replace(release(), uid="x"), "uid is a UUID"),
    (replace(release(), actor="Frau Schmidt"), "actor is a UUID"),
    (replace(release(), act=" "), "names its act"),
    (replace(release(), at=NOON.replace(tzinfo=None)), "needs a time zone"),
]


@pytest.mark.parametrize(("unfit", "complaint"), RELEASES)
def test_an_unfit_release_is_refused(
    sqlite_engine: Engine, unfit: ledger.Release, complaint: str
) -> None:
    with writing(sqlite_engine) as session, pytest.raises(LedgerError, match=complaint):
        ledger.file(session, unfit, TOWN, cast.BLOBS)


def test_a_withdrawal_without_reason_or_object_is_refused(sqlite_engine: Engine) -> None:
    file(sqlite_engine)
    with writing(sqlite_engine) as session:
        with pytest.raises(LedgerError, match="needs a reason"):
            ledger.withdraw(session, release(reason=" "), [cast.FIRST.uid])
        with pytest.raises(LedgerError, match="nothing was ever filed"):
            ledger.withdraw(session, release(), [uid("nothing")])


def test_a_body_with_living_objects_is_not_withdrawn(sqlite_engine: Engine) -> None:
    file(sqlite_engine)
    with pytest.raises(LedgerError, match="still has living objects"):
        withdraw(sqlite_engine, cast.BODY.uid)
    withdraw(sqlite_engine, *(one.uid for one in TOWN if one not in (cast.BODY, cast.TERM)))
    assert changed(withdraw(sqlite_engine, cast.BODY.uid)) == {cast.BODY.uid, cast.TERM.uid}


def test_a_moment_is_kept_to_the_second(engine: Engine) -> None:
    with writing(engine) as session:
        at = datetime(2026, 3, 2, 12, 0, 0, 999_999, tzinfo=UTC)
        ledger.file(session, replace(release(), at=at), TOWN, cast.BLOBS)
    assert set(modified(engine).values()) == {at.replace(microsecond=0)}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE public_entry SET reason = 'anders' WHERE seq = 1",
        "DELETE FROM public_entry WHERE seq = 14",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(engine: Engine, statement: str) -> None:
    file(engine)
    with (
        pytest.raises(DBAPIError, match="public_entry is append-only"),
        engine.begin() as connection,
    ):
        connection.exec_driver_sql(statement)


@pytest.mark.postgresql
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_postgresql_refuses_to_empty_the_ledger(engine: Engine) -> None:
    file(engine)
    with (
        pytest.raises(DBAPIError, match="public_entry is append-only"),
        engine.begin() as connection,
    ):
        connection.exec_driver_sql("TRUNCATE public_entry CASCADE")


@pytest.mark.parametrize("conflict", ["seq", "entry_hash", "object"])
def test_sqlite_refuses_to_replace_an_entry(sqlite_engine: Engine, conflict: str) -> None:
    file(sqlite_engine)
    seq = "1" if conflict == "seq" else "99"
    key = "entry_hash" if conflict == "entry_hash" else "'new'"
    version = "object_version" if conflict == "object" else "99"
    statement = (
        "INSERT OR REPLACE INTO public_entry "  # noqa: S608 - fixed parts
        f"SELECT {seq}, filed_at, release_uid, act, actor, 'anders', object_uid, kind, {version},"
        f" document_hash, previous_hash, {key} FROM public_entry WHERE seq = 1"
    )
    with (
        pytest.raises(DBAPIError, match="public_entry is append-only"),
        sqlite_engine.begin() as connection,
    ):
        connection.exec_driver_sql(statement)
