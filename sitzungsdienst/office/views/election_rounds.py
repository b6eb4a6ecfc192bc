"""The rounds of an election: counting and declaring, lots, correcting and taking back."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from sitzungsdienst.acts import election_rounds
from sitzungsdienst.acts.election_counts import presence, preview
from sitzungsdienst.acts.election_law import Judged, Verdict, judged
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.presence import Room, basis_sentence
from sitzungsdienst.office import clock, current, election_words, loading, room
from sitzungsdienst.office.conflict import conflict_page, written
from sitzungsdienst.office.database import db
from sitzungsdienst.office.election_forms import LotForm, RoundForm, round_form
from sitzungsdienst.office.forms import ConfirmForm, options
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.office.views.elections import load_election, number_of, trail_of
from sitzungsdienst.record.elections import Election, ElectionRound

blueprint = Blueprint("election_rounds", __name__)

JUDGE = "judge"


@blueprint.route("/wahlen/<int:election_id>/wahlgaenge/neu", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def add(election_id: int) -> ResponseReturnValue:
    """Record the next round of an election."""
    election = load_election(election_id)
    number = len(election.rounds) + 1
    form = round_form(election, None, reckoned=0)
    if JUDGE in request.form:
        return _judged(election, form, None, number)
    try:
        if done := attempt(
            form,
            lambda: election_rounds.record_round(
                db.session(),
                current.actor(),
                election_id,
                form.version.data,
                form.facts(election.agenda_item.meeting),
                clock.now(),
            ),
        ):
            return _recorded(election_id, done[0])
    except Stale:
        form.form_errors.append(
            "Zu dieser Wahl wurde inzwischen etwas gespeichert. Bitte prüfen Sie Ihre Eingaben und"
            " speichern Sie dann noch einmal."
        )
        form.version.data, form.version.raw_data = election.version, None
        return _page(election, form, None, len(election.rounds) + 1), 409
    return _page(election, form, None, number), status(form)


@blueprint.route("/wahlgaenge/<int:round_id>/bearbeiten", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def edit(round_id: int) -> ResponseReturnValue:
    """Correct the last round."""
    row, election = _load(round_id)
    form = round_form(election, row, reckoned=presence(election, row.taken_at)[1])
    if JUDGE in request.form:
        return _judged(election, form, row, row.number)
    try:
        if attempt(
            form,
            lambda: election_rounds.edit_round(
                db.session(),
                current.actor(),
                round_id,
                form.version.data,
                form.facts(election.agenda_item.meeting),
                clock.now(),
            ),
        ):
            return _recorded(election.id, round_id)
    except Stale:
        return _conflict(election, form, row)
    return _page(election, form, row, row.number), status(form)


@blueprint.route("/wahlgaenge/<int:round_id>/zuruecknehmen", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def remove(round_id: int) -> ResponseReturnValue:
    """Take the last round back, after a question."""
    row, election = _load(round_id)
    here = url_for("elections.show", election_id=election.id)
    form = ConfirmForm(obj=row)
    question = Question(
        title=f"{row.number}. Wahlgang zurücknehmen",
        question="Möchten Sie diesen Wahlgang zurücknehmen?",
        text="Die Stimmenzahlen und ein dazu erfasstes Los gehen verloren. Ein schon"
        " veröffentlichter Auszug ändert sich dadurch nicht; geben Sie ihn danach neu frei.",
        label="Wahlgang zurücknehmen",
        cancel=here,
        goal=here,
        notice="Der Wahlgang ist zurückgenommen.",
        trail=trail_of(election),
    )
    return ask(
        form,
        row,
        question,
        lambda: election_rounds.remove_round(
            db.session(), current.actor(), round_id, form.version.data, clock.now()
        ),
    )


@blueprint.route("/wahlgaenge/<int:round_id>/los", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def lot(round_id: int) -> ResponseReturnValue:
    """Record the lot drawn upon the last round."""
    row, election = _load(round_id)
    here = url_for("elections.show", election_id=election.id)
    state = judged(election)[row.number - 1]
    names = {one.id: one.name for one in election.candidates}
    form = LotForm(data={"version": row.version})
    among = state.lot.participants if state.lot else ()
    form.winners.choices = options((one, names[one]) for one in among)
    try:
        if attempt(
            form,
            lambda: election_rounds.draw_lot(
                db.session(),
                current.actor(),
                round_id,
                form.version.data,
                form.facts(),
                clock.now(),
            ),
        ):
            return go(here, "Das Los ist gespeichert.")
    except Stale:
        return conflict_page(form, row, cancel=here)
    return _lot_page(election, form, row, state), status(form)


@blueprint.route("/wahlgaenge/<int:round_id>/los/zuruecknehmen", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def take_lot_back(round_id: int) -> ResponseReturnValue:
    """Take the lot of the last round back, after a question."""
    row, election = _load(round_id)
    here = url_for("elections.show", election_id=election.id)
    form = ConfirmForm(obj=row)
    question = Question(
        title="Los zurücknehmen",
        question="Möchten Sie das erfasste Los zurücknehmen?",
        text="Der Wahlgang bleibt; über ihn ist dann wieder zu losen.",
        label="Los zurücknehmen",
        cancel=here,
        goal=here,
        notice="Das Los ist zurückgenommen.",
        trail=trail_of(election),
    )
    return ask(
        form,
        row,
        question,
        lambda: election_rounds.take_lot_back(
            db.session(), current.actor(), round_id, form.version.data, clock.now()
        ),
    )


def _load(round_id: int) -> tuple[ElectionRound, Election]:
    row = loading.election_round(db.session(), current.actor(), round_id)
    return row, load_election(row.election_id)


def _recorded(election_id: int, round_id: int) -> ResponseReturnValue:
    """Lead on: to the lot where one is to be drawn, else to the election."""
    election = load_election(election_id)
    if election_words.step(election) == "lot":
        return go(
            url_for(".lot", round_id=round_id),
            "Der Wahlgang ist gespeichert. Es ist noch zu losen.",
        )
    return go(url_for("elections.show", election_id=election_id), "Der Wahlgang ist gespeichert.")


def _judged(
    election: Election, form: RoundForm, row: ElectionRound | None, number: int
) -> ResponseReturnValue:
    """Show what the law says to the numbers, without recording anything."""
    verdict = None
    if form.validate():
        try:
            facts = form.facts(election.agenda_item.meeting)
            verdict = preview(db.session(), election, facts, number)
        except RuleBroken as broken:
            form.refuse(broken)
    return _page(election, form, row, number, verdict=verdict), status(form)


def _before(election: Election, number: int) -> Judged | None:
    found = judged(election, before=number)
    return found[-1] if found else None


def _page(
    election: Election,
    form: RoundForm,
    row: ElectionRound | None,
    number: int,
    *,
    verdict: Verdict | None = None,
    differences: list[tuple[str, str, str]] | None = None,
) -> str:
    item = election.agenda_item
    before = _before(election, number)
    expected = {one.id for one in election_words.standing(election, before)}
    taken_at = room.moment_in(item.meeting, form.taken_at.data)
    names = {one.id: one.name for one in election.candidates}
    return room.page(
        "office/elections/round.html",
        item.meeting,
        "proceedings.overview",
        item=item,
        number=number_of(item),
        election=election_words.line(election),
        form=form,
        row=row,
        title=election_words.next_title(election, number),
        rows=[one for one in form.votes if one.form.candidate_id.data in expected],
        others=[one for one in form.votes if one.form.candidate_id.data not in expected],
        hints=election_words.hints(election),
        reckoned=presence(election, taken_at)[1],
        basis=basis_sentence(item, taken_at, Room(item.meeting).when(item, taken_at)[1]),
        verdict=verdict,
        lot_among=[names[one] for one in verdict.lot.participants]
        if verdict and verdict.lot
        else [],
        action=url_for(".edit", round_id=row.id)
        if row
        else url_for(".add", election_id=election.id),
        over=row is None and election_words.step(election) != "round",
        differences=differences,
        closed_because=room.closed_because(item.meeting),
    )


def _lot_page(election: Election, form: LotForm, row: ElectionRound, state: Judged) -> str:
    item = election.agenda_item
    return room.page(
        "office/elections/lot.html",
        item.meeting,
        "proceedings.overview",
        item=item,
        number=number_of(item),
        election=election_words.line(election),
        form=form,
        row=row,
        lot=state.lot,
        norm=state.verdict.norm,
        closed_because=room.closed_because(item.meeting),
    )


def _conflict(election: Election, form: RoundForm, row: ElectionRound) -> ResponseReturnValue:
    """Show the typed round beside the stored one; sending it again decides for the typed one."""
    election = load_election(election.id)
    kept = {
        name: getattr(row, name)
        for name in ("no", "abstentions", "invalid", "handed_in", "present")
    }
    pairs = [
        (one.label.text, written(one, one.data), written(one, kept[one.name]))
        for one in form.shown_fields()
        if one.name in kept and one.data is not None
    ]
    stored = {one.candidate_id: one.votes for one in row.tallies}
    pairs += [
        (
            entry.form.votes.label.text,
            written(entry.form.votes, entry.form.votes.data),
            written(entry.form.votes, stored.get(entry.form.candidate_id.data or 0)),
        )
        for entry in form.votes
    ]
    form.version.data, form.version.raw_data = row.version, None
    differences = [one for one in pairs if one[1] != one[2]]
    return _page(election, form, row, row.number, differences=differences), 409
