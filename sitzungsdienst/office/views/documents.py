"""Issued documents, to be saved: the very bytes that were issued."""

from io import BytesIO

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from sitzungsdienst.office import current, loading
from sitzungsdienst.office.database import db
from sitzungsdienst.office.permissions import Permission, requires

blueprint = Blueprint("documents", __name__, url_prefix="/dokumente")


@blueprint.get("/<int:document_id>")
@requires(Permission.DOCUMENTS_READ)
def download(document_id: int) -> ResponseReturnValue:
    """Give an issued PDF under its name."""
    row = loading.document(db.session(), current.actor(), document_id)
    return send_file(
        BytesIO(row.blob.content),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=row.file_name,
        etag=False,
    )
