"""The pages of elections: opening one on an item, counting, declaring, lots, taking back."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.elections import Election, RoundOutcome
from sitzungsdienst.record.meetings import AgendaItem
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.council import Council, build
from tests.support.filled import fields_of, fill
from tests.support.planning import error_at, faults_of


@pytest.fixture
def now() -> datetime:
    """The day after the meeting."""
    return datetime(2024, 7, 12, 15, tzinfo=UTC)


@pytest.fixture
def council(session: Session, cast: Cast) -> Council:
    """Ten members in Sachsen-Anhalt, all present."""
    return build(session, cast.boerde, land="ST", members=10)


def rows(council: Council) -> list[Election]:
    council.session.rollback()
    item = council.session.get_one(AgendaItem, council.item, populate_existing=True)
    return list(item.elections)


def opened(council: Council, *names: str, **facts: Any) -> int:
    return council.open("Vorsitz des Rates", *(names or ("Anna Arndt", "Bernd Busch")), **facts)


def votes(*numbers: int | str) -> dict[str, str]:
    return {f"votes-{n}-votes": str(one) for n, one in enumerate(numbers)}


def test_an_election_is_opened_from_the_page_of_its_item(
    clerk: OfficeClient, council: Council
) -> None:
    beside = clerk.get(f"/punkte/{council.item}/beratung")
    path = f"/punkte/{council.item}/wahlen/neu"
    assert path in beside.get_data(as_text=True)
    page = clerk.get(path)
    assert faults_of(page) == []
    assert fields_of(page)["secret"] == ["0"]
    assert "Gewählt wird offen, solange niemand widerspricht" in text_of(page)
    person = council.members[0]
    typed = {"candidates-0-name": "Anna Arndt", "candidates-1-who": f"p-{person}"}
    answer = fill(clerk, path, office="Vorsitz des Rates", **typed)
    (row,) = rows(council)
    assert answer.location == f"/wahlen/{row.id}/wahlgaenge/neu"
    assert [one.name for one in row.candidates] == ["Anna Arndt", "Mitglied 01"]
    assert row.candidates[1].person_id == person
    text = text_of(clerk.get(f"/punkte/{council.item}/beratung"))
    assert "noch kein Wahlgang" in text
    assert "Zur Wahl: Anna Arndt, Mitglied 01" in text


def test_more_rows_keep_what_was_typed(clerk: OfficeClient, council: Council) -> None:
    path = f"/punkte/{council.item}/wahlen/neu"
    typed = {"office": "Vorsitz", "candidates-0-name": "Anna", "more": "1"}
    answer = fill(clerk, path, **typed)
    assert answer.status_code == 200
    found = fields_of(answer)
    assert found["candidates-0-name"] == ["Anna"]
    assert "candidates-7-name" in found
    assert rows(council) == []


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"office": ""}, "office", "wozu gewählt wird"),
        ({"kind": "lists", "seats": ""}, "seats", "Zahl von 1 bis 999"),
        ({"kind": "laut"}, "kind", "Einträge"),
        ({"candidates-1-name": "Anna"}, "candidates-0-name", "zweimal"),
        ({"candidates-0-name": "x" * 201}, "candidates-0-name", "200"),
        ({"kind": "lists", "seats": "5", "method": "dhondt"}, "method", "Hare-Niemeyer"),
    ],
)
def test_a_faulty_election_tells_so_at_its_field(
    clerk: OfficeClient, council: Council, typed: dict[str, str], field: str, sentence: str
) -> None:
    path = f"/punkte/{council.item}/wahlen/neu"
    answer = fill(clerk, path, **({"office": "Vorsitz", "candidates-0-name": "Anna"} | typed))
    assert answer.status_code == 422
    assert sentence in error_at(answer, field)
    assert faults_of(answer) == []
    assert rows(council) == []


def test_an_election_without_candidates_says_so(clerk: OfficeClient, council: Council) -> None:
    answer = fill(clerk, f"/punkte/{council.item}/wahlen/neu", office="Vorsitz")
    assert answer.status_code == 422
    assert "Bitte tragen Sie ein, wer zur Wahl steht" in text_of(answer)


def test_a_round_is_checked_before_it_is_recorded(clerk: OfficeClient, council: Council) -> None:
    election = opened(council)
    path = f"/wahlen/{election}/wahlgaenge/neu"
    page = clerk.get(path)
    assert faults_of(page) == []
    assert "Als anwesend erfasst: 10 mit Stimmrecht" in text_of(page)
    assert "Wer zur Wahl steht, wählt mit." in text_of(page)
    looked = fill(clerk, path, **votes(6, 3), no="1", judge="1")
    assert looked.status_code == 200
    text = text_of(looked)
    assert "Anna Arndt ist gewählt: 6 Stimmen" in text
    assert "Noch ist nichts gespeichert." in text
    assert fields_of(looked)["votes-0-votes"] == ["6"]
    assert rows(council)[0].rounds == []
    answer = fill(clerk, path, **votes(6, 3), no="1")
    assert answer.location == f"/wahlen/{election}"
    (held,) = rows(council)[0].rounds
    assert (held.no, held.handed_in, held.outcome) == (1, 10, RoundOutcome.ELECTED)
    assert "gewählt" in text_of(clerk.get(f"/sitzungen/{council.meeting}/verlauf"))
    shown = clerk.get(f"/wahlen/{election}")
    assert faults_of(shown) == []
    assert "10 Stimmberechtigte anwesend; 10 Stimmzettel abgegeben; Nein 1" in text_of(shown)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (votes("", ""), "votes-0-votes", "wie viele Stimmen"),
        (votes("drei"), "votes-0-votes", "ganze Zahl"),
        (votes(1000, 1), "votes-0-votes", "Zahl von 0 bis 999"),
        (votes(5, 5) | {"no": "-1"}, "no", "Zahl von 0 bis 999"),
        (votes(5, 6), "handed_in", "11 Stimmzettel, anwesend 10"),
        (votes(5, 5) | {"handed_in": "9"}, "handed_in", "ausgezählt 10"),
        (votes(5, 5) | {"present": "11"}, "present", "sind 10 Stimmberechtigte"),
        (votes(5, 4), "acknowledged", "1 zu wenig"),
        (votes(6, 4) | {"outcome": "next_round"}, "outcome", "Nach den Zahlen gilt"),
    ],
)
def test_a_faulty_count_tells_so_at_its_field_and_keeps_what_was_typed(
    clerk: OfficeClient, council: Council, typed: dict[str, str], field: str, sentence: str
) -> None:
    election = opened(council)
    path = f"/wahlen/{election}/wahlgaenge/neu"
    answer = fill(clerk, path, **typed)
    assert answer.status_code == 422
    assert sentence in error_at(answer, field)
    assert faults_of(answer) == []
    found = fields_of(answer)
    assert {name: found[name] for name in typed} == {name: [one] for name, one in typed.items()}
    assert rows(council)[0].rounds == []
    looked = fill(clerk, path, **typed, judge="1")
    assert looked.status_code in (200, 422)


def test_the_next_round_opens_with_those_who_may_stand(
    clerk: OfficeClient, council: Council
) -> None:
    council.row(opened(council)).agenda_item.meeting.body.land = "BW"
    council.session.commit()
    election = council.open("Vorsitz", "A", "B", "C", secret=True)
    council.count(election, {"A": 5, "B": 3, "C": 2})
    page = clerk.get(f"/wahlen/{election}/wahlgaenge/neu")
    assert faults_of(page) == []
    shown = page.get_data(as_text=True)
    assert "2. Wahlgang" in text_of(page)
    others = shown[shown.index("nicht mehr zur Wahl stehen") :]
    assert 'name="votes-2-votes"' in others
    assert 'name="votes-0-votes"' not in others


def test_a_lot_is_entered_taken_back_and_entered_anew(
    clerk: OfficeClient, council: Council
) -> None:
    election = opened(council)
    council.count(election, {"Anna Arndt": 5, "Bernd Busch": 5})
    path = f"/wahlen/{election}/wahlgaenge/neu"
    answer = fill(clerk, path, **votes(5, 5))
    held = rows(council)[0].rounds[-1]
    assert answer.location == f"/wahlgaenge/{held.id}/los"
    page = clerk.get(answer.location)
    assert faults_of(page) == []
    ids = council.candidates(election)
    nobody = fill(clerk, answer.location, drawn_by="Vorsitz")
    assert nobody.status_code == 422
    assert "auf wen das Los gefallen ist" in error_at(nobody, "winners")
    unsaid = fill(clerk, answer.location, winners=str(ids["Anna Arndt"]))
    assert "wer das Los gezogen hat" in error_at(unsaid, "drawn_by")
    done = fill(clerk, answer.location, winners=str(ids["Anna Arndt"]), drawn_by="Karin Vorsitz")
    assert done.location == f"/wahlen/{election}"
    text = text_of(clerk.get(done.location))
    assert "Das Los zwischen Anna Arndt und Bernd Busch fiel auf Anna Arndt" in text
    assert "gezogen von Karin Vorsitz" in text
    assert "nichts zu losen" in text_of(clerk.get(answer.location))
    assert fill(clerk, f"{answer.location}/zuruecknehmen").status_code == 303
    assert rows(council)[0].rounds[-1].outcome is RoundOutcome.LOT
    assert "Los eintragen" in text_of(clerk.get(f"/punkte/{council.item}/beratung"))


def test_the_last_round_is_corrected_and_taken_back(clerk: OfficeClient, council: Council) -> None:
    election = opened(council)
    held = council.count(election, {"Anna Arndt": 6, "Bernd Busch": 4})
    path = f"/wahlgaenge/{held.id}/bearbeiten"
    found = fields_of(clerk.get(path))
    assert (found["votes-0-votes"], found["outcome"], found["result_text"]) == (["6"], [""], [""])
    assert fill(clerk, path, **votes(4, 6)).status_code == 303
    assert council.row(election).rounds[0].result_text.startswith("Bernd Busch ist gewählt")
    assert fill(clerk, f"/wahlgaenge/{held.id}/zuruecknehmen").status_code == 303
    assert council.row(election).rounds == []
    assert fill(clerk, f"/wahlen/{election}/entfernen").status_code == 303
    assert rows(council) == []


def test_a_stale_round_shows_both_and_loses_nothing(clerk: OfficeClient, council: Council) -> None:
    election = opened(council)
    path = f"/wahlen/{election}/wahlgaenge/neu"
    first, second = fields_of(clerk.get(path)), fields_of(clerk.get(path))
    assert clerk.post(path, data=first | votes(5, 5)).status_code == 303
    late = clerk.post(path, data=second | votes(6, 4))
    assert late.status_code == 409
    assert fields_of(late)["votes-0-votes"] == ["6"]
    assert len(rows(council)[0].rounds) == 1
    path = f"/wahlgaenge/{rows(council)[0].rounds[0].id}/bearbeiten"
    first, second = fields_of(clerk.get(path)), fields_of(clerk.get(path))
    assert clerk.post(path, data=first | votes(6, 4)).status_code == 303
    late = clerk.post(path, data=second | votes(3, 7))
    assert late.status_code == 409
    assert "Inzwischen gespeichert" in text_of(late)
    assert clerk.post(path, data=fields_of(late)).status_code == 303
    assert [one.votes for one in rows(council)[0].rounds[0].tallies] == [3, 7]


def test_a_stale_election_shows_both(clerk: OfficeClient, council: Council) -> None:
    path = f"/wahlen/{opened(council)}/bearbeiten"
    assert faults_of(clerk.get(path)) == []
    first, second = fields_of(clerk.get(path)), fields_of(clerk.get(path))
    assert clerk.post(path, data=first | {"office": "Vorsitz"}).status_code == 303
    late = clerk.post(path, data=second | {"office": "Leitung", "candidates-1-name": "Berta"})
    assert late.status_code == 409
    assert faults_of(late) == []
    assert clerk.post(path, data=fields_of(late)).status_code == 303
    (row,) = rows(council)
    assert (row.office, [one.name for one in row.candidates]) == (
        "Leitung",
        ["Anna Arndt", "Berta"],
    )


def pages(council: Council) -> list[str]:
    election = opened(council)
    held = council.count(election, {"Anna Arndt": 6, "Bernd Busch": 4})
    return [
        f"/punkte/{council.item}/wahlen/neu",
        f"/wahlen/{election}",
        f"/wahlen/{election}/bearbeiten",
        f"/wahlen/{election}/entfernen",
        f"/wahlen/{election}/wahlgaenge/neu",
        f"/wahlgaenge/{held.id}/bearbeiten",
        f"/wahlgaenge/{held.id}/zuruecknehmen",
        f"/wahlgaenge/{held.id}/los",
        f"/wahlgaenge/{held.id}/los/zuruecknehmen",
    ]


def test_members_and_other_bodies_find_no_elections(
    clerk: OfficeClient, member: OfficeClient, stranger: OfficeClient, council: Council
) -> None:
    for path in pages(council):
        assert clerk.get(path).status_code == 200, path
        assert faults_of(clerk.get(path)) == [], path
        assert member.get(path).status_code == 404, path
        assert stranger.get(path).status_code == 404, path


def test_a_person_of_another_body_does_not_stand(
    clerk: OfficeClient, council: Council, session: Session, cast: Cast
) -> None:
    del session, cast
    path = f"/punkte/{council.item}/wahlen/neu"
    answer = fill(clerk, path, office="Vorsitz", **{"candidates-0-who": "p-99999"})
    assert answer.status_code == 422
    assert rows(council) == []


def test_lists_show_the_seats_they_won(clerk: OfficeClient, council: Council) -> None:
    council.session.get_one(Body, 1).land = "NW"
    council.session.commit()
    election = council.lists(6, "Liste 1", "Liste 2", secret=False)
    council.count(election, {"Liste 1": 7, "Liste 2": 3})
    page = clerk.get(f"/wahlen/{election}")
    assert faults_of(page) == []
    assert "Verteilung von 6 Sitzen nach Hare-Niemeyer" in text_of(page)
    assert "Liste 1 4 Sitze" in text_of(page)
    assert "Liste 2 3 2" in text_of(page), "votes and seats beside each other"
