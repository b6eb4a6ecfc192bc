"""Votes as councils really tell them: by groups, many on one item, committees meeting together.

Where no source names the day, the matter or a member, the demo says so or uses a placeholder.
"""

from datetime import date, datetime

from sitzungsdienst.acts import attendance, ballots, meetings, proceedings
from sitzungsdienst.acts.attendance_rows import AttendanceFacts
from sitzungsdienst.demo.held import call, finish, held, town_hall
from sitzungsdienst.demo.office import Item, Office, Seat
from sitzungsdienst.german import BERLIN
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.people import MembershipRole
from sitzungsdienst.record.proceedings import (
    AttendanceKind,
    BallotOutcome,
    Choice,
    Decision,
)

#: Objections to a building plan, each put to the vote: subject, yes, no, abstentions.
WEIGHED = (
    ("Berücksichtigung Bürger 1", 3, 6, 1),
    ("Berücksichtigung Bürger 2", 3, 6, 1),
    ("Landesamt für Denkmalpflege und Archäologie", 6, 3, 1),
    ("Landkreis Börde, FD Wasserwirtschaft (teilweise)", 6, 3, 1),
    ("Landkreis Börde, FD Natur und Umwelt, SG Naturschutz und Forsten (teilweise)", 6, 3, 1),
    ("SG Ordnung (teilweise)", 6, 3, 1),
)


def tell_koeln(office: Office) -> None:
    """A result told by groups and a single member, without a count."""
    office.at(date(2014, 9, 1))
    committee = office.found("Ausschuss", OrganizationKind.COMMITTEE, "Ausschuss")
    cdu = office.found("CDU-Fraktion", OrganizationKind.GROUP, "Fraktion")
    fdp = office.found("FDP-Fraktion", OrganizationKind.GROUP, "Fraktion")
    others = office.found("weitere Fraktionen", OrganizationKind.GROUP, "Fraktionen")
    seats = [
        Seat("Mitglied 1", MembershipRole.CHAIR, on_behalf_of=others),
        *(Seat(f"Mitglied {n}", on_behalf_of=others) for n in range(2, 8)),
        *(Seat(f"Mitglied {n}", on_behalf_of=cdu) for n in range(8, 11)),
        Seat("Mitglied 11", on_behalf_of=fdp),
        Seat("Schöppe"),
        Seat("Giesen"),
    ]
    persons = office.seat(committee, seats, date(2014, 6, 1))
    start = datetime(2014, 10, 14, 16, tzinfo=BERLIN)
    meeting = held(
        office,
        committee,
        "Sitzung des Ausschusses",
        start,
        (Item("Beratung einer Vorlage", "vote"),),
    )
    _excuse(office, meeting, persons["Giesen"])
    office.treat(
        "vote",
        proceedings.TreatmentFacts(
            deliberation="Tag und Gegenstand sind in dieser Vorführung Platzhalter.",
            decision=Decision.ADOPTED,
        ),
    )
    told = ballots.BallotFacts(
        outcome=BallotOutcome.ACCEPTED,
        stances=(
            ballots.StanceFacts(choice=Choice.NO, organization_id=cdu, label="die CDU-Fraktion"),
            ballots.StanceFacts(
                choice=Choice.ABSTENTION, organization_id=fdp, label="der FDP-Fraktion"
            ),
            ballots.StanceFacts(
                choice=Choice.ABSTENTION, person_id=persons["Schöppe"], label="Herrn Schöppe"
            ),
        ),
        named_on_demand=True,
    )
    ballots.record_ballot(office.session, office.actor, office.items["vote"], told, office.now)
    finish(office, meeting, datetime(2014, 10, 14, 18, tzinfo=BERLIN), "Mitglied 1")


def _excuse(office: Office, meeting: int, person: int) -> None:
    row = office.session.get_one(Meeting, meeting)
    (there,) = (one for one in row.attendances if one.person_id == person)
    facts = AttendanceFacts(person_id=person, kind=AttendanceKind.EXCUSED)
    attendance.edit_attendance(
        office.session, office.actor, there.id, there.version, facts, office.now
    )


def tell_westliche_boerde(office: Office) -> None:
    """One item with many votes: the objections to a building plan, one after the other."""
    office.at(date(2014, 8, 1))
    council = office.found("Verbandsgemeinderat", OrganizationKind.COMMITTEE, "Rat")
    chair = Seat("Mitglied 1", MembershipRole.CHAIR)
    office.seat(council, [chair, *(Seat(f"Mitglied {n}") for n in range(2, 11))], date(2014, 7, 1))
    start = datetime(2015, 3, 3, 18, tzinfo=BERLIN)
    agenda = (
        Item("Eröffnung der Sitzung"),
        Item("Abwägung der Stellungnahmen zum Bebauungsplan (Wiedervorlage)", "weighing"),
    )
    meeting = held(office, council, "Sitzung des Verbandsgemeinderates", start, agenda)
    office.treat(
        "weighing",
        proceedings.TreatmentFacts(
            deliberation=(
                "Die Vorlage kommt nach sechs Monaten wieder. Der Vorsitz stellt jede"
                " Stellungnahme einzeln zur Abstimmung."
            ),
            decision=Decision.ADOPTED,
        ),
    )
    rows = tuple(
        ballots.BallotFacts(subject=subject, yes=yes, no=no, abstentions=abstentions, invalid=0)
        for subject, yes, no, abstentions in WEIGHED
    )
    ballots.record_ballots(office.session, office.actor, office.items["weighing"], rows, office.now)
    finish(office, meeting, datetime(2015, 3, 3, 20, tzinfo=BERLIN), "Mitglied 1")


def tell_joint_meeting(office: Office) -> None:
    """Börde, 25 June 2008: three committees together, two of them up to the third item."""
    office.at(date(2008, 6, 10))
    leading, *others = (
        office.found(name, OrganizationKind.COMMITTEE, "Ausschuss")
        for name in ("Kreisausschuss", "Umwelt- und Wirtschaftsausschuss (5. Wahlperiode)",
                     "Kultur- und Sozialausschuss (5. Wahlperiode)")
    )  # fmt: skip
    for letter, committee in zip("ABC", (leading, *others), strict=True):
        seats = [Seat(f"Mitglied {letter}{n}") for n in range(1, 8)]
        seats[0] = Seat(f"Mitglied {letter}1", MembershipRole.CHAIR)
        office.seat(committee, seats, date(2007, 7, 1))
    facts = meetings.MeetingFacts(
        name=(
            "10. ordentliche Sitzung des Kreisausschusses gemeinsam mit dem Umwelt- und"
            " Wirtschaftsausschuss sowie dem Kultur- und Sozialausschuss bis TOP 3"
        ),
        committee_ids=(leading, *others),
        start=datetime(2008, 6, 25, 13, tzinfo=BERLIN),
        location_id=town_hall(office, "- Sitzungsräume I + II -", "Landkreis Börde"),
        number=10,
    )
    meeting = meetings.plan_meeting(office.session, office.actor, facts, office.now)
    agenda = (
        Item("Eröffnung der Sitzung"),
        Item("Feststellung der Beschlussfähigkeit"),
        Item("Gemeinsame Beratung", "together"),
        Item("Einwendungen gegen die Niederschrift"),
        Item("Mitteilungen der Verwaltung"),
        Item("Anträge, Anfragen, Anregungen", "motions"),
    )
    office.enter_agenda(meeting, Part.PUBLIC, agenda)
    _part_after(office, meeting, others, office.items["together"])
    call(office, meeting)
    office.now = facts.start
    office.all_present(meeting)
    office.treat("motions", proceedings.TreatmentFacts(deliberation="Es liegen keine Anträge vor."))
    finish(office, meeting, datetime(2008, 6, 25, 15, 15, tzinfo=BERLIN), "Mitglied A1")


def _part_after(office: Office, meeting: int, committees: list[int], item: int) -> None:
    until = tuple((committee, item) for committee in committees)
    version = office.version(Meeting, meeting)
    meetings.set_participation(office.session, office.actor, meeting, version, until, office.now)
