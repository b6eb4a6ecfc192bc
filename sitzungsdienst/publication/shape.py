"""How a public document is written down: field helpers, canonical JSON, reading it back.

A document's fields say by their metadata under which OParl 1.1 name they stand, whether they are
an extension of ours, and to which kind of object they point. Storing, the OParl interface and the
look-up tables all read this one description.
"""

import dataclasses
import functools
import hashlib
import json
import types
import typing
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sitzungsdienst.publication.kinds import Kind

VENDOR = "Sitzungsdienst"

T = TypeVar("T")


def plain(name: str, *, default: Any = "") -> Any:
    """A text, number, date or list that OParl 1.1 knows under `name`."""
    return dataclasses.field(default=default, metadata={"name": name})


def extension(name: str, *, default: Any = "") -> Any:
    """A fact that OParl lacks; written as "Sitzungsdienst:name"."""
    return dataclasses.field(default=default, metadata={"name": f"{VENDOR}:{name}"})


def reference(name: str, kind: Kind, *, default: Any = "") -> Any:
    """The uid of another public object, or a tuple of such uids (default=())."""
    return dataclasses.field(default=default, metadata={"name": name, "kind": kind})


def internal(name: str, kind: Kind | None = None, *, default: Any = "") -> Any:
    """A filed fact that serves look-ups only and is never shown by the OParl interface."""
    metadata = {"name": f"_{name}", **({"kind": kind} if kind else {})}
    return dataclasses.field(default=default, metadata=metadata)


def to_json(value: Any) -> dict[str, Any]:
    """A document or nested value as a JSON object; empty facts are left out, as OParl asks."""
    written: dict[str, Any] = {}
    for field in dataclasses.fields(value):
        content = write_value(getattr(value, field.name))
        if content is None or content in ("", []):
            continue
        written[field.metadata["name"]] = content
    return written


def write_value(content: Any) -> Any:
    """One fact of a document as JSON; moments in UTC. Raises ValueError for a naive moment."""
    if dataclasses.is_dataclass(content) and not isinstance(content, type):
        return to_json(content)
    if isinstance(content, tuple):
        return [write_value(part) for part in content]
    if isinstance(content, datetime):
        # One moment has one spelling, whatever zone it came in: else the same document would
        # have two hashes.
        if content.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return content.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(content, date):
        return content.isoformat()
    return content


def from_json(cls: type[T], written: Mapping[str, Any]) -> T:
    """Read a document of class `cls` back; unknown names are ignored, missing ones are empty.

    Moments come back in UTC.
    """
    plan = _plan(cls)  # type: ignore[arg-type]  # a class is hashable, mypy doubts type[T]
    facts = {
        name: _read(hint, written[spelling]) for name, spelling, hint in plan if spelling in written
    }
    return cls(**facts)


@functools.cache
def _plan(cls: type[Any]) -> tuple[tuple[str, str, Any], ...]:
    """(field name, name in JSON, type) of each field; resolving type hints is slow."""
    hints = typing.get_type_hints(cls)
    return tuple(
        (field.name, field.metadata["name"], hints[field.name]) for field in dataclasses.fields(cls)
    )


def _read(hint: Any, content: Any) -> Any:
    origin = typing.get_origin(hint)
    if origin is tuple:
        part = typing.get_args(hint)[0]
        return tuple(_read(part, one) for one in content)
    if origin in (types.UnionType, typing.Union):
        inner = next(one for one in typing.get_args(hint) if one is not types.NoneType)
        return None if content is None else _read(inner, content)
    if hint is datetime:
        return datetime.fromisoformat(content)
    if hint is date:
        return date.fromisoformat(content)
    if dataclasses.is_dataclass(hint):
        return from_json(typing.cast(type[Any], hint), content)
    return content


def canonical(written: Mapping[str, Any]) -> str:
    """The one spelling of a JSON object: sorted names, no spaces, UTF-8 text."""
    return json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str | bytes) -> str:
    """SHA-256 in lower-case hex of UTF-8 text or of bytes."""
    data = text.encode("utf-8") if isinstance(text, str) else text
    return hashlib.sha256(data).hexdigest()


def references_of(document: Any) -> Iterable[tuple[str, Kind, str]]:
    """Every (field name, kind pointed to, uid) of a document; the source of the look-up table."""
    for field in dataclasses.fields(document):
        kind = field.metadata.get("kind")
        if kind is None:
            continue
        content = getattr(document, field.name)
        for uid in content if isinstance(content, tuple) else (content,):
            if uid:
                yield field.name, kind, uid
