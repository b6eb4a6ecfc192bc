"""Versions of a paper (Fassungen): how it stood at a moment, kept for good."""

import json
from datetime import datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.record.paper_work import PaperVersion
from sitzungsdienst.record.papers import Attachment, Paper

#: The wording of a paper: what its clearance and its co-signatures speak of.
WORDING = ("title", "proposed_resolution", "facts", "reasons", "financial_effects")


def wording_of(row: Paper) -> tuple[str, ...]:
    """The texts that make up the wording."""
    return tuple(getattr(row, name) for name in WORDING)


def content_of(row: Paper) -> dict[str, str]:
    """Everything a paper says, as texts by field; not the internal note, which is no part of it."""
    return {
        "reference": row.reference,
        "title": row.title,
        "paper_type": row.paper_type,
        "dated": row.dated.isoformat() if row.dated else "",
        "public": "öffentlich" if row.public else "nichtöffentlich",
        "originators": "\n".join(one.label for one in row.originators),
        "addressed_to": row.addressed_to,
        "responsible_unit": row.responsible_unit.name if row.responsible_unit else "",
        "further_units": "\n".join(one.organization.name for one in row.further_units),
        "handled_by": row.handled_by,
        "proposed_resolution": row.proposed_resolution,
        "facts": row.facts,
        "reasons": row.reasons,
        "financial_effects": row.financial_effects,
        "attachments": "\n".join(_line(one) for one in row.attachments),
    }


def _line(row: Attachment) -> str:
    """An attachment in one line; its checksum tells another file of the same name apart."""
    status = "öffentlich" if row.public else "nichtöffentlich"
    return f"{row.name} ({row.file_name}, {status}, Prüfsumme {row.sha512[:12]})"


def content(version: PaperVersion) -> dict[str, str]:
    """What a paper said in a version, as texts by field."""
    read: dict[str, str] = json.loads(version.content)
    return read


def fix(run: Run, row: Paper, reason: str, *, cleared: bool = False) -> PaperVersion:
    """Keep the paper as it stands now; for acts, which hold the paper already."""
    version = PaperVersion(
        number=max((one.number for one in row.versions), default=0) + 1,
        fixed_at=run.now,
        fixed_by_id=run.actor.user_id,
        reason=reason,
        cleared=cleared,
        content=json.dumps(content_of(row), ensure_ascii=False),
    )
    row.versions.append(version)
    return version


def fix_version(
    session: Session, actor: Actor, paper_id: int, version: int, reason: str, now: datetime
) -> int:
    """Keep the paper as it stands, with the reason; gives the number of the version.

    Raises Stale where it is not what the form showed, RuleBroken where nothing has changed.
    """
    with act(session, actor, "fix_version", now) as run:
        row = run.about(run.fetch(Paper, paper_id, version=version))
        words = checks.line(
            "reason",
            reason,
            needed="Bitte geben Sie an, warum Sie die Fassung festhalten.",
            limit=300,
        )
        if row.versions and content(row.versions[-1]) == content_of(row):
            raise RuleBroken(
                "reason", f"Fassung {row.versions[-1].number} ist schon auf diesem Stand."
            )
        return fix(run, row, words).number
