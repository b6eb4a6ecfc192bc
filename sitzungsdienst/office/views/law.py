"""The law in force: a Body's rules on a day with their sources, and the rules of its own."""

from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts import local_rules
from sitzungsdienst.acts.errors import Stale
from sitzungsdienst.acts.lawbook import rules_on, value_text
from sitzungsdienst.law.layers import ToldValue, tell_rules
from sitzungsdienst.law.local_keys import LOCAL_KEYS
from sitzungsdienst.law.rules import land_name
from sitzungsdienst.law.telling import section_of
from sitzungsdienst.law.values import Layer
from sitzungsdienst.office import clock, current, law_forms, loading, loading_parts
from sitzungsdienst.office.conflict import conflict_page
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import ConfirmForm
from sitzungsdienst.office.law_forms import EndForm, change_form, new_form
from sitzungsdienst.office.law_sheet import CERTAINTY, law_sheet
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.saving import Question, ask, attempt, go, status
from sitzungsdienst.record.accounts import UserRole
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.local_rules import LocalRule

blueprint = Blueprint("law", __name__, url_prefix="/recht")

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)


@blueprint.get("")
@requires(Permission.LAW_READ)
def index() -> str:
    """Show the rules that hold for the Body on a day."""
    bodies = _bodies()
    body = _body(bodies)
    day, unread = _day()
    return render_template(
        "office/law/index.html",
        bodies=bodies,
        body=body,
        day=day,
        unread=unread,
        sheet=law_sheet(body, day) if body else None,
        keys=_keys(),
        certainty=CERTAINTY,
        land_name=land_name,
        land=Layer.LAND,
    )


def _bodies() -> list[Body]:
    """Those among which an administrator chooses; everybody else works for one."""
    if current.actor().role is not UserRole.ADMINISTRATOR:
        return []
    return list(db.session.scalars(select(Body).order_by(Body.name, Body.id)))


def _body(bodies: list[Body]) -> Body | None:
    """The chosen Body; one's own, and for an administrator the first, where none is chosen."""
    session, actor = db.session(), current.actor()
    typed = request.args.get("koerperschaft", "")
    if typed.isascii() and typed.isdigit() and len(typed) < 10:
        return loading.body(session, actor, int(typed))
    if typed:
        raise NotFound
    if actor.body_id is None:
        return bodies[0] if bodies else None
    return loading.body(session, actor, actor.home)


def _day() -> tuple[date, bool]:
    """The day that was asked for, else today; and whether what was typed is no day."""
    typed = request.args.get("tag", "")
    if not typed:
        return clock.today(), False
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return clock.today(), True
    return (day, False) if EARLIEST <= day <= LATEST else (clock.today(), True)


def _keys() -> list[tuple[str, list[tuple[str, str]]]]:
    """The keys of local rules with their labels, by section."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, known in LOCAL_KEYS.items():
        found.setdefault(section_of(key), []).append((key, known.label))
    return list(found.items())


@blueprint.route("/regeln/neu", methods=["GET", "POST"])
@requires(Permission.LAW_EDIT)
def add() -> ResponseReturnValue:
    """Enter a rule for the key named in the address; without one, ask for it."""
    key = request.args.get("regel", "")
    if not key:
        return render_template("office/law/choose.html", keys=_keys())
    if key not in LOCAL_KEYS:
        raise NotFound
    body = _own_body()
    form = new_form(key, data={"as_of": clock.today(), "valid_from": clock.today()})
    if attempt(
        form,
        lambda: local_rules.add_local_rule(
            db.session(), current.actor(), key, law_forms.facts(form), clock.now()
        ),
    ):
        return go(url_for(".index"), "Die Regel ist eingetragen.")
    page = render_template(
        "office/law/rule.html", form=form, row=None, known=LOCAL_KEYS[key], told=_told(body, key)
    )
    return page, status(form)


@blueprint.route("/regeln/<int:rule_id>", methods=["GET", "POST"])
@requires(Permission.LAW_EDIT)
def edit(rule_id: int) -> ResponseReturnValue:
    """Correct a rule that was entered wrongly."""
    row = _row(rule_id)
    form = change_form(row)
    try:
        if attempt(
            form,
            lambda: local_rules.edit_local_rule(
                db.session(),
                current.actor(),
                rule_id,
                form.version.data,
                law_forms.facts(form),
                clock.now(),
            ),
        ):
            return go(url_for(".index"), "Die Regel ist gespeichert.")
    except Stale:
        cancel = url_for(".edit", rule_id=rule_id)
        return conflict_page(form, row, cancel=cancel, saved=law_forms.saved(row))
    page = render_template(
        "office/law/rule.html",
        form=form,
        row=row,
        known=LOCAL_KEYS[row.key],
        told=_told(row.body, row.key),
        findings=local_rules.findings(row),
        deletable=not local_rules.was_in_force(row, clock.today()),
    )
    return page, status(form)


@blueprint.route("/regeln/<int:rule_id>/ende", methods=["GET", "POST"])
@requires(Permission.LAW_EDIT)
def end(rule_id: int) -> ResponseReturnValue:
    """Say until when a rule holds."""
    row = _row(rule_id)
    form = EndForm(obj=row)
    try:
        if attempt(
            form,
            lambda: local_rules.end_local_rule(
                db.session(),
                current.actor(),
                rule_id,
                form.version.data,
                form.valid_until.data,
                clock.now(),
            ),
        ):
            return go(url_for(".index"), "Das Ende der Regel ist eingetragen.")
    except Stale:
        return conflict_page(form, row, cancel=url_for(".end", rule_id=rule_id))
    page = render_template(
        "office/law/end.html",
        form=form,
        row=row,
        known=LOCAL_KEYS[row.key],
        value=value_text(row),
    )
    return page, status(form)


@blueprint.route("/regeln/<int:rule_id>/loeschung", methods=["GET", "POST"])
@requires(Permission.LAW_EDIT)
def delete(rule_id: int) -> ResponseReturnValue:
    """Ask, then delete a rule that was never in force."""
    row = _row(rule_id)
    label = LOCAL_KEYS[row.key].label
    question = Question(
        title="Regel löschen",
        question=f"Möchten Sie die Regel »{label}« löschen?",
        text="Sie war noch nie in Kraft. Das lässt sich nicht rückgängig machen.",
        label="Regel löschen",
        cancel=url_for(".edit", rule_id=rule_id),
        goal=url_for(".index"),
        notice="Die Regel ist gelöscht.",
        trail=[
            ("Geltendes Recht", url_for(".index")),
            (label, url_for(".edit", rule_id=rule_id)),
        ],
    )
    form = ConfirmForm(obj=row)
    return ask(
        form,
        row,
        question,
        lambda: local_rules.delete_local_rule(
            db.session(), current.actor(), rule_id, form.version.data, clock.now()
        ),
    )


def _own_body() -> Body:
    actor = current.actor()
    return loading.body(db.session(), actor, actor.home)


def _row(rule_id: int) -> LocalRule:
    """A rule of the own Body for a key that is known; one that no release knows is no page."""
    row = loading_parts.local_rule(db.session(), current.actor(), rule_id)
    if row.key not in LOCAL_KEYS:
        raise NotFound
    return row


def _told(body: Body, key: str) -> ToldValue | None:
    """What holds today for the key, with what it lays over."""
    rules = rules_on(body, clock.today())
    told = tell_rules(rules) if rules else ()
    return next((one for one in told if one.key == key), None)
