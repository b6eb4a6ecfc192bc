"""The office's local time in a calendar: Europe/Berlin, written so that every reader agrees."""

from datetime import UTC, datetime, timedelta

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from sitzungsdienst.german import BERLIN

# Since 1996 summer time ends in October (directive 94/21/EC, today 2000/84/EC): the first whole
# year under the yearly rules of the time zone is 1997.
_RULES_HOLD_FROM = 1997
_FIRST_SUMMER = datetime.fromisoformat("1996-03-31T02:00:00")
_FIRST_WINTER = datetime.fromisoformat("1996-10-27T03:00:00")


def whole_second(moment: datetime) -> datetime:
    """The moment in UTC, without a fraction of a second. ValueError if it has no time zone."""
    if moment.utcoffset() is None:
        raise ValueError("a moment in a calendar needs a time zone")
    return moment.astimezone(UTC).replace(microsecond=0)


def written_span(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Start and end as an event writes them: Berlin's time, or UTC where that is ambiguous.

    The hour that comes twice in the October night has one name in local time. RFC 5545, 3.3.5
    takes it for the first run, ical.js (Thunderbird) for the second. A span that touches this
    hour, or lies before the time zone's rules, is therefore written in UTC, start and end alike.
    """
    local = (whole_second(start).astimezone(BERLIN), whole_second(end).astimezone(BERLIN))
    if any(_comes_twice(moment) or moment.year < _RULES_HOLD_FROM for moment in local):
        return whole_second(start), whole_second(end)
    return local


def berlin_timezone() -> Timezone:
    """The VTIMEZONE of Europe/Berlin with one yearly rule each (Outlook ignores lists of dates)."""
    zone = Timezone()
    zone.add("tzid", BERLIN.key)
    winter, summer = timedelta(hours=1), timedelta(hours=2)

    to_summer = TimezoneDaylight()
    to_summer.add("dtstart", _FIRST_SUMMER)
    to_summer.add("rrule", {"freq": "yearly", "bymonth": 3, "byday": "-1su"})
    to_summer.add("tzname", "CEST")
    to_summer.add("tzoffsetfrom", winter)
    to_summer.add("tzoffsetto", summer)

    to_winter = TimezoneStandard()
    to_winter.add("dtstart", _FIRST_WINTER)
    to_winter.add("rrule", {"freq": "yearly", "bymonth": 10, "byday": "-1su"})
    to_winter.add("tzname", "CET")
    to_winter.add("tzoffsetfrom", summer)
    to_winter.add("tzoffsetto", winter)

    zone.add_component(to_summer)
    zone.add_component(to_winter)
    return zone


def _comes_twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
