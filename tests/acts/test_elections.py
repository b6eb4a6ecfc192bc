"""Elections through the acts: real ones, and opening them."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import election_rounds, elections
from sitzungsdienst.acts.elections import CandidateFacts, ElectionFacts
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.gate import compose_votes
from sitzungsdienst.law.tree import SeatMethod
from sitzungsdienst.record.elections import Election, ElectionKind, RoundOutcome
from tests.support.council import Council
from tests.support.polling import NOW, refused, won

# --- real elections


def test_kempten_2020_elects_with_25_of_43_valid_papers(council_of: Any) -> None:
    council = council_of("BY", 45, start=datetime(2020, 5, 7, 15, tzinfo=UTC))
    election = council.open("Zweite Bürgermeisterin", "Knoll", "Knott", "Dritte Person")
    row = council.count(election, {"Knoll": 25, "Knott": 17, "Dritte Person": 1}, invalid=2)
    assert (row.outcome, row.present, row.entitled, row.handed_in) == (
        RoundOutcome.ELECTED, 45, 45, 45,
    )  # fmt: skip
    assert row.result_text == (
        "Knoll ist gewählt: 25 Stimmen; nötig ist mehr als die Hälfte der 43 gültigen Stimmen, "
        "also 22."
    )
    assert won(council, election) == {"Knoll": 1}
    public = compose_votes.election(council.row(election))
    assert public.mode == "geheim"
    (told,) = public.rounds
    assert [(one.name, one.votes, one.seats) for one in told.tallies] == [
        ("Knoll", 25, None), ("Knott", 17, None), ("Dritte Person", 1, None),
    ]  # fmt: skip
    assert (told.invalid, told.result_text, told.lots) == (2, row.result_text, ())


def test_magdeburg_2024_a_lone_candidate_with_48_percent_has_no_second_round(
    council_of: Any,
) -> None:
    council = council_of("ST", 50)
    election = council.open("Vorsitz des Stadtrates", "A")
    row = council.count(election, {"A": 24}, no=26)
    assert row.outcome is RoundOutcome.NOT_ELECTED
    assert "Ein weiterer Wahlgang findet nicht statt" in row.result_text
    assert won(council, election) == {}
    again = refused(council, election, {"A": 30}, no=20)
    assert "beendet" in again.message
    assert len(council.row(election).rounds) == 1


def test_magdeburg_2024_nobody_can_declare_the_lone_candidate_elected(council_of: Any) -> None:
    council = council_of("ST", 50)
    election = council.open("Vorsitz des Stadtrates", "A")
    told = {"no": 26, "outcome": RoundOutcome.ELECTED, "acknowledged": True}
    broken = refused(council, election, {"A": 24}, **told)
    assert broken.field == "outcome"
    assert broken.message.startswith("Nach den Zahlen gilt: A ist nicht gewählt: 24 Stimmen")
    assert "KVG LSA" in broken.norm


def test_stendal_elects_in_the_second_round_with_the_most_votes(council_of: Any) -> None:
    council = council_of("ST", 49)
    election = council.open("Vorsitz des Kreistages", "A", "B")
    first = council.count(election, {"A": 22, "B": 20}, abstentions=7)
    assert first.outcome is RoundOutcome.NEXT_ROUND
    second = council.count(election, {"A": 24, "B": 23}, abstentions=2)
    assert (second.number, second.outcome) == (2, RoundOutcome.ELECTED)
    assert second.result_text == "A ist mit den meisten Stimmen gewählt: A 24, B 23."
    assert won(council, election) == {"A": 1}
    assert [one.number for one in compose_votes.election(council.row(election)).rounds] == [1, 2]


def test_in_nw_20_of_40_valid_votes_do_not_elect_a_lone_candidate(council_of: Any) -> None:
    council = council_of("NW", 45)
    election = council.open("Schiedsperson", "A", secret=False)
    row = council.count(election, {"A": 20}, no=20, abstentions=5)
    assert row.outcome is not RoundOutcome.ELECTED
    assert "nicht gewählt: 20 Stimmen; nötig ist mehr als die Hälfte der 40" in row.result_text
    assert won(council, election) == {}


def test_in_ni_a_tie_of_the_second_round_is_drawn_by_people(council_of: Any) -> None:
    council = council_of("NI", 33)
    election = council.open("Vorsitz", "A", "B", secret=True)
    council.count(election, {"A": 16, "B": 14}, abstentions=3)
    tie = council.count(election, {"A": 15, "B": 15}, abstentions=3)
    assert tie.outcome is RoundOutcome.LOT
    assert "steht noch" not in tie.result_text
    assert "noch zu losen" in refused(council, election, {"A": 20, "B": 13}).message
    ids = council.candidates(election)
    done = council.draw(tie, "B", by="Karin Vorsitz")
    assert done.outcome is RoundOutcome.ELECTED
    (lot,) = done.lots
    assert json.loads(lot.among) == [ids["A"], ids["B"]]
    assert done.result_text == (
        "Gleich viele Stimmen (15) entfielen auf A und B; es entscheidet das Los, das der Vorsitz"
        " zieht. B ist durch das Los gewählt."
    )
    assert won(council, election) == {"B": 1}
    public = compose_votes.election(council.row(election)).rounds[-1]
    assert public.lots == ("Das Los zwischen A und B fiel auf B; gezogen von Karin Vorsitz.",)


def test_in_by_a_shared_second_place_is_drawn_and_the_run_off_is_closed_to_others(
    council_of: Any,
) -> None:
    council = council_of("BY", 45)
    election = council.open("Dritter Bürgermeister", "A", "B", "C")
    first = council.count(election, {"A": 21, "B": 12, "C": 12})
    assert first.outcome is RoundOutcome.LOT
    drawn = council.draw(first, "C")
    assert drawn.outcome is RoundOutcome.NEXT_ROUND
    assert drawn.result_text.endswith("In die Stichwahl kommen A und C.")
    broken = refused(council, election, {"A": 21, "B": 12, "C": 12})
    assert (broken.field, broken.norm) == ("votes-1", "Art. 51 Abs. 3 GO")
    assert "B steht in diesem Wahlgang nicht zur Wahl" in broken.message
    second = council.count(election, {"A": 22, "C": 23})
    assert second.outcome is RoundOutcome.ELECTED
    assert won(council, election) == {"C": 1}


def test_in_by_half_invalid_papers_repeat_the_election_with_everybody(council_of: Any) -> None:
    council = council_of("BY", 45)
    election = council.open("Bürgermeister", "A", "B")
    first = council.count(election, {"A": 12, "B": 10}, invalid=23)
    assert first.outcome is RoundOutcome.REPEAT
    row = council.row(election)
    more = (*[CandidateFacts(name=one.name, candidate_id=one.id) for one in row.candidates],
            CandidateFacts(name="C"))  # fmt: skip
    facts = ElectionFacts(office=row.office, candidates=more)
    elections.edit_election(council.session, council.actor, election, row.version, facts, NOW)
    again = council.count(election, {"A": 12, "B": 10, "C": 23})
    assert (again.number, again.outcome) == (2, RoundOutcome.ELECTED)


def test_lists_in_nw_share_seats_by_their_votes(council_of: Any) -> None:
    council = council_of("NW", 38)
    election = council.lists(11, "Liste 1", "Liste 2", secret=False)
    row = council.count(election, {"Liste 1": 32, "Liste 2": 6})
    assert row.outcome is RoundOutcome.ELECTED
    assert won(council, election) == {"Liste 1": 9, "Liste 2": 2}
    assert row.result_text == "Verteilung von 11 Sitzen nach Hare-Niemeyer: Liste 1 9, Liste 2 2."
    (told,) = compose_votes.election(council.row(election)).rounds
    assert [(one.name, one.seats) for one in told.tallies] == [("Liste 1", 9), ("Liste 2", 2)]


def test_equal_remainders_of_lists_are_drawn_and_seated(council_of: Any) -> None:
    council = council_of("NW", 30)
    election = council.lists(4, "A", "B", "C", secret=False)
    row = council.count(election, {"A": 10, "B": 10, "C": 10})
    assert (row.outcome, won(council, election)) == (RoundOutcome.LOT, {})
    done = council.draw(row, "C", by="Bürgermeisterin")
    assert done.outcome is RoundOutcome.ELECTED
    assert won(council, election) == {"A": 1, "B": 1, "C": 2}
    assert "durch Los entschieden: C (Bürgermeisterin)" in done.result_text
    (told,) = compose_votes.election(council.row(election)).rounds
    assert told.lots == ("Das Los zwischen A und B und C fiel auf C; gezogen von Bürgermeisterin.",)
    assert [one.seats for one in told.tallies] == [1, 1, 2]


def test_one_list_of_all_is_accepted_without_dissent(council_of: Any) -> None:
    council = council_of("NW", 30)
    election = council.lists(7, "Einheitlicher Vorschlag", secret=False)
    refused_one = council.count(election, {"Einheitlicher Vorschlag": 28}, no=1, abstentions=1)
    assert refused_one.outcome is RoundOutcome.NEXT_ROUND
    row = council.row(election)
    election_rounds.remove_round(
        council.session, council.actor, refused_one.id, refused_one.version, NOW
    )
    assert council.row(election).rounds == []
    assert row.rounds == []
    done = council.count(election, {"Einheitlicher Vorschlag": 28}, abstentions=2)
    assert done.outcome is RoundOutcome.ELECTED
    assert won(council, election) == {"Einheitlicher Vorschlag": 7}


def test_where_the_law_leaves_the_method_open_people_choose_it(council_of: Any) -> None:
    council = council_of("BY", 30)
    election = council.lists(4, "A", "B")
    votes = {"A": 20, "B": 10}
    assert "Verfahren" in refused(council, election, votes, acknowledged=True).message
    other = council.lists(4, "A", "B", method=SeatMethod.DHONDT)
    council.count(other, votes, acknowledged=True)
    assert won(council, other) == {"A": 3, "B": 1}
    nw = make_method_refused(council)
    assert (nw.field, nw.norm) == ("method", "§ 50 Abs. 3 GO NRW")


def make_method_refused(council: Council) -> RuleBroken:
    council.row(1).agenda_item.meeting.body.land = "NW"
    council.session.commit()
    with pytest.raises(RuleBroken) as broken:
        council.lists(4, "A", "B", method=SeatMethod.DHONDT)
    return broken.value


# --- opening


@pytest.mark.parametrize(
    ("names", "facts", "field", "sentence"),
    [
        ((), {}, "candidates", "wer zur Wahl steht"),
        (("A", "A"), {}, "candidates-0-name", "steht zweimal da"),
        (("A", " "), {}, "candidates-1-name", "Namen ein oder wählen Sie eine Person"),
        (("A",), {"office": ""}, "office", "wozu gewählt wird"),
        (("A",), {"kind": ElectionKind.LISTS, "seats": 0}, "seats", "Zahl von 1 bis 999"),
        (("A",), {"secret": False}, "secret", "Gewählt wird geheim mit Stimmzetteln"),
        (tuple(f"P{n}" for n in range(61)), {}, "candidates", "Höchstens 60"),
    ],
)
def test_a_faulty_election_is_refused_at_its_field(
    council_of: Any, names: tuple[str, ...], facts: dict[str, Any], field: str, sentence: str
) -> None:
    council = council_of("BY", 3)
    with pytest.raises(RuleBroken) as broken:
        council.open(facts.pop("office", "Vorsitz"), *names, **facts)
    assert (broken.value.field, sentence in broken.value.message) == (field, True)


def test_in_bb_an_open_election_asks_for_the_unanimous_resolution_before_it(
    council_of: Any,
) -> None:
    council = council_of("BB", 3)
    with pytest.raises(RuleBroken) as broken:
        council.open("Vorsitz", "A", secret=False)
    assert (broken.value.field, broken.value.norm) == ("acknowledged", "§ 39 BbgKVerf")
    election = council.open("Vorsitz", "A", secret=False, acknowledged=True)
    assert compose_votes.election(council.row(election)).mode == "offen"


def test_a_candidate_is_called_like_the_person_and_may_be_of_a_group(
    council_of: Any, session: Session
) -> None:
    council = council_of("ST", 3)
    facts = ElectionFacts(
        office="Vorsitz",
        candidates=(
            CandidateFacts(person_id=council.members[0]),
            CandidateFacts(organization_id=council.organization),
        ),
    )
    election = elections.open_election(session, council.actor, council.item, facts, NOW)
    assert list(council.candidates(election)) == ["Mitglied 01", "Rat"]


def test_who_stood_in_a_round_keeps_place_and_name(council_of: Any) -> None:
    council = council_of("ST", 10)
    election = council.open("Vorsitz", "A", "B")
    council.count(election, {"A": 5, "B": 5})
    row = council.row(election)
    a, b = (CandidateFacts(name=one.name, candidate_id=one.id) for one in row.candidates)

    def edit(**facts: Any) -> None:
        wanted = ElectionFacts(**({"office": "Vorsitz", "candidates": (a, b)} | facts))
        version = council.row(election).version
        elections.edit_election(council.session, council.actor, election, version, wanted, NOW)

    edit(office="Vorsitz des Rates", candidates=(b, a))
    assert council.row(election).office == "Vorsitz des Rates"
    assert [one.name for one in council.row(election).candidates] == ["B", "A"]
    for facts, field in (
        ({"candidates": (a,)}, "candidates"),
        ({"candidates": (replace(a, name="Anna"), b)}, "candidates-0-name"),
        ({"kind": ElectionKind.LISTS}, "kind"),
    ):
        with pytest.raises(RuleBroken) as broken:
            edit(**facts)
        assert broken.value.field == field


def test_an_election_is_removed_only_without_rounds(council_of: Any) -> None:
    council = council_of("ST", 4)
    election = council.open("Vorsitz", "A", "B")
    row = council.count(election, {"A": 3, "B": 1})
    args = (council.session, council.actor, election)
    with pytest.raises(RuleBroken, match="Wahlgänge erfasst"):
        elections.remove_election(*args, council.row(election).version, NOW)
    election_rounds.remove_round(council.session, council.actor, row.id, row.version, NOW)
    assert won(council, election) == {}
    elections.remove_election(*args, council.row(election).version, NOW)
    assert council.session.scalar(select(Election)) is None
