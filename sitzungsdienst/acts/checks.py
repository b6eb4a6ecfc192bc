"""Checks that every act makes on what people typed: needed, not too long, in order."""

from datetime import date
from typing import Protocol

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.text import TEXT_LIMIT, TITLE_LIMIT, clean_line, clean_text


class Span(Protocol):
    """What runs from a first to a last day; either may be open."""

    @property
    def start_date(self) -> date | None:
        """The first day."""

    @property
    def end_date(self) -> date | None:
        """The last day."""


def overlap(one: Span, other: Span) -> bool:
    """Whether there is a day on which both run."""
    before = one.end_date and other.start_date and one.end_date < other.start_date
    after = one.start_date and other.end_date and one.start_date > other.end_date
    return not (before or after)


def line(field: str, text: str, *, needed: str = "", limit: int = TITLE_LIMIT) -> str:
    """One cleaned line. `needed` is the German demand shown when it is empty; "" allows empty."""
    cleaned = clean_line(text)
    if needed and not cleaned:
        raise RuleBroken(field, needed)
    _within(field, cleaned, limit)
    return cleaned


def text(field: str, content: str, *, needed: str = "", limit: int = TEXT_LIMIT) -> str:
    """A cleaned text of several lines, with the same demands as `line`."""
    cleaned = clean_text(content)
    if needed and not cleaned:
        raise RuleBroken(field, needed)
    _within(field, cleaned, limit)
    return cleaned


def _within(field: str, cleaned: str, limit: int) -> None:
    if len(cleaned) > limit:
        raise RuleBroken(
            field,
            f"Höchstens {_number(limit)} Zeichen sind möglich; Ihr Text hat"
            f" {_number(len(cleaned))}. Bitte kürzen Sie ihn.",
        )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def in_order(field: str, start: date | None, end: date | None) -> None:
    """Refuse an end before its beginning; either may be open."""
    if start is not None and end is not None and end < start:
        raise RuleBroken(field, "Das Ende liegt vor dem Beginn. Bitte prüfen Sie beide Daten.")


def within(field: str, value: int | None, low: int, high: int) -> None:
    """Refuse a number out of its range; None is no number."""
    if value is not None and not low <= value <= high:
        raise RuleBroken(field, f"Bitte geben Sie eine Zahl von {low} bis {high} ein.")
