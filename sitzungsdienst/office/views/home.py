"""The office's first page: what the signed-in user can do."""

from flask import Blueprint, render_template

from sitzungsdienst.office.permissions import Permission, requires

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def show() -> str:
    """Show the ways in."""
    return render_template("office/home.html")
