"""Standing items (ständige Punkte) at their committee."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts import standing
from sitzungsdienst.acts.agenda import Line
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.law.values import Part
from sitzungsdienst.office import clock, current, loading, pasted
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.next_forms import StandingForm
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import attempt, go, status
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.meetings import ItemKind

blueprint = Blueprint("standing", __name__, url_prefix="/gremien/<int:organization_id>")

INDENT = "    "


@blueprint.route("/staendige-punkte", methods=["GET", "POST"])
@requires(Permission.ORGANIZATIONS_EDIT)
def edit(organization_id: int) -> ResponseReturnValue:
    """Change the standing items of a committee."""
    row = loading.organization(db.session(), current.actor(), organization_id)
    if row.kind is not OrganizationKind.COMMITTEE:
        raise NotFound
    form = StandingForm(obj=row, data=_saved(row))

    def do() -> None:
        lines = (_lines(form.public_lines.data), _lines(form.nonpublic_lines.data))
        args = (db.session(), current.actor(), organization_id, form.version.data)
        standing.set_standing_items(*args, *lines, clock.now())

    back = url_for("organizations.show", organization_id=organization_id)
    try:
        if attempt(form, do):
            return go(back, "Die ständigen Punkte sind gespeichert.")
    except Stale:
        return conflict_page(form, row, cancel=back, saved=_saved(row))
    page = render_template(
        "office/organizations/standing.html", form=form, organization=row, back=back
    )
    return page, status(form)


def _lines(text: str | None) -> tuple[Line, ...]:
    """The lines as typed: a colon at the end makes a heading."""
    return tuple(
        Line(line.title[:-1].rstrip(), line.level, ItemKind.HEADING)
        if line.title.endswith(":")
        else line
        for line in pasted.parse(text or "")
    )


def _saved(row: Organization) -> dict[str, object]:
    """What is stored, as it is typed."""
    told: dict[Part, list[str]] = {part: [] for part in Part}
    for one in row.standing_items:
        colon = ":" if one.kind is ItemKind.HEADING else ""
        told[one.part].append(f"{INDENT * one.level}{one.title}{colon}")
    return {
        "public_lines": "\n".join(told[Part.PUBLIC]),
        "nonpublic_lines": "\n".join(told[Part.NONPUBLIC]),
    }
