"""Error pages in German, each with what to do; and a number under which the log knows a request."""

import logging
import secrets
from datetime import timedelta

from flask import Flask, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.passwords import Busy
from sitzungsdienst.acts.uploads import MAX_BYTES
from sitzungsdienst.config import MIB
from sitzungsdienst.office import current, resend

log = logging.getLogger("sitzungsdienst.office")

# status → headline, what to do
PAGES = {
    400: (
        "Die Anfrage war unvollständig",
        "Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.",
    ),
    403: (
        "Das ist hier nicht vorgesehen",
        "Wenn Sie den Zugang brauchen, wenden Sie sich an Ihre Administration.",
    ),
    404: (
        "Diese Seite gibt es nicht",
        (
            "Vielleicht ist die Adresse unvollständig, oder der Eintrag wurde entfernt."
            " Gehen Sie über das Menü zur Übersicht."
        ),
    ),
    405: (
        "So lässt sich diese Seite nicht aufrufen",
        "Gehen Sie zurück und verwenden Sie die Knöpfe der Seite.",
    ),
    409: (
        "Jemand anderes hat inzwischen gespeichert",
        (
            "Es wurde nichts überschrieben. Gehen Sie zurück, laden Sie neu und prüfen Sie"
            " den neuen Stand."
        ),
    ),
    413: (
        "Die Datei ist zu groß",
        "Nehmen Sie eine kleinere Datei oder teilen Sie sie auf.",
    ),
    422: (
        "Das geht so nicht",
        "Gehen Sie zurück und prüfen Sie Ihre Angaben.",
    ),
    429: (
        "Zu viele Versuche",
        "Bitte warten Sie einen Augenblick und versuchen Sie es dann noch einmal.",
    ),
    500: (
        "Das hat nicht geklappt",
        (
            "Der Fehler liegt bei uns und wurde vermerkt. Ihre letzte Änderung wurde nicht"
            " gespeichert. Bitte versuchen Sie es noch einmal."
        ),
    ),
    503: (
        "Zurzeit ist sehr viel los",
        "Bitte warten Sie einen Augenblick und versuchen Sie es dann noch einmal.",
    ),
}


def register(app: Flask) -> None:
    """Give `app` its error pages and its request log."""
    app.before_request(_number_request)
    app.after_request(_log_request)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _token_error)
    app.register_error_handler(Unknown, lambda _: error_page(404))
    app.register_error_handler(Stale, lambda _: error_page(409))
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(Busy, lambda _: error_page(503))
    app.register_error_handler(Exception, _unexpected)


def error_page(status: int, text: str = "") -> tuple[str, int]:
    """Return the page for a status; `text` says more than the usual sentence.

    What was typed is shown again where it came from one of our own forms.
    """
    headline, advice = PAGES.get(status, PAGES[500 if status >= 500 else 400])
    keeps = (
        status in (409, 422, 500, 503)
        and request.method == "POST"
        and current.me() is not None
        and resend.from_own_page()
    )
    me = current.me()
    if status == 404 and me is not None and len(me.bodies) > 1:
        advice = f"{advice} Gehört er zu einer anderen Körperschaft, wechseln Sie oben zu ihr."
    page = render_template(
        "office/error.html",
        status=status,
        headline=headline,
        text=text or advice,
        request_id=g.get("request_id", ""),
        typed=resend.typed() if keeps else [],
    )
    return page, status


def waiting_time(wait: timedelta) -> str:
    """Return a time to wait in words: "noch 40 Sekunden", "noch 3 Minuten"."""
    seconds = max(1, round(wait.total_seconds()))
    if seconds < 60:
        return "noch 1 Sekunde" if seconds == 1 else f"noch {seconds} Sekunden"
    minutes = -(-seconds // 60)
    return "noch 1 Minute" if minutes == 1 else f"noch {minutes} Minuten"


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    text = ""
    if error.code == 413:
        limit = MAX_BYTES // MIB
        text = f"Dateien dürfen höchstens {limit} MB haben. Nehmen Sie eine kleinere Datei."
    return error_page(error.code, text)


def _token_error(error: CSRFError) -> ResponseReturnValue:
    """The token is missing or too old: show the typed text and let it be sent again."""
    log.warning("form token refused: %s", error.description)
    if not resend.from_own_page():
        return error_page(400)
    target = resend.local_target(request.root_path + request.full_path.rstrip("?"))
    return resend.resend_page(target, resend.typed(), lost_files=resend.files(), status=400)


def _rule_broken(error: RuleBroken) -> ResponseReturnValue:
    """A broken rule that its view did not show at a field."""
    return error_page(422, error.sentence)


def _unexpected(error: Exception) -> ResponseReturnValue:
    """Log everything, show nothing but the number to ask for."""
    log.error("request %s failed", g.get("request_id", "-"), exc_info=error)
    return error_page(500)


def _number_request() -> None:
    g.request_id = secrets.token_hex(6)


def _log_request(response: Response) -> Response:
    """One line per request: numbers only, no path, since paths and queries may hold names."""
    if request.endpoint != "static":
        me = current.me()
        log.info(
            "%s %s %s %s user=%s",
            g.get("request_id", "-"),
            request.method,
            request.endpoint or "-",
            response.status_code,
            me.actor.user_id if me else "-",
        )
    return response
