"""Elections through the acts: opening them, counting, declaring, lots, and taking back."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import election_rounds, elections, minutes
from sitzungsdienst.acts.elections import CandidateFacts, ElectionFacts, LotFacts
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.gate import compose_votes
from sitzungsdienst.law.tree import SeatMethod
from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.elections import Election, ElectionKind, ElectionRound, RoundOutcome
from sitzungsdienst.record.meetings import MeetingState
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.proceedings import Attendance, Recusal, RecusalBasis, Whereabouts
from tests.support.cast import Cast
from tests.support.council import Council, build


@pytest.fixture
def make(session: Session, cast: Cast) -> Any:
    """Builds a council of a Land and size."""

    def made(land: str, members: int, **more: Any) -> Council:
        return build(session, cast.boerde, land=land, members=members, **more)

    return made


def won(council: Council, election: int) -> dict[str, int]:
    return {one.name: one.seats_won for one in council.row(election).candidates if one.seats_won}


def refused(council: Council, election: int, votes: dict[str, int], **facts: Any) -> RuleBroken:
    with pytest.raises(RuleBroken) as broken:
        council.count(election, votes, **facts)
    return broken.value


# --- real elections ------------------------------------------------------------------------------


def test_kempten_2020_elects_with_25_of_43_valid_papers(make: Any) -> None:
    council = make("BY", 45, start=datetime(2020, 5, 7, 15, tzinfo=UTC))
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


def test_magdeburg_2024_a_lone_candidate_with_48_percent_has_no_second_round(make: Any) -> None:
    council = make("ST", 50)
    election = council.open("Vorsitz des Stadtrates", "A")
    row = council.count(election, {"A": 24}, no=26)
    assert row.outcome is RoundOutcome.NOT_ELECTED
    assert "Ein weiterer Wahlgang findet nicht statt" in row.result_text
    assert won(council, election) == {}
    again = refused(council, election, {"A": 30}, no=20)
    assert "beendet" in again.message
    assert len(council.row(election).rounds) == 1


def test_magdeburg_2024_nobody_can_declare_the_lone_candidate_elected(make: Any) -> None:
    council = make("ST", 50)
    election = council.open("Vorsitz des Stadtrates", "A")
    told = {"no": 26, "outcome": RoundOutcome.ELECTED, "acknowledged": True}
    broken = refused(council, election, {"A": 24}, **told)
    assert broken.field == "outcome"
    assert broken.message.startswith("Nach den Zahlen gilt: A ist nicht gewählt: 24 Stimmen")
    assert "KVG LSA" in broken.norm


def test_stendal_elects_in_the_second_round_with_the_most_votes(make: Any) -> None:
    council = make("ST", 49)
    election = council.open("Vorsitz des Kreistages", "A", "B")
    first = council.count(election, {"A": 22, "B": 20}, abstentions=7)
    assert first.outcome is RoundOutcome.NEXT_ROUND
    second = council.count(election, {"A": 24, "B": 23}, abstentions=2)
    assert (second.number, second.outcome) == (2, RoundOutcome.ELECTED)
    assert second.result_text == "A ist mit den meisten Stimmen gewählt: A 24, B 23."
    assert won(council, election) == {"A": 1}
    assert [one.number for one in compose_votes.election(council.row(election)).rounds] == [1, 2]


def test_in_nw_20_of_40_valid_votes_do_not_elect_a_lone_candidate(make: Any) -> None:
    council = make("NW", 45)
    election = council.open("Schiedsperson", "A", secret=False)
    row = council.count(election, {"A": 20}, no=20, abstentions=5)
    assert row.outcome is not RoundOutcome.ELECTED
    assert "nicht gewählt: 20 Stimmen; nötig ist mehr als die Hälfte der 40" in row.result_text
    assert won(council, election) == {}


def test_in_ni_a_tie_of_the_second_round_is_drawn_by_people(make: Any) -> None:
    council = make("NI", 33)
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
    make: Any,
) -> None:
    council = make("BY", 45)
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


def test_in_by_half_invalid_papers_repeat_the_election_with_everybody(make: Any) -> None:
    council = make("BY", 45)
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


def test_lists_in_nw_share_seats_by_their_votes(make: Any) -> None:
    council = make("NW", 38)
    election = council.lists(11, "Liste 1", "Liste 2", secret=False)
    row = council.count(election, {"Liste 1": 32, "Liste 2": 6})
    assert row.outcome is RoundOutcome.ELECTED
    assert won(council, election) == {"Liste 1": 9, "Liste 2": 2}
    assert row.result_text == "Verteilung von 11 Sitzen nach Hare-Niemeyer: Liste 1 9, Liste 2 2."
    (told,) = compose_votes.election(council.row(election)).rounds
    assert [(one.name, one.seats) for one in told.tallies] == [("Liste 1", 9), ("Liste 2", 2)]


def test_equal_remainders_of_lists_are_drawn_and_seated(make: Any) -> None:
    council = make("NW", 30)
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


def test_one_list_of_all_is_accepted_without_dissent(make: Any) -> None:
    council = make("NW", 30)
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


def test_where_the_law_leaves_the_method_open_people_choose_it(make: Any) -> None:
    council = make("BY", 30)
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


# --- opening -------------------------------------------------------------------------------------

NOW = datetime(2024, 7, 12, 15, tzinfo=UTC)


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
    make: Any, names: tuple[str, ...], facts: dict[str, Any], field: str, sentence: str
) -> None:
    council = make("BY", 3)
    with pytest.raises(RuleBroken) as broken:
        council.open(facts.pop("office", "Vorsitz"), *names, **facts)
    assert (broken.value.field, sentence in broken.value.message) == (field, True)


def test_in_bb_an_open_election_asks_for_the_unanimous_resolution_before_it(make: Any) -> None:
    council = make("BB", 3)
    with pytest.raises(RuleBroken) as broken:
        council.open("Vorsitz", "A", secret=False)
    assert (broken.value.field, broken.value.norm) == ("acknowledged", "§ 39 BbgKVerf")
    election = council.open("Vorsitz", "A", secret=False, acknowledged=True)
    assert compose_votes.election(council.row(election)).mode == "offen"


def test_a_candidate_is_called_like_the_person_and_may_be_of_a_group(
    make: Any, session: Session
) -> None:
    council = make("ST", 3)
    facts = ElectionFacts(
        office="Vorsitz",
        candidates=(
            CandidateFacts(person_id=council.members[0]),
            CandidateFacts(organization_id=council.organization),
        ),
    )
    election = elections.open_election(session, council.actor, council.item, facts, NOW)
    assert list(council.candidates(election)) == ["Mitglied 01", "Rat"]


def test_who_stood_in_a_round_keeps_place_and_name(make: Any) -> None:
    council = make("ST", 10)
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


def test_an_election_is_removed_only_without_rounds(make: Any) -> None:
    council = make("ST", 4)
    election = council.open("Vorsitz", "A", "B")
    row = council.count(election, {"A": 3, "B": 1})
    args = (council.session, council.actor, election)
    with pytest.raises(RuleBroken, match="Wahlgänge erfasst"):
        elections.remove_election(*args, council.row(election).version, NOW)
    election_rounds.remove_round(council.session, council.actor, row.id, row.version, NOW)
    assert won(council, election) == {}
    elections.remove_election(*args, council.row(election).version, NOW)
    assert council.session.scalar(select(Election)) is None


# --- counting ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes", "facts", "field", "sentence"),
    [
        ({}, {}, "votes-0", "wie viele Stimmen"),
        ({"A": -1}, {}, "votes-0", "Zahl von 0 bis 999"),
        ({"A": 1, "B": 1000}, {}, "votes-1", "Zahl von 0 bis 999"),
        ({"A": 5, "B": 5}, {"no": -1}, "no", "Zahl von 0 bis 999"),
        ({"A": 5, "B": 5}, {"present": 11}, "present", "sind 10 Stimmberechtigte erfasst"),
        ({"A": 6, "B": 5}, {}, "handed_in", "11 Stimmzettel, anwesend 10"),
        ({"A": 5, "B": 5}, {"handed_in": 9}, "handed_in", "ausgezählt 10"),
        ({"A": 5, "B": 5}, {"present": 9}, "handed_in", "anwesend 9"),
        ({"A": 0, "B": 0}, {}, "handed_in", "keine einzige Stimme"),
        ({"A": 5, "B": 4}, {}, "acknowledged", "Es sind 1 zu wenig"),
    ],
)
def test_a_faulty_count_is_refused_at_its_field(
    make: Any, votes: dict[str, int], facts: dict[str, Any], field: str, sentence: str
) -> None:
    council = make("ST", 10)
    election = council.open("Vorsitz", "A", "B")
    broken = refused(council, election, votes, **facts)
    assert (broken.field, sentence in broken.message) == (field, True), broken.message
    assert council.row(election).rounds == []


def test_fewer_papers_than_members_are_recorded_once_somebody_has_looked(make: Any) -> None:
    council = make("ST", 10)
    election = council.open("Vorsitz", "A", "B")
    row = council.count(election, {"A": 6, "B": 3}, acknowledged=True)
    assert (row.present, row.handed_in, row.outcome) == (10, 9, RoundOutcome.ELECTED)


def test_nobody_elects_before_attendance_is_recorded(make: Any) -> None:
    council = make("ST", 10)
    for one in council.session.scalars(select(Attendance)):
        council.session.delete(one)
    council.session.commit()
    election = council.open("Vorsitz", "A")
    assert "zuerst die Anwesenheit" in refused(council, election, {"A": 5}).message


def test_present_are_those_who_are_there_at_the_moment_of_the_round(make: Any) -> None:
    council = make("ST", 10)
    gone = council.session.scalars(select(Attendance)).first()
    assert gone is not None
    gone.left_at = datetime(2024, 7, 11, 16, tzinfo=UTC)
    council.session.commit()
    election = council.open("Vorsitz", "A", "B")
    late = datetime(2024, 7, 11, 16, 30, tzinfo=UTC)
    row = council.count(election, {"A": 5, "B": 4}, taken_at=late)
    assert (row.present, row.entitled) == (9, 10)


@pytest.mark.parametrize(("land", "present"), [("ST", 10), ("NI", 9)])
def test_who_is_recused_from_the_item_elects_where_the_law_excludes_nobody_from_elections(
    make: Any, land: str, present: int
) -> None:
    council = make(land, 10)
    council.session.add(
        Recusal(
            agenda_item_id=council.item,
            person_id=council.members[0],
            basis=next(one for one in RecusalBasis if Recusal(basis=one).excludes),
            whereabouts=Whereabouts.LEFT_ROOM,
            created_at=council.now,
            modified_at=council.now,
        )
    )
    council.session.commit()
    election = council.open("Vorsitz", "A", "B", secret=True)
    row = council.count(election, {"A": 5, "B": 4}, acknowledged=True)
    assert row.present == present


def test_a_candidate_who_drops_out_is_asked_for(make: Any) -> None:
    council = make("ST", 10)
    election = council.open("Vorsitz", "A", "B")
    council.count(election, {"A": 5, "B": 5})
    broken = refused(council, election, {"A": 9}, no=1)
    assert (broken.field, "zurückgezogen" in broken.message) == ("acknowledged", True)
    assert council.count(election, {"A": 9}, no=1, acknowledged=True).number == 2


def test_against_unsure_rules_the_chair_decides_once_it_is_confirmed(make: Any) -> None:
    council = make("HE", 45)
    election = council.open("Schiedsperson", "A", secret=False)
    told = {"no": 20, "abstentions": 5, "outcome": RoundOutcome.NEXT_ROUND}
    broken = refused(council, election, {"A": 20}, **told)
    assert broken.field == "acknowledged"
    row = council.count(election, {"A": 20}, acknowledged=True, **told)
    assert row.outcome is RoundOutcome.NEXT_ROUND
    assert row.result_text == "Niemand ist gewählt; es folgt ein weiterer Wahlgang."
    assert council.count(election, {"A": 25}, no=20).number == 2


def test_without_rules_for_the_day_people_say_what_came_of_it(make: Any) -> None:
    council = make("ST", 10, start=datetime(2008, 3, 5, 15, tzinfo=UTC))
    election = council.open("Vorsitz", "A", "B")
    votes = {"A": 6, "B": 4}
    assert refused(council, election, votes).field == "outcome"
    elected = RoundOutcome.ELECTED
    assert refused(council, election, votes, outcome=elected).field == "elected_id"
    a = council.candidates(election)["A"]
    row = council.count(election, votes, outcome=elected, elected_id=a)
    assert (row.result_text, won(council, election)) == ("Gewählt ist A.", {"A": 1})


def test_without_rules_a_declared_lot_is_drawn_among_all_who_stood(make: Any) -> None:
    council = make("ST", 10, start=datetime(2008, 3, 5, 15, tzinfo=UTC))
    election = council.open("Vorsitz", "A", "B")
    row = council.count(election, {"A": 5, "B": 5}, outcome=RoundOutcome.LOT)
    done = council.draw(row, "B")
    assert done.outcome is RoundOutcome.ELECTED
    assert won(council, election) == {"B": 1}


def test_typed_words_stand_and_a_lot_adds_to_them(make: Any) -> None:
    council = make("NI", 4)
    election = council.open("Vorsitz", "A", "B", secret=True)
    council.count(election, {"A": 2, "B": 2})
    row = council.count(election, {"A": 2, "B": 2}, result_text="Gleichstand.")
    assert row.result_text == "Gleichstand."
    assert council.draw(row, "A").result_text == "Gleichstand. A ist durch das Los gewählt."


# --- lots and taking back ------------------------------------------------------------------------


def tie(make: Any) -> tuple[Council, int, ElectionRound]:
    council = make("NI", 4)
    election = council.open("Vorsitz", "A", "B", "C", secret=True)
    council.count(election, {"A": 2, "B": 2, "C": 0})
    return council, election, council.count(election, {"A": 2, "B": 2, "C": 0})


@pytest.mark.parametrize(
    ("names", "by", "field"),
    [((), "Vorsitz", "winners"), (("A", "B"), "Vorsitz", "winners"), (("C",), "Vorsitz", "winners"),
     (("A",), " ", "drawn_by")],
)  # fmt: skip
def test_a_faulty_lot_is_refused(make: Any, names: tuple[str, ...], by: str, field: str) -> None:
    council, election, row = tie(make)
    with pytest.raises(RuleBroken) as broken:
        council.draw(row, *names, by=by)
    assert broken.value.field == field
    assert council.row(election).rounds[-1].lots == []


def test_a_lot_is_taken_back_and_drawn_anew(make: Any) -> None:
    council, election, row = tie(make)
    council.draw(row, "A")
    args = (council.session, council.actor, row.id)
    version = council.session.get_one(ElectionRound, row.id).version
    facts = council.facts(election, {"A": 3, "B": 1, "C": 0})
    with pytest.raises(RuleBroken, match="schon gelost"):
        election_rounds.edit_round(*args, version, facts, NOW)
    election_rounds.take_lot_back(*args, version, NOW)
    again = council.row(election).rounds[-1]
    assert (again.outcome, again.lots, won(council, election)) == (RoundOutcome.LOT, [], {})
    council.draw(again, "B")
    assert won(council, election) == {"B": 1}


def test_the_last_round_is_corrected_and_the_others_are_closed(make: Any) -> None:
    council, election, row = tie(make)
    first = council.row(election).rounds[0]
    facts = council.facts(election, {"A": 1, "B": 3, "C": 0})
    args = (council.session, council.actor)
    with pytest.raises(RuleBroken, match="schon ein weiterer erfasst"):
        election_rounds.edit_round(*args, first.id, first.version, facts, NOW)
    with pytest.raises(RuleBroken, match="schon ein weiterer erfasst"):
        election_rounds.remove_round(*args, first.id, first.version, NOW)
    election_rounds.edit_round(*args, row.id, row.version, facts, NOW)
    assert won(council, election) == {"B": 1}
    assert len(council.row(election).rounds[-1].tallies) == 3


def test_stale_forms_write_nothing(make: Any) -> None:
    council, election, row = tie(make)
    facts = council.facts(election, {"A": 1, "B": 3, "C": 0})
    args = (council.session, council.actor)
    with pytest.raises(Stale):
        election_rounds.record_round(*args, election, 1, facts, NOW)
    with pytest.raises(Stale):
        election_rounds.edit_round(*args, row.id, row.version + 1, facts, NOW)
    with pytest.raises(Stale):
        election_rounds.draw_lot(*args, row.id, 9, LotFacts(winners=(), drawn_by="x"), NOW)
    with pytest.raises(Stale):
        elections.remove_election(*args, election, 1, NOW)


def test_signed_minutes_close_the_elections(make: Any) -> None:
    council, election, row = tie(make)
    wanted = minutes.MinutesFacts(chair_name="Vorsitz", clerk_name="Krüger")
    args = (council.session, council.actor)
    meeting = council.row(election).agenda_item.meeting
    meeting.end = datetime(2024, 7, 11, 18, tzinfo=UTC)
    meeting.state = MeetingState.CLOSED
    council.session.commit()
    drafted = minutes.draft_minutes(*args, council.meeting, wanted, NOW)
    version = council.session.get_one(Minutes, drafted).version
    minutes.sign_minutes(*args, drafted, version, date(2024, 7, 12), NOW)
    for attempt in (
        lambda: council.draw(row, "A"),
        lambda: council.open("Noch eine", "A"),
        lambda: election_rounds.remove_round(*args, row.id, row.version, NOW),
    ):
        with pytest.raises(RuleBroken, match="unterzeichnet"):
            attempt()


def test_the_audit_trail_tells_of_rounds_but_of_nobodys_vote(make: Any) -> None:
    council, election, _ = tie(make)
    council.row(election)
    entries = council.session.scalars(select(AuditEntry)).all()
    assert [one.act for one in entries[-2:]] == ["record_round", "record_round"]
    assert entries[-1].subject_kind == "ElectionRound"
    told = "".join(one.changes for one in entries[-2:])
    assert "Tally" in told
    assert "person_id" not in told
