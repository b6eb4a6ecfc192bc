"""Acts on papers (Vorlagen): their facts, attachments and path through the committees."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.blobs import keep
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.acts.uploads import check_pdf, pdf_name
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.papers import (
    Attachment,
    Consultation,
    ConsultationRole,
    Paper,
    PaperOriginator,
)
from sitzungsdienst.record.people import Person

PAPER_TYPES = ("Beschlussvorlage", "Mitteilungsvorlage", "Antrag", "Anfrage", "Bericht")


@dataclass(frozen=True, slots=True)
class Originator:
    """Who submits a paper; `label` is printed as it is, person and organisation are links."""

    label: str
    person_id: int | None = None
    organization_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """What a paper says. `public` is its planned Status; nothing is released by it."""

    reference: str
    title: str
    paper_type: str
    dated: date | None = None
    public: bool = False
    originators: tuple[Originator, ...] = ()
    responsible_unit_id: int | None = None
    handled_by: str = ""
    addressed_to: str = ""
    proposed_resolution: str = ""
    reasons: str = ""
    internal_note: str = ""


def create_paper(session: Session, actor: Actor, facts: PaperFacts, now: datetime) -> int:
    """Enter a paper; gives its id. Raises RuleBroken, also for a number that is taken."""
    with act(session, actor, "create_paper", now) as run:
        row = Paper(body_id=actor.home)
        _set_paper(run, row, facts)
        run.about(row)
        session.flush()
        return row.id


def edit_paper(
    session: Session, actor: Actor, row_id: int, version: int, facts: PaperFacts, now: datetime
) -> None:
    """Change a paper. Raises Unknown, Stale, RuleBroken."""
    with act(session, actor, "edit_paper", now) as run:
        row = run.about(run.fetch(Paper, row_id, version=version))
        if row.public and not facts.public and _is_filed(session, row):
            raise RuleBroken(
                "public",
                "Die Vorlage ist veröffentlicht. Ziehen Sie sie zuerst aus der Öffentlichkeit"
                " zurück, bevor Sie den Status ändern.",
            )
        _set_paper(run, row, facts)


def _is_filed(session: Session, row: Paper) -> bool:
    filed = Reader(session.connection()).get(Kind.PAPER, row.uid)
    return filed is not None and not filed.deleted


def _set_paper(run: Run, row: Paper, facts: PaperFacts) -> None:
    row.reference = checks.line(
        "reference", facts.reference, needed="Bitte geben Sie die Vorlagennummer ein.", limit=60
    )
    row.title = checks.line("title", facts.title, needed="Bitte geben Sie den Betreff ein.")
    row.paper_type = checks.line(
        "paper_type", facts.paper_type, needed="Bitte wählen Sie die Vorlage-Art.", limit=60
    )
    row.dated = facts.dated
    row.public = facts.public
    row.handled_by = checks.line("handled_by", facts.handled_by, limit=200)
    row.addressed_to = checks.line("addressed_to", facts.addressed_to, limit=200)
    row.proposed_resolution = checks.text("proposed_resolution", facts.proposed_resolution)
    row.reasons = checks.text("reasons", facts.reasons)
    row.internal_note = checks.text("internal_note", facts.internal_note)
    row.responsible_unit = _unit(run, facts.responsible_unit_id)
    row.originators = [
        _originator(run, one, position) for position, one in enumerate(facts.originators)
    ]
    twin = run.session.scalar(
        select(Paper).where(Paper.body_id == row.body_id, Paper.reference == row.reference)
    )
    if twin is not None and twin is not row:
        raise RuleBroken(
            "reference", "Diese Vorlagennummer ist schon vergeben. Bitte wählen Sie eine andere."
        )


def _unit(run: Run, unit_id: int | None) -> Organization | None:
    if unit_id is None:
        return None
    unit = run.fetch(Organization, unit_id)
    if unit.kind is not OrganizationKind.UNIT:
        raise RuleBroken("responsible_unit_id", "Bitte wählen Sie eine Verwaltungseinheit.")
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


def attach(
    session: Session,
    actor: Actor,
    paper_id: int,
    *,
    name: str,
    file_name: str,
    content: bytes,
    public: bool,
    now: datetime,
) -> int:
    """Attach a PDF to a paper; gives the attachment's id. Refuses what is not a sound PDF."""
    check_pdf("file", content)
    with act(session, actor, "attach", now) as run:
        paper = run.fetch(Paper, paper_id)
        label = checks.line("name", name, limit=200) or file_name.rsplit(".", 1)[0]
        row = Attachment(
            position=max((one.position for one in paper.attachments), default=-1) + 1,
            name=checks.line("name", label, needed="Bitte geben Sie eine Bezeichnung ein."),
            file_name=pdf_name(file_name),
            public=public,
            sha512=keep(session, content).sha512,
            size=len(content),
        )
        paper.attachments.append(row)
        run.about(row)
        session.flush()
        return row.id


def edit_attachment(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    *,
    name: str,
    public: bool,
    now: datetime,
) -> None:
    """Rename an attachment or change its planned Status."""
    with act(session, actor, "edit_attachment", now) as run:
        row = run.about(run.fetch(Attachment, row_id, version=version))
        if row.public and not public:
            _refuse_if_filed(session, row)
        row.name = checks.line("name", name, needed="Bitte geben Sie eine Bezeichnung ein.")
        row.public = public


def remove_attachment(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Take an attachment off its paper; a released one must be withdrawn first."""
    with act(session, actor, "remove_attachment", now) as run:
        row = run.about(run.fetch(Attachment, row_id, version=version))
        _refuse_if_filed(session, row)
        row.paper.attachments.remove(row)


def _refuse_if_filed(session: Session, row: Attachment) -> None:
    filed = Reader(session.connection()).get(Kind.FILE, row.uid)
    if filed and not filed.deleted:
        raise RuleBroken(
            "public",
            "Die Anlage ist veröffentlicht. Ziehen Sie sie zuerst aus der Öffentlichkeit zurück.",
        )
