"""The office with a seal: the pages say so, the files bear it, a failure is told on the page."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from pyhanko.pdf_utils.reader import PdfFileReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts.proceedings import TreatmentFacts, record_treatment
from sitzungsdienst.app import create_office
from sitzungsdienst.config import SealSettings, Settings
from sitzungsdienst.office.database import db
from sitzungsdienst.record.minutes import CertifiedCopy
from tests.support import cast as people
from tests.support.browser import OfficeClient, text_of
from tests.support.filled import fill
from tests.support.planning import faults_of
from tests.support.sealing import key_file, pki
from tests.support.session_room import LATER, Room, build, close, everybody_present

COPY = {"certified_by": "Sabine Krüger", "recipient": "", "full": "full"}


@pytest.fixture
def now() -> datetime:
    """After the meeting."""
    return LATER


@pytest.fixture
def seal(tmp_path: Path) -> SealSettings:
    return key_file(tmp_path, pki(LATER))


@pytest.fixture
def sealing(
    settings: Settings, cast: people.Cast, now: datetime, seal: SealSettings
) -> Iterator[Flask]:
    app = create_office(replace(settings, seal=seal), people.PASSWORDS)
    app.testing = True
    app.config["CLOCK"] = lambda: now
    app.test_client_class = OfficeClient
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def clerk(sealing: Flask) -> OfficeClient:
    client = sealing.test_client()
    assert isinstance(client, OfficeClient)
    assert client.sign_in(people.CLERK, people.PASSWORD).status_code == 303
    return client


@pytest.fixture
def room(session: Session, cast: people.Cast) -> Room:
    """A closed meeting with an item treated."""
    found = build(session, cast.boerde)
    everybody_present(session, found)
    facts = TreatmentFacts(deliberation="Es wird beraten.")
    record_treatment(session, found.actor, found.concept, None, facts, LATER)
    close(session, found)
    return found


def sealed(pdf: bytes) -> int:
    return len(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)


def test_copies_and_signed_minutes_are_handed_out_sealed(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    minutes = f"/sitzungen/{room.meeting}/niederschrift"
    fill(clerk, minutes)
    fill(clerk, f"{minutes}/unterzeichnen", signed_on="2017-04-28")
    assert "elektronisch gesiegelt" in text_of(clerk.get(minutes))
    page = f"/punkte/{room.concept}/ausfertigungen"
    shown = clerk.get(page)
    assert faults_of(shown) == []
    assert "Sie wird elektronisch gesiegelt" in text_of(shown)
    assert clerk.submit(f"/punkte/{room.concept}/abschriften", COPY, page=page).status_code == 303
    copy = session.scalars(select(CertifiedCopy)).one()
    assert sealed(clerk.get(f"{page}/{copy.document_id}.pdf").data) == 1


def test_a_seal_that_fails_is_told_on_the_page_and_issues_nothing(
    clerk: OfficeClient, session: Session, room: Room, seal: SealSettings
) -> None:
    minutes = f"/sitzungen/{room.meeting}/niederschrift"
    fill(clerk, minutes)
    kept = seal.secret_file.read_bytes()
    seal.secret_file.write_bytes(b"falsch")
    refused = fill(clerk, f"{minutes}/unterzeichnen", signed_on="2017-04-28")
    assert refused.status_code == 422
    assert "Das Kennwort ist falsch" in text_of(refused)
    seal.secret_file.write_bytes(kept)
    fill(clerk, f"{minutes}/unterzeichnen", signed_on="2017-04-28")
    seal.secret_file.write_bytes(b"falsch")
    page = f"/punkte/{room.concept}/ausfertigungen"
    refused = clerk.submit(f"/punkte/{room.concept}/abschriften", COPY, page=page)
    assert refused.status_code == 422
    assert "Das Kennwort ist falsch" in text_of(refused)
    assert session.scalars(select(CertifiedCopy)).all() == []


def test_an_office_without_a_seal_speaks_of_none(office_app: Flask, room: Room) -> None:
    client = office_app.test_client()
    assert isinstance(client, OfficeClient)
    client.sign_in(people.CLERK, people.PASSWORD)
    minutes = f"/sitzungen/{room.meeting}/niederschrift"
    fill(client, minutes)
    assert "gesiegelt" not in text_of(client.get(minutes))
