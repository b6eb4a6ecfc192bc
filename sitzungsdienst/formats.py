"""How both webs write values: Jinja filters for dates, times and sizes, in German."""

from datetime import datetime

from flask import Flask

from sitzungsdienst.documents import dates

KIB = 1024
MIB = 1024 * KIB


def register(app: Flask) -> None:
    """Give the templates of `app` the filters of this file."""
    app.add_template_filter(dates.plain_date)
    app.add_template_filter(dates.short_date)
    app.add_template_filter(dates.long_date)
    app.add_template_filter(clock)
    app.add_template_filter(moment)
    app.add_template_filter(file_size)


def clock(at: datetime) -> str:
    """Return the time of day in Berlin: "17:00"."""
    return dates.time_span(at, None)


def moment(at: datetime) -> str:
    """Return day and time in Berlin: "19.04.2017, 17:00 Uhr"."""
    return f"{dates.plain_date(at)}, {clock(at)} Uhr"


def file_size(size: int) -> str:
    """Return a number of bytes as people read it: "734 KB", "2,4 MB"."""
    if size < MIB:
        return f"{max(1, round(size / KIB))} KB"
    return f"{size / MIB:.1f} MB".replace(".", ",")
