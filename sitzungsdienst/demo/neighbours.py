"""Kaufbeuren and Ahaus: what is public of them, as far as the record holds it.

Rooms and dates that no source names are left general.
"""

from datetime import date, datetime

from sitzungsdienst.acts import organizations, papers, proceedings, releases
from sitzungsdienst.acts.composition import Rule, set_composition
from sitzungsdienst.demo.held import finish, held
from sitzungsdienst.demo.office import Item, Office, Seat
from sitzungsdienst.german import BERLIN
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.papers import ConsultationRole
from sitzungsdienst.record.people import MembershipRole
from sitzungsdienst.record.proceedings import Decision

MAYOR, OFFICER = "Oberbürgermeister", "Integrationsbeauftragter"
BUREAU = "Koordinierungsstelle/Geschäftsstelle"
COUNCIL = "Stadtratsmitglieder als Fraktionsvertreter"
EXPERTS, MIGRANTS = "Fachkräfte", "Migrantinnen und Migranten"
COMPOSITION = (
    Rule(label=MAYOR, count=1),
    Rule(label=OFFICER, count=1),
    Rule(label=BUREAU, count=1, voting_right=False),
    Rule(label=COUNCIL, count=5, on_behalf_of="Fraktionen"),
    Rule(label=EXPERTS, count=5),
    Rule(label=MIGRANTS, count=13),
)


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
    version = office.version(Organization, board)
    set_composition(office.session, office.actor, board, version, COMPOSITION, office.now)
    rules = {
        rule.label: rule.id for rule in office.session.get_one(Organization, board).composition
    }
    group = office.found("Fraktionen des Stadtrates", OrganizationKind.GROUP)
    seats = [
        Seat("Oberbürgermeister", MembershipRole.CHAIR, rule=rules[MAYOR]),
        Seat("Integrationsbeauftragter", MembershipRole.DEPUTY_CHAIR, rule=rules[OFFICER]),
        Seat("Koordinierungsstelle", MembershipRole.SECRETARIAT, votes=False, rule=rules[BUREAU]),
        *(
            Seat(f"Mitglied {n} (Stadtrat)", on_behalf_of=group, rule=rules[COUNCIL])
            for n in range(1, 6)
        ),
        *(Seat(f"Mitglied {n} (Fachkraft)", rule=rules[EXPERTS]) for n in range(6, 11)),
        *(
            Seat(f"Mitglied {n} (Migrantinnen und Migranten)", rule=rules[MIGRANTS])
            for n in range(11, 24)
        ),
    ]
    office.seat(board, seats, date(2014, 9, 29))
    releases.release_organization(office.session, office.actor, board, "", office.now)
    agenda = (
        Item("Begrüßung", "welcome"),
        Item("Konstituierung des Integrationsbeirates", "constitution"),
        Item("Vorstellung des Projektes »Integration aktiv«", "project"),
        Item("Verschiedenes"),
    )
    meeting = held(
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
    finish(office, meeting, datetime(2014, 9, 29, 20, tzinfo=BERLIN), "Oberbürgermeister")


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
