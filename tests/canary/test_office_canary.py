"""Who signs in reads what is theirs: a member of another committee and another Body's clerk.

They open every page of the office with every row number there is; the marker must not appear.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, Select, false, or_, select
from sqlalchemy.orm import Session

from sitzungsdienst.office import loading
from sitzungsdienst.office.file_search import FilesFound
from sitzungsdienst.office.paper_forms import PaperFilter
from sitzungsdienst.office.views import papers
from sitzungsdienst.record import schema
from sitzungsdienst.record.accounts import OfficeUser, UserRole
from sitzungsdienst.record.papers import Attachment, Paper
from sitzungsdienst.record.people import Membership
from tests.canary import crawl, marking
from tests.canary.scenario import AFTER, Scenario, arrange
from tests.support import cast as people
from tests.support.browser import OfficeClient
from tests.support.cast import Cast

pytestmark = pytest.mark.slow

Who = tuple[Flask, str, Scenario, Engine, Path]
NEIGHBOUR = "nachbarin@kreistag-boerde.example"


@pytest.fixture
def scenario(session: Session, cast: Cast) -> Scenario:
    scenario = arrange(session, cast)
    # A member of the other committee alone: the person who sits in both leaves the first.
    both = session.scalars(
        select(Membership).where(Membership.organization_id == scenario.other_committee)
    ).one()
    first = session.scalars(
        select(Membership).where(
            Membership.organization_id == scenario.committee,
            Membership.person_id == both.person_id,
        )
    ).one()
    session.delete(first)
    session.add(
        OfficeUser(
            email=NEIGHBOUR,
            name="Nachbarin",
            role=UserRole.MEMBER,
            body_id=cast.boerde,
            person_id=both.person_id,
            password_hash=people.PASSWORD_HASH,
            created_at=AFTER,
            modified_at=AFTER,
        )
    )
    session.commit()
    return scenario


def answers(
    app: Flask, email: str, scenario: Scenario, engine: Engine, folder: Path
) -> Iterator[crawl.Answer]:
    """What somebody is answered who opens everything, one after the other."""
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    assert client.sign_in(email, people.PASSWORD).status_code == 303
    session = scenario.session
    wanted = select(OfficeUser.id, OfficeUser.body_id).where(OfficeUser.email == email)
    own, body = session.execute(wanted).one()
    row_ids = crawl.numbers(session, schema.metadata)
    uids = crawl.uids(session, schema.metadata)
    session.rollback()
    spared = {"office_user": f"id = {own}", "user_session": f"user_id = {own}"}
    if body not in (None, scenario.actor.body_id):
        # What is their own Body's is theirs to read.
        tables = schema.metadata.sorted_tables
        spared |= {one.name: f"body_id = {body}" for one in tables if "body_id" in one.columns}
        spared |= {"body": f"id = {body}", "office_user": f"id = {own}"}
    with engine.connect().execution_options(writes=True) as connection:
        marking.mark(connection, schema.metadata, spared)
        connection.commit()
    for address in crawl.addresses(app, uids, row_ids):
        if address.endswith("/abmelden"):
            continue
        for query in crawl.QUERIES if address.count("/") == 1 else ("",):
            yield crawl.fetch(client, f"{address}{query}", folder)


def leaks(*who: *Who) -> tuple[list[str], int]:
    """What somebody finds, and how many pages were answered at all."""
    found = list(answers(*who))
    return crawl.leaks(iter(found)), sum(answer.status == 200 for answer in found)


def test_a_member_of_another_committee_finds_no_secret(
    scenario: Scenario,
    engine: Engine,
    office_app: Flask,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    found, answered = leaks(office_app, NEIGHBOUR, scenario, engine, tmp_path)
    assert found == []
    assert marking.MARKER not in caplog.text
    assert answered > 2


def test_a_search_that_forgets_who_asks_is_found(
    scenario: Scenario,
    engine: Engine,
    office_app: Flask,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The proof that the crawl searches for words of non-public attachments."""

    def leaking(readable: Select[Paper], form: PaperFilter, files: FilesFound) -> Select[Paper]:
        del readable, form
        return select(Paper).where(or_(false(), *files.conditions().values()))

    monkeypatch.setattr(loading, "attachments", lambda *_: select(Attachment))
    monkeypatch.setattr(papers, "filtered", leaking)
    found, _ = leaks(office_app, NEIGHBOUR, scenario, engine, tmp_path)
    assert any(one.startswith("/vorlagen?suche=Kaufpreis") for one in found)


def test_the_clerk_of_another_body_finds_no_secret(
    scenario: Scenario, engine: Engine, office_app: Flask, tmp_path: Path
) -> None:
    found, answered = leaks(office_app, people.STRANGER, scenario, engine, tmp_path)
    assert found == []
    assert answered > 2


def test_the_committees_own_clerk_would_find_them(
    scenario: Scenario, engine: Engine, office_app: Flask, tmp_path: Path
) -> None:
    """The proof that the crawl sees anything: whose papers they are reads them."""
    read = answers(office_app, people.CLERK, scenario, engine, tmp_path)
    assert any(crawl.leaks(iter([one])) for one in read)
