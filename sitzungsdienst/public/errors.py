"""What a citizen reads when there is no page: calm, German, and saying what to do."""

from dataclasses import dataclass

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from sitzungsdienst import german
from sitzungsdienst.public import answers
from sitzungsdienst.public.frame import Frame, surroundings
from sitzungsdienst.public.parts import Link
from sitzungsdienst.public.shelf import Withdrawn
from sitzungsdienst.publication.kinds import Kind

READING = ("GET", "HEAD")
METHODS = ", ".join(READING)

_KINDS = {
    Kind.MEETING: "Diese Sitzung wurde",
    Kind.AGENDA_ITEM: "Dieser Tagesordnungspunkt wurde",
    Kind.PAPER: "Diese Vorlage wurde",
    Kind.FILE: "Dieses Dokument wurde",
    Kind.PERSON: "Die Angaben zu dieser Person wurden",
    Kind.ORGANIZATION: "Dieses Gremium wurde",
}

_TEXTS = {
    400: (
        "Die Adresse ist unvollständig",
        "Bitte prüfen Sie die Adresse oder beginnen Sie auf der Startseite.",
    ),
    404: (
        "Diese Seite gibt es nicht",
        "Bitte prüfen Sie die Adresse. Vielleicht ist der Inhalt noch nicht veröffentlicht.",
    ),
    405: (
        "Hier kann nur gelesen werden",
        "Diese Seiten nehmen keine Eingaben an. Bitte rufen Sie die Seite neu auf.",
    ),
}
_OTHER = (
    "Die Anfrage ist nicht möglich",
    "Bitte beginnen Sie auf der Startseite.",
)
_BROKEN = (
    "Die Seite kann gerade nicht gezeigt werden",
    "Es liegt nicht an Ihnen. Bitte versuchen Sie es in einigen Minuten noch einmal.",
)


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """A page without what was looked for."""

    title: str
    text: str


def register(app: Flask) -> None:
    """Let `app` answer GET and HEAD only, and tell what went wrong in German."""
    app.before_request(_only_reading)
    app.register_error_handler(Withdrawn, _withdrawn)
    app.register_error_handler(HTTPException, _http_error)


def _only_reading() -> Response | None:
    """Refuse every other method at once, also OPTIONS and unknown addresses."""
    if request.method in READING:
        return None
    return _plain(_page(405), 405)


def _withdrawn(gone: Withdrawn) -> Response:
    what = _KINDS.get(gone.kind, "Dieser Inhalt wurde")
    content = ErrorPage(
        "Nicht mehr veröffentlicht",
        f"{what} am {german.plain_date(gone.on)} zurückgezogen. "
        + (f"Grund: {gone.reason}. ".replace("..", ".") if gone.reason else "")
        + "Auskunft gibt Ihnen das zuständige Büro der Körperschaft.",
    )
    return _plain(content, 410)


def _http_error(error: HTTPException) -> Response:
    code = error.code or 500
    return _plain(_page(code), code)


def _page(code: int) -> ErrorPage:
    return ErrorPage(*(_BROKEN if code >= 500 else _TEXTS.get(code, _OTHER)))


def _plain(content: ErrorPage, code: int) -> Response:
    """The page; a server that cannot read its documents must still be able to say so."""
    frame = _bare_frame(content) if code >= 500 or code == 405 else _frame(content)
    body = render_template("public/fehler.html", page=content, frame=frame)
    answer = Response(body, status=code, mimetype="text/html")
    answer.headers["Cache-Control"] = "no-cache"
    if code == 405:
        answer.headers["Allow"] = METHODS
    return answer


def _frame(content: ErrorPage) -> Frame:
    return surroundings(answers.open_shelf()).frame("", (Link(content.title),))


def _bare_frame(content: ErrorPage) -> Frame:
    return Frame(site="Bürgerinformation", owner="", navigation=(), trail=(Link(content.title),))
