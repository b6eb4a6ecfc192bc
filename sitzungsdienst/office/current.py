"""Who is signed in, read from the session cookie once per request."""

from dataclasses import dataclass

from flask import Flask, Response, current_app, g, request
from markupsafe import Markup

from sitzungsdienst.acts import sessions
from sitzungsdienst.acts.actor import Actor, assigned
from sitzungsdienst.office import clock
from sitzungsdienst.office.database import db
from sitzungsdienst.office.searching import in_order
from sitzungsdienst.record.accounts import UserSession

TOKEN_LIMIT = 100
#: The hidden field of a form that says which Body it was opened for.
BODY_FIELD = "koerperschaft"


@dataclass(frozen=True, slots=True)
class Me:
    """The signed-in user as plain values, so that it outlives the database session.

    `bodies` are the Bodies they may work for, by number and name; of those, `body_name` is the one
    they work for just now.
    """

    actor: Actor
    name: str
    email: str
    body_name: str
    session_id: int
    bodies: tuple[tuple[int, str], ...] = ()


def me() -> Me | None:
    """Return who is signed in, or None."""
    found: Me | None = g.get("me")
    return found


def actor() -> Actor:
    """Return the actor of this request; only for views that need a sign-in."""
    found = me()
    if found is None:
        raise RuntimeError("this view needs a permission that signs in")
    return found.actor


def body_field() -> Markup:
    """The hidden field that names the Body a form is for; nothing for who works for none."""
    found = me()
    if found is None or found.actor.body_id is None:
        return Markup("")
    html = Markup('<input type="hidden" name="{}" value="{}">')
    return html.format(BODY_FIELD, found.actor.body_id)


def refresh() -> None:
    """Read the cookie anew within a request, after the session itself was changed."""
    _recognise()


def register(app: Flask, *, https: bool) -> None:
    """Read the cookie before each request of `app`; must come before the gate."""
    app.config["SIGN_IN_COOKIE"] = "__Host-sitzung" if https else "sitzung"
    app.before_request(_recognise)
    app.after_request(_forget_dead_cookie)
    app.context_processor(lambda: {"me": me()})


def set_cookie(response: Response, token: str) -> None:
    """Give the browser the secret token of its session."""
    response.set_cookie(
        current_app.config["SIGN_IN_COOKIE"],
        token,
        path=cookie_path(),
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    g.cookie_set = True


def delete_cookie(response: Response) -> None:
    """Take the token from the browser."""
    response.delete_cookie(
        current_app.config["SIGN_IN_COOKIE"],
        path=cookie_path(),
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    g.cookie_set = True


def cookie_path() -> str:
    """Return where cookies are sent to: the office only, unless the __Host- prefix forbids it."""
    if current_app.config["SESSION_COOKIE_SECURE"]:
        return "/"
    return request.root_path or "/"


def _token() -> str:
    return request.cookies.get(current_app.config["SIGN_IN_COOKIE"], "")


def _recognise() -> None:
    g.me = None
    token = _token()
    if request.endpoint == "static" or not token or len(token) > TOKEN_LIMIT:
        return
    now = clock.now()
    found = sessions.running(db.session(), token, now)
    if found is None:
        return
    recognised = _values(found)
    if now - found.last_seen_at >= sessions.TOUCH_EVERY and not sessions.touch(
        db.session(), recognised.session_id, now
    ):
        return  # ended between the two looks
    g.me = recognised


def _values(found: UserSession) -> Me:
    user = found.user
    # The choice is asked of the assignments at every request: one that ended stops at once.
    actor = Actor.of(user, found.body_id)
    further = assigned(user)
    bodies = [(user.body.id, user.body.name)] if user.body else []
    bodies += [(one.body_id, one.body.name) for one in user.assignments if one.body_id in further]
    return Me(
        actor=actor,
        name=user.name,
        email=user.email,
        body_name=dict(bodies).get(actor.body_id or 0, ""),
        session_id=found.id,
        bodies=tuple(sorted(bodies, key=lambda one: in_order(one[1]))),
    )


def _forget_dead_cookie(response: Response) -> Response:
    """A token that opens nothing any more need not be sent again."""
    if request.endpoint != "static" and _token() and me() is None and "cookie_set" not in g:
        delete_cookie(response)
    return response
