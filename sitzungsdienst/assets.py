"""Style sheets, scripts and fonts for both webs: addresses that change with the content.

An address bears the beginning of the file's hash, so browsers may keep the file for a year and
still never show an old one.
"""

import hashlib
from functools import cache

from flask import Flask, Response, request, url_for

from sitzungsdienst import paths

DAY = 24 * 60 * 60
YEAR = 365 * DAY


def register(app: Flask) -> None:
    """Give the templates of `app` the function `asset(name)` and its static files a long life."""
    app.static_folder = str(paths.STATIC)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = DAY
    app.add_template_global(asset)
    app.after_request(_keep_for_a_year)


def asset(name: str) -> str:
    """Return the address of `name` below `static/`, e.g. asset("css/sitzungsdienst.css")."""
    return url_for("static", filename=name, v=_fingerprint(name))


@cache
def _fingerprint(name: str) -> str:
    """Return twelve hex digits of the file's SHA-256. Raises FileNotFoundError."""
    return hashlib.sha256((paths.STATIC / name).read_bytes()).hexdigest()[:12]


def _keep_for_a_year(response: Response) -> Response:
    """Let browsers keep a file whose address bears its hash; others are asked for daily."""
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
