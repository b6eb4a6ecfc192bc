"""How both webs write values: Jinja filters for dates, times and sizes, in German."""

from datetime import datetime

from flask import Flask

from sitzungsdienst import german


def register(app: Flask) -> None:
    """Give the templates of `app` the filters of this file, under their own names."""
    for write in (
        german.plain_date,
        german.short_date,
        german.long_date,
        german.month_name,
        german.clock,
        german.time_field,
        german.time_span,
        german.file_size,
        moment,
    ):
        app.add_template_filter(write)


def moment(at: datetime) -> str:
    """Return day and time in Berlin: "19.04.2017, 17:00 Uhr"."""
    return f"{german.plain_date(at)}, {german.clock(at)} Uhr"
