"""Kempten: a resolution on an integration concept, and how it is carried out.

Days that no source names are placeholders of the right month.
"""

from datetime import date, datetime

from sitzungsdienst.acts import (
    ballots,
    followup,
    followup_releases,
    followup_reports,
    institutions,
    organizations,
    papers,
    proceedings,
    releases,
    resolutions,
)
from sitzungsdienst.demo.held import finish, held
from sitzungsdienst.demo.office import Item, Office, Seat
from sitzungsdienst.german import BERLIN
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.papers import ConsultationRole
from sitzungsdienst.record.people import MembershipRole
from sitzungsdienst.record.proceedings import BallotOutcome, Decision
from sitzungsdienst.record.resolutions import Progress, Resolution

#: Who steers the concept: offices and organisations, whoever speaks for them.
STEERING_GROUP = (
    "Ausländerbehörde",
    "Amt für Jugendarbeit",
    "Koordinationszentrum Bürgerschaftliches Engagement",
    "Koordinationsstelle Seniorenpolitisches Gesamtkonzept",
    "Referat Jugend, Schule und Soziales",
    "Amt für Integration",
    "Integrationsbeirat",
    "Integrationsbeauftragte des Stadtrates",
    "Schule, Jugend und Verbände",
    "Migrationsberatungsstellen",
    "Kultur und Gesellschaft",
    "Arbeitsmarkt",
)


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
    meeting = held(office, committee, "Sitzung des Ausschusses", start, agenda, (paper,))
    office.treat(
        "concept",
        proceedings.TreatmentFacts(
            resolution_text=facts.proposed_resolution, decision=Decision.ADOPTED
        ),
    )
    told = ballots.BallotFacts(outcome=BallotOutcome.ACCEPTED, result_text="angenommen")
    ballots.record_ballot(office.session, office.actor, office.items["concept"], told, office.now)
    finish(office, meeting, datetime(2019, 2, 26, 18, tzinfo=BERLIN), "Mitglied 1")
    _carried_out(office, meeting, unit)
    _steering_group(office)


def _carried_out(office: Office, meeting: int, unit: int) -> None:
    """The resolution gets its number, a unit, 18 months, and in June its first report."""
    wanted = (resolutions.Numbering(item_id=office.items["concept"]),)
    (made,) = resolutions.number_resolutions(
        office.session, office.actor, meeting, wanted, office.now
    )
    execution = followup.ExecutionFacts(unit_id=unit, due_on=date(2020, 8, 26))
    version = office.version(Resolution, made)
    followup.plan_execution(office.session, office.actor, made, version, execution, office.now)
    office.at(date(2019, 6, 28))
    version = office.version(Resolution, made)
    followup.set_progress(office.session, office.actor, made, version, Progress.RUNNING, office.now)
    report = followup_reports.ReportFacts(
        reported_on=date(2019, 6, 27),
        reported_by="Amt für Integration",
        text=(
            "Auftaktveranstaltung; die Steuerungsgruppe kam im Rathaus zusammen und wurde vom"
            " Oberbürgermeister begrüßt."
        ),
        public=True,
    )
    followup_reports.add_report(office.session, office.actor, made, report, office.now)
    # The excerpt tells of the resolution since it has a number; then of its carrying out.
    items = (office.items["concept"],)
    releases.release_excerpts(
        office.session, office.actor, meeting, items, "Beschlussnummer ergänzt", office.now
    )
    followup_releases.release_follow_up(office.session, office.actor, made, "", office.now)


def _steering_group(office: Office) -> None:
    """A body that no law knows; its members are offices and organisations."""
    facts = organizations.OrganizationFacts(
        name="Steuerungsgruppe Integrationskonzept",
        kind=OrganizationKind.OTHER,
        classification="Steuerungsgruppe",
        start_date=date(2019, 6, 27),
        statutory=False,
    )
    group = organizations.create_organization(office.session, office.actor, facts, office.now)
    for name in STEERING_GROUP:
        member = institutions.InstitutionFacts(name=name, start_date=date(2019, 6, 27))
        institutions.add_institution(office.session, office.actor, group, member, office.now)
    releases.release_organization(office.session, office.actor, group, "", office.now)
