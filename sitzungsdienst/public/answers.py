"""Answers to GET and HEAD: pages and calendars with validators, 304 where nothing has changed.

`Cache-Control: public, no-cache` lets every cache keep an answer and has it ask each time whether
it still holds. That costs a short 304, and a withdrawal takes effect at once: with any lifetime, a
withdrawn document would go on being served from caches.
"""

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, render_template, request

from sitzungsdienst import german
from sitzungsdienst.config import Settings
from sitzungsdienst.paths import STATIC, TEMPLATES
from sitzungsdienst.public.shelf import Shelf
from sitzungsdienst.publication import finding

_PAGE_VERSION = "public.page_version"


def now() -> datetime:
    """The present moment, aware; a test sets the clock by `app.config["CLOCK"]`."""
    moment: datetime = current_app.config["CLOCK"]()
    return moment.astimezone(UTC)


def open_shelf() -> Shelf:
    """The shelf for this request."""
    return Shelf(current_app.extensions["reader"]())


def page(template: str, shelf: Shelf, content: Any, frame: Any) -> Response:
    """An HTML page of `content` and `frame`, composed from nothing but `shelf` and its notes."""
    return conditional(
        lambda _: render_template(template, page=content, frame=frame), shelf, "text/html"
    )


def conditional(write: Callable[[str], str | bytes], shelf: Shelf, mimetype: str) -> Response:
    """304 if the client holds this answer already, else `write(etag)`; ETag from the seal."""
    shelf.note(current_app.extensions[_PAGE_VERSION], request.script_root, request.full_path)
    tag = shelf.seal()
    known = request.if_none_match.contains_weak(tag)
    answer = Response(status=304) if known else Response(write(tag), mimetype=mimetype)
    return sealed(answer, tag)


def sealed(answer: Response, tag: str) -> Response:
    """Give the answer its ETag and the rule for caches."""
    answer.set_etag(tag)
    answer.cache_control.public = True
    answer.cache_control.no_cache = True
    return answer


def remember_page_version(app: Flask, settings: Settings) -> None:
    """Compute once what all pages depend on beside documents: templates, this code, settings."""
    code = Path(__file__).parent
    files = [
        TEMPLATES / "layout.html",
        *sorted((TEMPLATES / "macros").rglob("*.html")),
        *sorted((TEMPLATES / "public").rglob("*.html")),
        *sorted(code.glob("*.py")),
        *sorted((code.parent / "calendar").glob("*.py")),
        *sorted((STATIC / "css").glob("*.css")),
        *sorted((STATIC / "js").glob("*.js")),
        Path(german.__file__),
        Path(finding.__file__),
    ]
    facts = (settings.public_url, settings.operator_name, settings.operator_email)
    contents = (one.read_bytes() for one in files if one.is_file())
    app.extensions[_PAGE_VERSION] = _digest(contents, facts)


def _digest(contents: Iterable[bytes], facts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for content in (*contents, *(fact.encode() for fact in facts)):
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()
