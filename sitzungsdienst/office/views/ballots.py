"""Ballots on an agenda item: recording, correcting, taking off."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts import ballots
from sitzungsdienst.acts.ballots import BallotFacts
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.presence import Room, basis_sentence
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.gate.wording import CHOICE
from sitzungsdienst.office import (
    ballot_fields,
    ballot_forms,
    ballot_words,
    clock,
    current,
    loading,
    room,
)
from sitzungsdienst.office.ballot_fields import StanceFields
from sitzungsdienst.office.ballot_forms import BallotForm, RollCallForm
from sitzungsdienst.office.conflict import written
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm
from sitzungsdienst.office.grid_forms import GridForm
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.proceedings import Ballot, BallotKind, BallotOutcome

blueprint = Blueprint("ballots", __name__)

WAY_WORDS = {
    ballot_forms.COUNTS: "Mit Stimmenzahlen",
    ballot_forms.WORDS: "In Worten, ohne Stimmenzahlen",
    ballot_forms.NAMES: "Namentlich",
}


@blueprint.route("/punkte/<int:item_id>/abstimmungen/neu", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def add(item_id: int) -> ResponseReturnValue:
    """Record one more ballot, in one of three ways (`?weg=`)."""
    item = _item(item_id)
    way = _way(ballot_forms.COUNTS)
    form = ballot_forms.empty(way, item)
    if _pressed_helper(form) or not form.is_submitted():
        return _page(item, form, way, None)
    if form.validate():
        facts = form.facts(item.meeting)
        try:
            ballots.record_ballot(db.session(), current.actor(), item_id, facts, clock.now())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return _recorded(item_id)
    return _page(item, form, way, None), 422


@blueprint.post("/punkte/<int:item_id>/abstimmungen/einstimmig")
@requires(Permission.PROCEEDINGS_KEEP)
def unanimous(item_id: int) -> ResponseReturnValue:
    """Record the most frequent result with one click: "einstimmig", without numbers."""
    item = _item(item_id)
    facts = BallotFacts(outcome=BallotOutcome.ACCEPTED, result_text=ballot_forms.UNANIMOUS)
    try:
        ballots.record_ballot(db.session(), current.actor(), item_id, facts, clock.now())
    except RuleBroken as broken:
        form = ballot_forms.ToldForm(
            formdata=None,
            data={
                "kind": BallotKind.OPEN.value,
                "outcome": BallotOutcome.ACCEPTED.value,
                "result_text": ballot_forms.UNANIMOUS,
            },
        )
        form.more_stances()
        ballot_fields.offer_committees(form, item)
        form.refuse(broken)
        return _page(item, form, ballot_forms.WORDS, None), 422
    return _recorded(item_id)


@blueprint.route("/punkte/<int:item_id>/abstimmungen/mehrere", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def several(item_id: int) -> ResponseReturnValue:
    """Record many counted votes on one item, a row each, all saved at once."""
    item = _item(item_id)
    form = GridForm()
    ballot_fields.offer_committees(form, item)
    if "more" in request.form:
        form.more()
        return _grid_page(item, form)
    if form.validate_on_submit():
        facts = form.facts(item.meeting)
        try:
            ballots.record_ballots(db.session(), current.actor(), item_id, facts, clock.now())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return _recorded(item_id)
    return _grid_page(item, form), 422 if form.is_submitted() else 200


def _grid_page(item: AgendaItem, form: GridForm) -> str:
    numbers = {one.item.id: one.number for one in agenda_rows(item.meeting.agenda)}
    seen = Room(item.meeting)
    return room.page(
        "office/ballots/several.html",
        item.meeting,
        "proceedings.overview",
        item=item,
        number=numbers.get(item.id, item.number or ""),
        form=form,
        joint=ballot_fields.joint(item),
        reckoned=seen.numbers(item),
        basis=basis_sentence(item, None, seen.when(item)[1]),
        recorded=ballot_words.lines(item),
        abstention_warning=ballot_words.abstention_warning(item.meeting),
        closed_because=room.closed_because(item.meeting),
    )


@blueprint.post("/abstimmungen/<int:ballot_id>/verschieben")
@requires(Permission.PROCEEDINGS_KEEP)
def move(ballot_id: int) -> ResponseReturnValue:
    """Put a ballot before or after its neighbour."""
    row = _ballot(ballot_id)
    item_id, form = row.agenda_item_id, ConfirmForm()
    if form.validate():
        up = request.form.get("richtung") == "auf"
        args = (db.session(), current.actor(), ballot_id, form.version.data)
        try:
            ballots.move_ballot(*args, up=up, now=clock.now())
        except (RuleBroken, Stale):
            flash("Die Reihenfolge ist unverändert. Bitte sehen Sie noch einmal nach.", "warning")
    return redirect(url_for("proceedings.item", item_id=item_id, _anchor="abstimmungen"), 303)


@blueprint.route("/abstimmungen/<int:ballot_id>", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def edit(ballot_id: int) -> ResponseReturnValue:
    """Correct a ballot."""
    row = _ballot(ballot_id)
    item = row.agenda_item
    way = _way(ballot_forms.way_of(row))
    form = ballot_forms.filled(way, row)
    if _pressed_helper(form) or not form.is_submitted():
        return _page(item, form, way, row)
    if form.validate():
        try:
            ballots.edit_ballot(
                db.session(),
                current.actor(),
                ballot_id,
                form.version.data or 0,
                form.facts(item.meeting),
                clock.now(),
            )
        except RuleBroken as broken:
            form.refuse(broken)
        except Stale:
            return _conflict(row, form, way)
        else:
            return _recorded(item.id)
    return _page(item, form, way, row), 422


@blueprint.route("/abstimmungen/<int:ballot_id>/entfernen", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def remove(ballot_id: int) -> ResponseReturnValue:
    """Take a ballot off the record, after a question."""
    row = _ballot(ballot_id)
    item = row.agenda_item
    form = ConfirmForm(obj=row)
    if form.validate_on_submit():
        try:
            ballots.remove_ballot(
                db.session(), current.actor(), ballot_id, form.version.data, clock.now()
            )
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Die Abstimmung ist entfernt.", "success")
            return redirect(url_for("proceedings.item", item_id=item.id), 303)
    status = 422 if form.is_submitted() else 200
    page = room.page(
        "office/ballots/remove.html",
        item.meeting,
        "proceedings.overview",
        form=form,
        item=item,
        ballot=next(one for one in ballot_words.lines(item) if one.id == ballot_id),
    )
    return page, status


def _item(item_id: int) -> AgendaItem:
    item = loading.agenda_item(db.session(), current.actor(), item_id)
    room.load_meeting(item.meeting_id, *room.SEATS, *room.ITEMS)
    return item


def _ballot(ballot_id: int) -> Ballot:
    row = loading.ballot(db.session(), current.actor(), ballot_id)
    _item(row.agenda_item_id)
    return row


def _way(usual: str) -> str:
    way = request.args.get("weg", usual)
    if way not in ballot_forms.FORMS:
        raise NotFound
    return way


def _pressed_helper(form: BallotForm) -> bool:
    """Whether a button was pressed that only fills or lengthens the form; it is done then."""
    if isinstance(form, StanceFields):
        if "stances_more" in request.form:
            form.more_stances()
        return "stances_more" in request.form
    pressed = isinstance(form, RollCallForm) and "everybody" in request.form
    if isinstance(form, RollCallForm) and pressed:
        form.everybody_yes()
    return pressed


def _recorded(item_id: int) -> ResponseReturnValue:
    flash("Die Abstimmung ist gespeichert.", "success")
    return redirect(url_for("proceedings.item", item_id=item_id, _anchor="abstimmungen"), 303)


def _page(
    item: AgendaItem,
    form: BallotForm,
    way: str,
    row: Ballot | None,
    differences: list[tuple[str, str, str]] | None = None,
) -> str:
    meeting = item.meeting
    here = url_for(".edit", ballot_id=row.id) if row else url_for(".add", item_id=item.id)
    names = {one.person_id: one.person.name for one in meeting.attendances}
    names |= {vote.person_id: vote.person.name for vote in row.votes} if row else {}
    numbers = {one.item.id: one.number for one in agenda_rows(meeting.agenda)}
    if isinstance(form, StanceFields):
        groups = db.session.scalars(loading.organizations(current.actor())).all()
        ballot_fields.offer_stances(form, ballot_fields.groups_of(groups), item)
    seen, taken_at = Room(meeting), row.taken_at if row else None
    reckoned = seen.numbers(item, taken_at, row.organization_id if row else None)
    return room.page(
        "office/ballots/ballot.html",
        meeting,
        "proceedings.overview",
        item=item,
        number=numbers.get(item.id, item.number or ""),
        form=form,
        way=way,
        ways_to_record=[(one, word, f"{here}?weg={one}") for one, word in WAY_WORDS.items()],
        action=f"{here}?weg={way}",
        row=row,
        names=names,
        joint=ballot_fields.joint(item),
        reckoned=reckoned,
        voters=reckoned.present,
        basis=basis_sentence(item, taken_at, seen.when(item, taken_at)[1]),
        abstention_warning=ballot_words.abstention_warning(meeting),
        closed_because=room.closed_because(meeting),
        differences=differences,
    )


def _conflict(row: Ballot, form: BallotForm, way: str) -> ResponseReturnValue:
    """Show the typed ballot beside the stored one; sending it again decides for the typed one."""
    kept = ballot_forms.stored(row)
    pairs = [
        (one.label.text, written(one, one.data), written(one, kept.get(one.name, one.data)))
        for one in form.shown_fields()
    ]
    differences = [one for one in pairs if one[1] != one[2]]
    if isinstance(form, RollCallForm):
        names_kept = {vote.person_id: CHOICE[vote.choice] for vote in row.votes}
        typed = {person: CHOICE[choice] for person, choice in form.cast()}
        names = {one.person_id: one.person.name for one in row.agenda_item.meeting.attendances}
        differences += [
            (names.get(one, ""), typed.get(one, "–"), names_kept.get(one, "–"))
            for one in dict.fromkeys([*typed, *names_kept])
            if typed.get(one) != names_kept.get(one)
        ]
    form.version.data = row.version
    form.version.raw_data = None
    return _page(row.agenda_item, form, way, row, differences), 409
