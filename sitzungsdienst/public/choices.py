"""Filters in the address of a page: what may be chosen, and reading what was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a selection."""

    value: str
    label: str
    selected: bool


def choices(values: Iterable[str], chosen: str) -> tuple[Choice, ...]:
    """Entries that read as they are written; empty values are left out."""
    return labelled(((value, value) for value in values if value), chosen)


def labelled(pairs: Iterable[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    """Entries of (value, label)."""
    return tuple(Choice(value, label, value == chosen) for value, label in pairs)


def number_or(text: str, otherwise: int) -> int:
    """The whole number that `text` says in plain digits, of at most six; else `otherwise`."""
    plain = text.isascii() and text.isdigit() and len(text) <= 6
    return int(text) if plain else otherwise


def month_or(text: str, otherwise: date) -> date:
    """The first day of the month "2017-04"; of the month of `otherwise` if it is none.

    The first and last years of the calendar are none: they have no month before or after.
    """
    year, _, month = text.partition("-")
    number = number_or(month, 0)
    if len(year) == 4 and 1 <= number <= 12 and 1000 <= number_or(year, 0) <= 9998:
        return date(int(year), number, 1)
    return otherwise.replace(day=1)


def month_before(first: date) -> date:
    """The first day of the month before that of `first`, itself a first day."""
    return date(first.year - 1, 12, 1) if first.month == 1 else first.replace(month=first.month - 1)


def month_after(first: date) -> date:
    """The first day of the month after that of `first`, itself a first day."""
    return date(first.year + 1, 1, 1) if first.month == 12 else first.replace(month=first.month + 1)
