"""Committees, groups, units and places."""

from datetime import date

import pytest

from sitzungsdienst.acts import organizations, releases
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.organizations import LocationFacts, OrganizationFacts
from sitzungsdienst.acts.papers import Originator
from sitzungsdienst.record.bodies import Location, Organization, OrganizationKind
from tests.support.builders import Builder


def delete(build: Builder, row_id: int) -> None:
    version = build.version(Organization, row_id)
    organizations.delete_organization(build.session, build.actor, row_id, version, build.now)


def edit(build: Builder, row_id: int, facts: OrganizationFacts) -> None:
    version = build.version(Organization, row_id)
    organizations.edit_organization(build.session, build.actor, row_id, version, facts, build.now)


def test_a_committee_with_meetings_is_not_deleted_and_says_why(build: Builder) -> None:
    committee = build.organization("Bauausschuss")
    build.meeting(committee)
    build.meeting(committee)
    with pytest.raises(RuleBroken) as refused:
        delete(build, committee)
    assert refused.value.message == (
        "»Bauausschuss« hat 2 Sitzungen und kann deshalb nicht gelöscht werden."
        " Tragen Sie stattdessen ein Enddatum ein."
    )
    assert build.session.get(Organization, committee) is not None


def with_member(build: Builder, row_id: int) -> None:
    build.seat(row_id, build.person())


def with_step(build: Builder, row_id: int) -> None:
    build.step(build.paper(), row_id)


def with_originator(build: Builder, row_id: int) -> None:
    build.paper(originators=(Originator("Wir", organization_id=row_id),))


@pytest.mark.parametrize(
    ("hang", "word"),
    [
        (with_member, "1 Mitgliedschaft "),
        (with_step, "1 Beratungsfolge "),
        (with_originator, "1 Vorlage "),
    ],
)
def test_what_hangs_on_an_organisation_keeps_it(build: Builder, hang: object, word: str) -> None:
    committee = build.organization()
    hang(build, committee)  # type: ignore[operator]  # one of the functions above
    with pytest.raises(RuleBroken, match=word):
        delete(build, committee)


def test_a_group_and_a_unit_in_use_are_not_deleted(build: Builder) -> None:
    group = build.organization("Fraktion", OrganizationKind.GROUP)
    build.seat(build.organization(), build.person(), on_behalf_of_id=group)
    unit = build.organization("Amt 1", OrganizationKind.UNIT)
    build.paper(responsible_unit_id=unit)
    for row_id in (group, unit):
        with pytest.raises(RuleBroken):
            delete(build, row_id)


def test_a_released_committee_is_withdrawn_before_it_is_deleted(build: Builder) -> None:
    committee = build.organization()
    releases.release_organization(build.session, build.actor, committee, "", build.now)
    with pytest.raises(RuleBroken, match="veröffentlicht"):
        delete(build, committee)
    releases.withdraw_members(build.session, build.actor, committee, "Versehen", build.now)
    delete(build, committee)
    assert build.session.get(Organization, committee) is None


def test_the_kind_of_an_organisation_in_use_is_not_changed(build: Builder) -> None:
    committee = build.organization("Bauausschuss")
    group = OrganizationFacts(name="Bauausschuss", kind=OrganizationKind.GROUP)
    edit(build, committee, group)
    edit(build, committee, OrganizationFacts(name="Bauausschuss"))
    build.meeting(committee)
    with pytest.raises(RuleBroken) as refused:
        edit(build, committee, group)
    assert refused.value.field == "kind"
    assert "1 Sitzung" in refused.value.message
    edit(build, committee, OrganizationFacts(name="Bau- und Umweltausschuss"))


def test_an_empty_committee_is_deleted(build: Builder) -> None:
    committee = build.organization()
    delete(build, committee)
    assert build.session.get(Organization, committee) is None


def test_two_committees_of_one_body_do_not_share_a_name(build: Builder, stranger: Builder) -> None:
    build.organization("Bauausschuss")
    other = build.organization("Sozialausschuss")
    with pytest.raises(RuleBroken) as refused:
        build.organization(" Bauausschuss ")
    assert refused.value.field == "name"
    with pytest.raises(RuleBroken, match="gibt es schon"):
        edit(build, other, OrganizationFacts(name="Bauausschuss"))
    edit(build, other, OrganizationFacts(name="Sozialausschuss", seats=19))
    stranger.organization("Bauausschuss")
    build.organization("Bauausschuss", OrganizationKind.UNIT)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (OrganizationFacts(name=" "), "name"),
        (OrganizationFacts(name="x", seats=0), "seats"),
        (OrganizationFacts(name="x", seats=1_000), "seats"),
        (
            OrganizationFacts(name="x", start_date=date(2017, 1, 2), end_date=date(2017, 1, 1)),
            "end_date",
        ),
    ],
)
def test_unfit_facts_are_named_by_their_field(
    build: Builder, facts: OrganizationFacts, field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        organizations.create_organization(build.session, build.actor, facts, build.now)
    assert refused.value.field == field


def test_a_place_with_meetings_is_not_deleted(build: Builder) -> None:
    free, used = build.location(), build.location()
    build.meeting(build.organization(), location_id=used)
    with pytest.raises(RuleBroken, match="An diesem Ort gibt es Sitzungen"):
        organizations.delete_location(build.session, build.actor, used, 1, build.now)
    organizations.delete_location(build.session, build.actor, free, 1, build.now)
    facts = LocationFacts(room=" ")
    with pytest.raises(RuleBroken):
        organizations.edit_location(build.session, build.actor, used, 1, facts, build.now)
    assert build.session.get_one(Location, used).room == "Saal"
