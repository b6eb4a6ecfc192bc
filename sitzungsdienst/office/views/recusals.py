"""Recusals (Mitwirkungsverbot) on an item: recording, correcting, taking off."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from sitzungsdienst.acts import recusals
from sitzungsdienst.acts.corrections import Touched, Unconfirmed
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.acts.presence import Room, told_quorums
from sitzungsdienst.german import local_day
from sitzungsdienst.law.values import Finding, Severity
from sitzungsdienst.office import clock, current, loading, recusal_forms, room
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.recusal_forms import RecusalForm
from sitzungsdienst.office.views.presence import acknowledged
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.proceedings import Recusal

blueprint = Blueprint("recusals", __name__)


@blueprint.route("/punkte/<int:item_id>/mitwirkungsverbote/neu", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def add(item_id: int) -> ResponseReturnValue:
    """Record that somebody takes no part in an item."""
    item = _item(item_id)
    form = RecusalForm()
    form.offer(item)
    if form.validate_on_submit():
        facts = form.facts(item.meeting, form.person_id.data or 0)
        args = (db.session(), current.actor(), item_id, facts, clock.now())
        try:
            recusals.record_recusal(*args, acknowledged=acknowledged())
        except Unconfirmed as asked:
            return _page(item, form, None, asked.touched), 422
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Das Mitwirkungsverbot ist erfasst.", "success")
            return redirect(_back(item), 303)
    return _page(item, form, None), 422 if form.is_submitted() else 200


@blueprint.route("/mitwirkungsverbote/<int:recusal_id>", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def edit(recusal_id: int) -> ResponseReturnValue:
    """Correct a recusal; the person stays who they are."""
    row = loading.recusal(db.session(), current.actor(), recusal_id)
    item = _item(row.agenda_item_id)
    form = RecusalForm(data=recusal_forms.stored(row))
    form.offer(item)
    form.person_id.validators = []
    if form.validate_on_submit():
        facts = form.facts(item.meeting, row.person_id)
        version = form.version.data or 0
        args = (db.session(), current.actor(), recusal_id, version, facts, clock.now())
        try:
            recusals.edit_recusal(*args, acknowledged=acknowledged())
        except Unconfirmed as asked:
            return _page(item, form, row, asked.touched), 422
        except RuleBroken as broken:
            form.refuse(broken)
        except Stale:
            del form.person_id
            return conflict_page(form, row, cancel=_back(item), saved=recusal_forms.stored(row))
        else:
            flash("Das Mitwirkungsverbot ist gespeichert.", "success")
            return redirect(_back(item), 303)
    return _page(item, form, row), 422 if form.is_submitted() else 200


@blueprint.route("/mitwirkungsverbote/<int:recusal_id>/entfernen", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def remove(recusal_id: int) -> ResponseReturnValue:
    """Take a recusal off the record, after a question."""
    row = loading.recusal(db.session(), current.actor(), recusal_id)
    item = _item(row.agenda_item_id)
    form = ConfirmForm(obj=row)
    touched: tuple[Touched, ...] = ()
    if form.validate_on_submit():
        args = (db.session(), current.actor(), recusal_id, form.version.data, clock.now())
        try:
            recusals.remove_recusal(*args, acknowledged=acknowledged())
        except Unconfirmed as asked:
            touched = asked.touched
        except Stale:
            form.form_errors.append("Jemand anderes hat das inzwischen geändert. Bitte prüfen Sie.")
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Das Mitwirkungsverbot ist entfernt.", "success")
            return redirect(_back(item), 303)
    page = room.page(
        "office/proceedings/recusal_remove.html",
        item.meeting,
        "proceedings.overview",
        form=form,
        item=item,
        row=row,
        touched=touched,
    )
    return page, 422 if form.is_submitted() else 200


def _item(item_id: int) -> AgendaItem:
    item = loading.agenda_item(db.session(), current.actor(), item_id)
    room.load_meeting(item.meeting_id, *room.SEATS, *room.ITEMS)
    return item


def _back(item: AgendaItem) -> str:
    return url_for("proceedings.item", item_id=item.id, _anchor="mitwirkungsverbote")


def _page(
    item: AgendaItem, form: RecusalForm, row: Recusal | None, touched: tuple[Touched, ...] = ()
) -> str:
    return room.page(
        "office/proceedings/recusal.html",
        item.meeting,
        "proceedings.overview",
        item=item,
        form=form,
        row=row,
        touched=touched,
        findings=findings(item),
        closed_because=room.closed_because(item.meeting),
    )


def findings(item: AgendaItem) -> tuple[Finding, ...]:
    """What the law of the day says of excluded members, as notes with their norms."""
    rules = rules_on(item.meeting.body, local_day(item.meeting.start))
    if rules is None:
        return ()
    law = rules.recusal
    told = [(rules.quorum.recused_count.wording, rules.quorum.recused_count.norm)]
    told += [
        (one.wording, one.norm)
        for one in (law.audience, law.body_decides, law.applies_to_elections)
        if one.value is not None
    ]
    return tuple(Finding(Severity.NOTE, words, norm) for words, norm in told if words)


def quorum_of(item: AgendaItem) -> str:
    """The quorum of the item in words, recused members considered."""
    seen = Room(item.meeting).quorums(item)
    joint = len(item.meeting.committees) > 1
    return told_quorums((one for one in seen if one.members), joint=joint)
