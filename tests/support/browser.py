"""A test client that uses forms as a browser does: it opens a page and sends what stands there."""

import re
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class OfficeClient(FlaskClient):
    """Flask's client, with `submit` and `sign_in`."""

    def token(self, page: str) -> str:
        """Return the form token of a page."""
        found = _TOKEN.search(self.get(page).get_data(as_text=True))
        assert found is not None, f"{page} has no form"
        return found[1]

    def submit(
        self, path: str, data: dict[str, Any] | None = None, *, page: str | None = None, **more: Any
    ) -> TestResponse:
        """Open `page` (else `path`) for its token, then post `data` to `path`."""
        token = self.token(page or path)
        return self.post(path, data={"csrf_token": token, **(data or {})}, **more)

    def sign_in(self, email: str, password: str, **more: str) -> TestResponse:
        """Sign in with the form, like everybody."""
        return self.submit("/anmelden", {"email": email, "password": password, **more})


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self._silent += tag in ("script", "style", "head")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style", "head")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def text_of(response: TestResponse) -> str:
    """Return what a reader sees of a page, with every run of white space as one space."""
    parser = _Text()
    parser.feed(response.get_data(as_text=True))
    return " ".join(" ".join(parser.parts).split())
