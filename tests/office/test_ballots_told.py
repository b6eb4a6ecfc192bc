"""Results by groups and members, many votes on one item, amendments before the matter itself."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.acts import organizations, people
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.people import Person
from sitzungsdienst.record.proceedings import Ballot, BallotKind, Motion, Requirement
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.planning import error_at, faults_of
from tests.support.session_room import LATER, PLANNED, Room, build, everybody_present

KOELN = "mehrheitlich gegen die CDU-Fraktion bei Enthaltung der FDP-Fraktion und Herrn Arnold"


@pytest.fixture
def now() -> datetime:
    """After the meeting."""
    return LATER


@pytest.fixture
def room(session: Session, cast: Cast) -> Room:
    """All six voting members are there; the second is called Herr Arnold."""
    found = build(session, cast.boerde)
    row = session.get_one(Person, found.voters[1])
    facts = people.PersonFacts(family_name="Arnold", given_name="Kim", form_of_address="Herr")
    people.edit_person(session, found.actor, row.id, row.version, facts, PLANNED)
    everybody_present(session, found)
    return found


@pytest.fixture
def groups(session: Session, room: Room) -> dict[str, int]:
    return {
        name: organizations.create_organization(
            session,
            room.actor,
            organizations.OrganizationFacts(name=name, kind=OrganizationKind.GROUP),
            PLANNED,
        )
        for name in ("CDU-Fraktion", "FDP-Fraktion")
    }


@pytest.fixture
def path(room: Room) -> str:
    return f"/punkte/{room.grants}/abstimmungen/neu"


def recorded(session: Session, room: Room) -> list[Ballot]:
    session.rollback()
    return list(session.get_one(AgendaItem, room.grants, populate_existing=True).ballots)


def koeln(room: Room, groups: dict[str, int]) -> dict[str, str]:
    return {
        "outcome": "accepted",
        "stances-0-who": f"fraktion-{groups['CDU-Fraktion']}",
        "stances-0-choice": "no",
        "stances-1-who": f"fraktion-{groups['FDP-Fraktion']}",
        "stances-1-choice": "abstention",
        "stances-2-who": f"mitglied-{room.voters[1]}",
        "stances-2-choice": "abstention",
        "named_on_demand": "y",
    }


def test_the_result_of_koeln_is_made_of_who_stood_where(
    clerk: OfficeClient, session: Session, room: Room, groups: dict[str, int], path: str
) -> None:
    page = f"{path}?weg=worte"
    assert faults_of(clerk.get(page)) == []
    assert fill(clerk, page, **koeln(room, groups)).status_code == 303
    (row,) = recorded(session, room)
    assert (row.result_text, row.yes, row.difference) == (KOELN, None, "")
    assert KOELN in text_of(clerk.get(f"/punkte/{room.grants}/beratung"))
    own = fields_of(clerk.get(f"/abstimmungen/{row.id}"))
    assert own["stances-0-label"] == ["die CDU-Fraktion"]
    assert own["stances-2-who"] == [f"mitglied-{room.voters[1]}"]


def test_nobody_is_named_without_their_demand(
    clerk: OfficeClient, session: Session, room: Room, groups: dict[str, int], path: str
) -> None:
    typed = koeln(room, groups)
    del typed["named_on_demand"]
    answer = fill(clerk, f"{path}?weg=worte", **typed)
    assert answer.status_code == 422
    assert "wenn es das selbst verlangt" in error_at(answer, "named_on_demand")
    assert fields_of(answer)["stances-2-who"] == [f"mitglied-{room.voters[1]}"]
    secret = fill(clerk, f"{path}?weg=worte", **(koeln(room, groups) | {"kind": "secret"}))
    assert secret.status_code == 422
    assert "auch nicht nach Fraktionen" in text_of(secret)
    assert recorded(session, room) == []


def test_more_rows_for_stances_lose_nothing(
    clerk: OfficeClient, room: Room, groups: dict[str, int], path: str
) -> None:
    answer = fill(clerk, f"{path}?weg=worte", stances_more="1", **koeln(room, groups))
    fields = fields_of(answer)
    assert answer.status_code == 200
    assert fields["stances-1-who"] == [f"fraktion-{groups['FDP-Fraktion']}"]
    assert "stances-5-who" in fields


@pytest.mark.parametrize(
    ("kind", "text", "result"),
    [
        ("without_dissent", "", "ohne Widerspruch"),
        ("acclamation", "durch Zuruf", "durch Zuruf"),
    ],
)
def test_a_vote_that_nobody_counted(
    clerk: OfficeClient, session: Session, room: Room, path: str, kind: str, text: str, result: str
) -> None:
    fill(clerk, f"{path}?weg=worte", kind=kind, outcome="accepted", result_text=text)
    (row,) = recorded(session, room)
    assert (row.kind, row.result_text, row.yes) == (BallotKind(kind), result, None)


def test_six_votes_are_saved_at_once(clerk: OfficeClient, session: Session, room: Room) -> None:
    page = f"/punkte/{room.grants}/abstimmungen/mehrere"
    assert faults_of(clerk.get(page)) == []
    rows = [
        ("Bürger 1", 2, 3, 1),
        ("Bürger 2", 2, 3, 1),
        *[(f"Amt {n}", 3, 2, 1) for n in range(4)],
    ]
    typed = {
        f"rows-{place}-{name}": str(value)
        for place, row in enumerate(rows)
        for name, value in zip(("subject", "yes", "no", "abstentions"), row, strict=True)
    }
    assert fill(clerk, page, **typed).status_code == 303
    kept = [(one.subject, one.yes, one.no, one.abstentions) for one in recorded(session, room)]
    assert kept == rows
    assert [one.outcome.value for one in recorded(session, room)] == ["rejected"] * 2 + [
        "accepted"
    ] * 4


def test_one_wrong_row_saves_none_and_says_where(
    clerk: OfficeClient, session: Session, room: Room
) -> None:
    page = f"/punkte/{room.grants}/abstimmungen/mehrere"
    typed = {
        "rows-0-subject": "Bürger 1", "rows-0-yes": "6", "rows-0-no": "0",
        "rows-0-abstentions": "0",
        "rows-2-subject": "Bürger 2", "rows-2-yes": "6", "rows-2-no": "1",
        "rows-2-abstentions": "0",
    }  # fmt: skip
    answer = fill(clerk, page, **typed)
    assert answer.status_code == 422
    assert "7 Stimmen, aber nur 6" in error_at(answer, "rows-2-yes")
    few = fill(clerk, page, **(typed | {"rows-2-yes": "1"}))
    assert "4 fehlen. Bitte erklären" in error_at(few, "rows-2-difference")
    assert fields_of(few)["rows-0-subject"] == ["Bürger 1"]
    assert recorded(session, room) == []
    more = fill(clerk, page, more="1", **typed)
    assert "rows-11-yes" in fields_of(more)
    empty = fill(clerk, page)
    assert "mindestens eine Abstimmung" in text_of(empty)


def test_an_amendment_goes_before_the_matter_and_the_order_can_be_changed(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, path, yes="5", no="1", abstentions="0")
    facts = {"motion": "amendment", "moved_by": "CDU-Fraktion", "taken_at": "17:15"}
    fill(clerk, path, yes="2", no="4", abstentions="0", **facts)
    first, second = recorded(session, room)
    assert (first.motion, second.motion) == (Motion.AMENDMENT, Motion.MAIN)
    text = text_of(clerk.get(f"/punkte/{room.grants}/beratung"))
    assert "Änderungsantrag" in text
    assert "Antrag von CDU-Fraktion; um 17:15 Uhr" in text
    data = {"version": str(first.version), "richtung": "ab"}
    page = f"/punkte/{room.grants}/beratung"
    clerk.submit(f"/abstimmungen/{first.id}/verschieben", page=page, data=data)
    assert [one.id for one in recorded(session, room)] == [second.id, first.id]


def test_a_greater_majority_is_reckoned_among_all_members(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    facts = {"no": "2", "abstentions": "1", "requirement": "majority_of_members"}
    answer = fill(clerk, path, yes="3", outcome="accepted", **facts)
    assert "Nötig sind 4 Ja-Stimmen von 6" in error_at(answer, "outcome")
    fill(clerk, path, yes="3", **facts)
    (row,) = recorded(session, room)
    assert (row.requirement, row.outcome.value) == (Requirement.MAJORITY_OF_MEMBERS, "rejected")


def test_members_and_strangers_find_no_grid(
    member: OfficeClient, stranger: OfficeClient, room: Room
) -> None:
    for client in (member, stranger):
        assert client.get(f"/punkte/{room.grants}/abstimmungen/mehrere").status_code == 404
