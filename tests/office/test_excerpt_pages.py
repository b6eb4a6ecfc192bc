"""Excerpts and certified copies for the office; every version of a text with its differences."""

import re
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts.proceedings import TreatmentFacts, record_treatment
from sitzungsdienst.record.minutes import CertifiedCopy
from sitzungsdienst.record.papers import IssuedDocument
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fill
from tests.support.planning import error_at, faults_of
from tests.support.session_room import LATER, Room, build, close, everybody_present


@pytest.fixture
def now() -> datetime:
    """After the meeting."""
    return LATER


@pytest.fixture
def room(session: Session, cast: Cast) -> Room:
    """A closed meeting with a public and a non-public item treated."""
    found = build(session, cast.boerde)
    everybody_present(session, found)
    for item, said in ((found.concept, "Es wird beraten."), (found.nonpublic, "Ganz geheim.")):
        facts = TreatmentFacts(deliberation=said)
        record_treatment(session, found.actor, item, None, facts, LATER)
    close(session, found)
    return found


def sign(clerk: OfficeClient, room: Room) -> None:
    path = f"/sitzungen/{room.meeting}/niederschrift"
    fill(clerk, path)
    fill(clerk, f"{path}/unterzeichnen", signed_on="2017-04-28")


def issue(clerk: OfficeClient, item: int, version: str) -> int:
    page = f"/punkte/{item}/ausfertigungen"
    return clerk.submit(f"{page}/{version}", page=page).status_code


def documents(clerk: OfficeClient, item: int) -> list[str]:
    page = clerk.get(f"/punkte/{item}/ausfertigungen").get_data(as_text=True)
    return re.findall(rf'"(/punkte/{item}/ausfertigungen/\d+\.pdf)"', page)


def test_both_versions_are_issued_and_kept(clerk: OfficeClient, room: Room) -> None:
    page = clerk.get(f"/punkte/{room.concept}/ausfertigungen")
    assert faults_of(page) == []
    assert issue(clerk, room.concept, "oeffentlich") == 303
    assert issue(clerk, room.concept, "vollstaendig") == 303
    found = documents(clerk, room.concept)
    assert len(found) == 2
    for address in found:
        answer = clerk.get(address)
        assert answer.data.startswith(b"%PDF-")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.data == clerk.get(address).data


def test_of_a_nonpublic_item_there_is_only_the_full_version(
    clerk: OfficeClient, room: Room
) -> None:
    page = clerk.get(f"/punkte/{room.nonpublic}/ausfertigungen")
    assert "Eine öffentliche Fassung gibt es nicht" in text_of(page)
    assert "Öffentliche Fassung ausfertigen" not in text_of(page)
    assert issue(clerk, room.nonpublic, "oeffentlich") == 422
    assert issue(clerk, room.nonpublic, "vollstaendig") == 303
    assert len(documents(clerk, room.nonpublic)) == 1


def test_a_certified_copy_is_numbered_listed_and_called_in(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    page = f"/punkte/{room.concept}/ausfertigungen"
    assert "Beglaubigt wird erst" in text_of(clerk.get(page))
    sign(clerk, room)
    typed = {"certified_by": "Sabine Krüger", "recipient": "Notariat", "full": "public"}
    refused = clerk.submit(
        f"/punkte/{room.concept}/abschriften", typed | {"certified_by": ""}, page=page
    )
    assert "wer beglaubigt" in error_at(refused, "certified_by")
    assert clerk.submit(f"/punkte/{room.concept}/abschriften", typed, page=page).status_code == 303
    text = text_of(clerk.get(page))
    assert "2017/1" in text
    assert "Notariat" in text
    (address,) = documents(clerk, room.concept)
    assert clerk.get(address).data.startswith(b"%PDF-")
    copy = session.scalars(select(CertifiedCopy)).one().id
    question = f"/punkte/{room.concept}/abschriften/{copy}/einziehen"
    assert faults_of(clerk.get(question)) == []
    assert fill(clerk, question).status_code == 303
    assert "eingezogen am 02.05.2017" in text_of(clerk.get(page))
    assert clerk.get(address).status_code == 404
    session.rollback()
    assert session.scalars(select(CertifiedCopy)).one().number == "2017/1"


def test_every_text_is_kept_with_what_changed(clerk: OfficeClient, room: Room) -> None:
    write = f"/punkte/{room.concept}/beratung"
    fill(clerk, write, deliberation="Es wird lange beraten.")
    page = clerk.get(f"/punkte/{room.concept}/fassungen")
    assert faults_of(page) == []
    html = page.get_data(as_text=True)
    assert "Fassung 2" in html
    assert "abgelöst von Sabine Krüger" in html
    assert re.search(r"<ins>.*?lange", html)
    assert "Textfassungen" in text_of(clerk.get(write))


def test_what_was_typed_cannot_become_markup_in_a_comparison(
    clerk: OfficeClient, room: Room
) -> None:
    fill(clerk, f"/punkte/{room.concept}/beratung", deliberation="<script>alert(1)</script>")
    html = clerk.get(f"/punkte/{room.concept}/fassungen").get_data(as_text=True)
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_released_versions_stand_with_reason_and_difference(
    clerk: OfficeClient, room: Room
) -> None:
    page = f"/punkte/{room.concept}/veroeffentlichungen"
    release = f"/sitzungen/{room.meeting}/freigabe"
    assert fill(clerk, release, item_ids=[str(room.concept)]).status_code == 303
    fill(clerk, f"/punkte/{room.concept}/beratung", deliberation="Es wird lange beraten.")
    again = fill(clerk, release, item_ids=[str(room.concept)], reason="Schreibfehler")
    assert again.status_code == 303
    shown = clerk.get(page)
    assert faults_of(shown) == []
    html = shown.get_data(as_text=True)
    assert "Schreibfehler" in html
    assert re.search(r"<ins>.*?lange", html)


def test_a_document_opens_only_under_its_own_item(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    issue(clerk, room.concept, "vollstaendig")
    (address,) = documents(clerk, room.concept)
    number = address.rsplit("/", 1)[-1]
    assert clerk.get(f"/punkte/{room.nonpublic}/ausfertigungen/{number}").status_code == 404
    invitation = session.scalars(select(IssuedDocument).order_by(IssuedDocument.id)).first()
    assert invitation is not None
    wrong = f"/punkte/{room.concept}/ausfertigungen/{invitation.id}.pdf"
    assert clerk.get(wrong).status_code == 404


@pytest.mark.parametrize(
    "page", ["ausfertigungen", "fassungen", "veroeffentlichungen", "aenderungen"]
)
def test_members_and_strangers_do_not_see_what_the_office_keeps(
    clerk: OfficeClient, member: OfficeClient, stranger: OfficeClient, room: Room, page: str
) -> None:
    address = f"/punkte/{room.concept}/{page}"
    assert clerk.get(address).status_code == 200
    assert member.get(address).status_code == 404
    assert stranger.get(address).status_code == 404
