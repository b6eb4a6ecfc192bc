"""Acts on papers (Vorlagen): what they say, and their path through the committees."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.agenda import Direction
from sitzungsdienst.acts.clearance import wording_changed
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.ordering import swap
from sitzungsdienst.acts.paper_kinds import kind_named
from sitzungsdienst.acts.paper_numbers import LONGEST, Basis, given_number
from sitzungsdienst.acts.paper_versions import wording_of
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.record.bodies import Body, Organization, OrganizationKind
from sitzungsdienst.record.paper_work import PaperUnit
from sitzungsdienst.record.papers import (
    Consultation,
    ConsultationRole,
    Paper,
    PaperOriginator,
)
from sitzungsdienst.record.people import Person


@dataclass(frozen=True, slots=True)
class Originator:
    """Who submits a paper; `label` is printed as it is, person and organisation are links."""

    label: str
    person_id: int | None = None
    organization_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """What a paper says. `public` is its planned Status; nothing is released by it.

    A `reference` that is typed is kept to the letter; without one a new paper gets the next number
    by its Body's pattern. `paper_type` names a kind the Body uses, or the one the paper bears.
    """

    reference: str = ""
    title: str
    paper_type: str
    dated: date | None = None
    public: bool = False
    originators: tuple[Originator, ...] = ()
    responsible_unit_id: int | None = None
    further_unit_ids: tuple[int, ...] = ()
    handled_by: str = ""
    addressed_to: str = ""
    proposed_resolution: str = ""
    facts: str = ""
    reasons: str = ""
    financial_effects: str = ""
    internal_note: str = ""


def create_paper(session: Session, actor: Actor, facts: PaperFacts, now: datetime) -> int:
    """Enter a paper; gives its id. Raises RuleBroken, also for a number that is taken."""
    with act(session, actor, "create_paper", now) as run:
        row = Paper(body_id=actor.home, paper_type="")
        _set_paper(run, row, facts)
        _set_number(run, row, facts.reference)
        run.about(row)
        session.flush()
        return row.id


def edit_paper(
    session: Session, actor: Actor, row_id: int, version: int, facts: PaperFacts, now: datetime
) -> None:
    """Change a paper; another wording ends its clearance. Raises Unknown, Stale, RuleBroken."""
    with act(session, actor, "edit_paper", now) as run:
        row = run.about(run.fetch(Paper, row_id, version=version))
        if row.public and not facts.public and _is_filed(session, row):
            raise RuleBroken(
                "public",
                "Die Vorlage ist veröffentlicht. Ziehen Sie sie zuerst aus der Öffentlichkeit"
                " zurück, bevor Sie den Status ändern.",
            )
        before = wording_of(row)
        _set_paper(run, row, facts)
        _set_number(run, row, facts.reference)
        if wording_of(row) != before:
            wording_changed(row)


def _is_filed(session: Session, row: Paper) -> bool:
    filed = Reader(session.connection()).get(Kind.PAPER, row.uid)
    return filed is not None and not filed.deleted


def _set_paper(run: Run, row: Paper, facts: PaperFacts) -> None:
    row.title = checks.line("title", facts.title, needed="Bitte geben Sie den Betreff ein.")
    row.paper_type = _kind(run, row, facts.paper_type)
    row.dated = facts.dated
    row.public = facts.public
    row.handled_by = checks.line("handled_by", facts.handled_by, limit=200)
    row.addressed_to = checks.line("addressed_to", facts.addressed_to, limit=200)
    row.proposed_resolution = checks.text("proposed_resolution", facts.proposed_resolution)
    row.facts = checks.text("facts", facts.facts)
    row.reasons = checks.text("reasons", facts.reasons)
    row.financial_effects = checks.text("financial_effects", facts.financial_effects)
    row.internal_note = checks.text("internal_note", facts.internal_note)
    row.responsible_unit = _unit(run, "responsible_unit_id", facts.responsible_unit_id)
    _set_further_units(run, row, facts)
    row.originators = [
        _originator(run, one, position) for position, one in enumerate(facts.originators)
    ]


def _set_number(run: Run, row: Paper, typed: str) -> None:
    """The number as typed, to the letter; a new paper without one gets the next of the pattern."""
    number = checks.line("reference", typed, limit=LONGEST)
    if not number and not row.reference:
        body = run.session.get_one(Body, row.body_id)
        basis = Basis(row.dated, row.responsible_unit, row.paper_type)
        number = given_number(run, body, basis)
    if not number:
        raise RuleBroken("reference", "Bitte geben Sie die Vorlagennummer ein.")
    row.reference = number
    twin = run.session.scalar(
        select(Paper).where(Paper.body_id == row.body_id, Paper.reference == number)
    )
    if twin is not None and twin is not row:
        raise RuleBroken(
            "reference", "Diese Vorlagennummer ist schon vergeben. Bitte wählen Sie eine andere."
        )


def _kind(run: Run, row: Paper, typed: str) -> str:
    """The kind by its name: one in use, or the one that the paper bears from before."""
    name = checks.line("paper_type", typed, needed="Bitte wählen Sie die Vorlage-Art.", limit=60)
    if name == row.paper_type:
        return name
    kind = kind_named(run.session, row.body_id, name)
    if kind is None or not kind.active:
        raise RuleBroken(
            "paper_type",
            "Diese Vorlage-Art ist nicht in Gebrauch. Bitte wählen Sie eine andere, oder richten"
            " Sie sie unter »Vorlage-Arten« ein.",
        )
    return name


def _set_further_units(run: Run, row: Paper, facts: PaperFacts) -> None:
    """The further units in the order given; who takes part already keeps the row."""
    wanted = dict.fromkeys(facts.further_unit_ids)
    if facts.responsible_unit_id in wanted:
        raise RuleBroken(
            "further_unit_ids", "Die federführende Stelle ist ohnehin beteiligt. Bitte abwählen."
        )
    known = {one.organization_id: one for one in row.further_units}
    units = []
    for position, unit_id in enumerate(wanted):
        unit = _unit(run, "further_unit_ids", unit_id)
        one = known.get(unit_id) or PaperUnit(organization=unit)
        one.position = position
        units.append(one)
    row.further_units = units


def _unit(run: Run, field: str, unit_id: int | None) -> Organization | None:
    if unit_id is None:
        return None
    unit = run.fetch(Organization, unit_id)
    if unit.kind is not OrganizationKind.UNIT:
        raise RuleBroken(field, "Bitte wählen Sie eine Verwaltungseinheit.")
    return unit


def _originator(run: Run, one: Originator, position: int) -> PaperOriginator:
    person = run.fetch(Person, one.person_id) if one.person_id is not None else None
    organization = (
        run.fetch(Organization, one.organization_id) if one.organization_id is not None else None
    )
    label = checks.line(
        "originators", one.label, needed="Bitte geben Sie an, wer einreicht.", limit=300
    )
    return PaperOriginator(position=position, label=label, person=person, organization=organization)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the path: which committee, with which role."""

    organization_id: int
    role: ConsultationRole


def add_step(session: Session, actor: Actor, paper_id: int, step: Step, now: datetime) -> int:
    """Add a step to the end of a paper's path; gives the consultation's id."""
    with act(session, actor, "add_step", now) as run:
        paper = run.fetch(Paper, paper_id)
        committee = run.fetch(Organization, step.organization_id)
        if committee.kind is not OrganizationKind.COMMITTEE:
            raise RuleBroken("organization_id", "Bitte wählen Sie ein Gremium.")
        row = Consultation(
            organization=committee,
            role=step.role,
            position=max((one.position for one in paper.consultations), default=-1) + 1,
        )
        paper.consultations.append(row)
        run.about(row)
        session.flush()
        return row.id


def remove_step(session: Session, actor: Actor, row_id: int, version: int, now: datetime) -> None:
    """Take a step off a paper's path, as long as it stands on no agenda."""
    with act(session, actor, "remove_step", now) as run:
        row = run.about(run.fetch(Consultation, row_id, version=version))
        if row.agenda_item is not None:
            raise RuleBroken(
                "", "Die Vorlage steht in diesem Gremium schon auf einer Tagesordnung."
            )
        if _is_filed(session, row.paper):
            raise RuleBroken(
                "", "Die Beratungsfolge ist veröffentlicht und kann nicht mehr gekürzt werden."
            )
        row.paper.consultations.remove(row)


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What may change of a step: its role, and its result where it was taken elsewhere."""

    role: ConsultationRole
    result_note: str = ""


def edit_step(
    session: Session, actor: Actor, row_id: int, version: int, facts: StepFacts, now: datetime
) -> None:
    """Change a step. On an agenda of ours its result is what the item's treatment says."""
    with act(session, actor, "edit_step", now) as run:
        row = run.about(run.fetch(Consultation, row_id, version=version))
        note = checks.line("result_note", facts.result_note, limit=300)
        if note and row.agenda_item is not None:
            raise RuleBroken(
                "result_note",
                "Die Vorlage steht in diesem Gremium auf einer Tagesordnung. Das Ergebnis erfassen"
                " Sie dort.",
            )
        row.role = facts.role
        row.result_note = note


def move_step(
    session: Session, actor: Actor, row_id: int, direction: Direction, now: datetime
) -> None:
    """Swap a step with its neighbour on the path; at the edge nothing happens."""
    with act(session, actor, "move_step", now) as run:
        row = run.about(run.fetch(Consultation, row_id))
        paper = run.fetch(Paper, row.paper_id)
        swap(paper.consultations, row, direction, first=0)
