"""Recusals on the item's page: recorded with what was decided, followed by the ballots."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.proceedings import Ballot, Recusal, RecusalBasis, Whereabouts
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.planning import error_at, faults_of
from tests.support.session_room import LATER, START, Room, build, everybody_present


@pytest.fixture
def now() -> datetime:
    """After the meeting."""
    return LATER


@pytest.fixture
def room(session: Session, cast: Cast) -> Room:
    found = build(session, cast.boerde)
    everybody_present(session, found)
    return found


@pytest.fixture
def path(room: Room) -> str:
    return f"/punkte/{room.grants}/mitwirkungsverbote/neu"


def item_of(session: Session, room: Room) -> AgendaItem:
    session.rollback()
    return session.get_one(AgendaItem, room.grants, populate_existing=True)


def recorded(session: Session, room: Room) -> list[Recusal]:
    return list(item_of(session, room).recusals)


def ballots(session: Session, room: Room) -> list[Ballot]:
    return list(item_of(session, room).ballots)


def test_a_recusal_is_recorded_with_its_decision(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    page = clerk.get(path)
    assert faults_of(page) == []
    assert "KVG LSA" in text_of(page), "the law is shown with its norm"
    answer = fill(
        clerk,
        path,
        person_id=str(room.voters[1]),
        basis="decided",
        decided="mit 5 Ja-Stimmen",
        whereabouts="audience",
        left_at="17:10",
        returned_at="17:40",
        reason="Bruder des Antragstellers",
    )
    assert answer.location == f"/punkte/{room.grants}/beratung#mitwirkungsverbote"
    (row,) = recorded(session, room)
    assert (row.basis, row.whereabouts) == (RecusalBasis.DECIDED, Whereabouts.AUDIENCE)
    assert (row.left_at, row.returned_at) == (
        START + timedelta(minutes=10),
        START + timedelta(minutes=40),
    )
    text = text_of(clerk.get(f"/punkte/{room.grants}/beratung"))
    assert "Kim Arnold – vom Gremium festgestellt, mit 5 Ja-Stimmen" in text
    assert "davon 1 von der Mitwirkung ausgeschlossen" in text
    assert "Bruder" not in text, "the reason stands on its own page alone"
    assert "6 von 6 Stimmberechtigten anwesend, davon 1 ausgeschlossen" in text_of(
        clerk.get(f"/punkte/{room.grants}/abstimmungen/neu")
    )


def test_who_is_recused_is_not_called(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, path, person_id=str(room.voters[1]))
    call = clerk.get(f"/punkte/{room.grants}/abstimmungen/neu?weg=namentlich")
    called = {one[0] for name, one in fields_of(call).items() if name.endswith("person_id")}
    assert str(room.voters[1]) not in called
    assert len(called) == 5


def test_a_later_recusal_asks_about_the_ballots_it_touches(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    facts = {"yes": "5", "no": "0", "abstentions": "0", "difference": "Eine Person ging hinaus."}
    fill(clerk, f"/punkte/{room.grants}/abstimmungen/neu", **facts)
    asked = fill(clerk, path, person_id=str(room.voters[1]), reason="bleibt stehen")
    assert asked.status_code == 422
    assert "6 anwesend, davon 1 ausgeschlossen" in text_of(asked)
    assert fields_of(asked)["reason"] == ["bleibt stehen"]
    assert recorded(session, room) == []
    done = clerk.post(path, data=fields_of(asked) | {"acknowledged": "1"})
    assert done.status_code == 303
    assert ballots(session, room)[0].recused == 1
    (row,) = recorded(session, room)
    own = f"/mitwirkungsverbote/{row.id}"
    asked = fill(clerk, own, basis="denied", decided="mit 5 Stimmen verneint")
    assert asked.status_code == 422
    assert clerk.post(own, data=fields_of(asked) | {"acknowledged": "1"}).status_code == 303
    assert ballots(session, room)[0].recused == 0
    assert fill(clerk, f"{own}/entfernen").status_code == 303
    assert recorded(session, room) == []


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"person_id": ""}, "person_id", "wählen Sie die Person"),
        ({"basis": "decided"}, "decided", "wie das Gremium"),
        ({"left_at": "16:10"}, "left_at", "außerhalb der Sitzung"),
        ({"left_at": "17:40", "returned_at": "17:30"}, "returned_at", "vor dem Gehen"),
        ({"reason": "x" * 2001}, "reason", "2000"),
    ],
)
def test_an_error_stands_at_its_field(
    clerk: OfficeClient, session: Session, room: Room, path: str,
    typed: dict[str, str], field: str, sentence: str,
) -> None:  # fmt: skip
    answer = fill(clerk, path, **({"person_id": str(room.voters[1])} | typed))
    assert answer.status_code == 422
    assert sentence in error_at(answer, field)
    assert recorded(session, room) == []


def test_a_second_tab_keeps_both(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, path, person_id=str(room.voters[1]))
    own = f"/mitwirkungsverbote/{recorded(session, room)[0].id}"
    assert faults_of(clerk.get(own)) == []
    stale = fields_of(clerk.get(own))
    fill(clerk, own, decided="erster Reiter")
    answer = clerk.post(own, data=stale | {"decided": "zweiter Reiter"})
    assert answer.status_code == 409
    assert "erster Reiter" in text_of(answer)
    assert "zweiter Reiter" in text_of(answer)


def test_members_and_strangers_find_nothing(
    clerk: OfficeClient,
    member: OfficeClient,
    stranger: OfficeClient,
    session: Session,
    room: Room,
    path: str,
) -> None:
    fill(clerk, path, person_id=str(room.voters[1]))
    own = f"/mitwirkungsverbote/{recorded(session, room)[0].id}"
    for page in (path, own, f"{own}/entfernen"):
        assert clerk.get(page).status_code == 200
        assert member.get(page).status_code == 404
        assert stranger.get(page).status_code == 404
