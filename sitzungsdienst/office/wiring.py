"""The office put together: database, sessions, gate, tokens, headers, pages."""

from datetime import timedelta

from flask import Flask, has_request_context
from flask.sessions import SecureCookieSessionInterface
from flask_wtf import CSRFProtect
from werkzeug.routing import IntegerConverter, Map

from sitzungsdienst import assets, formats, headers
from sitzungsdienst.acts.passwords import Passwords
from sitzungsdienst.config import MIB, Settings
from sitzungsdienst.office import (
    body_choice,
    clock,
    current,
    database,
    errors,
    menu,
    permissions,
    public_prints,
    sealing,
    words,
)
from sitzungsdienst.office.views import (
    agenda,
    announcements,
    apportionments,
    audit,
    ballots,
    bodies,
    cancelling,
    changes,
    deadlines,
    documents,
    election_rounds,
    elections,
    excerpts,
    feeds,
    followup,
    followup_releases,
    followup_reports,
    history,
    home,
    imports,
    institutions,
    konto,
    law,
    locations,
    meetings,
    memberships,
    minutes,
    minutes_way,
    next_meetings,
    objections,
    organizations,
    packets,
    paper_cosigning,
    paper_history,
    paper_kinds,
    paper_parts,
    papers,
    people,
    presence,
    prints,
    proceedings,
    recusals,
    redaction,
    releases,
    resolution_prints,
    resolutions,
    row_history,
    series,
    sign_in,
    standing,
    substitutes,
    summons,
    supplements,
    terms,
    users,
)

BLUEPRINTS = (
    agenda.blueprint,
    announcements.blueprint,
    apportionments.blueprint,
    audit.blueprint,
    ballots.blueprint,
    bodies.blueprint,
    cancelling.blueprint,
    deadlines.blueprint,
    changes.blueprint,
    documents.blueprint,
    election_rounds.blueprint,
    elections.blueprint,
    excerpts.blueprint,
    feeds.blueprint,
    followup.blueprint,
    followup_releases.blueprint,
    followup_reports.blueprint,
    history.blueprint,
    home.blueprint,
    imports.blueprint,
    institutions.blueprint,
    konto.blueprint,
    law.blueprint,
    locations.blueprint,
    meetings.blueprint,
    memberships.blueprint,
    minutes.blueprint,
    minutes_way.blueprint,
    next_meetings.blueprint,
    objections.blueprint,
    organizations.blueprint,
    packets.blueprint,
    paper_cosigning.blueprint,
    paper_history.blueprint,
    paper_kinds.blueprint,
    paper_parts.blueprint,
    papers.blueprint,
    people.blueprint,
    presence.blueprint,
    prints.blueprint,
    proceedings.blueprint,
    recusals.blueprint,
    redaction.blueprint,
    releases.blueprint,
    resolution_prints.blueprint,
    resolutions.blueprint,
    row_history.blueprint,
    series.blueprint,
    sign_in.blueprint,
    standing.blueprint,
    substitutes.blueprint,
    summons.blueprint,
    supplements.blueprint,
    terms.blueprint,
    users.blueprint,
)


class RowNumber(IntegerConverter):
    """A number in an address that can be a row's: what no database column holds is no page."""

    regex = "[0-9]+"  # one spelling a page: no digits of other scripts

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=2**31 - 1)


class FormCookies(SecureCookieSessionInterface):
    """Flask's signed cookie. It holds the form token and notices, never who somebody is."""

    def get_cookie_path(self, app: Flask) -> str:
        """Return where the cookie is sent to: the same places as the session's."""
        del app
        return current.cookie_path() if has_request_context() else "/"


def register(app: Flask, settings: Settings, passwords: Passwords | None = None) -> None:
    """Turn an empty Flask app into the office.

    The order of the hooks matters: number the request, read who it is, ask whether they may,
    and only then look at the form's token.
    """
    _configure(app, settings)
    app.extensions["passwords"] = passwords or Passwords()
    database.register(app, settings.database_url)
    errors.register(app)
    current.register(app, https=settings.https)
    permissions.register(app)
    sealing.register(app, settings.seal)
    public_prints.register(app, settings.public_url)
    CSRFProtect(app)
    body_choice.register(app)
    headers.register(app, https=settings.https, private=True)
    assets.register(app)
    formats.register(app)
    menu.register(app)
    packets.register(app, settings.packet_folder)
    app.jinja_env.globals["role_words"] = words.ROLES
    app.add_template_filter(words.browser, "browser_name")
    app.url_map.converters["int"] = RowNumber
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        PUBLIC_URL=settings.public_url,
        SETTINGS=settings,
        CLOCK=clock.wall_clock,
        MAX_CONTENT_LENGTH=settings.max_upload + MIB,
        MAX_FORM_MEMORY_SIZE=8 * MIB,
        SESSION_COOKIE_NAME="__Host-formular" if settings.https else "formular",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=int(timedelta(hours=12).total_seconds()),
    )
    app.session_interface = FormCookies()
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
