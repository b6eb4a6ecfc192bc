"""Kaufbeuren, Kempten and Ahaus: what is public of them, as far as the record holds it.

Rooms and dates that no source names are left general.
"""

from datetime import date, datetime

from sitzungsdienst.acts import ballots, minutes, organizations, papers, proceedings, releases
from sitzungsdienst.acts.summons import SummonsFacts, summon
from sitzungsdienst.demo.office import Item, Office, Seat
from sitzungsdienst.german import BERLIN
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.papers import ConsultationRole
from sitzungsdienst.record.people import MembershipRole
from sitzungsdienst.record.proceedings import BallotOutcome, Decision


def tell_kaufbeuren(office: Office) -> None:
    """The constituting meeting of the Integrationsbeirat: 26 seats, 25 votes."""
    office.at(date(2014, 9, 1))
    facts = organizations.OrganizationFacts(
        name="Integrationsbeirat",
        kind=OrganizationKind.COMMITTEE,
        classification="Beirat",
        seats=26,
        start_date=date(2014, 9, 29),
        predecessor="Ausländerbeirat",
    )
    board = organizations.create_organization(office.session, office.actor, facts, office.now)
    group = office.found("Fraktionen des Stadtrates", OrganizationKind.GROUP)
    seats = [
        Seat("Oberbürgermeister", MembershipRole.CHAIR),
        Seat("Integrationsbeauftragter", MembershipRole.DEPUTY_CHAIR),
        Seat("Koordinierungsstelle", MembershipRole.SECRETARIAT, votes=False),
        *(Seat(f"Mitglied {n} (Stadtrat)", on_behalf_of=group) for n in range(1, 6)),
        *(Seat(f"Mitglied {n} (Fachkraft)") for n in range(6, 11)),
        *(Seat(f"Mitglied {n} (Migrantinnen und Migranten)") for n in range(11, 24)),
    ]
    office.seat(board, seats, date(2014, 9, 29))
    releases.release_organization(office.session, office.actor, board, "", office.now)
    agenda = (
        Item("Begrüßung", "welcome"),
        Item("Konstituierung des Integrationsbeirates", "constitution"),
        Item("Vorstellung des Projektes »Integration aktiv«", "project"),
        Item("Verschiedenes"),
    )
    meeting = _held(
        office, board, "konstituierende Sitzung", datetime(2014, 9, 29, 18, tzinfo=BERLIN), agenda
    )
    office.treat(
        "project",
        proceedings.TreatmentFacts(
            deliberation=(
                "Das Projekt wird vom Bundesministerium des Innern gefördert und vom Bundesamt für"
                " Migration und Flüchtlinge unterstützt. Der Beirat wird künftig in jeder Sitzung"
                " über den Stand unterrichtet."
            ),
            decision=Decision.NOTED,
        ),
    )
    _finish(office, meeting, datetime(2014, 9, 29, 20, tzinfo=BERLIN), "Oberbürgermeister")


def tell_kempten(office: Office) -> None:
    """The resolution on an integration concept of the end of February 2019."""
    office.at(date(2019, 2, 1))
    committee = office.found(
        "Ausschuss für Soziale Fragen", OrganizationKind.COMMITTEE, "Ausschuss"
    )
    unit = office.found("Amt für Integration", OrganizationKind.UNIT, "Amt")
    seats = [
        Seat("Mitglied 1", MembershipRole.CHAIR),
        *(Seat(f"Mitglied {n}") for n in range(2, 10)),
    ]
    office.seat(committee, seats, date(2014, 5, 1))
    releases.release_organization(office.session, office.actor, committee, "", office.now)
    facts = papers.PaperFacts(
        reference="2019/Soz/07",
        title="Entwicklung eines Kommunalen Integrationskonzepts",
        paper_type="Beschlussvorlage",
        dated=date(2019, 2, 11),
        public=True,
        responsible_unit_id=unit,
        proposed_resolution="Die Verwaltung entwickelt ein Kommunales Integrationskonzept.",
    )
    paper = papers.create_paper(office.session, office.actor, facts, office.now)
    step = papers.add_step(
        office.session,
        office.actor,
        paper,
        papers.Step(committee, ConsultationRole.DECISION),
        office.now,
    )
    agenda = (
        Item("Begrüßung und Feststellung der Beschlussfähigkeit"),
        Item(facts.title, "concept", steps=(step,)),
        Item("Verschiedenes"),
    )
    start = datetime(2019, 2, 26, 16, tzinfo=BERLIN)
    meeting = _held(office, committee, "Sitzung des Ausschusses", start, agenda, (paper,))
    office.treat(
        "concept",
        proceedings.TreatmentFacts(
            resolution_text=facts.proposed_resolution, decision=Decision.ADOPTED
        ),
    )
    told = ballots.BallotFacts(outcome=BallotOutcome.ACCEPTED, result_text="angenommen")
    ballots.record_ballot(office.session, office.actor, office.items["concept"], told, office.now)
    _finish(office, meeting, datetime(2019, 2, 26, 18, tzinfo=BERLIN), "Mitglied 1")


def tell_ahaus(office: Office) -> None:
    """A motion of a parliamentary group: public and undecided."""
    office.at(date(2020, 1, 15))
    council = office.found("Rat der Stadt Ahaus", OrganizationKind.COMMITTEE, "Rat")
    facts = papers.PaperFacts(
        reference="Antrag 1/2020",
        title=(
            "Schaffung der Stelle eines/r Integrationsbeauftragten sowie Ausarbeitung eines"
            " Integrationskonzeptes"
        ),
        paper_type="Antrag",
        public=True,
        originators=(
            papers.Originator("Gisa Müller-Butzkamm, stellvertretende Fraktionsvorsitzende"),
        ),
        addressed_to="Rat",
        proposed_resolution=(
            "Die Stadt bestellt eine Integrationsbeauftragte oder einen Integrationsbeauftragten."
            " Diese Person entwirft zuerst ein Konzept, das dem Rat zur Beratung und Entscheidung"
            " vorgelegt wird, wo es hilft mit einem externen Planungsbüro. Die Stelle soll nach"
            " Möglichkeit durch Umsetzung im Stellenplan geschaffen werden."
        ),
        reasons=(
            "Knapp 9 Prozent der Einwohnerinnen und Einwohner haben eine ausländische"
            " Staatsangehörigkeit; bisher gibt es weder eine beauftragte Person noch ein Konzept."
            " Zu prüfen ist auch, ob ein Integrationsrat nach § 27 GO NRW zu bilden ist."
        ),
    )
    paper = papers.create_paper(office.session, office.actor, facts, office.now)
    papers.add_step(
        office.session,
        office.actor,
        paper,
        papers.Step(council, ConsultationRole.DECISION),
        office.now,
    )
    releases.release_paper(office.session, office.actor, paper, "", office.now)


def _held(
    office: Office,
    committee: int,
    name: str,
    start: datetime,
    agenda: tuple[Item, ...],
    released: tuple[int, ...] = (),
) -> int:
    """Plan, summon and open a meeting in the town hall; gives its id."""
    location = organizations.create_location(
        office.session,
        office.actor,
        organizations.LocationFacts(room="Sitzungssaal", description="Rathaus"),
        office.now,
    )
    meeting = office.plan(name, committee, start, location)
    office.enter_agenda(meeting, Part.PUBLIC, agenda)
    facts = SummonsFacts(paper_ids=released, acknowledged=True)
    version = office.version(Meeting, meeting)
    summon(office.session, office.actor, meeting, version, facts, office.now)
    office.now = start
    office.all_present(meeting)
    return meeting


def _finish(office: Office, meeting: int, end: datetime, chair: str) -> None:
    """Close, sign and release."""
    version = office.version(Meeting, meeting)
    proceedings.close_meeting(office.session, office.actor, meeting, version, end, office.now)
    office.now = end
    facts = minutes.MinutesFacts(chair_name=chair, clerk_name="Schriftführung")
    row = minutes.draft_minutes(office.session, office.actor, meeting, facts, office.now)
    version = office.version(Minutes, row)
    minutes.sign_minutes(office.session, office.actor, row, version, end.date(), office.now)
    releases.release_minutes(office.session, office.actor, meeting, "", office.now)
