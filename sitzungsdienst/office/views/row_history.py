"""The history of a meeting, an item or a paper: what clerks did to it, and when."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request, url_for
from werkzeug.exceptions import NotFound

from sitzungsdienst.office import current, loading, room, row_history
from sitzungsdienst.office.database import db
from sitzungsdienst.office.permissions import Permission, requires

blueprint = Blueprint("row_history", __name__)


@blueprint.get("/sitzungen/<int:meeting_id>/aenderungen")
@requires(Permission.MEETINGS_EDIT)
def meeting(meeting_id: int) -> str:
    """Show the acts on a meeting and on all that is recorded in it."""
    row = room.load_meeting(meeting_id, *room.ITEMS)
    address = url_for(".meeting", meeting_id=meeting_id)
    return _page(row_history.of_meeting(row), room.trail(row), "Sitzung", address)


@blueprint.get("/punkte/<int:item_id>/aenderungen")
@requires(Permission.PROCEEDINGS_KEEP)
def item(item_id: int) -> str:
    """Show the acts on an item of an agenda."""
    row = loading.agenda_item(db.session(), current.actor(), item_id)
    way = (f"TOP {row.number or ''}".strip(), url_for("proceedings.item", item_id=item_id))
    address = url_for(".item", item_id=item_id)
    return _page(
        row_history.of_item(row), [*room.trail(row.meeting), way], "Tagesordnungspunkt", address
    )


@blueprint.get("/vorlagen/<int:paper_id>/aenderungen")
@requires(Permission.PAPERS_EDIT)
def paper(paper_id: int) -> str:
    """Show the acts on a paper, its attachments and its path."""
    row = loading.paper(db.session(), current.actor(), paper_id)
    trail = [
        ("Vorlagen", url_for("papers.index")),
        (row.reference, url_for("papers.show", paper_id=paper_id)),
    ]
    address = url_for(".paper", paper_id=paper_id)
    return _page(row_history.of_paper(row), trail, f"Vorlage {row.reference}", address)


def _page(
    names: Mapping[str, str], trail: list[tuple[str, str]], preline: str, address: str
) -> str:
    body_id = current.actor().body_id
    pages = row_history.pages(db.session(), body_id, names)
    number = request.args.get("seite", 1, type=int)
    if not 1 <= number <= pages:
        raise NotFound
    return render_template(
        "office/row_history.html",
        lines=row_history.lines(db.session(), body_id, names, number),
        number=number,
        pages=pages,
        trail=trail,
        preline=preline,
        page_address=lambda place: f"{address}?seite={place}",
    )
