"""Wiring by hand: the office, the public web, and both behind one door for a single machine."""

from typing import Any

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.routing import Map
from werkzeug.utils import redirect

from sitzungsdienst import paths
from sitzungsdienst.acts.passwords import Passwords
from sitzungsdienst.config import Settings
from sitzungsdienst.office import wiring as office
from sitzungsdienst.public import wiring as public

OFFICE_MOUNT = "/buero"


def create_office(settings: Settings, passwords: Passwords | None = None) -> Flask:
    """Return the clerks' and members' web. `passwords` sets the cost of hashes; tests lower it."""
    app = _flask("sitzungsdienst.office")
    office.register(app, settings, passwords)
    return app


def create_public(settings: Settings) -> Flask:
    """Return the citizens' web, which reads filed documents and nothing else."""
    app = _flask("sitzungsdienst.public")
    public.register(app, settings)
    return app


def create_door(settings: Settings) -> DispatcherMiddleware:
    """Return both webs as one WSGI application: the public at /, the office at /buero."""
    return DispatcherMiddleware(
        create_public(settings).wsgi_app, {OFFICE_MOUNT: create_office(settings).wsgi_app}
    )


def create_office_door(settings: Settings) -> DispatcherMiddleware:
    """Return the office alone, at the same addresses as beside the public web."""
    return DispatcherMiddleware(
        redirect(f"{OFFICE_MOUNT}/"), {OFFICE_MOUNT: create_office(settings).wsgi_app}
    )


class Addresses(Map):
    """Every address in one spelling: "//" is no "/".

    Werkzeug would lead on from one to the other, to the host that the request names; a cache could
    be taught to send readers elsewhere.
    """

    def __init__(self, **settings: Any) -> None:
        """Take Flask's settings."""
        super().__init__(**settings, merge_slashes=False)


class Web(Flask):
    """A Flask application with our addresses."""

    url_map_class: type[Map] = Addresses


def _flask(name: str) -> Flask:
    return Web(
        name,
        static_folder=str(paths.STATIC),
        static_url_path="/static",
        template_folder=str(paths.TEMPLATES),
    )
