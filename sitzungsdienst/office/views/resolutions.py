"""Resolutions: the list, a meeting's, one alone, its wording, and what was a mistake."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func
from sqlalchemy.orm import selectinload

from sitzungsdienst.acts import resolutions
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.office import clock, current, followup_list, loading, resolution_page, room
from sitzungsdienst.office import resolution_meeting as meeting_page
from sitzungsdienst.office import resolution_words as state_words
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.followup_forms import FollowUpFilter
from sitzungsdienst.office.followup_list import PER_PAGE, STATES, Wanted
from sitzungsdienst.office.forms import ConfirmForm
from sitzungsdienst.office.permissions import Permission, may, requires
from sitzungsdienst.office.resolution_forms import (
    NewResolutionForm,
    ResolutionForm,
    VoidForm,
    resolution_facts,
)
from sitzungsdienst.office.resolution_page import address, load, trail
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.meetings import AgendaItem, Meeting

blueprint = Blueprint("resolutions", __name__)
blueprint.add_app_template_global(state_words.progress_badges)
blueprint.add_app_template_global(state_words.announcement_badge)


@blueprint.get("/beschluesse")
@requires(Permission.RESOLUTIONS_READ)
def index() -> ResponseReturnValue:
    """List resolutions by what becomes of them (Beschlusskontrolle), the overdue ones first."""
    form = FollowUpFilter(request.args)
    organizations = _organizations()
    form.offer(
        list(STATES),
        [one for one in organizations if one.kind is OrganizationKind.UNIT],
        [one for one in organizations if one.kind is OrganizationKind.COMMITTEE],
    )
    sound = form.validate()
    wanted = _wanted(form) if sound else Wanted()
    session, actor, today = db.session(), current.actor(), clock.today()
    query = followup_list.select_resolutions(session, actor, wanted, today)
    counted = query.with_only_columns(func.count(), maintain_column_froms=True)
    count = session.scalar(counted.options().order_by(None)) or 0
    pages = max(1, -(-count // PER_PAGE))
    number = max(1, min(request.args.get("seite", 1, type=int), pages))
    rows = session.scalars(query.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    chosen: dict[str, Any] = {
        name: value for name, value in request.args.items() if value and name != "seite"
    }
    return render_template(
        "office/resolutions/index.html",
        form=form,
        rows=rows,
        count=count,
        filtered=wanted != Wanted(),
        slices=followup_list.picture(session, actor, wanted, today),
        errands=followup_list.errands(session, actor, today) if _edits() else (),
        unnumbered=meeting_page.unnumbered_count() if _edits() else 0,
        number=number,
        pages=pages,
        page_address=lambda page: url_for(".index", **{**chosen, "seite": page}),
        prints_address=url_for("resolution_prints.page", **chosen),
        state_address=lambda state: url_for(".index", **{**chosen, "stand": state}),
        today=today,
    ), 200 if sound else 422


def _wanted(form: FollowUpFilter) -> Wanted:
    return Wanted(
        search=(form.suche.data or "").strip(),
        state=form.stand.data or "",
        unit_id=form.stelle.data,
        committee_id=form.gremium.data,
        due_by=form.frist.data,
    )


def _organizations() -> list[Organization]:
    query = loading.organizations(current.actor()).order_by(Organization.name, Organization.id)
    return list(db.session.scalars(query))


def _edits() -> bool:
    return may(Permission.RESOLUTIONS_EDIT)


@blueprint.get("/beschluesse/ohne-nummer")
@requires(Permission.RESOLUTIONS_EDIT)
def unnumbered() -> str:
    """List the meetings with decisions that have no resolution yet, also those long past."""
    pages = max(1, -(-meeting_page.unnumbered_count() // PER_PAGE))
    number = max(1, min(request.args.get("seite", 1, type=int), pages))
    return render_template(
        "office/resolutions/unnumbered.html",
        rows=meeting_page.unnumbered((number - 1) * PER_PAGE, PER_PAGE),
        number=number,
        pages=pages,
        page_address=lambda page: url_for(".unnumbered", seite=page),
    )


@blueprint.route("/sitzungen/<int:meeting_id>/beschluesse", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def of_meeting(meeting_id: int) -> ResponseReturnValue:
    """Show what a meeting resolved, and number what waits for it."""
    meeting = room.load_meeting(
        meeting_id,
        *room.ITEMS,
        *room.COMMITTEES,
        selectinload(Meeting.items).selectinload(AgendaItem.resolutions),
    )
    form = meeting_page.numbering_form(meeting)
    made = attempt(
        form,
        lambda: resolutions.number_resolutions(
            db.session(), current.actor(), meeting_id, form.numberings(), clock.now()
        ),
    )
    if made:
        return go(url_for(".of_meeting", meeting_id=meeting_id), "Die Beschlüsse sind nummeriert.")
    page = meeting_page.page(meeting, form)
    return page, status(form)


@blueprint.get("/beschluesse/<int:resolution_id>")
@requires(Permission.RESOLUTIONS_READ)
def show(resolution_id: int) -> ResponseReturnValue:
    """Show a resolution: wording, announcement, carrying out, reports."""
    return resolution_page.page(resolution_id)


@blueprint.route("/punkte/<int:item_id>/beschluesse/neu", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def add(item_id: int) -> ResponseReturnValue:
    """Add a resolution to an item."""
    item = loading.agenda_item(db.session(), current.actor(), item_id)
    form = NewResolutionForm(data=_proposed(item))
    pattern = item.meeting.body.resolution_number_pattern
    form.number.description = (
        f"Leer lassen für die nächste Nummer nach dem Muster {pattern}."
        if pattern
        else "Ihre Körperschaft vergibt die Nummern von Hand."
    )
    made = attempt(
        form,
        lambda: resolutions.add_resolution(
            db.session(), current.actor(), item_id, resolution_facts(form), clock.now()
        ),
    )
    if made:
        return go(address(made[0]), "Der Beschluss ist angelegt.")
    return _wording_page(item, form, "Beschluss anlegen")


def _proposed(item: AgendaItem) -> dict[str, object]:
    decision = resolutions.decision_of(item)
    return {
        "subject": resolutions.proposed_subject(item),
        "decision": decision,
        "text_put": resolutions.proposed_text(item),
        "text_adopted": resolutions.adopted_text(item),
    }


@blueprint.route("/beschluesse/<int:resolution_id>/wortlaut", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def edit(resolution_id: int) -> ResponseReturnValue:
    """Change the wording of a resolution while the minutes are not signed."""
    row = load(resolution_id)
    form = ResolutionForm(obj=row)
    try:
        if attempt(
            form,
            lambda: resolutions.edit_resolution(
                db.session(),
                current.actor(),
                resolution_id,
                form.version.data,
                resolution_facts(form),
                clock.now(),
            ),
        ):
            return go(address(resolution_id), "Der Beschluss ist gespeichert.")
    except Stale:
        return conflict_page(form, row, cancel=address(resolution_id))
    return _wording_page(row.agenda_item, form, "Wortlaut bearbeiten", resolution_id)


def _wording_page(
    item: AgendaItem,
    form: NewResolutionForm | ResolutionForm,
    title: str,
    resolution_id: int | None = None,
) -> ResponseReturnValue:
    back = url_for(".of_meeting", meeting_id=item.meeting_id)
    numbers = {row.item.id: row.number for row in agenda_rows(item.meeting.agenda)}
    page = render_template(
        "office/resolutions/wording.html",
        form=form,
        item=item,
        number=numbers.get(item.id, item.number or ""),
        title=title,
        closed_because=room.closed_because(item.meeting),
        trail=trail(load(resolution_id))
        if resolution_id
        else [*room.trail(item.meeting), ("Beschlüsse", back)],
        back=address(resolution_id) if resolution_id else back,
    )
    return page, status(form)


@blueprint.post("/beschluesse/<int:resolution_id>/abgleich")
@requires(Permission.RESOLUTIONS_EDIT)
def adopt(resolution_id: int) -> ResponseReturnValue:
    """Let the resolution say again what is recorded on its item."""
    load(resolution_id)
    version = request.form.get("version", 0, type=int)
    try:
        resolutions.adopt_record(db.session(), current.actor(), resolution_id, version, clock.now())
    except RuleBroken as broken:
        return resolution_page.page(resolution_id, problem=broken.sentence)
    except Stale:
        return resolution_page.changed(resolution_id)
    return go(address(resolution_id), "Der Beschluss ist mit der Beratung abgeglichen.")


@blueprint.route("/beschluesse/<int:resolution_id>/entfernung", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def remove(resolution_id: int) -> ResponseReturnValue:
    """Ask, then remove a resolution made by mistake."""
    row = load(resolution_id)
    form = ConfirmForm(obj=row)
    question = Question(
        title="Beschluss entfernen",
        question=f"Möchten Sie den Beschluss {row.number} entfernen?",
        text="Das geht nur mit der zuletzt vergebenen Nummer; sie wird dann neu vergeben. Sonst"
        " vermerken Sie den Beschluss bitte als ungültig.",
        label="Beschluss entfernen",
        cancel=address(resolution_id),
        goal=url_for(".of_meeting", meeting_id=row.agenda_item.meeting_id),
        notice="Der Beschluss ist entfernt.",
        trail=trail(row),
    )
    return ask(
        form,
        row,
        question,
        lambda: resolutions.remove_resolution(
            db.session(), current.actor(), resolution_id, form.version.data, clock.now()
        ),
    )


@blueprint.route("/beschluesse/<int:resolution_id>/ungueltig", methods=["GET", "POST"])
@requires(Permission.RESOLUTIONS_EDIT)
def void(resolution_id: int) -> ResponseReturnValue:
    """Ask for the reason, then mark a resolution whose number was given by mistake."""
    row = load(resolution_id)
    form = VoidForm(obj=row)
    question = Question(
        title="Beschluss als ungültig vermerken",
        question=f"Ist die Nummer {row.number} irrtümlich vergeben?",
        text="Der Beschluss bleibt mit dem Grund sichtbar, seine Nummer wird nicht noch einmal"
        " vergeben. Umzusetzen und bekannt zu geben ist dann nichts.",
        label="Als ungültig vermerken",
        cancel=address(resolution_id),
        goal=address(resolution_id),
        notice="Der Beschluss ist als ungültig vermerkt.",
        trail=trail(row),
    )
    return ask(
        form,
        row,
        question,
        lambda: resolutions.void_resolution(
            db.session(),
            current.actor(),
            resolution_id,
            form.version.data,
            form.reason.data or "",
            clock.now(),
        ),
    )


@blueprint.post("/beschluesse/<int:resolution_id>/gueltig")
@requires(Permission.RESOLUTIONS_EDIT)
def restore(resolution_id: int) -> ResponseReturnValue:
    """Take the mark back: the resolution counts after all."""
    load(resolution_id)
    version = request.form.get("version", 0, type=int)
    try:
        resolutions.restore_resolution(
            db.session(), current.actor(), resolution_id, version, clock.now()
        )
    except Stale:
        return resolution_page.changed(resolution_id)
    return go(address(resolution_id), "Der Beschluss gilt wieder.")
