"""Filing and correcting."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import Engine

from sitzungsdienst.publication import ledger
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.ledger import LedgerError
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicDocument, PublicMeeting
from sitzungsdienst.publication.verify import verify
from tests.publication import cast
from tests.publication.cast import (
    NOON,
    TOWN,
    changed,
    count,
    file,
    modified,
    raised,
    release,
    uid,
    withdraw,
    writing,
)


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


def test_writers_wait_for_each_other(engine: Engine) -> None:
    file(engine)

    def correct(number: int) -> None:
        for round_ in range(5):
            file(engine, replace(cast.FIRST, name=f"{number} {round_}"), minutes=round_)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(correct, (1, 2)))
    assert count(engine, "public_entry") == len(TOWN) + 10
    with engine.connect() as connection:
        assert verify(connection).intact


def test_a_moment_is_kept_to_the_second(engine: Engine) -> None:
    with writing(engine) as session:
        at = datetime(2026, 3, 2, 12, 0, 0, 999_999, tzinfo=UTC)
        ledger.file(session, replace(release(), at=at), TOWN, cast.BLOBS)
    assert set(modified(engine).values()) == {at.replace(microsecond=0)}
