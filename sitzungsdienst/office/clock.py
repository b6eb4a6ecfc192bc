"""The edge where the time of day comes in; everything below gets it as an argument."""

from datetime import UTC, date, datetime

from flask import current_app

from sitzungsdienst.german import local_day


def wall_clock() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """Return the moment of this request; tests set another clock in the app's config."""
    moment: datetime = current_app.config["CLOCK"]()
    return moment


def today() -> date:
    """Return the day in Berlin."""
    return local_day(now())
