"""Which papers the list shows: filters that the database answers."""

from sqlalchemy import ColumnElement, Select, exists, extract, or_, select
from sqlalchemy.orm import aliased

from sitzungsdienst.office.file_search import FilesFound
from sitzungsdienst.office.paper_forms import NOT_CLEARED, OPEN_PATH, WITHOUT_AGENDA, PaperFilter
from sitzungsdienst.office.searching import matches
from sitzungsdienst.record.paper_work import Cosignature, CosignatureState, PaperKind, PaperUnit
from sitzungsdienst.record.papers import Consultation, Paper
from sitzungsdienst.record.proceedings import Decision, Treatment


def filtered(readable: Select[Paper], form: PaperFilter, files: FilesFound) -> Select[Paper]:
    """The papers that all filters let through; `files` tells what stands in their attachments."""
    chosen = readable.where(
        matches(form.suche.data or "", Paper.reference, Paper.title, elsewhere=files.conditions())
    )
    if form.art.data:
        chosen = chosen.where(Paper.paper_type == form.art.data)
    if form.status.data:
        chosen = chosen.where(Paper.public.is_(form.status.data == "oeffentlich"))
    if form.jahr.data:
        chosen = chosen.where(extract("year", Paper.dated) == form.jahr.data)
    if "einheit" in form and form.einheit.data:
        chosen = chosen.where(_of_unit(form.einheit.data))
    if "stand" in form and form.stand.data:
        chosen = chosen.where(STATES[form.stand.data]())
    return chosen


def _of_unit(unit_id: int) -> ColumnElement[bool]:
    takes_part = select(PaperUnit.paper_id).where(PaperUnit.organization_id == unit_id)
    return or_(Paper.responsible_unit_id == unit_id, Paper.id.in_(takes_part))


def _open_path() -> ColumnElement[bool]:
    """A step has no result yet. An adjourned one has none until the committee comes back to it."""
    later = aliased(Consultation)
    taken_up = exists().where(
        later.paper_id == Consultation.paper_id,
        later.organization_id == Consultation.organization_id,
        later.position > Consultation.position,
    )
    ended = exists().where(
        Treatment.agenda_item_id == Consultation.agenda_item_id,
        Treatment.decision.is_not(None),
        or_(Treatment.decision != Decision.ADJOURNED, taken_up),
    )
    return exists().where(Consultation.paper_id == Paper.id, Consultation.result_note == "", ~ended)


def _without_agenda() -> ColumnElement[bool]:
    return ~exists().where(
        Consultation.paper_id == Paper.id, Consultation.agenda_item_id.is_not(None)
    )


def _not_cleared() -> ColumnElement[bool]:
    unsigned = exists().where(
        Cosignature.paper_id == Paper.id, Cosignature.state != CosignatureState.SIGNED
    )
    asked = exists().where(
        PaperKind.body_id == Paper.body_id,
        PaperKind.name == Paper.paper_type,
        PaperKind.needs_clearance.is_(True),
    )
    return or_(unsigned, Paper.cleared_at.is_(None) & asked)


STATES = {OPEN_PATH: _open_path, WITHOUT_AGENDA: _without_agenda, NOT_CLEARED: _not_cleared}
