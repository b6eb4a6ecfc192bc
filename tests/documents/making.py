"""Values of every kind of document, made from the types of their fields alone.

So whoever gives a value a new field has it filled here, and the tests ask where it is told.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from PIL import Image

from sitzungsdienst.documents.values import Audience
from sitzungsdienst.german import BERLIN


def _logo() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (3, 3), (11, 93, 59)).save(stream, "PNG")
    return stream.getvalue()


LOGO = _logo()
COLOUR = "#1f3b64"
CHECK = "https://rat.example/pruefen/5f3c-2a1b-9d4e/1"
#: Fields that are no text of people, and types that only fit together as a whole.
FIXED: dict[tuple[str, str], object] = {
    ("Letterhead", "colour"): COLOUR,
    ("Letterhead", "logo"): LOGO,
    ("YearCalendar", "year"): 2026,
    **dict.fromkeys(
        ((one, "check_address") for one in ("Excerpt", "Invitation", "Minutes")), CHECK
    ),
}
DAY = datetime(2026, 3, 4, 17, 30, tzinfo=BERLIN)


class Words:
    """A pen: writes other words into every text, so that each can be found again."""

    def __init__(self) -> None:
        self.written = 0

    def text(self) -> str:
        self.written += 1
        return f"Ä{self.written:04}ÿ́ und <b>Ẉ̆ & {self.written:04}ž̧"

    def count(self) -> int:
        """Of how many things a tuple is."""
        return 2

    def number(self) -> int:
        return 1

    def there(self) -> bool:
        """Whether what may be missing is there."""
        return True

    def flag(self) -> bool:
        return False

    def one_of(self, options: list[Any]) -> Any:
        return options[0]


class Nothing(Words):
    """A pen that writes nothing at all."""

    def text(self) -> str:
        return ""

    def count(self) -> int:
        return 0

    def there(self) -> bool:
        return False


def made(kind: Any, pen: Words) -> Any:
    """A value of the type `kind` with whatever `pen` writes."""
    plain: dict[Any, Callable[[], Any]] = {
        str: pen.text,
        bool: pen.flag,
        int: pen.number,
        date: DAY.date,
        datetime: lambda: DAY,
        Audience: lambda: Audience.MEMBERS,  # for whom else is the kind's to say
    }
    if kind in plain:
        return plain[kind]()
    if is_dataclass(kind):
        return _filled(kind, pen)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return pen.one_of(list(kind))
    arguments = get_args(kind)
    if get_origin(kind) is UnionType:
        kinds = [one for one in arguments if one is not type(None)]
        return made(kinds[0], pen) if pen.there() else None
    assert get_origin(kind) is tuple, f"nobody knows how to make {kind}"
    if arguments[-1] is Ellipsis:
        arguments = (arguments[0],) * pen.count()
    return tuple(made(one, pen) for one in arguments)


def _filled(kind: Any, pen: Words) -> Any:
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for one in fields(kind):
        fixed = FIXED.get((kind.__name__, one.name))
        values[one.name] = made(hints[one.name], pen) if fixed is None else fixed
        if fixed is LOGO and not pen.there():
            values[one.name] = None
    return kind(**values)


def texts_of(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """All texts in a value with their paths, in the order of the fields."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        if value not in ("", COLOUR):
            yield path, value
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts_of(getattr(value, one.name), f"{path}.{one.name}".lstrip("."))
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from texts_of(inner, f"{path}[{place}]")
