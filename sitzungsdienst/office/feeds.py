"""The addresses of personal calendar feeds: whoever knows one reads it, without signing in."""

from flask import current_app, request

FEED_PATH = "/kalender/t/{token}.ics"


def feed_address(token: str) -> str:
    """Return the full address under which calendars subscribe to a feed."""
    root = current_app.config["PUBLIC_URL"] + request.root_path
    return root + FEED_PATH.format(token=token)
