"""From the day and the time that somebody typed to a moment."""

from datetime import UTC, date, datetime, time, timedelta

from sitzungsdienst.german import BERLIN

SKIPPED = (
    "Diese Uhrzeit gibt es an dem Tag nicht: Die Uhren werden von 2 auf 3 Uhr vorgestellt. Bitte"
    " geben Sie eine andere an."
)


def moment(day: date, clock: time) -> datetime:
    """The moment at which the clocks of Berlin show this, in UTC.

    Of the doubled hour in autumn it is the first; the missing hour in spring counts on, see
    `is_skipped`. At either end of the calendar, where UTC has no such day, the clock is taken as
    UTC's: what asks for the year finds it as far out of range as it was typed.
    """
    try:
        return datetime.combine(day, clock, tzinfo=BERLIN).astimezone(UTC)
    except OverflowError:
        return datetime.combine(day, clock, tzinfo=UTC)


def is_skipped(day: date, clock: time) -> bool:
    """Whether the clocks of Berlin never show this: the hour that summer time skips in spring."""
    typed = datetime.combine(day, clock, tzinfo=BERLIN)
    before, after = typed.utcoffset(), typed.replace(fold=1).utcoffset()
    return before is not None and after is not None and before < after


def midnight(day: date) -> datetime:
    """The beginning of a day in Berlin."""
    return moment(day, time())


def year_span(year: int) -> tuple[datetime, datetime]:
    """The first moment of a year in Berlin, and that of the next."""
    return midnight(date(year, 1, 1)), midnight(date(year, 12, 31) + timedelta(days=1))
