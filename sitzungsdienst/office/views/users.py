"""Users, for administrators."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload
from wtforms import BooleanField, EmailField, PasswordField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from sitzungsdienst.acts import accounts
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.passwords import LONGEST, SHORTEST, Passwords, check_rules
from sitzungsdienst.office import clock, conflict, current, loading, words
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import (
    CheckboxesField,
    OfficeForm,
    VersionedForm,
    number_or_none,
    options,
    text,
)
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.record.accounts import OfficeAssignment, OfficeUser, UserRole, UserSession
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.people import Person

blueprint = Blueprint("users", __name__, url_prefix="/benutzer")

PASSWORD_HINT = f"Mindestens {SHORTEST} Zeichen. Geben Sie es auf sicherem Weg weiter."


class UserFields:
    """What a new and a known user have in common."""

    name = StringField(
        "Name",
        [InputRequired("Bitte geben Sie den Namen an."), Length(max=accounts.NAME_LIMIT)],
        render_kw={"autocomplete": "off"},
    )
    email = EmailField(
        "E-Mail-Adresse",
        [InputRequired("Bitte geben Sie die E-Mail-Adresse an."), Length(max=accounts.EMAIL_LIMIT)],
        description="Damit meldet sich die Person an.",
        render_kw={"autocomplete": "off"},
    )
    role = RadioField(
        "Rolle",
        [InputRequired("Bitte wählen Sie die Rolle.")],
        choices=options((role.value, words.ROLES[role]) for role in UserRole),
    )
    body_id = SelectField(
        "Körperschaft",
        coerce=number_or_none,
        description="Für Sitzungsdienst und Mitglieder. Die Administration gehört zu keiner.",
    )
    assigned_body_ids = CheckboxesField(
        "Arbeitet auch für",
        coerce=int,
        description="Weitere Körperschaften, deren Sitzungen diese Person betreut, zum Beispiel"
        " Mitgliedsgemeinden. Nur für den Sitzungsdienst. Ein entfernter Haken gilt sofort.",
    )
    person_id = SelectField(
        "Person",
        coerce=number_or_none,
        description="Für Mitglieder: wer im Verzeichnis der Personen sich hier anmeldet.",
    )


class NewUserForm(OfficeForm, UserFields):
    """A user to be added."""

    password = PasswordField(
        "Anfangspasswort",
        [InputRequired("Bitte geben Sie ein Anfangspasswort an."), Length(max=LONGEST)],
        description=PASSWORD_HINT,
        render_kw={"autocomplete": "new-password"},
    )


class UserForm(VersionedForm, UserFields):
    """A user to be changed."""

    password = PasswordField(
        "Neues Passwort",
        [Length(max=LONGEST)],
        description=f"Leer lassen, wenn es bleiben soll. {PASSWORD_HINT}",
        render_kw={"autocomplete": "new-password"},
    )
    active = BooleanField(
        "Darf sich anmelden",
        description="Ohne Haken enden alle Anmeldungen sofort, und neue sind nicht möglich.",
    )


@blueprint.get("")
@requires(Permission.ACCOUNTS_MANAGE)
def index() -> str:
    """List all users with the time they were last seen."""
    latest = select(UserSession.user_id, func.max(UserSession.last_seen_at))
    rows = db.session.execute(latest.group_by(UserSession.user_id))
    seen = {row.user_id: row[1] for row in rows}
    users = db.session.scalars(
        select(OfficeUser)
        .options(
            joinedload(OfficeUser.body),
            selectinload(OfficeUser.assignments).joinedload(OfficeAssignment.body),
        )
        .order_by(OfficeUser.active.desc(), OfficeUser.name, OfficeUser.id)
    ).all()
    return render_template("office/users.html", users=users, seen=seen, roles=words.ROLES)


@blueprint.route("/neu", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_MANAGE)
def add() -> ResponseReturnValue:
    """Add a user."""
    form = _with_choices(NewUserForm())
    if not form.is_submitted():
        return render_template("office/user_new.html", form=form)
    if form.validate():
        try:
            accounts.add_user(db.session(), current.actor(), _new_user(form), clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash("Der Zugang ist angelegt.", "success")
            return redirect(url_for(".index"), 303)
    return render_template("office/user_new.html", form=form), 422


@blueprint.route("/<int:user_id>", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_MANAGE)
def edit(user_id: int) -> ResponseReturnValue:
    """Change a user."""
    user = loading.user(db.session(), current.actor(), user_id)
    form = _with_choices(UserForm(obj=user, data={"assigned_body_ids": _assigned(user)}))
    if not form.is_submitted():
        return render_template("office/user.html", form=form, user=user)
    if form.validate():
        try:
            command = _changed_user(form, user_id)
            accounts.change_user(db.session(), current.actor(), command, clock.now())
        except RuleBroken as error:
            form.refuse(error)
        except Stale:
            return conflict.conflict_page(
                form,
                user,
                cancel=url_for(".edit", user_id=user_id),
                saved={"assigned_body_ids": _assigned(user)},
            )
        else:
            flash("Die Angaben sind gespeichert.", "success")
            return redirect(url_for(".index"), 303)
    return render_template("office/user.html", form=form, user=user), 422


@blueprint.post("/<int:user_id>/abmelden")
@requires(Permission.ACCOUNTS_MANAGE)
def end_sessions(user_id: int) -> ResponseReturnValue:
    """End all sessions of a user."""
    accounts.end_sessions(db.session(), current.actor(), user_id, clock.now())
    flash("Alle Anmeldungen dieser Person sind beendet.", "success")
    return redirect(url_for(".index"), 303)


def _with_choices(form: NewUserForm | UserForm) -> NewUserForm | UserForm:
    bodies = db.session.scalars(select(Body).order_by(Body.name)).all()
    form.body_id.choices = options(((body.id, body.name) for body in bodies), empty="– keine –")
    names = {body.id: body.name for body in bodies}
    form.assigned_body_ids.choices = options(
        (body.id, _with_office(body, names.get(body.administered_by_id or 0, "")))
        for body in bodies
    )
    form.person_id.choices = options((), empty="– keine –")
    for body in bodies:
        persons = db.session.scalars(
            select(Person)
            .where(Person.body_id == body.id)
            .order_by(Person.family_name, Person.given_name, Person.id)
        )
        form.person_id.choices += options(
            ((person.id, person.sort_name) for person in persons), group=body.name
        )
    return form


def _new_user(form: NewUserForm | UserForm) -> accounts.AddUser:
    return accounts.AddUser(
        email=text(form.email),
        name=text(form.name),
        role=UserRole(form.role.data),
        body_id=form.body_id.data,
        person_id=form.person_id.data,
        password_hash=_hash(form),
        assigned_body_ids=tuple(form.assigned_body_ids.data or ()),
    )


def _changed_user(form: NewUserForm | UserForm, user_id: int) -> accounts.ChangeUser:
    return accounts.ChangeUser(
        user_id=user_id,
        version=form.version.data,
        email=text(form.email),
        name=text(form.name),
        role=UserRole(form.role.data),
        body_id=form.body_id.data,
        person_id=form.person_id.data,
        active=form.active.data,
        password_hash=_hash(form) if form.password.data else None,
        assigned_body_ids=tuple(form.assigned_body_ids.data or ()),
    )


def _with_office(body: Body, office: str) -> str:
    """A Body as a choice, with the one whose office runs its sessions."""
    return f"{body.name} (Sitzungsdienst bei {office})" if office else body.name


def _assigned(user: OfficeUser) -> list[int]:
    return [one.body_id for one in user.assignments]


def _hash(form: NewUserForm | UserForm) -> str:
    passwords: Passwords = current_app.extensions["passwords"]
    return passwords.hash(check_rules(text(form.password), email=text(form.email)))
