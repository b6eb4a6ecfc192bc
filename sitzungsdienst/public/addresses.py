"""The addresses of the public pages, each written down once.

Addresses inside a page are relative to the server. What leaves the page - a calendar, a link to
copy - bears the configured public address, whatever name the server was asked under.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, url_for


def meeting(uid: str) -> str:
    """The page of a meeting."""
    return url_for("public.meeting", uid=uid)


def excerpt(uid: str) -> str:
    """The page of an item's excerpt."""
    return url_for("public.excerpt", uid=uid)


def paper(uid: str) -> str:
    """The page of a paper."""
    return url_for("public.paper", uid=uid)


def organization(uid: str) -> str:
    """The page of a committee or another organization."""
    return url_for("public.organization", uid=uid)


def organizations() -> str:
    """The list of committees and other organizations."""
    return url_for("public.organizations")


def person(uid: str) -> str:
    """The page of a person."""
    return url_for("public.person", uid=uid)


def file(uid: str) -> str:
    """A file, shown in the browser."""
    return url_for("public.file", uid=uid)


def download(uid: str, file_name: str) -> str:
    """A file, to be saved under its name; "" if its name cannot stand in an address."""
    if not file_name or "/" in file_name:
        return ""
    return url_for("public.download", uid=uid, file_name=file_name)


def check(code: str = "") -> str:
    """The page on which a document is checked, with the code of one where it is given."""
    return url_for("public.check_code", code=code) if code else url_for("public.check")


def calendar(**choice: str) -> str:
    """The calendar of meetings; `choice` are its filters, empty ones are left out."""
    return _chosen("public.calendar", choice)


def papers(**choice: str) -> str:
    """The list of papers; `choice` as with `calendar`."""
    return _chosen("public.papers", choice)


def _chosen(endpoint: str, choice: Mapping[str, Any]) -> str:
    return url_for(endpoint, **{name: value for name, value in choice.items() if value})


def outside(endpoint: str, **values: Any) -> str:
    """The address of `endpoint` for use outside the page: https://sitzungen.example.de/…"""
    path = current_app.url_map.bind("public").build(endpoint, values)
    return f"{current_app.config['PUBLIC_URL']}{path}"


def webcal(address: str) -> str:
    """The same address under the scheme that calendar programs subscribe by."""
    return urlsplit(address)._replace(scheme="webcal").geturl()
