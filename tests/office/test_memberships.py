"""Seats: adding a known or a new person, changing, ending."""

from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.people import Membership, MembershipRole, Person
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.registry import Registry

SEAT = {
    "person_id": "",
    "family_name": "",
    "given_name": "",
    "title": "",
    "form_of_address": "",
    "role": "chair",
    "voting_right": "y",
    "on_behalf_of_id": "",
    "start_date": "2014-07-01",
    "end_date": "",
}


@pytest.fixture
def committee(registry: Registry) -> int:
    return registry.organization("Bauausschuss")


def _seats(session: Session, organization: int) -> list[Membership]:
    session.rollback()
    chosen = select(Membership).where(Membership.organization_id == organization)
    return list(session.scalars(chosen.order_by(Membership.id)))


def test_a_known_person_is_seated_for_a_group(
    clerk: OfficeClient, registry: Registry, session: Session, committee: int
) -> None:
    person = registry.person("Schünemann", given_name="Petra")
    group = registry.organization("Fraktion Grün", OrganizationKind.GROUP)
    path = f"/gremien/{committee}/mitglieder/neu"
    sent = SEAT | {"person_id": str(person), "on_behalf_of_id": str(group)}
    assert clerk.submit(path, sent).status_code == 303
    [seat] = _seats(session, committee)
    assert (seat.person_id, seat.on_behalf_of_id) == (person, group)
    assert seat.role is MembershipRole.CHAIR
    assert seat.voting_right
    assert seat.start_date == date(2014, 7, 1)
    page = text_of(clerk.get(f"/gremien/{committee}"))
    assert "Schünemann, Petra Vorsitz ja Fraktion Grün seit 01.07.2014" in page


def test_persons_are_offered_by_family_name_as_germans_sort_it(
    clerk: OfficeClient, registry: Registry, committee: int
) -> None:
    for name in ("Zander", "Öztürk", "Olbrich", "Otto"):
        registry.person(name)
    page = text_of(clerk.get(f"/gremien/{committee}/mitglieder/neu"))
    places = [page.index(name) for name in ("Nehring, J", "Olbrich", "Otto", "Öztürk", "Zander")]
    assert places == sorted(places)


def test_a_new_person_is_entered_with_the_seat(
    clerk: OfficeClient, session: Session, committee: int, cast: Cast
) -> None:
    path = f"/gremien/{committee}/mitglieder/neu"
    sent = SEAT | {"family_name": "Kratzsch", "given_name": "Vanessa", "voting_right": ""}
    sent.pop("voting_right")
    assert clerk.submit(path, sent).status_code == 303
    [seat] = _seats(session, committee)
    assert seat.person.name == "Vanessa Kratzsch"
    assert seat.person.body_id == cast.boerde
    assert not seat.voting_right


def test_a_seat_that_is_refused_leaves_no_person_behind(
    clerk: OfficeClient, session: Session, committee: int
) -> None:
    path = f"/gremien/{committee}/mitglieder/neu"
    sent = SEAT | {"family_name": "Kratzsch", "end_date": "2010-01-01"}
    answer = clerk.submit(path, sent)
    assert answer.status_code == 422
    assert 'id="end_date-fehler"' in answer.get_data(as_text=True)
    assert 'value="Kratzsch"' in answer.get_data(as_text=True)
    assert session.scalars(select(Person).where(Person.family_name == "Kratzsch")).all() == []


def test_neither_person_nor_name_is_an_error_at_the_select(
    clerk: OfficeClient, committee: int
) -> None:
    answer = clerk.submit(f"/gremien/{committee}/mitglieder/neu", SEAT)
    assert answer.status_code == 422
    assert 'id="person_id-fehler"' in answer.get_data(as_text=True)


def test_both_a_person_and_a_name_are_an_error_at_the_name(
    clerk: OfficeClient, committee: int, cast: Cast
) -> None:
    sent = SEAT | {"person_id": str(cast.nehring), "family_name": "Kratzsch"}
    answer = clerk.submit(f"/gremien/{committee}/mitglieder/neu", sent)
    assert answer.status_code == 422
    assert 'id="family_name-fehler"' in answer.get_data(as_text=True)


def test_a_name_that_is_known_asks_for_a_second_look(
    clerk: OfficeClient, session: Session, committee: int
) -> None:
    path = f"/gremien/{committee}/mitglieder/neu"
    sent = SEAT | {"family_name": "nehring", "given_name": "Jürgen"}
    answer = clerk.submit(path, sent)
    assert answer.status_code == 422
    assert 'id="namesake-fehler"' in answer.get_data(as_text=True)
    assert clerk.submit(path, sent | {"namesake": "y"}).status_code == 303
    assert len(_seats(session, committee)) == 1


def test_several_members_are_entered_one_after_the_other(
    clerk: OfficeClient, committee: int, cast: Cast
) -> None:
    path = f"/gremien/{committee}/mitglieder/neu"
    answer = clerk.submit(path, SEAT | {"person_id": str(cast.nehring), "weiteres": "ja"})
    assert answer.location == f"{path}?beginn=2014-07-01"
    assert 'value="2014-07-01"' in clerk.get(answer.location).get_data(as_text=True)


def test_a_person_is_not_seated_twice_at_a_time(clerk: OfficeClient, cast: Cast) -> None:
    path = f"/gremien/{cast.committee}/mitglieder/neu"
    answer = clerk.submit(path, SEAT | {"person_id": str(cast.nehring)})
    assert answer.status_code == 422
    assert 'id="person_id-fehler"' in answer.get_data(as_text=True)


def test_a_person_of_another_body_is_no_choice(
    clerk: OfficeClient, session: Session, committee: int, cast: Cast, now: datetime
) -> None:
    foreign = Registry.of(session, cast.stranger, now).person("Fremd")
    answer = clerk.submit(
        f"/gremien/{committee}/mitglieder/neu", SEAT | {"person_id": str(foreign)}
    )
    assert answer.status_code == 422
    assert _seats(session, committee) == []


def test_a_seat_is_changed_and_a_second_tab_is_told(
    clerk: OfficeClient, registry: Registry, session: Session, committee: int, cast: Cast
) -> None:
    seat = registry.seat(committee, cast.nehring)
    path = f"/mitgliedschaften/{seat}"
    sent = SEAT | {"person_id": str(cast.nehring), "version": "1"}
    assert clerk.submit(path, sent | {"role": "advisory"}).status_code == 303
    answer = clerk.submit(path, sent | {"role": "chair"})
    assert answer.status_code == 409
    assert "Vorsitz" in text_of(answer)
    assert "beratendes Mitglied" in text_of(answer)
    assert _seats(session, committee)[0].role is MembershipRole.ADVISORY


def test_a_seat_ends_by_a_day_and_moves_to_the_former_members(
    clerk: OfficeClient, registry: Registry, session: Session, committee: int, cast: Cast
) -> None:
    seat = registry.seat(committee, cast.nehring)
    path = f"/mitgliedschaften/{seat}/ende"
    assert 'value="2017-04-03"' in clerk.get(path).get_data(as_text=True)
    early = clerk.submit(path, {"version": "1", "end_date": "2010-01-01"})
    assert early.status_code == 422
    assert 'id="end_date-fehler"' in early.get_data(as_text=True)
    assert clerk.submit(path, {"version": "1", "end_date": "2017-04-01"}).status_code == 303
    [ended] = _seats(session, committee)
    assert ended.end_date == date(2017, 4, 1)
    assert ended.role is MembershipRole.MEMBER
    page = text_of(clerk.get(f"/gremien/{committee}"))
    assert "Frühere Mitglieder (1)" in page
    assert "Es gibt zurzeit keine Mitglieder" in page


def test_seats_are_the_own_offices_business(
    stranger: OfficeClient, member: OfficeClient, registry: Registry, cast: Cast, committee: int
) -> None:
    seat = registry.seat(committee, cast.nehring)
    for client in (stranger, member):
        for path in (
            f"/gremien/{committee}/mitglieder/neu",
            f"/mitgliedschaften/{seat}",
            f"/mitgliedschaften/{seat}/ende",
        ):
            assert client.get(path).status_code == 404, path
