"""Landkreis Börde: the meeting of 19 April 2017, from the agenda to the public excerpt.

What is public of that meeting is told in our own words; seats that no source names are filled
with plain placeholders. A meeting to come is planned so that there is something to try.
"""

from datetime import UTC, date, datetime, timedelta

from sitzungsdienst.acts import ballots, minutes, organizations, papers, proceedings, releases
from sitzungsdienst.acts.summons import SummonsFacts, summon
from sitzungsdienst.demo.office import Item, Office, Seat
from sitzungsdienst.german import BERLIN, local_day
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.papers import ConsultationRole
from sitzungsdienst.record.people import MembershipRole
from sitzungsdienst.record.proceedings import BallotOutcome, Decision

TITLE = "Beauftragung zur Erarbeitung eines Integrationskonzeptes"
SPEAKER = "Berichterstatterin: Vanessa Kratzsch, Integrationskoordinatorin"

DELIBERATION = """\
Frau Kratzsch erinnert an die Beratung im Ausschuss am 01.02.2017. Damals wurde besprochen, wie \
ein Integrationskonzept entstehen und gegliedert sein kann; die Präsentation dazu lag der \
Niederschrift bei. Als nächster Schritt war festgehalten, dass der Kreistag den Auftrag erteilen \
muss.

Das Konzept soll den Akteuren in der Region als Grundlage dienen und Politik und Verwaltung auf \
Dauer bei der Steuerung helfen. Es soll gemeinsam und mit gleichberechtigter Beteiligung \
erarbeitet werden.

Ausschussmitglied Mewes möchte Integration weiter verstanden wissen als nur bezogen auf \
Asylsuchende und bittet darum, dass der Ausschuss regelmäßig vom Fortgang erfährt und die \
Ergebnisse im Plenum beraten werden.

Ausschussmitglied Schünemann bittet darum, die mitwirkenden Bürgerinnen und Bürger nicht zu \
vergessen. Ausschussmitglied Leuschner schließt sich dem an.

Frau Kratzsch sagt zu, regelmäßig über Zeitplan und Ergebnisse zu berichten.\
"""

RESOLUTION = (
    "Der Kultur- und Sozialausschuss empfiehlt dem Kreistag, die Verwaltung mit der Erarbeitung"
    " eines Integrationskonzeptes für den Landkreis Börde zu beauftragen."
)

PUBLIC_AGENDA = (
    Item("Eröffnung der Sitzung", "opening"),
    Item(
        "Feststellung der ordnungsgemäßen Einberufung, der Anwesenheit und der Beschlussfähigkeit"
    ),
    Item("Feststellung der Tagesordnung", "agenda"),
    Item("Einwendungen gegen die Niederschrift des öffentlichen Teils der Sitzung am 01.02.2017"),
)

AFTER_PAPERS = (
    Item("Einwohnerfragestunde", "questions"),
    Item("Mitteilungen der Verwaltung"),
    Item("Anfragen der Ausschussmitglieder"),
    Item("Anregungen"),
    Item("Schließung des öffentlichen Teils", "end"),
)

NONPUBLIC_AGENDA = (
    Item(
        "Einwendungen gegen die Niederschrift des nichtöffentlichen Teils vom 01.02.2017",
        neutral="Niederschrift des nichtöffentlichen Teils",
    ),
    Item(
        "Zuschuss an einen freien Träger: Prüfung der wirtschaftlichen Verhältnisse",
        "grant",
        neutral="Zuwendungsangelegenheit",
    ),
)


def tell(office: Office, now: datetime) -> dict[str, int]:
    """Enter the whole chapter; gives the ids of persons by name, for the demo's users."""
    office.at(date(2017, 3, 1))
    committee = office.found("Kultur- und Sozialausschuss", OrganizationKind.COMMITTEE, "Ausschuss")
    council = office.found("Kreistag", OrganizationKind.COMMITTEE, "Kreistag")
    persons = office.seat(committee, _seats(), date(2014, 7, 1))
    location = organizations.create_location(
        office.session,
        office.actor,
        organizations.LocationFacts(
            room="- Sitzungsraum II -",
            description="Landkreis Börde, Verwaltungsgebäude",
            street_address="Gerikestraße 104",
            postal_code="39340",
            locality="Haldensleben",
        ),
        office.now,
    )
    releases.release_organization(office.session, office.actor, committee, "", office.now)
    steps = _papers(office, committee, council)
    _meeting_of_april(office, committee, location, steps)
    office.now = now
    _meeting_to_come(office, committee, location, now)
    return persons


def _seats() -> list[Seat]:
    named = [Seat("Mewes"), Seat("Schünemann"), Seat("Leuschner")]
    chair = [
        Seat("Mitglied 1", MembershipRole.CHAIR),
        Seat("Mitglied 2", MembershipRole.DEPUTY_CHAIR),
    ]
    return chair + named + [Seat(f"Mitglied {number}") for number in range(6, 20)]


def _papers(office: Office, committee: int, council: int) -> tuple[int, int]:
    unit = office.found("Fachbereich 3", OrganizationKind.UNIT, "Fachbereich")
    kratzsch = office.person("Vanessa Kratzsch")
    facts = papers.PaperFacts(
        reference="2017/FB3/0433",
        title=TITLE,
        paper_type="Beschlussvorlage",
        dated=date(2017, 3, 22),
        public=True,
        originators=(
            papers.Originator("Kratzsch, Integrationskoordinatorin", person_id=kratzsch),
            papers.Originator("Herzig, Fachbereichskoordinatorin"),
        ),
        responsible_unit_id=unit,
        handled_by="Brummunt, Erdmute",
        proposed_resolution=(
            "Der Kreistag beauftragt die Verwaltung mit der Erarbeitung eines"
            " Integrationskonzeptes für den Landkreis Börde."
        ),
    )
    office.at(date(2017, 3, 22))
    paper = papers.create_paper(office.session, office.actor, facts, office.now)
    office.attach_sheet(
        paper,
        "Präsentation Integrationskonzept",
        ("Vorgehen: gemeinsam mit den Akteuren der Region, gleichberechtigt beteiligt.",
         "Ziel: Grundlage der Zusammenarbeit und Instrument der Steuerung."),
        public=True,
    )  # fmt: skip
    first = _step(office, paper, committee, ConsultationRole.PRELIMINARY)
    _step(office, paper, council, ConsultationRole.DECISION)
    guideline = papers.PaperFacts(
        reference="2017/FB3/0441",
        title="Richtlinie zur Förderung der Jugendkulturarbeit",
        paper_type="Beschlussvorlage",
        dated=date(2017, 3, 27),
        public=True,
        originators=(papers.Originator("Fachbereich 3"),),
        responsible_unit_id=unit,
        proposed_resolution="Der Ausschuss empfiehlt, die Richtlinie zu beschließen.",
    )
    second = papers.create_paper(office.session, office.actor, guideline, office.now)
    return first, _step(office, second, committee, ConsultationRole.RECOMMENDATION)


def _step(office: Office, paper: int, committee: int, role: ConsultationRole) -> int:
    return papers.add_step(
        office.session, office.actor, paper, papers.Step(committee, role), office.now
    )


def _meeting_of_april(
    office: Office, committee: int, location: int, steps: tuple[int, int]
) -> None:
    office.at(date(2017, 3, 28))
    name = "ordentliche Sitzung des Kultur- und Sozialausschusses"
    meeting = office.plan(name, committee, datetime(2017, 4, 19, 17), location)  # noqa: DTZ001 - local, zoned in plan()
    vorlagen = Item(
        "Vorlagen",
        children=(
            Item(f"{TITLE} {SPEAKER}", "concept", steps=steps[:1]),
            Item("Richtlinie zur Förderung der Jugendkulturarbeit", "guideline", steps=steps[1:]),
        ),
    )
    office.enter_agenda(meeting, Part.PUBLIC, (*PUBLIC_AGENDA, vorlagen, *AFTER_PAPERS))
    office.enter_agenda(meeting, Part.NONPUBLIC, NONPUBLIC_AGENDA)
    office.at(date(2017, 4, 7))
    row = office.session.get_one(Meeting, meeting)
    dealt_with = {step.paper_id for item in row.agenda for step in item.consultations}
    facts = SummonsFacts(paper_ids=tuple(sorted(dealt_with)), acknowledged=True)
    summon(office.session, office.actor, meeting, row.version, facts, office.now)
    _in_the_room(office, meeting)
    _afterwards(office, meeting)


def _in_the_room(office: Office, meeting: int) -> None:
    office.at(date(2017, 4, 19), 17)
    office.all_present(meeting)
    office.treat(
        "opening", proceedings.TreatmentFacts(deliberation="Der Vorsitz eröffnet die Sitzung.")
    )
    office.treat(
        "questions", proceedings.TreatmentFacts(deliberation="Es werden keine Fragen gestellt.")
    )
    office.treat(
        "concept",
        proceedings.TreatmentFacts(
            deliberation=DELIBERATION, resolution_text=RESOLUTION, decision=Decision.ADOPTED
        ),
    )
    told = ballots.BallotFacts(outcome=BallotOutcome.ACCEPTED, result_text="einstimmig")
    ballots.record_ballot(office.session, office.actor, office.items["concept"], told, office.now)
    office.treat(
        "guideline",
        proceedings.TreatmentFacts(
            deliberation="Die Richtlinie wird kurz vorgestellt und beraten.",
            resolution_text="Der Ausschuss empfiehlt, die Richtlinie zu beschließen.",
            decision=Decision.ADOPTED,
        ),
    )
    counted = ballots.BallotFacts(yes=14, no=3, abstentions=2, invalid=0)
    ballots.record_ballot(
        office.session, office.actor, office.items["guideline"], counted, office.now
    )
    office.treat(
        "grant",
        proceedings.TreatmentFacts(deliberation="Der Ausschuss nimmt den Stand zur Kenntnis."),
    )
    proceedings.close_meeting(
        office.session,
        office.actor,
        meeting,
        office.version(Meeting, meeting),
        datetime(2017, 4, 19, 18, 55, tzinfo=BERLIN),
        office.now,
    )


def _afterwards(office: Office, meeting: int) -> None:
    office.at(date(2017, 5, 10))
    facts = minutes.MinutesFacts(chair_name="Mitglied 1", clerk_name="Sabine Krüger")
    row = minutes.draft_minutes(office.session, office.actor, meeting, facts, office.now)
    version = office.version(Minutes, row)
    minutes.sign_minutes(office.session, office.actor, row, version, date(2017, 5, 10), office.now)
    office.at(date(2017, 6, 7))
    version = office.version(Minutes, row)
    minutes.approve_minutes(
        office.session, office.actor, row, version, date(2017, 6, 7), None, office.now
    )
    releases.release_minutes(office.session, office.actor, meeting, "", office.now)


def _meeting_to_come(office: Office, committee: int, location: int, now: datetime) -> None:
    """A meeting planned for the first Wednesday in at least three weeks, ready to be worked on."""
    office.now = now.astimezone(UTC)
    day = local_day(now) + timedelta(days=21)
    day += timedelta(days=(2 - day.weekday()) % 7)
    start = datetime(day.year, day.month, day.day, 17)  # noqa: DTZ001 - local, zoned in plan()
    name = "ordentliche Sitzung des Kultur- und Sozialausschusses"
    meeting = office.plan(name, committee, start, location)
    coming = (
        Item("Eröffnung der Sitzung"),
        Item("Feststellung der Tagesordnung"),
        Item("Bericht zum Stand der Integrationsarbeit"),
        Item("Anfragen und Anregungen"),
    )
    office.enter_agenda(meeting, Part.PUBLIC, coming)
    office.enter_agenda(
        meeting, Part.NONPUBLIC, (Item("Personalangelegenheit", neutral="Personalangelegenheit"),)
    )
