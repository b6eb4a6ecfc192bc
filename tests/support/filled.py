"""What a browser would send from a page's main form: every field as it stands there."""

from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Fields = dict[str, list[str]]


class _Form(HTMLParser):
    """Collects the successful controls of the first form of class sd-form."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self._inside = self._done = False
        self._select = self._textarea = ""
        self._fallback = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form" and "sd-form" in found.get("class", "").split() and not self._done:
            self._inside = True
        if not self._inside:
            return
        name = found.get("name", "")
        if tag == "input" and name:
            if found.get("type") not in ("radio", "checkbox") or "checked" in found:
                self.fields.setdefault(name, []).append(found.get("value", ""))
        elif tag == "select":
            self._select, self._fallback = name, ""
            self.fields[name] = []
        elif tag == "option" and self._select:
            self._fallback = self._fallback or found.get("value", "")
            if "selected" in found:
                self.fields[self._select] = [found.get("value", "")]
        elif tag == "textarea":
            self._textarea = name
            self.fields[name] = [""]

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields[self._textarea][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._inside:
            self._inside, self._done = False, True
        if tag == "select" and self._select:
            self.fields[self._select] = self.fields[self._select] or [self._fallback]
            self._select = ""
        if tag == "textarea" and self._textarea:
            # The line break after <textarea> belongs to the markup.
            name, self._textarea = self._textarea, ""
            self.fields[name][0] = self.fields[name][0].removeprefix("\r\n").removeprefix("\n")


def fields_of(response: TestResponse) -> Fields:
    """The fields of the page's first form, as they stand."""
    form = _Form()
    form.feed(response.get_data(as_text=True))
    assert "csrf_token" in form.fields, "the page has no form"
    return form.fields


def fill(client: FlaskClient, path: str, **typed: Any) -> TestResponse:
    """Open a page, type over some of its fields, and send all of them."""
    return client.post(path, data=fields_of(client.get(path)) | typed)
