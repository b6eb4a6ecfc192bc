"""Votes that cannot have been cast, and lists that would make recorded ones impossible."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind, Ballot, Vote
from tests.support.browser import OfficeClient, text_of
from tests.support.filled import fields_of, fill
from tests.support.planning import error_at
from tests.support.session_room import Room


@pytest.fixture
def path(room: Room) -> str:
    return f"/punkte/{room.concept}/abstimmungen/neu"


def ballots(session: Session) -> list[Ballot]:
    session.rollback()
    return list(session.scalars(select(Ballot).execution_options(populate_existing=True)))


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("yes", "7", "7 Stimmen"),
        ("yes", "0", "hat niemand abgestimmt"),
        ("yes", "-1", "von 0 bis 999"),
        ("no", "1000", "von 0 bis 999"),
        ("abstentions", "99999999999999999999", "von 0 bis 999"),
        ("invalid", "-1", "von 0 bis 999"),
        ("yes", "abc", "eine ganze Zahl"),
        ("yes", "1e9", "eine ganze Zahl"),
        ("yes", "NaN", "eine ganze Zahl"),
        ("yes", "2.5", "eine ganze Zahl"),
        ("present", "7", "sind 6 Stimmberechtigte erfasst"),
        ("present", "99999999999999999999", "von 0 bis 999"),
        ("recused", "7", "ausgeschlossen, nicht 7"),
        ("recused", "-1", "von 0 bis 999"),
    ],
)
def test_an_impossible_number_is_refused_at_its_field_and_kept(
    clerk: OfficeClient, session: Session, path: str, field: str, typed: str, words: str
) -> None:
    counts = {"yes": "0" if field == "yes" else "3", "no": "0", "abstentions": "0"}
    answer = fill(clerk, path, **counts | {field: typed})
    assert answer.status_code == 422
    assert words in error_at(answer, field)
    assert fields_of(answer)[field] == [typed], "what was typed stays"
    assert ballots(session) == []


def test_one_person_does_not_vote_twice(clerk: OfficeClient, session: Session, path: str) -> None:
    form = fields_of(clerk.get(f"{path}?weg=namentlich"))
    first = form["votes-0-person_id"][0]
    twice = {"votes-0-choice": "yes", "votes-1-person_id": first, "votes-1-choice": "no"}
    answer = clerk.post(f"{path}?weg=namentlich", data=form | twice)
    assert answer.status_code == 422
    assert "zweimal abgestimmt" in text_of(answer)
    assert ballots(session) == []


@pytest.mark.parametrize("person", ["99999999999999999999", "0", "abc", "-1"])
def test_nobody_votes_who_is_nobody(
    clerk: OfficeClient, session: Session, path: str, person: str
) -> None:
    form = fields_of(clerk.get(f"{path}?weg=namentlich"))
    forged = {"votes-0-person_id": person, "votes-0-choice": "yes"}
    answer = clerk.post(f"{path}?weg=namentlich", data=form | forged)
    assert answer.status_code == 422
    assert ballots(session) == []


def test_a_list_with_fewer_than_voted_is_refused_and_names_the_item(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, path, yes="4", no="1", abstentions="1")
    answer = fill(
        clerk, f"/sitzungen/{room.meeting}/anwesenheit", **{"presences-0-kind": "excused"}
    )
    assert answer.status_code == 422
    assert "Ö 2 (6 bei 5)" in text_of(answer)
    assert fields_of(answer)["presences-0-kind"] == ["excused"], "what was chosen stays"
    session.rollback()
    kinds = set(session.scalars(select(Attendance.kind)))
    assert kinds == {AttendanceKind.PRESENT}


def test_a_list_follows_where_the_votes_still_fit(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    fill(clerk, path, yes="4", no="0", abstentions="0", difference="Zwei stimmten nicht ab.")
    page = f"/sitzungen/{room.meeting}/anwesenheit"
    asked = fill(clerk, page, **{"presences-0-kind": "excused"})
    assert asked.status_code == 422
    assert "6 anwesend" in text_of(asked)
    assert "5 anwesend" in text_of(asked)
    assert ballots(session)[0].present == 6, "nothing follows before somebody said so"
    answer = clerk.post(page, data=fields_of(asked) | {"acknowledged": "1"})
    assert answer.status_code == 303
    (row,) = ballots(session)
    assert (row.present, row.yes) == (5, 4)


def test_who_voted_by_name_stays_on_the_list(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    names = f"{path}?weg=namentlich"
    assert fill(clerk, names, **{"votes-0-choice": "yes"}).status_code == 303
    answer = fill(
        clerk, f"/sitzungen/{room.meeting}/anwesenheit", **{"presences-0-kind": "excused"}
    )
    assert answer.status_code == 422
    assert "Zu Ö 2 hat jemand namentlich abgestimmt" in text_of(answer)
    assert ballots(session)[0].present == 6


def test_a_ballot_that_turns_out_secret_leaves_no_trace_of_who_voted(
    clerk: OfficeClient, session: Session, path: str
) -> None:
    fill(clerk, f"{path}?weg=namentlich", **{"votes-0-choice": "yes", "votes-1-choice": "no"})
    own = f"/abstimmungen/{ballots(session)[0].id}?weg=zahlen"
    counts = {"yes": "1", "no": "1", "abstentions": "0", "outcome": "", "result_text": ""}
    assert fill(clerk, own, kind="secret", **counts).status_code == 303
    session.rollback()
    assert session.scalars(select(Vote)).all() == []
    trail = " ".join(session.scalars(select(AuditEntry.changes)))
    assert "Vote" not in trail
    assert "Schünemann" not in text_of(clerk.get(own))


def test_a_double_click_records_one_ballot(
    clerk: OfficeClient, session: Session, room: Room, path: str
) -> None:
    counts = {"yes": "5", "no": "1", "abstentions": "0"}
    form = fields_of(clerk.get(path)) | counts
    assert clerk.post(path, data=form).status_code == 303
    again = clerk.post(path, data=form)
    assert again.status_code == 422
    assert "schon erfasst" in error_at(again, "subject")
    assert len(ballots(session)) == 1
    assert clerk.post(path, data=form | {"subject": "Änderungsantrag"}).status_code == 303
    click = f"/punkte/{room.grants}/abstimmungen/einstimmig"
    token = {"csrf_token": form["csrf_token"]}
    assert clerk.post(click, data=token).status_code == 303
    assert clerk.post(click, data=token).status_code == 422
    assert len(ballots(session)) == 3
