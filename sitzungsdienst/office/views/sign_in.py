"""Signing in and out."""

from datetime import datetime, timedelta

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask import session as form_cookie
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from sitzungsdienst.acts import accounts, attempts, sessions
from sitzungsdienst.acts.passwords import Passwords
from sitzungsdienst.office import clock, current, errors, resend
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import text
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.sign_in_form import SignInForm
from sitzungsdienst.record.accounts import OfficeUser

blueprint = Blueprint("sign_in", __name__)

WRONG = (
    "E-Mail-Adresse oder Passwort stimmt nicht. Bitte prüfen Sie beides;"
    " wenn es nicht geht, hilft Ihnen Ihre Administration."
)


@blueprint.get("/anmelden")
@requires(Permission.ANYONE)
def show() -> ResponseReturnValue:
    """Show the sign-in, or go on for who is signed in already."""
    target = resend.local_target(request.args.get("weiter"))
    if current.me() is not None:
        return redirect(target)
    form = SignInForm(formdata=None, data={"weiter": target})
    return render_template("office/sign_in.html", form=form, typed=[])


@blueprint.post("/anmelden")
@requires(Permission.ANYONE)
def enter() -> ResponseReturnValue:
    """Check e-mail and password; the try is counted before the password is looked at."""
    form = SignInForm()
    kept = resend.unpack(form.eingaben.data or "")
    if not form.validate():
        return render_template("office/sign_in.html", form=form, typed=kept), 422
    now = clock.now()
    email, password = text(form.email), text(form.password)
    address = request.remote_addr or ""
    attempt = attempts.Try.of(current_app.config["SECRET_KEY"], email, address)
    wait = attempts.count(db.session(), attempt, now)
    if wait is not None:
        return _too_many(form, kept, wait)
    user = _user_with(email, password)
    if user is None:
        form.form_errors.append(WRONG)
        return render_template("office/sign_in.html", form=form, typed=kept), 422
    attempts.forgive(db.session(), attempt)
    token = _open_session(user, password, now)
    return _arrived(token, form, kept)


@blueprint.post("/abmelden")
@requires(Permission.SIGNED_IN)
def leave() -> ResponseReturnValue:
    """End this session, here and in the database."""
    me = current.me()
    if me is not None:
        sessions.end(db.session(), me.actor, me.session_id, clock.now())
    form_cookie.clear()
    flash("Sie sind abgemeldet.", "success")
    response = current_app.make_response(redirect(url_for("sign_in.show"), 303))
    current.delete_cookie(response)
    return response


def _too_many(form: SignInForm, kept: resend.Typed, wait: timedelta) -> ResponseReturnValue:
    form.form_errors.append(
        "Es gab zu viele Versuche. Bitte warten Sie"
        f" {errors.waiting_time(wait)} und versuchen Sie es dann wieder."
    )
    page = render_template("office/sign_in.html", form=form, typed=kept)
    return page, 429, {"Retry-After": str(max(1, round(wait.total_seconds())))}


def _user_with(email: str, password: str) -> OfficeUser | None:
    """Return the active user with this password. Takes the same time whether there is one."""
    user = db.session.scalar(
        select(OfficeUser).where(OfficeUser.email == accounts.clean_email(email))
    )
    usable = user if user is not None and user.active else None
    kept = usable.password_hash if usable else None
    if _passwords().verify(kept, password):
        return usable
    errors.log.warning("sign-in failed: user=%s", user.id if user else "unknown")
    return None


def _open_session(user: OfficeUser, password: str, now: datetime) -> str:
    """Open a new session, end the one this browser had, renew an outdated hash."""
    passwords, user_id = _passwords(), user.id
    outdated = passwords.outdated(user.password_hash)
    new_hash = passwords.hash(password) if outdated else None
    previous = current.me()
    if previous is not None:
        sessions.end(db.session(), previous.actor, previous.session_id, now)
    browser = request.user_agent.string
    return sessions.sign_in(db.session(), user_id, browser, now, new_hash=new_hash)


def _arrived(token: str, form: SignInForm, kept: resend.Typed) -> ResponseReturnValue:
    """Go where the user wanted to; typed text waits on a page of its own to be sent again."""
    form_cookie.clear()
    # The token of the sign-in's own form went with the cookie; that page needs a new one.
    g.pop("csrf_token", None)
    target = resend.local_target(form.weiter.data)
    if kept:
        page, status = resend.resend_page(target, kept, lost_files=False)
        response = current_app.make_response((page, status))
    else:
        response = current_app.make_response(redirect(target, 303))
    current.set_cookie(response, token)
    return response


def _passwords() -> Passwords:
    found: Passwords = current_app.extensions["passwords"]
    return found
