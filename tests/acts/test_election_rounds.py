"""Rounds of elections through the acts: counting, declaring, lots, and taking back."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from sitzungsdienst.acts import election_rounds, elections, minutes
from sitzungsdienst.acts.elections import LotFacts
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.elections import ElectionRound, RoundOutcome
from sitzungsdienst.record.meetings import MeetingState
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.proceedings import Attendance, Recusal, RecusalBasis, Whereabouts
from tests.support.council import Council
from tests.support.polling import NOW, refused, won

# --- counting


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
    council_of: Any, votes: dict[str, int], facts: dict[str, Any], field: str, sentence: str
) -> None:
    council = council_of("ST", 10)
    election = council.open("Vorsitz", "A", "B")
    broken = refused(council, election, votes, **facts)
    assert (broken.field, sentence in broken.message) == (field, True), broken.message
    assert council.row(election).rounds == []


def test_fewer_papers_than_members_are_recorded_once_somebody_has_looked(council_of: Any) -> None:
    council = council_of("ST", 10)
    election = council.open("Vorsitz", "A", "B")
    row = council.count(election, {"A": 6, "B": 3}, acknowledged=True)
    assert (row.present, row.handed_in, row.outcome) == (10, 9, RoundOutcome.ELECTED)


def test_nobody_elects_before_attendance_is_recorded(council_of: Any) -> None:
    council = council_of("ST", 10)
    for one in council.session.scalars(select(Attendance)):
        council.session.delete(one)
    council.session.commit()
    election = council.open("Vorsitz", "A")
    assert "zuerst die Anwesenheit" in refused(council, election, {"A": 5}).message


def test_present_are_those_who_are_there_at_the_moment_of_the_round(council_of: Any) -> None:
    council = council_of("ST", 10)
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
    council_of: Any, land: str, present: int
) -> None:
    council = council_of(land, 10)
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


def test_a_candidate_who_drops_out_is_asked_for(council_of: Any) -> None:
    council = council_of("ST", 10)
    election = council.open("Vorsitz", "A", "B")
    council.count(election, {"A": 5, "B": 5})
    broken = refused(council, election, {"A": 9}, no=1)
    assert (broken.field, "zurückgezogen" in broken.message) == ("acknowledged", True)
    assert council.count(election, {"A": 9}, no=1, acknowledged=True).number == 2


def test_against_unsure_rules_the_chair_decides_once_it_is_confirmed(council_of: Any) -> None:
    council = council_of("HE", 45)
    election = council.open("Schiedsperson", "A", secret=False)
    told = {"no": 20, "abstentions": 5, "outcome": RoundOutcome.NEXT_ROUND}
    broken = refused(council, election, {"A": 20}, **told)
    assert broken.field == "acknowledged"
    row = council.count(election, {"A": 20}, acknowledged=True, **told)
    assert row.outcome is RoundOutcome.NEXT_ROUND
    assert row.result_text == "Niemand ist gewählt; es folgt ein weiterer Wahlgang."
    assert council.count(election, {"A": 25}, no=20).number == 2


def test_without_rules_for_the_day_people_say_what_came_of_it(council_of: Any) -> None:
    council = council_of("ST", 10, start=datetime(2008, 3, 5, 15, tzinfo=UTC))
    election = council.open("Vorsitz", "A", "B")
    votes = {"A": 6, "B": 4}
    assert refused(council, election, votes).field == "outcome"
    elected = RoundOutcome.ELECTED
    assert refused(council, election, votes, outcome=elected).field == "elected_id"
    a = council.candidates(election)["A"]
    row = council.count(election, votes, outcome=elected, elected_id=a)
    assert (row.result_text, won(council, election)) == ("Gewählt ist A.", {"A": 1})


def test_without_rules_a_declared_lot_is_drawn_among_all_who_stood(council_of: Any) -> None:
    council = council_of("ST", 10, start=datetime(2008, 3, 5, 15, tzinfo=UTC))
    election = council.open("Vorsitz", "A", "B")
    row = council.count(election, {"A": 5, "B": 5}, outcome=RoundOutcome.LOT)
    done = council.draw(row, "B")
    assert done.outcome is RoundOutcome.ELECTED
    assert won(council, election) == {"B": 1}


def test_typed_words_stand_and_a_lot_adds_to_them(council_of: Any) -> None:
    council = council_of("NI", 4)
    election = council.open("Vorsitz", "A", "B", secret=True)
    council.count(election, {"A": 2, "B": 2})
    row = council.count(election, {"A": 2, "B": 2}, result_text="Gleichstand.")
    assert row.result_text == "Gleichstand."
    assert council.draw(row, "A").result_text == "Gleichstand. A ist durch das Los gewählt."


# --- lots and taking back


def tie(council_of: Any) -> tuple[Council, int, ElectionRound]:
    council = council_of("NI", 4)
    election = council.open("Vorsitz", "A", "B", "C", secret=True)
    council.count(election, {"A": 2, "B": 2, "C": 0})
    return council, election, council.count(election, {"A": 2, "B": 2, "C": 0})


@pytest.mark.parametrize(
    ("names", "by", "field"),
    [((), "Vorsitz", "winners"), (("A", "B"), "Vorsitz", "winners"), (("C",), "Vorsitz", "winners"),
     (("A",), " ", "drawn_by")],
)  # fmt: skip
def test_a_faulty_lot_is_refused(
    council_of: Any, names: tuple[str, ...], by: str, field: str
) -> None:
    council, election, row = tie(council_of)
    with pytest.raises(RuleBroken) as broken:
        council.draw(row, *names, by=by)
    assert broken.value.field == field
    assert council.row(election).rounds[-1].lots == []


def test_a_lot_is_taken_back_and_drawn_anew(council_of: Any) -> None:
    council, election, row = tie(council_of)
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


def test_the_last_round_is_corrected_and_the_others_are_closed(council_of: Any) -> None:
    council, election, row = tie(council_of)
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


def test_stale_forms_write_nothing(council_of: Any) -> None:
    council, election, row = tie(council_of)
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


def test_signed_minutes_close_the_elections(council_of: Any) -> None:
    council, election, row = tie(council_of)
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


def test_the_audit_trail_tells_of_rounds_but_of_nobodys_vote(council_of: Any) -> None:
    council, election, _ = tie(council_of)
    council.row(election)
    entries = council.session.scalars(select(AuditEntry)).all()
    assert [one.act for one in entries[-2:]] == ["record_round", "record_round"]
    assert entries[-1].subject_kind == "ElectionRound"
    told = "".join(one.changes for one in entries[-2:])
    assert "Tally" in told
    assert "person_id" not in told
