"""Substitutes: a list in order, for one member, for a group; and changes of function."""

from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import people, substitutes
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.substitutes import SubstituteFacts, standing_in
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.people import Membership, MembershipRole, Person, Substitute
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.registry import Registry

TODAY = date(2017, 4, 3)


def add(registry: Registry, committee: int, name: str, **facts: object) -> int:
    person = registry.person(name)
    wanted = SubstituteFacts(person_id=person, **facts)  # type: ignore[arg-type]  # the test's own
    return substitutes.add_substitute(
        registry.session, registry.actor, committee, wanted, registry.now
    )


def listed(session: Session, committee: int) -> list[str]:
    session.rollback()
    session.expire_all()
    return [one.person.family_name for one in session.get_one(Organization, committee).substitutes]


def test_substitutes_stand_in_order_and_for_members_on_the_committees_page(
    clerk: OfficeClient, registry: Registry, cast: Cast
) -> None:
    group = registry.organization("Fraktion Grün", OrganizationKind.GROUP)
    path = f"/gremien/{cast.committee}/stellvertretungen/neu"
    for name, more in (
        ("Erste", {}),
        ("Zweite", {"on_behalf_of_id": str(group)}),
        ("Eigene", {"for_person_id": str(cast.nehring)}),
    ):
        sent = {"person_id": str(registry.person(name))} | more
        assert fill(clerk, path, **sent).status_code == 303
    page = text_of(clerk.get(f"/gremien/{cast.committee}"))
    assert "Für Jürgen Nehring Name Nur für Mitglieder von Zeitraum Aktionen Eigene" in page
    assert "Allgemeine Liste, in dieser Reihenfolge" in page
    assert page.index("1 Erste") < page.index("2 Zweite Fraktion Grün")


def test_the_list_is_put_into_another_order(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    rows = [add(registry, cast.committee, name) for name in ("A", "B", "C")]
    own = add(registry, cast.committee, "Eigene", for_person_id=cast.nehring)

    def move(row: int, way: str) -> None:
        session.rollback()
        version = session.get_one(Substitute, row, populate_existing=True).version
        path = f"/stellvertretungen/{row}/platz"
        sent = {"version": str(version), "richtung": way}
        assert clerk.submit(path, sent, page="/konto").status_code == 303

    move(rows[2], "hoch")
    assert listed(session, cast.committee) == ["A", "C", "B", "Eigene"]
    move(rows[0], "runter")
    assert listed(session, cast.committee) == ["C", "A", "B", "Eigene"]
    for row, way in ((rows[2], "hoch"), (rows[1], "runter"), (own, "hoch")):
        move(row, way)
    assert listed(session, cast.committee) == ["C", "A", "B", "Eigene"]


def test_a_list_that_another_tab_moved_is_not_moved_blindly(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    rows = [add(registry, cast.committee, name) for name in ("A", "B")]
    substitutes.move_substitute(session, registry.actor, rows[1], 1, True, registry.now)
    path = f"/stellvertretungen/{rows[1]}/platz"
    answer = clerk.submit(path, {"version": "1", "richtung": "runter"}, page="/konto")
    assert answer.status_code == 409
    assert listed(session, cast.committee) == ["B", "A"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"person_id": ""}, "person_id"),
        ({"person_id": "999"}, "person_id"),
        ({"for_person_id": "{self}"}, "for_person_id"),
        ({"for_person_id": "{other}"}, "for_person_id"),
        ({"start_date": "2014-07-01", "end_date": "2014-06-30"}, "end_date"),
        ({"on_behalf_of_id": "1"}, "on_behalf_of_id"),
    ],
)
def test_each_error_stands_at_its_field(
    clerk: OfficeClient, registry: Registry, cast: Cast, change: dict[str, str], field: str
) -> None:
    other = registry.person("Ohne Sitz")
    own = {"self": str(cast.nehring), "other": str(other)}
    sent = {"person_id": str(cast.nehring)} | {
        name: value.format(**own) for name, value in change.items()
    }
    answer = fill(clerk, f"/gremien/{cast.committee}/stellvertretungen/neu", **sent)
    assert answer.status_code == 422
    assert f'id="{field}-fehler"' in answer.text
    registry.session.rollback()
    assert registry.session.scalars(select(Substitute)).all() == []


def test_nobody_stands_twice_on_the_list_at_a_time(registry: Registry, cast: Cast) -> None:
    one = add(registry, cast.committee, "A", end_date=date(2016, 1, 1))
    person = registry.session.get_one(Substitute, one).person_id

    def again(**facts: object) -> None:
        wanted = SubstituteFacts(person_id=person, **facts)  # type: ignore[arg-type]  # the test's own
        substitutes.add_substitute(
            registry.session, registry.actor, cast.committee, wanted, registry.now
        )

    with pytest.raises(RuleBroken) as told:
        again()
    assert told.value.field == "person_id"
    again(for_person_id=cast.nehring)
    again(start_date=date(2016, 1, 2))


def test_only_members_are_stood_in_for(registry: Registry, cast: Cast) -> None:
    stranger = registry.person("Ohne Sitz")
    with pytest.raises(RuleBroken, match="Mitglied dieses Gremiums"):
        add(registry, cast.committee, "A", for_person_id=stranger)


def test_who_may_stand_in_comes_in_the_order_of_the_law_of_the_house(
    registry: Registry, session: Session, cast: Cast
) -> None:
    green, red = (registry.organization(name, OrganizationKind.GROUP) for name in ("Grüne", "Rote"))
    add(registry, cast.committee, "Liste")
    add(registry, cast.committee, "Rote", on_behalf_of_id=red)
    add(registry, cast.committee, "Grüne", on_behalf_of_id=green)
    add(registry, cast.committee, "Früher", end_date=date(2016, 1, 1))
    add(registry, cast.committee, "Eigene", for_person_id=cast.nehring)
    committee = session.get_one(Organization, cast.committee)

    def names(person: int, group: int | None) -> list[str]:
        found = standing_in(committee, person, group, TODAY)
        return [one.person.family_name for one in found]

    assert names(cast.nehring, green) == ["Eigene", "Liste", "Grüne"]
    assert names(0, None) == ["Liste"]


def test_a_substitute_ends_by_a_day_and_a_mistake_is_removed(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    row = add(registry, cast.committee, "A")
    path = f"/stellvertretungen/{row}"
    old = fields_of(clerk.get(path))
    assert fill(clerk, path, end_date="2016-12-31").status_code == 303
    assert "Frühere Stellvertretungen (1)" in text_of(clerk.get(f"/gremien/{cast.committee}"))
    assert clerk.post(path, data=old).status_code == 409
    assert fill(clerk, f"{path}/entfernung").status_code == 303
    assert listed(session, cast.committee) == []


def test_who_has_stood_in_is_not_removed(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    row = add(registry, cast.committee, "A")
    meeting = registry.summoned_meeting(
        cast.committee, registry.step(registry.paper(), cast.committee)
    )
    stamps = {"created_at": registry.now, "modified_at": registry.now}
    session.add(
        Attendance(
            meeting_id=meeting, person_id=session.get_one(Substitute, row).person_id,
            substitute_for_id=cast.nehring, kind=AttendanceKind.PRESENT, voting_right=True,
            **stamps,
        )
    )  # fmt: skip
    session.commit()
    answer = fill(clerk, f"/stellvertretungen/{row}/entfernung")
    assert answer.status_code == 422
    assert "schon vertreten" in text_of(answer)


def test_substitutes_are_the_own_offices_business(
    stranger: OfficeClient, member: OfficeClient, registry: Registry, cast: Cast
) -> None:
    row = add(registry, cast.committee, "A")
    for client in (stranger, member):
        for path in (
            f"/gremien/{cast.committee}/stellvertretungen/neu",
            f"/stellvertretungen/{row}",
            f"/stellvertretungen/{row}/entfernung",
            f"/stellvertretungen/{row}/platz",
        ):
            assert client.submit(path, {"version": "1"}, page="/konto").status_code == 404, path


def test_persons_of_another_body_do_not_stand_in(
    registry: Registry, session: Session, cast: Cast, now: datetime
) -> None:
    foreign = Registry.of(session, cast.stranger, now).person("Fremd")
    with pytest.raises(Unknown):
        substitutes.add_substitute(
            session, registry.actor, cast.committee, SubstituteFacts(person_id=foreign), now
        )


# --- Changes of function -----------------------------------------------------------------------


@pytest.fixture
def seat(session: Session) -> int:
    return session.scalars(select(Membership.id)).one()


def seats(session: Session) -> list[tuple[MembershipRole, bool, date | None, date | None]]:
    session.rollback()
    found = session.scalars(select(Membership).order_by(Membership.id))
    return [(one.role, one.voting_right, one.start_date, one.end_date) for one in found]


def test_a_change_of_function_ends_the_old_one_and_begins_the_new_in_one_act(
    clerk: OfficeClient, session: Session, seat: int, cast: Cast
) -> None:
    path = f"/mitgliedschaften/{seat}/wechsel"
    assert "Bisher: Mitglied." in text_of(clerk.get(path))
    assert fields_of(clerk.get(path))["valid_from"] == ["2017-04-03"]
    assert fill(clerk, path, valid_from="2016-07-01", role="chair").status_code == 303
    assert seats(session) == [
        (MembershipRole.MEMBER, True, date(2014, 7, 1), date(2016, 6, 30)),
        (MembershipRole.CHAIR, True, date(2016, 7, 1), None),
    ]
    page = text_of(clerk.get(f"/gremien/{cast.committee}"))
    assert "Nehring, Jürgen Vorsitz ja seit 01.07.2016" in page
    assert "Frühere Mitglieder (1)" in page


@pytest.mark.parametrize(("day", "word"), [("2014-07-01", "gerade erst"), ("", "ersten Tag"),
                                           ("2019-07-01", "schon beendet")])  # fmt: skip
def test_a_change_outside_the_membership_is_refused(
    clerk: OfficeClient, registry: Registry, session: Session, seat: int, day: str, word: str
) -> None:
    row = session.get_one(Membership, seat)
    facts = people.MembershipFacts(
        person_id=row.person_id, start_date=row.start_date, end_date=date(2019, 6, 30)
    )
    people.edit_membership(session, registry.actor, seat, row.version, facts, registry.now)
    answer = fill(clerk, f"/mitgliedschaften/{seat}/wechsel", valid_from=day, role="chair")
    assert answer.status_code == 422
    assert word in text_of(answer)
    assert 'id="valid_from-fehler"' in answer.text
    assert len(seats(session)) == 1


def test_a_refused_change_leaves_the_old_function_as_it_was(
    registry: Registry, session: Session, seat: int
) -> None:
    session.rollback()
    change = people.RoleChange(valid_from=date(2016, 7, 1), composition_rule_id=99)
    with pytest.raises(RuleBroken):
        people.change_role(session, registry.actor, seat, 1, change, registry.now)
    assert [one[3] for one in seats(session)] == [None]


def test_two_changes_at_once_are_told_apart(
    clerk: OfficeClient, registry: Registry, session: Session, seat: int
) -> None:
    path = f"/mitgliedschaften/{seat}/wechsel"
    form = fields_of(clerk.get(path)) | {"role": "advisory"}
    session.rollback()
    change = people.RoleChange(valid_from=date(2016, 7, 1), role=MembershipRole.CHAIR)
    people.change_role(session, registry.actor, seat, 1, change, registry.now)
    assert clerk.post(path, data=form).status_code == 409
    with pytest.raises(Stale):
        people.change_role(session, registry.actor, seat, 1, change, registry.now)
    assert len(seats(session)) == 2


def test_functions_are_changed_by_the_own_office_only(
    stranger: OfficeClient, member: OfficeClient, seat: int
) -> None:
    for client in (stranger, member):
        assert client.get(f"/mitgliedschaften/{seat}/wechsel").status_code == 404


def test_a_person_who_stands_in_is_not_deleted(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    row = add(registry, cast.committee, "A")
    person = session.get_one(Substitute, row).person_id
    assert fill(clerk, f"/personen/{person}/loeschung").status_code == 422
    session.rollback()
    assert session.get(Person, person) is not None
