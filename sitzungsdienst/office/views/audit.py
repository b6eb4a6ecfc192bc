"""The audit page (Protokoll), for administrators: who did what, when; not what it says."""

import json
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from sitzungsdienst.office import field_words, words
from sitzungsdienst.office.database import db
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.record.accounts import AuditEntry

blueprint = Blueprint("audit", __name__, url_prefix="/protokoll")

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One act as the page shows it. `fields` are names of columns, never their content."""

    at: datetime
    who: str
    act: str
    subject: str
    uid: str
    fields: str


@blueprint.get("")
@requires(Permission.AUDIT_READ)
def index() -> str:
    """List the acts, the latest first."""
    total = db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = request.args.get("seite", 1, type=int)
    if not 1 <= number <= pages:
        raise NotFound
    entries = db.session.scalars(
        select(AuditEntry)
        .options(joinedload(AuditEntry.user))
        .order_by(AuditEntry.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    lines = [_line(entry) for entry in entries]
    return render_template(
        "office/audit.html",
        lines=lines,
        number=number,
        pages=pages,
        page_address=lambda page: url_for(".index", seite=page),
    )


def _line(entry: AuditEntry) -> Line:
    # Administrators keep the house; what is said in non-public sessions is not their business.
    columns = {column for row in json.loads(entry.changes).values() for column in row}
    return Line(
        at=entry.at,
        who=entry.user.name if entry.user else "Kommandozeile",
        act=words.ACTS.get(entry.act, entry.act),
        subject=words.SUBJECTS.get(entry.subject_kind, entry.subject_kind),
        uid=entry.subject_uid,
        fields=field_words.told(columns),
    )
