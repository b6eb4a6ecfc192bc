"""One's own account: password, sessions, secret calendar addresses."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from sitzungsdienst.acts import accounts, attempts, sessions
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.passwords import LONGEST, SHORTEST, Passwords, check_rules
from sitzungsdienst.office import clock, current, errors, resend
from sitzungsdienst.office.database import db
from sitzungsdienst.office.feeds import feed_address
from sitzungsdienst.office.forms import OfficeForm, text
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.record.accounts import OfficeUser

blueprint = Blueprint("konto", __name__, url_prefix="/konto")


class PasswordForm(OfficeForm):
    """The old password and the new one, twice."""

    password = PasswordField(
        "Jetziges Passwort",
        [InputRequired("Bitte geben Sie Ihr jetziges Passwort an.")],
        render_kw={"autocomplete": "current-password"},
    )
    new_password = PasswordField(
        "Neues Passwort",
        [InputRequired("Bitte geben Sie ein neues Passwort an."), Length(max=LONGEST)],
        description=f"Mindestens {SHORTEST} Zeichen. Drei oder vier Wörter, die nichts miteinander"
        " zu tun haben, sind gut zu merken und schwer zu erraten.",
        render_kw={"autocomplete": "new-password"},
    )
    repeated_password = PasswordField(
        "Neues Passwort, noch einmal",
        [
            InputRequired("Bitte geben Sie das neue Passwort ein zweites Mal ein."),
            EqualTo("new_password", "Die beiden neuen Passwörter stimmen nicht überein."),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class FeedForm(OfficeForm):
    """A new calendar address."""

    label = StringField(
        "Wofür",
        [
            InputRequired("Bitte geben Sie an, wo Sie den Kalender nutzen wollen."),
            Length(max=sessions.LABEL_LIMIT),
        ],
        description="Zum Beispiel: mein Telefon. So wissen Sie später, wohin sie gehört.",
    )


@blueprint.get("")
@requires(Permission.SIGNED_IN)
def show() -> ResponseReturnValue:
    """Show the account."""
    return _page()


@blueprint.post("/koerperschaft")
@requires(Permission.SIGNED_IN)
def switch_body() -> ResponseReturnValue:
    """Work for another Body from now on; what was typed for it can be sent once more."""
    me = current.me()
    body_id = request.form.get("body_id", type=int)
    if me is None or body_id is None:
        raise Unknown("Body")
    sessions.switch_body(db.session(), me.actor, me.session_id, body_id, clock.now())
    kept = resend.unpack(request.form.get("eingaben", ""))
    if kept:
        # The page is already the other Body's, so that it says where the text will go.
        current.refresh()
        target = resend.local_target(request.form.get("weiter"))
        return resend.resend_page(target, kept, lost_files=False)
    flash(f"Sie arbeiten jetzt für {dict(me.bodies)[body_id]}.", "success")
    return redirect(url_for("home.show"), 303)


@blueprint.post("/passwort")
@requires(Permission.SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Change the password; every other session of the user ends."""
    form = PasswordForm(prefix="passwort-")
    me = current.me()
    if me is None or not form.validate():
        return _page(password_form=form), 422
    passwords, wanted = _passwords(), text(form.new_password)
    # Whoever found a desk unlocked must not be able to try passwords here either.
    secret, address = current_app.config["SECRET_KEY"], request.remote_addr or ""
    attempt = attempts.Try.of(secret, me.email, address)
    wait = attempts.count(db.session(), attempt, clock.now())
    user = db.session.get_one(OfficeUser, me.actor.user_id)
    try:
        if wait is not None:
            raise RuleBroken(
                "password",
                f"Es gab zu viele Versuche. Bitte warten Sie {errors.waiting_time(wait)} und"
                " versuchen Sie es dann wieder.",
            )
        if not passwords.verify(user.password_hash, text(form.password)):
            raise RuleBroken("password", "Das jetzige Passwort stimmt nicht.")
        attempts.forgive(db.session(), attempt)
        check_rules(wanted, field="new_password", email=me.email)
        new_hash = passwords.hash(wanted)
        accounts.change_own_password(db.session(), me.actor, new_hash, me.session_id, clock.now())
    except RuleBroken as error:
        form.refuse(error)
        return _page(password_form=form), 422
    flash("Ihr Passwort ist geändert. Alle anderen Anmeldungen sind beendet.", "success")
    return redirect(url_for(".show"), 303)


@blueprint.post("/anmeldungen/<int:session_id>/beenden")
@requires(Permission.SIGNED_IN)
def end_session(session_id: int) -> ResponseReturnValue:
    """End one of one's own sessions."""
    sessions.end(db.session(), current.actor(), session_id, clock.now())
    flash("Die Anmeldung ist beendet.", "success")
    return redirect(url_for(".show"), 303)


@blueprint.post("/kalender")
@requires(Permission.SIGNED_IN)
def add_feed() -> ResponseReturnValue:
    """Make a secret calendar address and show it this once."""
    form = FeedForm(prefix="kalender-")
    if not form.validate():
        return _page(feed_form=form), 422
    try:
        token = sessions.subscribe(db.session(), current.actor(), text(form.label), clock.now())
    except RuleBroken as error:
        form.refuse(error)
        return _page(feed_form=form), 422
    return render_template(
        "office/feed_address.html", label=form.label.data, address=feed_address(token)
    )


@blueprint.post("/kalender/<int:subscription_id>/widerrufen")
@requires(Permission.SIGNED_IN)
def revoke_feed(subscription_id: int) -> ResponseReturnValue:
    """Revoke a calendar address."""
    sessions.revoke(db.session(), current.actor(), subscription_id, clock.now())
    flash("Die Kalenderadresse ist widerrufen und öffnet nichts mehr.", "success")
    return redirect(url_for(".show"), 303)


def _page(password_form: PasswordForm | None = None, feed_form: FeedForm | None = None) -> str:
    me = current.me()
    if me is None or me.actor.user_id is None:
        raise Unknown("konto")
    return render_template(
        "office/konto.html",
        password_form=password_form or PasswordForm(formdata=None, prefix="passwort-"),
        feed_form=feed_form or FeedForm(formdata=None, prefix="kalender-"),
        sessions=sessions.running_sessions(db.session(), me.actor.user_id, clock.now()),
        feeds=sessions.subscriptions(db.session(), me.actor.user_id),
    )


def _passwords() -> Passwords:
    found: Passwords = current_app.extensions["passwords"]
    return found
