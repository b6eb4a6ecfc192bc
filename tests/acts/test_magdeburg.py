"""Four real meetings, vote by vote: 319 roll calls entered through the acts come out as they were.

The facts lie in `tests/data/magdeburg` (see its README).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sitzungsdienst.acts import ballots, people
from sitzungsdienst.acts.ballots import BallotFacts
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.people import MembershipRole
from sitzungsdienst.record.proceedings import (
    Ballot,
    BallotKind,
    BallotOutcome,
    Choice,
    Motion,
)
from tests.support.builders import Builder

FILES = sorted((Path(__file__).parents[1] / "data" / "magdeburg").glob("*.json"))
CHOICES = {"J": Choice.YES, "N": Choice.NO, "E": Choice.ABSTENTION}
MOTIONS = {"Änderungsantrag": Motion.AMENDMENT, "Geschäftsordnung": Motion.PROCEDURAL}


@dataclass
class Hall:
    """A meeting of the council: its seats in the order of the board, its items by number."""

    facts: dict[str, Any]
    meeting: int
    seats: list[int]
    items: dict[str, int]


def the_hall(build: Builder, facts: dict[str, Any]) -> Hall:
    """The council with a member a seat, everybody there, and the items the votes speak of."""
    day = date.fromisoformat(facts["date"])
    start = datetime.combine(day, time(13), tzinfo=UTC)
    build.now = start - timedelta(days=20)
    council = build.organization("Stadtrat")
    groups = {
        name: build.organization(name, OrganizationKind.GROUP) for name in set(facts["groups"])
    }
    seats = []
    for number, group in enumerate(facts["groups"], start=1):
        name = people.PersonFacts(family_name=f"Mitglied {number}")
        person = people.create_person(build.session, build.actor, name, build.now)
        seat = people.MembershipFacts(
            person_id=person, role=MembershipRole.MEMBER, on_behalf_of_id=groups[group]
        )
        people.add_membership(build.session, build.actor, council, seat, build.now)
        seats.append(person)
    meeting = build.meeting(council, start=start)
    items = {}
    for one in facts["ballots"]:
        if one["item"] not in items:
            items[one["item"]] = build.item(meeting, one["title"])
    build.summon(meeting)
    build.now = start + timedelta(hours=9)
    build.present(meeting, *seats)
    return Hall(facts, meeting, seats, items)


def called(hall: Hall, place: int, one: dict[str, Any]) -> BallotFacts:
    """One vote of the board as a clerk enters it: whoever voted, by name."""
    cast = zip(hall.seats, one["votes"], strict=True)
    return BallotFacts(
        kind=BallotKind.ROLL_CALL,
        subject=f"{place}. Abstimmung: {one['title']}",
        votes=tuple((person, CHOICES[vote]) for person, vote in cast if vote in CHOICES),
        motion=MOTIONS.get(one["kind"], Motion.MAIN),
    )


def recorded(build: Builder, hall: Hall) -> Iterator[tuple[dict[str, Any], Ballot]]:
    rows = {}
    for place, one in enumerate(hall.facts["ballots"], start=1):
        item, facts = hall.items[one["item"]], called(hall, place, one)
        args = (build.session, build.actor, item, facts, build.now)
        rows[ballots.record_ballot(*args)] = one
    build.session.rollback()
    for row in build.session.scalars(select(Ballot).where(Ballot.id.in_(rows))):
        yield rows[row.id], row


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.stem)
def test_a_real_meeting_comes_out_vote_by_vote(build: Builder, file: Path) -> None:
    facts = json.loads(file.read_text(encoding="utf-8"))
    hall = the_hall(build, facts)
    found = list(recorded(build, hall))
    assert len(found) == len(facts["ballots"]) > 60
    for told, row in found:
        yes, no, abstentions, silent = told["counts"]
        assert (row.yes, row.no, row.abstentions, row.invalid) == (yes, no, abstentions, 0)
        assert (row.entitled, row.present, row.recused) == (57, 57, 0)
        assert row.difference == (f"Nicht abgestimmt: {silent}" if silent else "")
        accepted = BallotOutcome.ACCEPTED if yes > no else BallotOutcome.REJECTED
        assert row.outcome is accepted
        kept = {vote.person_id: vote.choice for vote in row.votes}
        cast = zip(hall.seats, told["votes"], strict=True)
        assert kept == {person: CHOICES[vote] for person, vote in cast if vote in CHOICES}


def test_there_are_four_meetings_with_all_their_votes() -> None:
    counted = {one.stem: one.read_text(encoding="utf-8").count('"votes"') for one in FILES}
    assert counted == {"2022-12-08": 86, "2024-09-12": 94, "2025-06-19": 70, "2025-12-04": 69}
    for file in FILES:
        for one in json.loads(file.read_text(encoding="utf-8"))["ballots"]:
            assert [one["votes"].count(letter) for letter in "JNEO"] == one["counts"]
            assert len(one["votes"]) == sum(one["counts"]) == 57
