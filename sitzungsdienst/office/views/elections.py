"""Elections on an agenda item: opening one, who stands, how it stands, taking it off."""

from collections.abc import Sequence

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import selectinload

from sitzungsdienst.acts import elections
from sitzungsdienst.acts.election_law import judged, rules_of
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.acts.presence import Room, load_room
from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.german import local_day
from sitzungsdienst.law.election_checks import ElectionForm as LawfulForm
from sitzungsdienst.law.election_checks import election_form as lawful_form
from sitzungsdienst.office import clock, current, election_words, loading, room
from sitzungsdienst.office.conflict import written
from sitzungsdienst.office.database import db
from sitzungsdienst.office.election_forms import ElectionForm, election_form, stored
from sitzungsdienst.office.forms import ConfirmForm
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.office.searching import in_order
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.elections import Election, ElectionRound
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.people import Person

blueprint = Blueprint("elections", __name__)
blueprint.add_app_template_global(election_words.lines, "elections_of")


@blueprint.route("/punkte/<int:item_id>/wahlen/neu", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def add(item_id: int) -> ResponseReturnValue:
    """Open an election on an item."""
    item = loading.agenda_item(db.session(), current.actor(), item_id)
    load_room(db.session(), item.meeting)
    lawful = _lawful(item.meeting)
    form = election_form(None, secret=lawful is None or lawful.secret)
    _offer(form, item, None)
    if _more(form, item, None):
        return _page(item, form, None, lawful)
    if done := attempt(
        form,
        lambda: elections.open_election(
            db.session(), current.actor(), item_id, form.facts(), clock.now()
        ),
    ):
        return go(
            url_for("election_rounds.add", election_id=done[0]),
            "Die Wahl ist angelegt. Als Nächstes können Sie den ersten Wahlgang erfassen.",
        )
    return _page(item, form, None, lawful), status(form)


@blueprint.get("/wahlen/<int:election_id>")
@requires(Permission.PROCEEDINGS_KEEP)
def show(election_id: int) -> ResponseReturnValue:
    """Show an election with its rounds and what comes next."""
    row = load_election(election_id)
    item = row.agenda_item
    return room.page(
        "office/elections/show.html",
        item.meeting,
        "proceedings.overview",
        item=item,
        number=number_of(item),
        election=election_words.line(row),
        row=row,
        hints=election_words.hints(row),
        findings=election_words.presence_findings(row),
        verdicts={one.row.id: one.verdict for one in judged(row)},
        closed_because=room.closed_because(item.meeting),
    )


@blueprint.route("/wahlen/<int:election_id>/bearbeiten", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def edit(election_id: int) -> ResponseReturnValue:
    """Correct an election, or put somebody else up."""
    row = load_election(election_id)
    form = election_form(row, secret=row.secret)
    _offer(form, row.agenda_item, row)
    lawful = _lawful(row.agenda_item.meeting)
    if _more(form, row.agenda_item, row):
        return _page(row.agenda_item, form, row, lawful)
    try:
        if attempt(
            form,
            lambda: elections.edit_election(
                db.session(),
                current.actor(),
                election_id,
                form.version.data or 0,
                form.facts(),
                clock.now(),
            ),
        ):
            return go(url_for(".show", election_id=election_id), "Die Wahl ist gespeichert.")
    except Stale:
        return _conflict(row, form, lawful)
    return _page(row.agenda_item, form, row, lawful), status(form)


@blueprint.route("/wahlen/<int:election_id>/entfernen", methods=["GET", "POST"])
@requires(Permission.PROCEEDINGS_KEEP)
def remove(election_id: int) -> ResponseReturnValue:
    """Take an election off the record, after a question."""
    row = load_election(election_id)
    item = row.agenda_item
    form = ConfirmForm(obj=row)
    question = Question(
        title="Wahl entfernen",
        question="Möchten Sie diese Wahl entfernen?",
        text="Die Wahlvorschläge gehen mit. Wahlgänge nehmen Sie vorher einzeln zurück.",
        label="Wahl entfernen",
        cancel=url_for(".show", election_id=election_id),
        goal=url_for("proceedings.item", item_id=item.id, _anchor="wahlen"),
        notice="Die Wahl ist entfernt.",
        trail=trail_of(row),
    )
    return ask(
        form,
        row,
        question,
        lambda: elections.remove_election(
            db.session(), current.actor(), election_id, form.version.data, clock.now()
        ),
    )


def load_election(election_id: int) -> Election:
    """Load an election with all that its pages show; 404 for one that may not be read."""
    row = loading.election(db.session(), current.actor(), election_id)
    load_room(db.session(), row.agenda_item.meeting)
    whole = (
        selectinload(Election.candidates),
        selectinload(Election.rounds).selectinload(ElectionRound.tallies),
        selectinload(Election.rounds).selectinload(ElectionRound.lots),
    )
    db.session().get(Election, election_id, options=whole, populate_existing=True)
    return row


def number_of(item: AgendaItem) -> str:
    """The item's number on the agenda."""
    numbers = {one.item.id: one.number for one in agenda_rows(item.meeting.agenda)}
    return numbers.get(item.id, item.number or "")


def trail_of(row: Election) -> list[tuple[str, str]]:
    """The breadcrumb up to an election."""
    item = row.agenda_item
    return [
        *room.trail(item.meeting),
        (f"TOP {number_of(item)}", url_for("proceedings.item", item_id=item.id)),
        ("Wahl", url_for("elections.show", election_id=row.id)),
    ]


def _lawful(meeting: Meeting) -> LawfulForm | None:
    """How the law of the day has elections held; None where no rules are kept."""
    rules = rules_on(meeting.body, local_day(meeting.start))
    return lawful_form(rules) if rules is not None else None


def _more(form: ElectionForm, item: AgendaItem, row: Election | None) -> bool:
    """Whether the button was pressed that adds rows; they are added then."""
    pressed = "more" in request.form
    if pressed:
        form.more()
        _offer(form, item, row)
    return pressed


def _offer(form: ElectionForm, item: AgendaItem, row: Election | None) -> None:
    """Fill the selections: who sits in the meeting, then everybody else who stands already."""
    seen = Room(item.meeting)
    committees = [(str(one.id), one.name) for one in seen.committees_at(item)]
    persons = {
        seat.person_id: seat.person
        for one in item.meeting.organizations
        for seat in one.memberships
    }
    if row is not None:
        persons |= {one.person.id: one.person for one in row.candidates if one.person}
    groups = db.session.scalars(
        loading.organizations(current.actor()).where(Organization.kind == OrganizationKind.GROUP)
    )
    chosen = {one.id: one for one in groups}
    if row is not None:
        chosen |= {
            one.organization.id: one.organization for one in row.candidates if one.organization
        }
    form.offer(
        committees,
        [(f"p-{one.id}", one.sort_name) for one in _ordered(list(persons.values()))],
        [
            (f"o-{one.id}", one.name)
            for one in sorted(chosen.values(), key=lambda one: in_order(one.name))
        ],
    )


def _ordered(persons: Sequence[Person]) -> list[Person]:
    return sorted(persons, key=lambda one: (in_order(one.sort_name), one.id))


def _page(
    item: AgendaItem,
    form: ElectionForm,
    row: Election | None,
    lawful: LawfulForm | None,
    differences: list[tuple[str, str, str]] | None = None,
) -> str:
    rules = rules_of(row) if row else rules_on(item.meeting.body, local_day(item.meeting.start))
    return room.page(
        "office/elections/edit.html",
        item.meeting,
        "proceedings.overview",
        item=item,
        number=number_of(item),
        form=form,
        row=row,
        lawful=lawful,
        method=rules.seats.method if rules is not None else None,
        joint=len(item.meeting.organizations) > 1,
        action=url_for(".edit", election_id=row.id) if row else url_for(".add", item_id=item.id),
        cancel=url_for(".show", election_id=row.id)
        if row
        else url_for("proceedings.item", item_id=item.id),
        differences=differences,
        closed_because=room.closed_because(item.meeting),
    )


def _conflict(row: Election, form: ElectionForm, lawful: LawfulForm | None) -> ResponseReturnValue:
    """Show what was typed beside what is stored; sending it again decides for what was typed."""
    kept = stored(row)
    pairs = [
        (one.label.text, written(one, one.data), written(one, kept.get(one.name)))
        for one in form.shown_fields()
        if one.name in kept
    ]
    typed = ", ".join(one.facts().name or "aus dem Verzeichnis" for one in form.written())
    pairs.append(("Wahlvorschläge", typed, ", ".join(one.name for one in row.candidates)))
    form.version.data, form.version.raw_data = row.version, None
    differences = [one for one in pairs if one[1] != one[2]]
    return _page(row.agenda_item, form, row, lawful, differences), 409
