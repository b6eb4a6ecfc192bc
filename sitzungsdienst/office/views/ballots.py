"""Ballots on an agenda item: recording, correcting, taking off."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts import ballots
from sitzungsdienst.acts.ballots import BallotFacts
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.presence import voters_present
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.gate.wording import CHOICE
from sitzungsdienst.office import ballot_forms, ballot_words, clock, current, loading, room
from sitzungsdienst.office.ballot_forms import BallotForm, RollCallForm
from sitzungsdienst.office.conflict import written
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm
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
    form = ballot_forms.empty(way, item.meeting)
    if _pressed_everybody(form) or not form.is_submitted():
        return _page(item, form, way, None)
    if form.validate():
        try:
            ballots.record_ballot(db.session(), current.actor(), item_id, form.facts(), clock.now())
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
        form.refuse(broken)
        return _page(item, form, ballot_forms.WORDS, None), 422
    return _recorded(item_id)


@blueprint.route("/abstimmungen/<int:ballot_id>", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def edit(ballot_id: int) -> ResponseReturnValue:
    """Correct a ballot."""
    row = _ballot(ballot_id)
    item = row.agenda_item
    way = _way(ballot_forms.way_of(row))
    form = ballot_forms.filled(way, row)
    if _pressed_everybody(form) or not form.is_submitted():
        return _page(item, form, way, row)
    if form.validate():
        try:
            ballots.edit_ballot(
                db.session(),
                current.actor(),
                ballot_id,
                form.version.data or 0,
                form.facts(),
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


def _pressed_everybody(form: BallotForm) -> bool:
    """Whether the button was pressed that fills the list; it is filled then."""
    pressed = isinstance(form, RollCallForm) and "everybody" in request.form
    if pressed:
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
        voters=len(voters_present(meeting)),
        abstention_warning=ballot_words.abstention_warning(meeting),
        closed_because=room.closed_because(meeting),
        differences=differences,
    )


def _conflict(row: Ballot, form: BallotForm, way: str) -> ResponseReturnValue:
    """Show the typed ballot beside the stored one; sending it again decides for the typed one."""
    pairs = [
        (one.label.text, written(one, one.data), written(one, getattr(row, one.name)))
        for one in form.shown_fields()
    ]
    differences = [one for one in pairs if one[1] != one[2]]
    if isinstance(form, RollCallForm):
        kept = {vote.person_id: CHOICE[vote.choice] for vote in row.votes}
        typed = {person: CHOICE[choice] for person, choice in form.cast()}
        names = {one.person_id: one.person.name for one in row.agenda_item.meeting.attendances}
        differences += [
            (names.get(one, ""), typed.get(one, "–"), kept.get(one, "–"))
            for one in dict.fromkeys([*typed, *kept])
            if typed.get(one) != kept.get(one)
        ]
    form.version.data = row.version
    form.version.raw_data = None
    return _page(row.agenda_item, form, way, row, differences), 409
