"""Personal calendars under a secret address."""

from flask import Blueprint, Response, current_app
from werkzeug.exceptions import NotFound

from sitzungsdienst.acts import sessions
from sitzungsdienst.calendar.feed import calendar_bytes
from sitzungsdienst.config import Settings
from sitzungsdienst.office import clock
from sitzungsdienst.office.database import db
from sitzungsdienst.office.feeds import FEED_PATH
from sitzungsdienst.office.permissions import Permission, requires
from sitzungsdienst.office.personal_feed import personal_feed

blueprint = Blueprint("feeds", __name__)

LONGEST_TOKEN = 100


@blueprint.get(FEED_PATH.format(token="<token>"))  # noqa: S106 - the name of a variable
@requires(Permission.FEED_TOKEN)
def personal(token: str) -> Response:
    """Give the calendar; an address that never was and a revoked one are answered alike."""
    if len(token) > LONGEST_TOKEN:
        raise NotFound
    actor = sessions.subscriber(db.session(), token, clock.today())
    if actor is None:
        raise NotFound
    settings: Settings = current_app.config["SETTINGS"]
    feed = personal_feed(db.session(), actor, settings.calendar_host, clock.now())
    return Response(calendar_bytes(feed), mimetype="text/calendar")
