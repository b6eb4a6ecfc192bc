"""Links to other areas' pages, which an installation may be without."""

from typing import Any

from flask import current_app, url_for


def link_to(endpoint: str, **values: Any) -> str:
    """The address of an endpoint; "" where the office has no such page."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def public_meeting(uid: str) -> str:
    """The address under which the public reads a meeting."""
    return f"{current_app.config['PUBLIC_URL']}/sitzungen/{uid}"
