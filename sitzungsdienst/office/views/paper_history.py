"""Versions of a paper, what differs between them, and what it is to other papers."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import selectinload
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts import paper_relations, paper_versions
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.acts.paper_relations import Relation
from sitzungsdienst.office import clock, current, loading
from sitzungsdienst.office.database import db
from sitzungsdienst.office.differences import Piece, compare
from sitzungsdienst.office.paper_work_forms import RelationForm, VersionForm
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import attempt, go, status
from sitzungsdienst.record.paper_work import PaperUnit, PaperVersion
from sitzungsdienst.record.papers import Paper

blueprint = Blueprint("paper_history", __name__, url_prefix="/vorlagen/<int:paper_id>")

#: What a version holds, in the words of the paper's page and in its order.
LABELS = {
    "reference": "Vorlagennummer",
    "title": "Betreff",
    "paper_type": "Vorlage-Art",
    "dated": "Datum",
    "public": "Status",
    "originators": "Einreicher",
    "addressed_to": "Empfänger",
    "responsible_unit": "Federführend",
    "further_units": "Beteiligt",
    "handled_by": "Bearbeiter/-in",
    "proposed_resolution": "Beschlussvorschlag",
    "facts": "Sachverhalt",
    "reasons": "Begründung",
    "financial_effects": "Finanzielle Auswirkungen",
    "attachments": "Anlagen",
}

#: The paper as it stands, beside the numbers of its versions.
NOW = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in one part of the paper."""

    label: str
    pieces: tuple[Piece, ...]


@blueprint.route("/fassungen", methods=["GET", "POST"])
@requires(Permission.PAPERS_EDIT)
def versions(paper_id: int) -> ResponseReturnValue:
    """List the versions; keep the paper as it stands as a new one."""
    row = _paper(paper_id)
    form = VersionForm(data={"version": row.version})
    try:
        if attempt(
            form,
            lambda: paper_versions.fix_version(
                db.session(),
                current.actor(),
                paper_id,
                form.version.data,
                form.reason.data or "",
                clock.now(),
            ),
        ):
            return go(url_for(".versions", paper_id=paper_id), "Die Fassung ist festgehalten.")
    except Stale:
        form.form_errors.append(
            "Die Vorlage wurde inzwischen geändert. Bitte prüfen Sie den Stand, bevor Sie ihn"
            " festhalten."
        )
        row = _paper(paper_id)
        form.version.data, form.version.raw_data = row.version, None
        return _versions_page(row, form), 409
    return _versions_page(row, form), status(form)


def _versions_page(row: Paper, form: VersionForm) -> str:
    latest = row.versions[-1] if row.versions else None
    return render_template(
        "office/papers/versions.html",
        paper=row,
        form=form,
        changed=latest is not None
        and paper_versions.content(latest) != paper_versions.content_of(row),
    )


@blueprint.get("/fassungen/<int:number>")
@requires(Permission.PAPERS_EDIT)
def version(paper_id: int, number: int) -> str:
    """Show a version as it was kept."""
    row = _paper(paper_id)
    found = _version(row, number)
    content = paper_versions.content(found)
    return render_template(
        "office/papers/version.html",
        paper=row,
        version=found,
        parts=[(label, content.get(name, "")) for name, label in LABELS.items()],
    )


@blueprint.get("/fassungen/vergleich")
@requires(Permission.PAPERS_EDIT)
def comparison(paper_id: int) -> str:
    """Show what differs between two versions, or between one and the paper as it stands."""
    row = _paper(paper_id)
    before, after = (request.args.get(one, NOW, type=int) for one in ("von", "bis"))
    old, new = _content(row, before), _content(row, after)
    return render_template(
        "office/papers/comparison.html",
        paper=row,
        before=before,
        after=after,
        differences=[
            Difference(label, compare(old.get(name, ""), new.get(name, "")))
            for name, label in LABELS.items()
            if old.get(name, "") != new.get(name, "")
        ],
    )


def _content(row: Paper, number: int) -> dict[str, str]:
    if number == NOW:
        return paper_versions.content_of(row)
    return paper_versions.content(_version(row, number))


def _version(row: Paper, number: int) -> PaperVersion:
    found = next((one for one in row.versions if one.number == number), None)
    if found is None:
        raise NotFound
    return found


def _paper(paper_id: int) -> Paper:
    row = loading.paper(db.session(), current.actor(), paper_id)
    db.session.scalars(
        loading.papers(db.session(), current.actor())
        .where(Paper.id == paper_id)
        .options(
            selectinload(Paper.versions).selectinload(PaperVersion.fixed_by),
            selectinload(Paper.further_units).selectinload(PaperUnit.organization),
            selectinload(Paper.originators),
            selectinload(Paper.attachments),
        )
    ).all()
    return row


@blueprint.route("/bezuege/neu", methods=["GET", "POST"])
@requires(Permission.PAPERS_EDIT)
def relate(paper_id: int) -> ResponseReturnValue:
    """Record what the paper is to another one."""
    row = loading.paper(db.session(), current.actor(), paper_id)
    form = RelationForm()
    if attempt(
        form,
        lambda: paper_relations.relate_paper(
            db.session(),
            current.actor(),
            paper_id,
            Relation(form.kind.data, form.other_reference.data or ""),
            clock.now(),
        ),
    ):
        return go(_relations(paper_id), "Der Bezug ist eingetragen.")
    return render_template("office/papers/relation.html", form=form, paper=row), status(form)


@blueprint.post("/bezuege/<int:relation_id>/entfernung")
@requires(Permission.PAPERS_EDIT)
def unrelate(paper_id: int, relation_id: int) -> ResponseReturnValue:
    """Take a relation away; it can be recorded again."""
    paper_relations.unrelate_paper(
        db.session(), current.actor(), paper_id, relation_id, clock.now()
    )
    return go(_relations(paper_id), "Der Bezug ist entfernt.")


def _relations(paper_id: int) -> str:
    return url_for("papers.show", paper_id=paper_id, _anchor="bezuege")
