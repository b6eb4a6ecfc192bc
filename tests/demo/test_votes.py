"""Votes, joint meetings, resolutions and boards of the demo, as the public reads them."""

from datetime import date

from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicMeeting,
    PublicOrganization,
)


def item(reader: Reader, title: str) -> PublicAgendaItem:
    found = [one.living for one in reader.listing(PublicAgendaItem)]
    (wanted,) = (one for one in found if one.name.startswith(title))
    return wanted


def organization(reader: Reader, name: str) -> PublicOrganization:
    found = [one.living for one in reader.listing(PublicOrganization)]
    (wanted,) = (one for one in found if one.name == name)
    return wanted


def test_cologne_tells_by_groups_and_one_name_and_counts_nothing(reader: Reader) -> None:
    (ballot,) = item(reader, "Beratung einer Vorlage").ballots
    assert ballot.result_text == (
        "mehrheitlich gegen die CDU-Fraktion bei Enthaltung der FDP-Fraktion und Herrn Schöppe"
    )
    assert (ballot.outcome, ballot.yes, ballot.no, ballot.abstentions) == (
        "angenommen", None, None, None,
    )  # fmt: skip
    assert [(one.label, one.choice) for one in ballot.stances] == [
        ("die CDU-Fraktion", "Nein"),
        ("der FDP-Fraktion", "Enthaltung"),
        ("Herrn Schöppe", "Enthaltung"),
    ]
    assert ballot.votes == ()


def test_each_objection_to_the_plan_has_its_own_vote(reader: Reader) -> None:
    found = item(reader, "Abwägung").ballots
    assert [(one.subject, one.yes, one.no, one.abstentions) for one in found] == [
        ("Berücksichtigung Bürger 1", 3, 6, 1),
        ("Berücksichtigung Bürger 2", 3, 6, 1),
        ("Landesamt für Denkmalpflege und Archäologie", 6, 3, 1),
        ("Landkreis Börde, FD Wasserwirtschaft (teilweise)", 6, 3, 1),
        ("Landkreis Börde, FD Natur und Umwelt, SG Naturschutz und Forsten (teilweise)", 6, 3, 1),
        ("SG Ordnung (teilweise)", 6, 3, 1),
    ]
    assert [one.outcome for one in found] == ["abgelehnt"] * 2 + ["angenommen"] * 4
    assert {one.present for one in found} == {10}


def test_two_committees_leave_the_joint_meeting_after_the_third_item(reader: Reader) -> None:
    found = [one.living for one in reader.listing(PublicMeeting)]
    (meeting,) = (one for one in found if one.start and one.start.year == 2008)
    assert meeting.number == 10
    assert [one.rsplit(" bis ", 1)[1] for one in meeting.participation] == ["Ö 3", "Ö 3"]
    assert len(meeting.organization) == 3
    assert meeting.start
    assert meeting.end
    assert (meeting.end - meeting.start).seconds == 135 * 60
    assert item(reader, "Anträge, Anfragen, Anregungen").number == "Ö 6"


def test_kempten_tells_how_its_resolution_is_carried_out(reader: Reader) -> None:
    (resolution,) = item(reader, "Entwicklung eines Kommunalen").resolutions
    assert (resolution.number, resolution.progress, resolution.unit) == (
        "1/2019", "in Arbeit", "Amt für Integration",
    )  # fmt: skip
    (report,) = resolution.reports
    assert report.dated == date(2019, 6, 27)
    assert report.text.startswith("Auftaktveranstaltung")


def test_the_steering_group_of_kempten_is_made_of_offices(reader: Reader) -> None:
    group = organization(reader, "Steuerungsgruppe Integrationskonzept")
    assert len(group.institutions) == 12
    assert "Ausländerbehörde" in {one.name for one in group.institutions}
    assert (group.organization_type, group.classification) == ("Sonstiges", "Steuerungsgruppe")


def test_the_board_of_kaufbeuren_tells_its_composition(reader: Reader) -> None:
    board = organization(reader, "Integrationsbeirat")
    assert sum(one.count for one in board.composition) == board.seats == 26
    assert sum(one.count for one in board.composition if one.voting_right) == 25
