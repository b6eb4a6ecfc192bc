"""The public web put together: GET and HEAD only, no session, no cookie."""

from datetime import UTC, datetime

from flask import Flask, Request
from flask.sessions import SessionInterface

from sitzungsdienst import assets, headers
from sitzungsdienst.config import Settings
from sitzungsdienst.oparl.views import Operator, oparl_blueprint
from sitzungsdienst.public import answers, database, errors, kept, plain_pages, views


class NoSessions(SessionInterface):
    """There is no session: reading gives nothing, writing fails, no cookie is ever set."""

    def open_session(self, app: Flask, request: Request) -> None:
        """Open none, so that Flask takes its null session."""
        del app, request

    def save_session(self, *_: object) -> None:
        """Save nothing."""


def register(app: Flask, settings: Settings) -> None:
    """Turn an empty Flask app into the public web.

    `app.extensions["reader"]` gives a Reader for the request; `app.config["CLOCK"]` may be set to
    another clock.
    """
    app.session_interface = NoSessions()
    app.config.setdefault("CLOCK", lambda: datetime.now(UTC))
    app.config["PUBLIC_URL"] = settings.public_url
    app.extensions[views.SETTINGS] = settings
    database.register(app, settings.public_database_url)
    headers.register(app, https=settings.https, private=False)
    assets.register(app)
    answers.remember_page_version(app, settings)
    app.extensions[kept.FEEDS] = kept.Kept()
    app.add_template_global(plain_pages.footer_links)
    app.register_blueprint(views.web)
    app.register_blueprint(oparl_blueprint(_operator(settings)))
    errors.register(app)


def _operator(settings: Settings) -> Operator:
    return Operator(
        name=settings.operator_name,
        contact_email=settings.operator_email,
        license_url=settings.license_url,
    )
