"""The history of a meeting, an item and a paper, for the clerks of its Body."""

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.acts.ballots import BallotFacts, record_ballot
from sitzungsdienst.record.proceedings import BallotOutcome
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fill
from tests.support.planning import faults_of
from tests.support.session_room import START, Room, build, everybody_present


@pytest.fixture
def room(session: Session, cast: Cast) -> Room:
    found = build(session, cast.boerde)
    everybody_present(session, found)
    return found


def pages(room: Room) -> tuple[str, str, str]:
    return (
        f"/sitzungen/{room.meeting}/aenderungen",
        f"/punkte/{room.concept}/aenderungen",
        f"/vorlagen/{room.paper}/aenderungen",
    )


def test_the_history_tells_who_changed_which_field_from_what(
    clerk: OfficeClient, room: Room
) -> None:
    write = f"/punkte/{room.concept}/beratung"
    fill(clerk, write, deliberation="Erster Wortlaut", decision="noted")
    fill(clerk, write, deliberation="Zweiter Wortlaut")
    for page in pages(room):
        assert faults_of(clerk.get(page)) == [], page
    for page in pages(room)[:2]:
        text = text_of(clerk.get(page))
        assert "Sabine Krüger" in text
        assert "Beratung erfasst" in text
        assert "Beratung »Erster Wortlaut« → »Zweiter Wortlaut«" in text
        assert "»zur Kenntnis genommen«" in text


def test_values_of_a_vote_stay_out_of_the_history(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    facts = BallotFacts(outcome=BallotOutcome.ACCEPTED, result_text="gegen Frau Brandt")
    record_ballot(session, room.actor, room.concept, facts, START)
    text = text_of(clerk.get(f"/punkte/{room.concept}/aenderungen"))
    assert "Abstimmung erfasst" in text
    assert "Ergebnis in Worten" in text
    assert "Brandt" not in text


def test_the_history_is_for_clerks_of_the_body_alone(
    clerk: OfficeClient,
    member: OfficeClient,
    stranger: OfficeClient,
    administrator: OfficeClient,
    room: Room,
) -> None:
    for page in pages(room):
        assert clerk.get(page).status_code == 200
        for other in (member, stranger, administrator):
            assert other.get(page).status_code == 404, page
    assert clerk.get(f"{pages(room)[0]}?seite=99").status_code == 404


def test_the_pages_of_the_rows_lead_to_their_history(clerk: OfficeClient, room: Room) -> None:
    for page in (
        f"/sitzungen/{room.meeting}",
        f"/punkte/{room.concept}/beratung",
        f"/vorlagen/{room.paper}",
    ):
        assert "Änderungsverlauf" in text_of(clerk.get(page)), page
