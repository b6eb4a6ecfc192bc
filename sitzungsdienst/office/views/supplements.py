"""The supplement (Nachtrag): what waits is checked, numbered and sent."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, TextAreaField
from wtforms.validators import Optional

from sitzungsdienst.acts import supplements
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.acts.supplement_notices import heading
from sitzungsdienst.gate import decision
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.gate.sentences import supplement_number
from sitzungsdienst.gate.wording import PART
from sitzungsdienst.office import clock, current, loading, summons_papers, whole_meeting
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import CheckboxesField, VersionedForm, options
from sitzungsdienst.office.meeting_words import DOCUMENTS
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import attempt, go, status
from sitzungsdienst.record.meetings import Meeting, MeetingState
from sitzungsdienst.record.papers import DocumentKind, IssuedDocument

blueprint = Blueprint("supplements", __name__, url_prefix="/sitzungen/<int:meeting_id>/nachtrag")

KINDS = (DocumentKind.SUPPLEMENT, DocumentKind.SUPPLEMENT_NOTICE)


class SupplementForm(VersionedForm):
    """What is decided with a supplement."""

    reason = TextAreaField(
        "Begründung",
        [Optional()],
        description="Steht im Nachtrag für die Mitglieder, zum Beispiel warum der Punkt dringlich"
        " ist. Nie öffentlich.",
    )
    paper_ids = CheckboxesField(
        "Vorlagen, die mit dem Nachtrag veröffentlicht werden",
        [Optional()],
        coerce=int,
        description="Mit ihren öffentlichen Anlagen. Nichtöffentliche Vorlagen stehen nicht zur"
        " Wahl.",
    )
    acknowledged = BooleanField(
        "Ich habe die Hinweise gelesen und fertige den Nachtrag trotzdem",
        description="Halten Sie den Grund in der Niederschrift fest.",
    )


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.SUMMONS_ISSUE)
def page(meeting_id: int) -> ResponseReturnValue:
    """Check what is new, then issue the supplement; older ones stand below."""
    meeting = whole_meeting.load(meeting_id)
    papers = summons_papers.of(meeting.drafts)
    form = SupplementForm(obj=meeting, data={"paper_ids": summons_papers.usual(papers)})
    form.paper_ids.choices = options(
        (paper.id, summons_papers.label(paper, parts)) for paper, parts in papers if paper.public
    )

    def do() -> None:
        facts = supplements.SupplementFacts(
            reason=form.reason.data or "",
            paper_ids=tuple(form.paper_ids.data or ()),
            acknowledged=form.acknowledged.data,
        )
        args = (db.session(), current.actor(), meeting_id, form.version.data)
        supplements.issue_supplement(*args, facts, clock.now())

    here = url_for(".page", meeting_id=meeting_id)
    try:
        if attempt(form, do):
            return go(here, "Der Nachtrag ist gefertigt und sein öffentlicher Teil veröffentlicht.")
    except Stale:
        return conflict_page(form, meeting, cancel=here)
    return _page(meeting, form), status(form)


def _page(meeting: Meeting, form: SupplementForm) -> str:
    session, actor = db.session(), current.actor()
    waiting = set(meeting.drafts)
    rows = agenda_rows([*meeting.agenda, *waiting])
    documents = session.scalars(
        loading.documents(session, actor)
        .where(IssuedDocument.meeting_id == meeting.id, IssuedDocument.kind.in_(KINDS))
        .order_by(IssuedDocument.id.desc())
    ).all()
    findings = supplements.supplement_findings(meeting, clock.now()) if waiting else ()
    number = len(meeting.supplements) + 1
    told = any(decision.on_public_agenda(one) for one in waiting)
    public_heading = heading(supplement_number(meeting, number)) if told else ""
    return render_template(
        "office/summons/supplement.html",
        meeting=meeting,
        form=form,
        rows=[row for row in rows if row.item in waiting],
        part_words=PART,
        findings=findings,
        ready=bool(waiting) and meeting.state is MeetingState.SUMMONED and not meeting.cancelled,
        heading=heading(number),
        public_heading=public_heading,
        documents=documents,
        kinds=DOCUMENTS,
    )
