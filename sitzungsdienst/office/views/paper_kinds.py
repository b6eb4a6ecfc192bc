"""The kinds of papers (Vorlage-Arten) that the clerk's Body uses."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sitzungsdienst.acts import paper_kinds
from sitzungsdienst.acts.agenda import Direction
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.office import clock, current, loading, loading_parts
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm
from sitzungsdienst.office.paper_work_forms import KindForm, NewKindForm, kind_facts
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import Question, ask, attempt, go, status

blueprint = Blueprint("paper_kinds", __name__, url_prefix="/vorlage-arten")


@blueprint.get("")
@requires(Permission.PAPERS_EDIT)
def index() -> str:
    """List the kinds in their order, with the pattern of the numbers."""
    actor = current.actor()
    return render_template(
        "office/papers/kinds.html",
        kinds=paper_kinds.kinds_of(db.session(), actor.home),
        pattern=loading.body(db.session(), actor, actor.home).paper_number_pattern,
    )


@blueprint.route("/neu", methods=["GET", "POST"])
@requires(Permission.PAPERS_EDIT)
def add() -> ResponseReturnValue:
    """Add a kind."""
    form = NewKindForm()
    if attempt(
        form,
        lambda: paper_kinds.add_kind(db.session(), current.actor(), kind_facts(form), clock.now()),
    ):
        return go(url_for(".index"), "Die Vorlage-Art ist angelegt.")
    return render_template("office/papers/kind.html", form=form, kind=None), status(form)


@blueprint.route("/<int:kind_id>", methods=["GET", "POST"])
@requires(Permission.PAPERS_EDIT)
def edit(kind_id: int) -> ResponseReturnValue:
    """Change a kind, or take it out of use."""
    row = loading_parts.paper_kind(db.session(), current.actor(), kind_id)
    form = KindForm(obj=row)
    try:
        if attempt(
            form,
            lambda: paper_kinds.edit_kind(
                db.session(),
                current.actor(),
                kind_id,
                form.version.data,
                kind_facts(form),
                clock.now(),
            ),
        ):
            return go(url_for(".index"), "Die Vorlage-Art ist gespeichert.")
    except Stale:
        return conflict_page(form, row, cancel=url_for(".index"))
    used = paper_kinds.is_used(db.session(), row.body_id, row.name)
    return render_template("office/papers/kind.html", form=form, kind=row, used=used), status(form)


@blueprint.post("/<int:kind_id>/verschieben")
@requires(Permission.PAPERS_EDIT)
def move(kind_id: int) -> ResponseReturnValue:
    """Move a kind up or down in the list."""
    down = request.form.get("richtung") == Direction.DOWN
    paper_kinds.move_kind(
        db.session(),
        current.actor(),
        kind_id,
        Direction.DOWN if down else Direction.UP,
        clock.now(),
    )
    return go(url_for(".index"))


@blueprint.route("/<int:kind_id>/loeschung", methods=["GET", "POST"])
@requires(Permission.PAPERS_EDIT)
def delete(kind_id: int) -> ResponseReturnValue:
    """Ask, then delete a kind entered by mistake."""
    row = loading_parts.paper_kind(db.session(), current.actor(), kind_id)
    form = ConfirmForm(obj=row)
    question = Question(
        title="Vorlage-Art löschen",
        question=f"Möchten Sie »{row.name}« löschen?",
        text="Das lässt sich nicht rückgängig machen.",
        label="Vorlage-Art löschen",
        cancel=url_for(".edit", kind_id=kind_id),
        goal=url_for(".index"),
        notice="Die Vorlage-Art ist gelöscht.",
        trail=[
            ("Vorlagen", url_for("papers.index")),
            ("Vorlage-Arten", url_for(".index")),
            (row.name, url_for(".edit", kind_id=kind_id)),
        ],
    )
    return ask(
        form,
        row,
        question,
        lambda: paper_kinds.remove_kind(
            db.session(), current.actor(), kind_id, form.version.data, clock.now()
        ),
    )
