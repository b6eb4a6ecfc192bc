"""The summons (Ladung): what is checked before, and what was sent."""

import json

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, DateField
from wtforms.validators import Optional

from sitzungsdienst.acts import summons
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.gate.shown import preview, public_papers
from sitzungsdienst.gate.wording import PART
from sitzungsdienst.german import local_day
from sitzungsdienst.law.values import Part, Severity
from sitzungsdienst.office import clock, current, summons_papers, whole_meeting
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.deadlines import due_of, of_meetings
from sitzungsdienst.office.forms import CheckboxesField, VersionedForm, options
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.record.meetings import Meeting, MeetingState

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
    received_on = DateField(
        "Zugang bei den Mitgliedern",
        [Optional()],
        description="Der Tag, an dem die Ladung ankommt; von ihm an zählt die Ladungsfrist.",
    )
    announced_on = DateField(
        "Tag der Bekanntmachung",
        [Optional()],
        description="Der Tag, an dem Zeit, Ort und Tagesordnung ortsüblich bekannt gemacht werden.",
    )
    urgent = BooleanField(
        "Die Ladung ist dringlich",
        description="Dann gilt die kürzere Frist für dringende Fälle, soweit es eine gibt.",
    )
    second_with_hint = BooleanField(
        "Hinweis auf die zweite Ladung in die Einladung aufnehmen",
        description="Nur mit dem ausdrücklichen Hinweis entfällt die gewöhnliche Mindestzahl.",
    )
    acknowledged = BooleanField(
        "Ich habe die Hinweise gelesen und lade trotzdem",
        description="Halten Sie den Grund in der Niederschrift fest.",
    )

    def facts(self) -> summons.SummonsFacts:
        """The command of a valid form."""
        return summons.SummonsFacts(
            paper_ids=tuple(self.paper_ids.data or ()),
            received_on=self.received_on.data,
            announced_on=self.announced_on.data,
            urgent=self.urgent.data,
            second_with_hint="second_with_hint" in self and self.second_with_hint.data,
            acknowledged=self.acknowledged.data,
        )


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.SUMMONS_ISSUE)
def page(meeting_id: int) -> ResponseReturnValue:
    """Check, then summon; afterwards show what was sent."""
    meeting = whole_meeting.load(meeting_id)
    papers = summons_papers.of(meeting.agenda)
    hint = summons.second_hint(meeting)
    form = SummonsForm(obj=meeting, data=_usual(meeting, papers))
    if not hint:
        del form.second_with_hint
    form.paper_ids.choices = options(
        (paper.id, summons_papers.label(paper, parts)) for paper, parts in papers if paper.public
    )
    if form.is_submitted() and form.validate():
        try:
            summons.summon(
                db.session(),
                current.actor(),
                meeting_id,
                form.version.data,
                form.facts(),
                clock.now(),
            )
        except RuleBroken as error:
            form.refuse(error)
        except Stale:
            here = url_for(".page", meeting_id=meeting_id)
            return conflict_page(form, meeting, cancel=here, saved=_usual(meeting, papers))
        else:
            flash("Es ist geladen. Die Tagesordnung ist veröffentlicht.", "success")
            return redirect(url_for(".page", meeting_id=meeting_id), 303)
    if meeting.summons is not None:
        return _sent(meeting), 409 if form.is_submitted() else 200
    return _checks(meeting, form, papers), 422 if form.is_submitted() else 200


def _usual(meeting: Meeting, papers: summons_papers.Papers) -> dict[str, object]:
    """What an office usually decides, under the names of the form's fields."""
    # Of a meeting that is entered afterwards nobody knows the days but the office.
    today = clock.today() if clock.today() <= local_day(meeting.start) else None
    return {
        "paper_ids": summons_papers.usual(papers),
        "received_on": today,
        "announced_on": today,
        "second_with_hint": bool(summons.second_hint(meeting)),
    }


def _checks(meeting: Meeting, form: SummonsForm, papers: summons_papers.Papers) -> str:
    facts = form.facts() if form.is_submitted() else None
    findings = summons.notice_findings(meeting, clock.now(), facts)
    blocked = any(one.severity is Severity.BLOCK for one in findings)
    return render_template(
        "office/summons/page.html",
        meeting=meeting,
        form=form,
        findings=[(ALERTS[one.severity], one) for one in findings],
        law_known=rules_on(meeting.body, local_day(meeting.start)) is not None,
        warned=any(one.severity is Severity.WARN for one in findings),
        ready=meeting.state is MeetingState.PLANNED
        and bool(meeting.agenda)
        and not meeting.cancelled
        and not blocked,
        last_day=due_of(of_meetings([meeting], clock.today())[meeting.id], "summons"),
        hint=summons.second_hint(meeting),
        lines=preview(meeting),
        hidden=sum(one.part is Part.NONPUBLIC for one in meeting.agenda)
        - sum(not line.public for line in preview(meeting)),
        kept=[paper for paper, _ in papers if not paper.public],
    )


def _sent(meeting: Meeting) -> str:
    if meeting.summons is None:
        raise LookupError(f"meeting {meeting.id} was not summoned")
    papers = [paper for paper, _ in summons_papers.of(meeting.agenda)]
    return render_template(
        "office/summons/sent.html",
        meeting=meeting,
        summons=meeting.summons,
        sent=json.loads(meeting.summons.agenda_sent),
        part_words={part.value: word for part, word in PART.items()},
        papers=papers,
        public=public_papers(db.session(), [one.uid for one in papers]),
    )
