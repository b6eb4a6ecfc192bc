"""From the day and the time that somebody typed to a moment."""

from datetime import UTC, date, datetime, time, timedelta

from sitzungsdienst.german import BERLIN


def moment(day: date, clock: time) -> datetime:
    """The moment at which the clocks of Berlin show this, in UTC.

    Of the doubled hour in autumn it is the first; the missing hour in spring counts on.
    """
    return datetime.combine(day, clock, tzinfo=BERLIN).astimezone(UTC)


def midnight(day: date) -> datetime:
    """The beginning of a day in Berlin."""
    return moment(day, time())


def year_span(year: int) -> tuple[datetime, datetime]:
    """The first moment of a year in Berlin, and that of the next."""
    return midnight(date(year, 1, 1)), midnight(date(year, 12, 31) + timedelta(days=1))
