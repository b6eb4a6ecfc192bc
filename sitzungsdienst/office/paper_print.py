"""A paper as the office prints it: whole, with the results its reader may read."""

from datetime import date

from sitzungsdienst.documents.submission import PathLine, Submission
from sitzungsdienst.documents.values import Audience
from sitzungsdienst.gate import prints
from sitzungsdienst.gate.wording import paper_status
from sitzungsdienst.german import local_day
from sitzungsdienst.office.paper_page import Relation
from sitzungsdienst.office.paper_path import Step
from sitzungsdienst.record.papers import Paper


def submission(
    row: Paper, steps: list[Step], relations: list[Relation], *, issued_on: date
) -> Submission:
    """The paper with all its texts, but without the office's internal note.

    `steps` and `relations` are what the reader may read of them.
    """
    return Submission(
        letterhead=prints.letterhead(row.body),
        audience=Audience.MEMBERS,
        issued_on=issued_on,
        reference=row.reference,
        paper_type=row.paper_type,
        title=row.title,
        status=paper_status(public=row.public),
        dated=row.dated,
        submitted_by=tuple(one.label for one in row.originators),
        responsible_unit=row.responsible_unit.name if row.responsible_unit else "",
        further_units=tuple(one.organization.name for one in row.further_units),
        handled_by=row.handled_by,
        addressed_to=row.addressed_to,
        proposed_resolution=row.proposed_resolution,
        facts=row.facts,
        reasons=row.reasons,
        financial_effects=row.financial_effects,
        path=tuple(_line(one) for one in steps),
        attachments=tuple(one.name for one in row.attachments),
        remark="\n\n".join(
            f"Diese Vorlage ist ersetzt durch {one.other.reference}."
            for one in relations
            if one.replaces_this
        ),
    )


def _line(step: Step) -> PathLine:
    item = step.item
    return PathLine(
        committee=step.row.organization.name,
        role=step.role,
        held_on=local_day(item.meeting.start) if item else None,
        item=(item.number or "") if item else "",
        result=step.result,
    )
