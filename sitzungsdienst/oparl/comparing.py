"""Comparing the data inside a print with what the interface says now.

A print tells parts of objects, and each is compared as far as it tells: what the interface says
beside is no difference. Only the data is compared; whether the pages say the same, the print's
checksum proves.
"""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from sitzungsdienst.oparl.spelling import Json

SUFFIX = ".oparl.json"
#: No print of ours comes near; whoever made a larger one wants to fill the memory.
MAX_DATA = 32 * 1024 * 1024

Now = Callable[[str], Json | None]
"""An object by its `id` as the interface writes it now; None where there never was one."""


class NoData(Exception):
    """The file is no PDF that can be read, or holds no data of this kind."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A property of an object that does not say what is printed.

    `name` is "" where the object itself is gone; `now` is None where nothing is said any more.
    """

    object: Json
    name: str
    printed: Any = None
    now: Any = None


def data_inside(pdf: bytes) -> list[Json]:
    """The objects that a print tells, the print itself first. Raises NoData."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            found = [one for name, one in opened.attachments.items() if name.endswith(SUFFIX)]
            if not found or (found[0].get_file().size or 0) > MAX_DATA:
                raise NoData
            objects = json.loads(found[0].get_file().read_bytes())["data"]
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise NoData from error
    if not isinstance(objects, list) or not objects or not all(map(_is_object, objects)):
        raise NoData
    return objects


def differences(
    printed: Iterable[Json], now: Now, *, embedded: bool = False
) -> Iterator[Difference]:
    """Where the interface no longer says what is printed; objects in objects too, one deep."""
    for one in printed:
        living = now(one["id"])
        if living is None or living.get("deleted"):
            yield Difference(one, "")
            continue
        for name, content in one.items():
            parts = content if isinstance(content, list) else [content]
            if not embedded and all(map(_is_object, parts)):
                yield from differences(parts, now, embedded=True)
            elif living.get(name) != content:
                yield Difference(one, name, content, living.get(name))


def _is_object(content: Any) -> bool:
    return isinstance(content, dict) and isinstance(content.get("id"), str)
