"""The summons (Ladung): what is checked before, and what was sent."""

import json

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField
from wtforms.validators import Optional

from sitzungsdienst.acts import summons
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.gate.shown import preview, public_papers
from sitzungsdienst.gate.wording import PART
from sitzungsdienst.law.values import Part, Severity
from sitzungsdienst.office import clock, current, whole_meeting
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.due import summons_day
from sitzungsdienst.office.forms import CheckboxesField, VersionedForm, options
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.record.meetings import Meeting, MeetingState
from sitzungsdienst.record.papers import Paper

blueprint = Blueprint("summons", __name__, url_prefix="/sitzungen/<int:meeting_id>/ladung")

ALERTS = {Severity.BLOCK: "danger", Severity.WARN: "warning", Severity.NOTE: "info"}


class SummonsForm(VersionedForm):
    """What is decided with the summons."""

    paper_ids = CheckboxesField(
        "Vorlagen, die mit der Tagesordnung veröffentlicht werden",
        [Optional()],
        coerce=int,
        description="Mit ihren öffentlichen Anlagen. Nichtöffentliche Vorlagen stehen nicht zur"
        " Wahl.",
    )
    acknowledged = BooleanField(
        "Ich habe die Hinweise gelesen und lade trotzdem",
        description="Halten Sie den Grund in der Niederschrift fest.",
    )


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.SUMMONS_ISSUE)
def page(meeting_id: int) -> ResponseReturnValue:
    """Check, then summon; afterwards show what was sent."""
    meeting = whole_meeting.load(meeting_id)
    papers = _papers(meeting)
    form = SummonsForm(obj=meeting, data={"paper_ids": _usual(papers)})
    form.paper_ids.choices = options(
        (paper.id, _label(paper, parts)) for paper, parts in papers if paper.public
    )
    if form.is_submitted() and form.validate():
        facts = summons.SummonsFacts(
            paper_ids=tuple(form.paper_ids.data or ()), acknowledged=form.acknowledged.data
        )
        try:
            summons.summon(
                db.session(), current.actor(), meeting_id, form.version.data, facts, clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        except Stale:
            return conflict_page(form, meeting, cancel=url_for(".page", meeting_id=meeting_id))
        else:
            flash("Es ist geladen. Die Tagesordnung ist veröffentlicht.", "success")
            return redirect(url_for(".page", meeting_id=meeting_id), 303)
    if meeting.summons is not None:
        return _sent(meeting), 409 if form.is_submitted() else 200
    return _checks(meeting, form, papers), 422 if form.is_submitted() else 200


def _checks(meeting: Meeting, form: SummonsForm, papers: list[tuple[Paper, set[Part]]]) -> str:
    findings = summons.notice_findings(meeting, clock.now())
    blocked = any(one.severity is Severity.BLOCK for one in findings)
    return render_template(
        "office/summons/page.html",
        meeting=meeting,
        form=form,
        findings=[(ALERTS[one.severity], one) for one in findings],
        warned=any(one.severity is Severity.WARN for one in findings),
        ready=meeting.state is MeetingState.PLANNED
        and bool(meeting.agenda)
        and not meeting.cancelled
        and not blocked,
        last_day=summons_day(meeting),
        lines=preview(meeting),
        hidden=sum(one.part is Part.NONPUBLIC for one in meeting.agenda)
        - sum(not line.public for line in preview(meeting)),
        kept=[paper for paper, _ in papers if not paper.public],
    )


def _sent(meeting: Meeting) -> str:
    if meeting.summons is None:
        raise LookupError(f"meeting {meeting.id} was not summoned")
    papers = [paper for paper, _ in _papers(meeting)]
    return render_template(
        "office/summons/sent.html",
        meeting=meeting,
        summons=meeting.summons,
        sent=json.loads(meeting.summons.agenda_sent),
        part_words={part.value: word for part, word in PART.items()},
        papers=papers,
        public=public_papers(db.session(), [one.uid for one in papers]),
    )


def _papers(meeting: Meeting) -> list[tuple[Paper, set[Part]]]:
    """The papers of the agenda, each once, with the parts it stands in."""
    found: dict[int, tuple[Paper, set[Part]]] = {}
    for item in meeting.agenda:
        for step in item.consultations:
            found.setdefault(step.paper_id, (step.paper, set()))[1].add(item.part)
    return list(found.values())


def _usual(papers: list[tuple[Paper, set[Part]]]) -> list[int]:
    """Public papers of public items: what an office usually releases with the agenda."""
    return [paper.id for paper, parts in papers if paper.public and Part.PUBLIC in parts]


def _label(paper: Paper, parts: set[Part]) -> str:
    count = sum(one.public for one in paper.attachments)
    files = "eine öffentliche Anlage" if count == 1 else f"{count} öffentliche Anlagen"
    only = "" if Part.PUBLIC in parts else "; steht nur im nichtöffentlichen Teil"
    return f"{paper.reference} {paper.title} ({files}{only})"
