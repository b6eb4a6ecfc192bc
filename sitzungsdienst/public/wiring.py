"""The public web as parts of an application: GET and HEAD only, no session, no cookie."""

from datetime import UTC, datetime

from flask import Flask, Request
from flask.sessions import SessionInterface

from sitzungsdienst.config import Settings
from sitzungsdienst.public import answers, errors, plain_pages, views


class NoSessions(SessionInterface):
    """There is no session: reading gives nothing, writing fails, no cookie is ever set."""

    def open_session(self, app: Flask, request: Request) -> None:
        """Open none, so that Flask takes its null session."""
        del app, request

    def save_session(self, *_: object) -> None:
        """Save nothing."""


def register(app: Flask, settings: Settings) -> None:
    """Give `app` the public pages.

    It must have `app.extensions["reader"]`, a function that gives a Reader for the request, and
    `asset` among its template globals. `app.config["CLOCK"]` may be set to another clock.
    """
    app.session_interface = NoSessions()
    app.config.setdefault("CLOCK", lambda: datetime.now(UTC))
    app.config.setdefault("PUBLIC_URL", settings.public_url)
    app.extensions[views.SETTINGS] = settings
    answers.remember_page_version(app, settings)
    app.add_template_global(plain_pages.footer_links)
    app.register_blueprint(views.web)
    errors.register(app)
