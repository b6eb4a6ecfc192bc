"""Withdrawing: what falls with what, what stays, what is erased, and coming back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from sitzungsdienst.publication import ledger, tables
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.ledger import LedgerError
from sitzungsdienst.publication.reader import Reader
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


def test_an_excerpt_does_not_outlive_its_item(engine: Engine) -> None:
    excerpt = replace(cast.INVITATION, uid=uid("excerpt"), agenda_item=(cast.FIRST.uid,))
    file(engine, *TOWN, excerpt)
    assert changed(withdraw(engine, cast.FIRST.uid)) == {cast.FIRST.uid, excerpt.uid}


def test_a_text_can_be_erased_without_losing_its_object(engine: Engine) -> None:
    """Withdrawn and filed anew in one transaction: nobody sees it missing, and no word stays."""
    file(engine, *(replace(one, name="Zu viel") if one is cast.FIRST else one for one in TOWN))
    with writing(engine) as session:
        ledger.withdraw(session, release(1), [cast.FIRST.uid])
        ledger.file(session, release(1), [cast.FIRST])
    with engine.connect() as connection:
        texts = connection.scalars(select(tables.document.c.text)).all()
        assert not [text for text in texts if "Zu viel" in text]
        filed = Reader(connection).get(Kind.AGENDA_ITEM, cast.FIRST.uid)
        assert filed is not None
        assert (filed.document, filed.version) == (cast.FIRST, 3)
        assert verify(connection).intact


def test_a_file_stays_as_long_as_somebody_names_it(engine: Engine) -> None:
    """The file names the paper, the meeting names the file: each side's word counts."""
    meeting = replace(cast.MEETING, results_protocol=cast.PAPER_FILE.uid)
    file(engine, *(meeting if one is cast.MEETING else one for one in TOWN))
    assert cast.PAPER_FILE.uid not in changed(withdraw(engine, cast.PAPER.uid))
    assert cast.PAPER_FILE.uid in changed(withdraw(engine, meeting.uid))


def test_a_withdrawn_object_keeps_the_moment_of_its_withdrawal(engine: Engine) -> None:
    shared = replace(cast.INVITATION, paper=(cast.PAPER.uid,))
    file(engine, *(shared if one is cast.INVITATION else one for one in TOWN))
    withdraw(engine, cast.MEETING.uid, minutes=5)
    withdraw(engine, shared.uid, minutes=9)
    assert modified(engine)[cast.MEETING.uid] == NOON + timedelta(minutes=5)
    assert modified(engine)[cast.PAPER.uid] == NOON + timedelta(minutes=9)


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
