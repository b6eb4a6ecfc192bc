"""How a public document's facts are spelled in OParl 1.1: values in, JSON out.

The interface writes with it, and so does whoever puts the same facts inside a print: neither the
web nor the database is known here, so the office may use it too.
"""

import dataclasses
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.shape import write_value
from sitzungsdienst.publication.types import PublicDocument

TYPE = "https://schema.oparl.org/1.1/"
BERLIN = ZoneInfo("Europe/Berlin")

Json = dict[str, Any]
Link = Callable[[Kind, str], str]
"""The address of an object by kind and uid, or "" where nobody is to be led there."""


def moment(value: datetime) -> str:
    """A moment in local time with its offset, to the second, never "Z"."""
    return value.astimezone(BERLIN).isoformat(timespec="seconds")


def facts(document: PublicDocument, link: Link, wanted: Callable[[str], bool]) -> Json:
    """The document's own facts whose field's name is wanted, in the order of its fields.

    References become addresses. What serves look-ups only is never written, nor is the uid.
    """
    written: Json = {}
    for field in dataclasses.fields(document):
        name = field.metadata["name"]
        if name == "id" or name[0] == "_" or not wanted(field.name):
            continue
        content = getattr(document, field.name)
        kind = field.metadata.get("kind")
        written[name] = _links(kind, content, link) if kind else _plain(content)
    return filled(written)


def filled(written: Json) -> Json:
    """Without what says nothing: OParl wants it left out, not empty."""
    return {name: content for name, content in written.items() if content not in (None, "", [], {})}


def _links(kind: Kind, content: str | tuple[str, ...], link: Link) -> str | list[str]:
    if isinstance(content, str):
        return link(kind, content)
    return [address for uid in content if (address := link(kind, uid))]


def _plain(content: Any) -> Any:
    return moment(content) if isinstance(content, datetime) else write_value(content)
