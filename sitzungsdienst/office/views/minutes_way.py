"""The steps of the minutes: presented, signed, approved, closed, and each of them taken back."""

from collections.abc import Callable

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts import minutes
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.acts.minutes import signatories
from sitzungsdienst.gate.sentences import ROLES
from sitzungsdienst.german import local_day
from sitzungsdienst.office import clock, current, minutes_choices, room
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm, VersionedForm, options
from sitzungsdienst.office.minutes_forms import (
    ApprovalForm,
    ClosingForm,
    PresentingForm,
    SignatureForm,
    SigningForm,
)
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import Question, ask
from sitzungsdienst.office.views.minutes import done, load, note
from sitzungsdienst.record.minutes import Minutes

blueprint = Blueprint(
    "minutes_way", __name__, url_prefix="/sitzungen/<int:meeting_id>/niederschrift"
)


@blueprint.route("/vorlegen", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def present(meeting_id: int) -> ResponseReturnValue:
    """Note that the draft is presented."""
    row = load(meeting_id)
    form = PresentingForm(data={"version": row.version, "presented_on": clock.today()})

    def do() -> None:
        minutes.present_minutes(
            db.session(), current.actor(), row.id, form.version.data,
            form.presented_on.data, clock.now(),
        )  # fmt: skip

    return _step("present", row, form, do, "Die Vorlage der Niederschrift ist vermerkt.")


@blueprint.route("/unterzeichnen", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def sign(meeting_id: int) -> ResponseReturnValue:
    """Note that all have signed, or lead to a single signature."""
    row = load(meeting_id)
    form = SigningForm(data={"version": row.version, "signed_on": clock.today()})

    def do() -> None:
        minutes.sign_minutes(
            db.session(), current.actor(), row.id, form.version.data,
            form.signed_on.data, clock.now(),
        )  # fmt: skip

    rules = rules_on(row.meeting.body, local_day(row.meeting.start))
    return _step(
        "sign",
        row,
        form,
        do,
        "Die Unterzeichnung ist vermerkt.",
        roles=ROLES,
        signatories=[ROLES[one] for one in signatories(row.meeting)],
        norm=rules.minutes.sign.norm if rules else "",
        wording=rules.minutes.sign.wording if rules else "",
    )


@blueprint.route("/unterschriften/<int:signature_id>", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def sign_one(meeting_id: int, signature_id: int) -> ResponseReturnValue:
    """Note one signature."""
    row = load(meeting_id)
    found = next((one for one in row.signatures if one.id == signature_id), None)
    if found is None:
        raise NotFound
    role = ROLES[found.signatory]
    form = SignatureForm(
        data={"version": row.version, "name": found.name, "signed_on": clock.today()}
    )

    def do() -> None:
        minutes.give_signature(
            db.session(), current.actor(), row.id, form.version.data,
            form.facts(signature_id), clock.now(),
        )  # fmt: skip

    return _step("sign_one", row, form, do, "Die Unterschrift ist vermerkt.", role=role)


@blueprint.route("/zuruecknehmen", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def unsign(meeting_id: int) -> ResponseReturnValue:
    """Take the signatures back, after a question."""
    row = load(meeting_id)
    form = ConfirmForm(obj=row)

    def do() -> None:
        minutes.unsign_minutes(
            db.session(), current.actor(), row.id, form.version.data, clock.now()
        )

    return _step("unsign", row, form, do, "Die Niederschrift ist wieder ein Entwurf.")


@blueprint.route("/genehmigen", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def approve(meeting_id: int) -> ResponseReturnValue:
    """Note that the minutes are approved."""
    row = load(meeting_id)
    found = minutes_choices.later(row.meeting)
    form = ApprovalForm(
        data={
            "version": row.version,
            "approved_on": clock.today(),
            "approved_item_id": row.approved_item_id,
        }
    )
    form.approved_in_id.choices = options(
        minutes_choices.meetings(found), empty=minutes_choices.NONE
    )
    form.approved_item_id.choices = minutes_choices.items(found)

    def do() -> None:
        minutes.approve_minutes(
            db.session(),
            current.actor(),
            row.id,
            form.version.data,
            form.approved_on.data,
            form.approved_in_id.data,
            clock.now(),
            approved_item_id=form.approved_item_id.data,
        )

    return _step("approve", row, form, do, "Die Genehmigung ist vermerkt.", note=note(row.meeting))


@blueprint.route("/genehmigung-zuruecknehmen", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def unapprove(meeting_id: int) -> ResponseReturnValue:
    """Take the approval back, after a question."""
    row = load(meeting_id)
    form = ConfirmForm(obj=row)
    question = _question(
        row,
        "Genehmigung zurücknehmen",
        "Die Genehmigung zurücknehmen?",
        "Die Niederschrift bleibt unterzeichnet. Was schon veröffentlicht ist, bleibt es.",
        "Die Genehmigung ist zurückgenommen.",
    )
    return ask(
        form,
        row,
        question,
        lambda: minutes.unapprove_minutes(
            db.session(), current.actor(), row.id, form.version.data, clock.now()
        ),
    )


@blueprint.route("/abschliessen", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def close(meeting_id: int) -> ResponseReturnValue:
    """Close the minutes."""
    row = load(meeting_id)
    form = ClosingForm(data={"version": row.version, "closed_on": clock.today()})

    def do() -> None:
        minutes.close_minutes(
            db.session(), current.actor(), row.id, form.version.data,
            form.closed_on.data, clock.now(),
        )  # fmt: skip

    return _step("close", row, form, do, "Die Niederschrift ist abgeschlossen.")


@blueprint.route("/wieder-oeffnen", methods=["GET", "POST"])
@requires(Permission.MINUTES_KEEP)
def reopen(meeting_id: int) -> ResponseReturnValue:
    """Take the close back, after a question."""
    row = load(meeting_id)
    form = ConfirmForm(obj=row)
    question = _question(
        row,
        "Abschluss zurücknehmen",
        "Den Abschluss zurücknehmen?",
        "Danach lassen sich wieder Einwendungen und Entscheidungen vermerken.",
        "Der Abschluss ist zurückgenommen.",
    )
    return ask(
        form,
        row,
        question,
        lambda: minutes.reopen_minutes(
            db.session(), current.actor(), row.id, form.version.data, clock.now()
        ),
    )


def _question(row: Minutes, title: str, question: str, text: str, notice: str) -> Question:
    back = url_for("minutes.page", meeting_id=row.meeting_id)
    trail = [*room.trail(row.meeting), ("Niederschrift", back)]
    return Question(title, question, text, title, back, back, notice, trail)


def _step(
    name: str,
    row: Minutes,
    form: VersionedForm,
    do: Callable[[], None],
    notice: str,
    **values: object,
) -> ResponseReturnValue:
    """Show the page of a step, and take it once the form is sent and sound."""
    meeting_id = row.meeting_id
    if form.validate_on_submit():
        try:
            do()
        except RuleBroken as broken:
            form.refuse(broken)
        except Stale:
            return conflict_page(form, row, cancel=url_for("minutes.page", meeting_id=meeting_id))
        else:
            return done(meeting_id, notice)
    shown = room.page(
        f"office/minutes/{name}.html", row.meeting, "minutes.page", row=row, form=form, **values
    )
    return shown, 422 if form.is_submitted() else 200
