"""Keeping what somebody typed when a form cannot be taken: signed out meanwhile, or token too old.

Nothing is done with such a form. The page shows what was typed and lets it be sent again with a
fresh token. Only for forms that came from our own pages: what a stranger's page posts is dropped.
"""

import json
from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sitzungsdienst.office.sign_in_form import SignInForm

Typed = Sequence[tuple[str, str]]

# More than the attendance list of the largest council has, which must not come back shortened:
# who is missing from it would be taken off the list.
MOST_FIELDS = 5_000
NEVER_KEPT = ("password", "csrf_token")


def ask_to_sign_in() -> ResponseReturnValue:
    """Send somebody who is not signed in to the sign-in, and keep what was typed."""
    if request.headers.get("HX-Request"):
        response = make_response("", 401)
        response.headers["HX-Redirect"] = url_for("sign_in.show")
        return response
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("sign_in.show", weiter=_here()))
    if not from_own_page():
        return redirect(url_for("sign_in.show"), 303)
    return sign_in_page(keep=pack(typed()))


def sign_in_page(keep: str) -> tuple[str, int]:
    """Show the sign-in in place of the page that was posted to, with the typed text in its care."""
    form = SignInForm(formdata=None, data={"weiter": _here(), "eingaben": keep})
    return render_template("office/sign_in.html", form=form, typed=unpack(keep)), 401


def resend_page(
    target: str, fields: Typed, *, lost_files: bool, status: int = 200
) -> tuple[str, int]:
    """Show what was typed, with a button that sends it to `target` once more."""
    page = render_template("office/resend.html", target=target, typed=fields, lost_files=lost_files)
    return page, status


def typed() -> Typed:
    """Return the text fields of this request's form, without secrets."""
    return [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if not any(secret in name for secret in NEVER_KEPT)
    ][:MOST_FIELDS]


def files() -> bool:
    """Whether files came with the form; those cannot be kept."""
    return any(upload.filename for upload in request.files.values())


def from_own_page() -> bool:
    """Whether the form was sent by a page of ours; browsers say so and pages cannot forge it."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or origin == request.host_url.rstrip("/")


def pack(fields: Typed) -> str:
    """Return the fields as one text for a hidden field."""
    return json.dumps(list(fields), ensure_ascii=False)


def unpack(text: str) -> Typed:
    """Return what `pack` made; nothing where somebody tampered with it."""
    try:
        pairs = json.loads(text) if text else []
    except ValueError:
        return []
    if not isinstance(pairs, list):
        return []
    return [
        (pair[0], pair[1])
        for pair in pairs[:MOST_FIELDS]
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
    ]


def local_target(address: str | None) -> str:
    """Return `address` if it is a path of this office, else the office's first page."""
    home = url_for("home.show")
    if not address or any(char in address for char in "\\\r\n\t"):
        return home
    parts = urlsplit(address)
    root = request.root_path + "/"
    if parts.scheme or parts.netloc or not address.startswith(root) or address.startswith("//"):
        return home
    return address


def _here() -> str:
    """Return path and query of this request as the browser knows them."""
    path = request.root_path + request.path
    query = request.query_string.decode("ascii", "ignore")
    return f"{path}?{query}" if query else path
