"""Ballots: three ways to record one, and every slip refused at its field."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.proceedings import Ballot, BallotKind, BallotOutcome
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.planning import error_at, faults_of
from tests.support.session_room import LATER, Room, build, everybody_present


@pytest.fixture
def now() -> datetime:
    """After the meeting."""
    return LATER


@pytest.fixture
def room(session: Session, cast: Cast) -> Room:
    """Five of the six voting members are there."""
    found = build(session, cast.boerde)
    everybody_present(session, found, but=(found.voters[5],))
    return found


@pytest.fixture
def path(room: Room) -> str:
    return f"/punkte/{room.grants}/abstimmungen/neu"


def recorded(session: Session, room: Room) -> list[Ballot]:
    session.rollback()
    return list(session.get_one(AgendaItem, room.grants, populate_existing=True).ballots)


def roll_call(*choices: str) -> dict[str, str]:
    return {f"votes-{n}-choice": choice for n, choice in enumerate(choices)}


def test_counts_bring_their_outcome_and_words(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    page = clerk.get(path)
    assert faults_of(page) == []
    assert "5 von 6 Stimmberechtigten anwesend" in text_of(page)
    answer = fill(clerk, path, yes="3", no="1", abstentions="1")
    assert answer.status_code == 303
    assert answer.location == f"/punkte/{room.grants}/beratung#abstimmungen"
    (row,) = recorded(session, room)
    assert (row.yes, row.no, row.abstentions, row.invalid, row.present) == (3, 1, 1, 0, 5)
    assert row.outcome is BallotOutcome.ACCEPTED
    text = text_of(clerk.get(f"/punkte/{room.grants}/beratung"))
    assert "mehrheitlich angenommen" in text
    assert "3 Ja-Stimmen, 1 Nein-Stimme, 1 Enthaltung" in text


def test_one_click_records_unanimity_without_inventing_numbers(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    page = f"{path}?weg=worte"
    assert faults_of(clerk.get(page)) == []
    answer = clerk.submit(f"/punkte/{room.grants}/abstimmungen/einstimmig", page=page)
    assert answer.status_code == 303
    (row,) = recorded(session, room)
    assert (row.result_text, row.yes, row.outcome) == ("einstimmig", None, BallotOutcome.ACCEPTED)
    assert row.kind is BallotKind.OPEN


def test_a_result_is_told_in_words(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(
        clerk,
        f"{path}?weg=worte",
        result_text="mehrheitlich bei einigen Enthaltungen",
        outcome="rejected",
        kind="secret",
        subject="Änderungsantrag",
    )
    (row,) = recorded(session, room)
    assert row.kind is BallotKind.SECRET
    assert row.outcome is BallotOutcome.REJECTED
    assert row.votes == []


def test_a_roll_call_counts_itself(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    page = f"{path}?weg=namentlich"
    assert faults_of(clerk.get(page)) == []
    answer = fill(clerk, page, **roll_call("yes", "no", "yes", "abstention"))
    assert answer.status_code == 303
    (row,) = recorded(session, room)
    assert row.kind is BallotKind.ROLL_CALL
    assert (row.yes, row.no, row.abstentions) == (2, 1, 1)
    assert len(row.votes) == 4
    text = text_of(clerk.get(f"/punkte/{room.grants}/beratung"))
    assert "Kim Schünemann: Ja" in text
    assert "Nicht abgestimmt: 1" in text, "the list itself explains who is missing"


def test_one_button_fills_the_rest_of_a_roll_call(clerk: OfficeClient, path: str) -> None:
    page = f"{path}?weg=namentlich"
    answer = fill(clerk, page, everybody="1", **roll_call("no"))
    fields = fields_of(answer)
    assert answer.status_code == 200
    assert fields["votes-0-choice"] == ["no"]
    assert fields["votes-4-choice"] == ["yes"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"yes": "4", "no": "2", "abstentions": "0"}, "yes", "6 Stimmen, aber nur 5"),
        ({"yes": "0", "no": "0", "abstentions": "0"}, "yes", "hat niemand abgestimmt"),
        ({}, "yes", "Bitte geben Sie die Stimmenzahlen an"),
        ({"yes": "3"}, "no", "alle Stimmenzahlen an, auch die Null"),
        ({"yes": "3", "no": "1"}, "abstentions", "alle Stimmenzahlen"),
        ({"yes": "1000", "no": "0", "abstentions": "0"}, "yes", "Zahl von 0 bis 999"),
        ({"yes": "-1", "no": "0", "abstentions": "0"}, "yes", "Zahl von 0 bis 999"),
        ({"yes": "9" * 30, "no": "0", "abstentions": "0"}, "yes", "Zahl von 0 bis 999"),
        ({"yes": "drei", "no": "0", "abstentions": "0"}, "yes", "ganze Zahl"),
        ({"yes": "1", "no": "0", "abstentions": "0", "present": "6"}, "present", "sind 5 Stimm"),
        ({"yes": "1", "no": "0", "abstentions": "0"}, "difference", "4 fehlen. Bitte erklären"),
        ({"yes": "1", "no": "0", "abstentions": "0", "recused": "6"}, "recused", "nicht 6"),
        (
            {"yes": "2", "no": "2", "abstentions": "0", "outcome": "accepted", "present": "4"},
            "outcome",
            "Bei 2 Ja- und 2 Nein-Stimmen",
        ),
        ({"yes": "5", "no": "0", "abstentions": "0", "subject": "x" * 1001}, "subject", "1000"),
        ({"yes": "5", "no": "0", "abstentions": "0", "kind": "laut"}, "kind", "Einträge"),
    ],
)
def test_impossible_counts_are_refused_at_their_field_and_kept(
    clerk: OfficeClient,
    session: Session,
    room: Room,
    path: str,
    typed: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    answer = fill(clerk, path, result_text="bleibt stehen", **typed)
    assert answer.status_code == 422
    assert sentence in error_at(answer, field)
    fields = fields_of(answer)
    assert fields["result_text"] == ["bleibt stehen"]
    for name in typed.keys() - {"kind"}:
        assert fields[name] == [typed[name]]
    assert recorded(session, room) == []


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"outcome": "accepted"}, "result_text", "das Ergebnis in Worten"),
        ({"result_text": "einstimmig"}, "outcome", "ob der Antrag angenommen ist"),
        ({"outcome": "accepted", "result_text": "x" * 501}, "result_text", "500"),
    ],
)
def test_a_told_result_must_be_whole(
    clerk: OfficeClient, path: str, typed: dict[str, str], field: str, sentence: str
) -> None:
    answer = fill(clerk, f"{path}?weg=worte", **typed)
    assert answer.status_code == 422
    assert sentence in error_at(answer, field)


def test_one_person_cannot_vote_twice(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    page = f"{path}?weg=namentlich"
    same = str(room.voters[0])
    typed = {"votes-0-person_id": same, "votes-1-person_id": same}
    answer = fill(clerk, page, **typed, **roll_call("yes", "no"))
    assert answer.status_code == 422
    assert "zweimal abgestimmt" in error_at(answer, "votes")
    assert recorded(session, room) == []


@pytest.mark.parametrize("who", ["absent", "adviser", "guest"])
def test_only_voting_members_who_are_there_are_called(
    clerk: OfficeClient, session: Session, room: Room, path: str, who: str
) -> None:
    person = {"absent": room.voters[5], "adviser": room.adviser, "guest": room.guest}[who]
    page = f"{path}?weg=namentlich"
    answer = fill(clerk, page, **{"votes-0-person_id": str(person)}, **roll_call("yes"))
    assert answer.status_code == 422
    assert "nicht anwesend oder nicht stimmberechtigt" in error_at(answer, "votes")
    assert recorded(session, room) == []


def test_an_empty_roll_call_is_refused(clerk: OfficeClient, path: str) -> None:
    answer = fill(clerk, f"{path}?weg=namentlich")
    assert answer.status_code == 422
    assert "wer wie gestimmt hat" in error_at(answer, "votes")


def test_without_attendance_there_is_no_ballot(
    clerk: OfficeClient, session: Session, cast: Cast
) -> None:
    room = build(session, cast.boerde)
    path = f"/punkte/{room.grants}/abstimmungen/neu"
    assert "Die Anwesenheit fehlt noch" in text_of(clerk.get(path))
    told = fill(clerk, f"{path}?weg=worte", result_text="einstimmig", outcome="accepted")
    assert told.status_code == 422
    assert "zuerst die Anwesenheit" in text_of(told)
    click = clerk.submit(f"/punkte/{room.grants}/abstimmungen/einstimmig", page=path)
    assert click.status_code == 422
    assert recorded(session, room) == []


def test_a_ballot_is_corrected_also_in_another_way(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, f"{path}?weg=namentlich", **roll_call("yes", "no", "yes"))
    (row,) = recorded(session, room)
    own = f"/abstimmungen/{row.id}"
    page = clerk.get(own)
    assert faults_of(page) == []
    assert fields_of(page)["votes-1-choice"] == ["no"]
    assert fill(clerk, f"{own}?weg=zahlen", kind="secret", outcome="").status_code == 303
    (row,) = recorded(session, room)
    assert (row.kind, row.yes, row.votes) == (BallotKind.SECRET, 2, [])


def test_a_second_tab_keeps_both_ballots(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, f"{path}?weg=namentlich", **roll_call("yes", "no", "yes"))
    (row,) = recorded(session, room)
    own = f"/abstimmungen/{row.id}"
    stale = fields_of(clerk.get(own))
    fill(clerk, own, outcome="", **roll_call("no"))
    typed = {"subject": "anderer Gegenstand", "outcome": ""}
    answer = clerk.post(own, data=stale | typed)
    assert answer.status_code == 409
    text = text_of(answer)
    assert "anderer Gegenstand" in text
    assert "Kim Schünemann Ja Nein" in text
    (row,) = recorded(session, room)
    assert row.subject == ""
    assert clerk.post(own, data=fields_of(answer)).status_code == 303
    (row,) = recorded(session, room)
    assert row.subject == "anderer Gegenstand"


def test_a_ballot_is_removed_after_a_question(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, path, yes="5", no="0", abstentions="0")
    (row,) = recorded(session, room)
    page = f"/abstimmungen/{row.id}/entfernen"
    assert "Diese Abstimmung entfernen?" in text_of(clerk.get(page))
    assert recorded(session, room) != []
    assert fill(clerk, page).status_code == 303
    assert recorded(session, room) == []


def test_abstaining_is_warned_of_in_bavaria_only(
    clerk: OfficeClient, session: Session, room: Room, cast: Cast, path: str
) -> None:
    assert "Enthaltungen sind hier nicht zulässig" not in text_of(clerk.get(path))
    session.get_one(Body, cast.boerde).land = "BY"
    session.commit()
    text = text_of(clerk.get(path))
    assert "Enthaltungen sind hier nicht zulässig (Art. 48 Abs. 1 Satz 2 GO)" in text
    assert fill(clerk, path, yes="4", no="0", abstentions="1").status_code == 303
    assert "Enthaltung ist hier nicht zulässig" in text_of(
        clerk.get(f"/punkte/{room.grants}/beratung")
    )


def test_other_bodies_members_and_unknown_ways_find_nothing(
    clerk: OfficeClient,
    member: OfficeClient,
    stranger: OfficeClient,
    session: Session,
    room: Room,
    path: str,
) -> None:
    fill(clerk, path, yes="5", no="0", abstentions="0")
    (row,) = recorded(session, room)
    for page in (path, f"/abstimmungen/{row.id}", f"/abstimmungen/{row.id}/entfernen"):
        assert member.get(page).status_code == 404
        assert stranger.get(page).status_code == 404
    token = stranger.token("/konto")
    click = f"/punkte/{room.grants}/abstimmungen/einstimmig"
    assert stranger.post(click, data={"csrf_token": token}).status_code == 404
    assert clerk.get(f"{path}?weg=zuruf").status_code == 404
    assert clerk.get("/abstimmungen/4711").status_code == 404
