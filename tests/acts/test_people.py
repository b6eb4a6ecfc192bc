"""Persons and their memberships."""

from datetime import date

import pytest

from sitzungsdienst.acts import people, releases
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.papers import Originator
from sitzungsdienst.acts.people import MembershipFacts, PersonFacts
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.people import Membership, Person
from tests.support.builders import Builder
from tests.support.cast import Cast


@pytest.mark.parametrize(
    ("first", "second", "allowed"),
    [
        ((None, None), (None, None), False),
        ((None, date(2017, 3, 31)), (date(2017, 4, 1), None), True),
        ((None, date(2017, 3, 31)), (date(2017, 3, 31), None), False),
        ((date(2017, 4, 1), None), (None, date(2017, 3, 31)), True),
        ((date(2017, 4, 1), None), (None, date(2017, 4, 1)), False),
        ((date(2014, 7, 1), date(2019, 6, 30)), (date(2015, 1, 1), date(2015, 2, 1)), False),
        ((date(2015, 1, 1), date(2015, 2, 1)), (date(2014, 7, 1), date(2019, 6, 30)), False),
        ((date(2017, 1, 1), None), (date(2018, 1, 1), None), False),
    ],
)
def test_nobody_sits_twice_at_once(
    build: Builder,
    first: tuple[date | None, date | None],
    second: tuple[date | None, date | None],
    allowed: bool,
) -> None:
    committee, person = build.organization(), build.person()
    build.seat(committee, person, start_date=first[0], end_date=first[1])
    if allowed:
        build.seat(committee, person, start_date=second[0], end_date=second[1])
        return
    with pytest.raises(RuleBroken) as refused:
        build.seat(committee, person, start_date=second[0], end_date=second[1])
    assert refused.value.field == "person_id"


def test_two_persons_and_two_committees_do_not_overlap(build: Builder) -> None:
    committee, person = build.organization(), build.person()
    build.seat(committee, person)
    build.seat(committee, build.person())
    build.seat(build.organization(), person)


def test_a_membership_does_not_overlap_with_itself(build: Builder) -> None:
    person = build.person()
    seat = build.seat(build.organization(), person)
    facts = MembershipFacts(person_id=person, end_date=date(2019, 6, 30))
    people.edit_membership(build.session, build.actor, seat, 1, facts, build.now)
    assert build.session.get_one(Membership, seat).end_date == date(2019, 6, 30)


def test_a_membership_made_longer_is_checked_again(build: Builder) -> None:
    committee, person = build.organization(), build.person()
    seat = build.seat(committee, person, end_date=date(2016, 1, 1))
    build.seat(committee, person, start_date=date(2017, 1, 1))
    facts = MembershipFacts(person_id=person, end_date=date(2018, 1, 1))
    with pytest.raises(RuleBroken):
        people.edit_membership(build.session, build.actor, seat, 1, facts, build.now)


def test_a_seat_is_held_on_behalf_of_a_group_only(build: Builder) -> None:
    committee, person = build.organization(), build.person()
    with pytest.raises(RuleBroken) as refused:
        build.seat(committee, person, on_behalf_of_id=committee)
    assert refused.value.field == "on_behalf_of_id"
    group = build.organization("Fraktion", OrganizationKind.GROUP)
    seat = build.seat(committee, person, on_behalf_of_id=group)
    assert build.session.get_one(Membership, seat).on_behalf_of_id == group


def test_a_seat_does_not_end_before_it_begins(build: Builder) -> None:
    with pytest.raises(RuleBroken) as refused:
        build.seat(
            build.organization(), build.person(),
            start_date=date(2017, 1, 2), end_date=date(2017, 1, 1),
        )  # fmt: skip
    assert refused.value.field == "end_date"


def test_people_and_groups_of_another_body_take_no_seat(build: Builder, stranger: Builder) -> None:
    committee = build.organization()
    foreign = stranger.person()
    group = stranger.organization("Fraktion", OrganizationKind.GROUP)
    with pytest.raises(Unknown):
        build.seat(committee, foreign)
    with pytest.raises(Unknown):
        build.seat(committee, build.person(), on_behalf_of_id=group)


def test_a_new_person_is_entered_and_seated_at_once_or_not_at_all(build: Builder) -> None:
    committee = build.organization()
    facts = MembershipFacts(person_id=0)
    seat = people.seat_new_person(
        build.session, build.actor, committee, PersonFacts(family_name="Neu"), facts, build.now
    )
    assert build.session.get_one(Membership, seat).person.family_name == "Neu"
    bad = MembershipFacts(person_id=0, on_behalf_of_id=committee)
    count = build.session.query(Person).count()
    with pytest.raises(RuleBroken):
        people.seat_new_person(
            build.session, build.actor, committee, PersonFacts(family_name="X"), bad, build.now
        )
    assert build.session.query(Person).count() == count


def test_a_person_on_whom_something_hangs_is_not_deleted(build: Builder, cast: Cast) -> None:
    seated, author, released = build.person(), build.person(), build.person()
    committee = build.organization()
    build.seat(committee, seated)
    build.paper(originators=(Originator("Autor", person_id=author),))
    build.seat(build.organization(), released)
    for person in (seated, author, released, cast.nehring):
        version = build.version(Person, person)
        with pytest.raises(RuleBroken, match="kann deshalb nicht gelöscht werden"):
            people.delete_person(build.session, build.actor, person, version, build.now)


def test_a_person_entered_by_mistake_is_deleted(build: Builder) -> None:
    person = build.person()
    people.delete_person(build.session, build.actor, person, 1, build.now)
    assert build.session.get(Person, person) is None


def test_a_person_needs_a_family_name(build: Builder) -> None:
    with pytest.raises(RuleBroken) as refused:
        people.create_person(build.session, build.actor, PersonFacts(family_name="\0 "), build.now)
    assert refused.value.field == "family_name"


def test_a_release_of_unchanged_members_is_refused(build: Builder) -> None:
    committee = build.organization()
    build.seat(committee, build.person())
    releases.release_organization(build.session, build.actor, committee, "", build.now)
    with pytest.raises(RuleBroken, match="schon auf diesem Stand"):
        releases.release_organization(build.session, build.actor, committee, "x", build.now)
