"""The list to sign names everybody who may come, in the order in which they are looked for."""

from datetime import date
from pathlib import Path

import pytest

from sitzungsdienst.acts import meetings, people, proceedings, substitutes
from sitzungsdienst.acts.attendance import AttendanceFacts, add_attendance
from sitzungsdienst.acts.attendance_sheets import attendance_sheet
from sitzungsdienst.acts.institutions import InstitutionFacts, add_institution
from sitzungsdienst.acts.substitutes import SubstituteFacts
from sitzungsdienst.documents.attendance_list import (
    AttendanceSheet,
    SheetCommittee,
    print_attendance_list,
)
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.people import MembershipRole
from sitzungsdienst.record.proceedings import AttendanceKind, Capacity
from tests.documents.cast import read, squeezed
from tests.support.builders import Builder

TODAY = date(2017, 4, 3)
Told = list[tuple[str, list[str]]]


@pytest.fixture
def committee(build: Builder) -> int:
    """A committee of two groups, with a chair, an adviser and a member of no group."""
    found = build.organization("Kulturausschuss")
    strong = build.organization("Zukunftsfraktion", OrganizationKind.GROUP)
    weak = build.organization("Altfraktion", OrganizationKind.GROUP)
    build.seat(found, build.person("Vorsteher"), role=MembershipRole.CHAIR, on_behalf_of_id=weak)
    for name, group in (("Zander", strong), ("Ahrens", strong), ("Beier", weak), ("Cordes", None)):
        build.seat(found, build.person(name), on_behalf_of_id=group)
    build.seat(
        found, build.person("Quandt"), role=MembershipRole.ADVISORY, voting_right=False
    )  # fmt: skip
    return found


def sheet_of(build: Builder, meeting: int) -> AttendanceSheet:
    build.session.rollback()
    build.session.expire_all()
    return attendance_sheet(build.session.get_one(Meeting, meeting), issued_on=TODAY)


def told(committee: SheetCommittee) -> Told:
    return [(one.heading, [line.name for line in one.lines]) for one in committee.groups]


def test_members_stand_by_group_the_strongest_first_and_the_chair_before_all(
    build: Builder, committee: int
) -> None:
    sheet = sheet_of(build, build.meeting(committee))
    (only,) = sheet.committees
    assert told(only) == [
        ("Vorsitz", ["Vorsteher"]),
        ("Zukunftsfraktion", ["Ahrens", "Zander"]),
        ("Altfraktion", ["Beier"]),
        ("Ohne Fraktion", ["Cordes"]),
        ("Beratende Mitglieder", ["Quandt"]),
        ("Stellvertretungen", []),
    ]
    assert only.note == "Stimmberechtigt: 5."
    assert only.groups[-1].blank > 0
    assert sheet.signatures[0].name == "Vorsteher"


def test_without_groups_there_is_one_heading(build: Builder) -> None:
    committee = build.organization("Beirat")
    build.seat(committee, build.person("Ahrens"))
    (only,) = sheet_of(build, build.meeting(committee)).committees
    assert told(only)[0] == ("Stimmberechtigte Mitglieder", ["Ahrens"])


def test_who_is_no_member_on_the_day_is_not_on_the_list(build: Builder) -> None:
    committee = build.organization("Beirat")
    build.seat(committee, build.person("Gewesen"), end_date=date(2017, 4, 18))
    build.seat(committee, build.person("Künftig"), start_date=date(2017, 4, 20))
    (only,) = sheet_of(build, build.meeting(committee)).committees
    assert told(only) == [("Stellvertretungen", [])]
    assert only.note == "Für diesen Tag sind keine Mitglieder eingetragen."


def test_each_committee_of_a_joint_meeting_stands_apart(build: Builder, committee: int) -> None:
    other = build.organization("Bauausschuss")
    both = build.person("Doppel")
    build.seat(committee, both)
    build.seat(other, both)
    meeting = build.meeting(committee, other)
    item = build.item(meeting, "Gemeinsames")
    build.item(meeting, "Danach")
    meetings.set_participation(
        build.session, build.actor, meeting, build.version(Meeting, meeting), ((other, item),),
        build.now,
    )  # fmt: skip
    first, second = sheet_of(build, meeting).committees
    assert (first.name, second.name) == ("Kulturausschuss", "Bauausschuss")
    assert told(second)[0] == ("Stimmberechtigte Mitglieder", ["Doppel"])
    assert second.groups[0].lines[0].remark == "auch Kulturausschuss"
    assert "nimmt bis TOP Ö 1 teil" in second.note
    assert "nimmt bis" not in first.note


def test_substitutes_say_for_whom(build: Builder, committee: int) -> None:
    member = build.person("Vertretener")
    build.seat(committee, member)
    group = build.organization("Fraktion Grün", OrganizationKind.GROUP)
    person = build.person("Ersatz")
    for facts in (
        SubstituteFacts(person_id=person, for_person_id=member),
        SubstituteFacts(person_id=build.person("Liste"), on_behalf_of_id=group),
        SubstituteFacts(person_id=build.person("Alle")),
        SubstituteFacts(person_id=build.person("Vorbei"), end_date=date(2017, 4, 18)),
    ):
        substitutes.add_substitute(build.session, build.actor, committee, facts, build.now)
    (only,) = sheet_of(build, build.meeting(committee)).committees
    standing = next(one for one in only.groups if one.heading == "Stellvertretungen")
    assert [(one.name, one.role) for one in standing.lines] == [
        ("Ersatz", "für Vertretener"),
        ("Liste", "für Fraktion Grün"),
        ("Alle", "für alle Mitglieder"),
    ]


def test_an_institution_signs_too(build: Builder, committee: int) -> None:
    facts = InstitutionFacts(
        name="Ausländerbehörde", role=MembershipRole.ADVISORY, voting_right=False
    )
    add_institution(build.session, build.actor, committee, facts, build.now)
    (only,) = sheet_of(build, build.meeting(committee)).committees
    assert dict(told(only))["Beratende Mitglieder"] == ["Quandt", "Ausländerbehörde"]


def test_the_list_never_says_why_somebody_is_away(
    build: Builder, committee: int, tmp_path: Path
) -> None:
    meeting = build.meeting(committee)
    build.item(meeting)
    build.summon(meeting)
    build.session.rollback()
    row = build.session.get_one(Meeting, meeting)
    ill = next(
        one.person_id
        for one in row.organizations[0].memberships
        if one.person.family_name == "Zander"
    )
    away = proceedings.Presence(person_id=ill, kind=AttendanceKind.EXCUSED, note="Krankenhaus")
    version = build.version(Meeting, meeting)
    proceedings.record_attendance(build.session, build.actor, meeting, version, (away,), build.now)
    guest = AttendanceFacts(person_id=build.person("Gästin"), capacity=Capacity.GUEST)
    add_attendance(
        build.session, build.actor, meeting, build.version(Meeting, meeting), guest, build.now
    )
    sheet = sheet_of(build, meeting)
    text = read(print_attendance_list(sheet), tmp_path)
    assert "entschuldigt" in text
    assert "Krankenhaus" not in text
    assert squeezed("Gästin") in squeezed(text)
    assert sheet.others[0].lines[0].role == "Gast"


def test_names_are_listed_with_their_titles(build: Builder) -> None:
    committee = build.organization("Beirat")
    facts = people.PersonFacts(family_name="Ahrens", given_name="Uwe", title="Dr.")
    build.seat(committee, people.create_person(build.session, build.actor, facts, build.now))
    (only,) = sheet_of(build, build.meeting(committee)).committees
    assert only.groups[0].lines[0].name == "Ahrens, Dr. Uwe"
