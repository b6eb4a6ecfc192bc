"""Seats shared out through the acts: strengths from memberships, methods, lots, chairs."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.acts import apportionments
from sitzungsdienst.acts.apportioning import (
    ApportionmentFacts,
    GroupFacts,
    facts_of,
    work_out,
)
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.law.seats import SettledBy
from sitzungsdienst.law.tree import SeatMethod
from sitzungsdienst.record.bodies import Body, Organization, OrganizationKind
from sitzungsdienst.record.elections import Apportionment
from tests.support.builders import Builder
from tests.support.cast import Cast

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HERZLAKE = (("CDU", 11), ("SPD", 2), ("UWG", 2))
HN, DHONDT, SAINTE_LAGUE = (
    SeatMethod.HARE_NIEMEYER, SeatMethod.DHONDT, SeatMethod.SAINTE_LAGUE,
)  # fmt: skip


@pytest.fixture
def build(build: Builder, session: Session, cast: Cast) -> Builder:
    """A clerk in Niedersachsen, where the method changed twice."""
    session.get_one(Body, cast.boerde).land = "NI"
    session.commit()
    build.now = NOW
    return build


def facts(
    *groups: tuple[str, int | None] | GroupFacts,
    seats: int = 6,
    method: SeatMethod = HN,
    on: date = date(2016, 11, 3),
    **more: Any,
) -> ApportionmentFacts:
    return ApportionmentFacts(
        decided_on=on,
        method=method,
        seats=seats,
        groups=tuple(
            one if isinstance(one, GroupFacts) else GroupFacts(name=one[0], strength=one[1])
            for one in groups
        ),
        **more,
    )


def kept(build: Builder, wanted: ApportionmentFacts) -> Apportionment:
    row = apportionments.record_apportionment(build.session, build.actor, wanted, NOW)
    return build.session.get_one(Apportionment, row)


def refused(build: Builder, wanted: ApportionmentFacts) -> RuleBroken:
    with pytest.raises(RuleBroken) as broken:
        apportionments.record_apportionment(build.session, build.actor, wanted, NOW)
    return broken.value


def test_herzlake_shares_six_seats_by_hare_niemeyer_and_three_chairs_to_one(
    build: Builder,
) -> None:
    committee = build.organization("Bauausschuss")
    row = kept(build, facts(*HERZLAKE, organization_id=committee, chairs=3, remark="Ratsbeschluss"))
    assert json.loads(row.strengths) == dict(HERZLAKE)
    assert json.loads(row.result) == {"CDU": 4, "SPD": 1, "UWG": 1}
    assert json.loads(row.chairs) == ["CDU", "CDU", "CDU"]
    assert (json.loads(row.lots), row.organization_id, row.remark) == (
        [],
        committee,
        "Ratsbeschluss",
    )


def test_herzlake_by_dhondt_waits_for_the_lot_between_two(build: Builder) -> None:
    later = date(2022, 1, 10)
    wanted = facts(*HERZLAKE, method=DHONDT, on=later)
    broken = refused(build, wanted)
    assert broken.field == "winners"
    assert "Zwischen SPD und UWG entscheidet das Los" in broken.message
    row = kept(
        build,
        facts(*HERZLAKE, method=DHONDT, on=later, winners=("UWG",), settled_by="Ratsvorsitz",
              acknowledged=True),
    )  # fmt: skip
    assert json.loads(row.result) == {"CDU": 5, "SPD": 0, "UWG": 1}
    assert json.loads(row.lots) == [
        {"for": "seats", "how": "lot", "among": ["SPD", "UWG"], "winners": ["UWG"],
         "by": "Ratsvorsitz"},
    ]  # fmt: skip
    again = work_out(build.session.get_one(Body, row.body_id), facts_of(row))
    assert again.allocation.seats == {"CDU": 5, "SPD": 0, "UWG": 1}


@pytest.mark.parametrize(
    ("on", "method", "right"),
    [
        (date(2026, 10, 31), DHONDT, True),
        (date(2026, 10, 31), SAINTE_LAGUE, False),
        (date(2026, 11, 1), SAINTE_LAGUE, True),
        (date(2026, 11, 1), DHONDT, False),
    ],
)
def test_the_day_decides_which_method_is_right(
    build: Builder, on: date, method: SeatMethod, right: bool
) -> None:
    found = work_out(
        build.session.get_one(Body, build.actor.body_id),
        facts(("A", 13), ("B", 9), ("C", 5), method=method, on=on),
    ).findings
    assert [("Am Tag der Sitzung gilt" in one.message) for one in found] == [True] * (not right)


def test_a_wrong_method_is_asked_for_or_refused_as_the_law_is_sure(build: Builder) -> None:
    build.session.get_one(Body, build.actor.body_id).land = "BB"
    build.session.commit()
    wanted = facts(("A", 6), ("B", 4), seats=5, method=DHONDT, on=date(2025, 1, 9))
    broken = refused(build, wanted)
    assert (broken.field, broken.norm) == ("method", "§ 41 BbgKVerf")


def test_over_rounding_in_bavaria_is_refused_where_another_method_avoids_it(
    build: Builder,
) -> None:
    build.session.get_one(Body, build.actor.body_id).land = "BY"
    build.session.commit()
    groups = (("A", 26), ("B", 5), ("C", 4), ("D", 4), ("E", 4))
    broken = refused(build, facts(*groups, seats=7, method=DHONDT))
    assert broken.field == "method"
    assert "Überaufrundung" in broken.message


def test_the_majority_of_the_council_gets_the_majority_of_the_seats(build: Builder) -> None:
    build.session.get_one(Body, build.actor.body_id).land = "BB"
    build.session.commit()
    groups = (("A", 18), ("B", 9), ("C", 4), ("D", 3))
    on = date(2025, 1, 9)
    row = kept(build, facts(*groups, on=on, body_members=34, acknowledged=True))
    assert json.loads(row.result)["A"] == 4
    small = kept(build, facts(*groups, on=on, body_members=40, acknowledged=True))
    assert json.loads(small.result)["A"] == 3
    assert refused(build, facts(*groups, on=on, body_members=10)).field == "body_members"


def test_a_tie_is_settled_by_agreement_or_by_votes_of_the_election(build: Builder) -> None:
    tied = (("A", 10), ("B", 10), ("C", 10))
    agreed = facts(*tied, seats=4, how=SettledBy.AGREEMENT, winners=("B",), settled_by="Rat")
    assert json.loads(kept(build, agreed).result) == {"A": 1, "B": 2, "C": 1}
    build.session.get_one(Body, build.actor.body_id).land = "BY"
    build.session.commit()
    groups = tuple(
        GroupFacts(name=name, strength=10, votes=votes)
        for name, votes in (("A", 900), ("B", 800), ("C", 900))
    )
    votes: dict[str, Any] = {"seats": 4, "how": SettledBy.ELECTION_VOTES, "settled_by": "Wahlamt"}
    broken = refused(build, facts(*groups, **votes))
    assert "zwischen A und C" in broken.message
    row = kept(build, facts(*groups, **votes, winners=("C",)))
    assert json.loads(row.result) == {"A": 1, "B": 1, "C": 2}
    again = work_out(build.session.get_one(Body, row.body_id), facts_of(row))
    assert again.allocation.seats == {"A": 1, "B": 1, "C": 2}


def test_equal_turns_for_chairs_are_drawn(build: Builder) -> None:
    groups = (("A", 6), ("B", 6), ("C", 3))
    assert refused(build, facts(*groups, seats=5, chairs=3)).field == "picks"
    unsaid = facts(*groups, seats=5, chairs=3, picks=("B", "A", "B"))
    assert refused(build, unsaid).field == "chairs_drawn_by"
    wrong = facts(*groups, seats=5, chairs=3, picks=("B", "B", "C"), chairs_drawn_by="Vorsitz")
    assert refused(build, wrong).field == "picks"
    drawn = facts(*groups, seats=5, chairs=3, picks=("B", "A", "C"), chairs_drawn_by="Vorsitz")
    row = kept(build, drawn)
    assert json.loads(row.chairs) == ["B", "A", "C"]
    assert [one["for"] for one in json.loads(row.lots)] == ["chairs", "chairs"]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (facts(), "groups"),
        (facts(*((f"G{n}", 1) for n in range(41))), "groups"),
        (facts(("", 3)), "groups-0-name"),
        (facts(("A", 3), ("A", 4)), "groups-1-name"),
        (facts(("A", None)), "groups-0-strength"),
        (facts(("A", -1)), "groups-0-strength"),
        (facts(("A", 0)), "groups-0-strength"),
        (facts(("A", 3), seats=0), "seats"),
        (facts(("A", 3), seats=1000), "seats"),
        (facts(("A", 3), chairs=61), "chairs"),
        (facts(("A", 3), ("B", 3), seats=3, winners=("C",), settled_by="Rat"), "winners"),
        (facts(("A", 3), ("B", 3), seats=3, winners=("A",)), "settled_by"),
        (
            facts(
                ("A", 3),
                ("B", 3),
                seats=3,
                how=SettledBy.ELECTION_VOTES,
                winners=("A",),
                settled_by="Rat",
            ),
            "how",
        ),
        (facts(("A", 3), seats=4), "acknowledged"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    build: Builder, wanted: ApportionmentFacts, field: str
) -> None:
    assert refused(build, wanted).field == field


def test_a_kept_one_is_corrected_and_removed_but_not_by_strangers(
    build: Builder, stranger: Builder
) -> None:
    row = kept(build, facts(*HERZLAKE))
    args = (build.session, build.actor, row.id)
    apportionments.edit_apportionment(*args, 1, facts(*HERZLAKE, seats=9), NOW)
    assert json.loads(build.session.get_one(Apportionment, row.id).result)["CDU"] == 7
    with pytest.raises(Stale):
        apportionments.edit_apportionment(*args, 1, facts(*HERZLAKE), NOW)
    with pytest.raises(Unknown):
        apportionments.remove_apportionment(stranger.session, stranger.actor, row.id, 2, NOW)
    foreign = facts(*HERZLAKE, organization_id=stranger.organization("Rat"))
    with pytest.raises(Unknown):
        kept(build, foreign)
    apportionments.remove_apportionment(*args, 2, NOW)
    assert build.session.get(Apportionment, row.id) is None


def test_strengths_are_counted_from_the_memberships_of_the_day(build: Builder) -> None:
    council = build.organization("Kreistag")
    cdu, spd, gone = (
        build.organization(name, kind=OrganizationKind.GROUP)
        for name in ("CDU", "SPD", "Freie Liste")
    )
    day = date(2026, 11, 23)
    for number in range(6):
        person = build.person(f"P{number}")
        if number < 3:
            build.seat(cdu, person)
            build.seat(council, person, voting_right=True)
        elif number == 3:
            build.seat(spd, person, end_date=date(2026, 1, 1))
            build.seat(council, person, voting_right=True, on_behalf_of_id=spd)
        elif number == 4:
            build.seat(gone, person, end_date=date(2026, 1, 1))
            build.seat(council, person, voting_right=True)
        else:
            build.seat(spd, person)
            build.seat(council, person, voting_right=False)
    build.seat(council, build.person(), voting_right=True, end_date=date(2025, 1, 1))
    body = build.actor.body_id
    assert body is not None
    found = apportionments.strengths_on(
        build.session, body, day, build.session.get_one(Organization, council)
    )
    assert found.groups == (("CDU", 3), ("SPD", 1))
    assert (found.members, found.ungrouped) == (5, 1)
    everywhere = apportionments.strengths_on(build.session, body, day, None)
    assert everywhere.groups == (("CDU", 3), ("SPD", 1))
    assert everywhere.members is None
