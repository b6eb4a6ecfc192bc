"""The address of the public's web: handed to every request's session, for what is printed."""

from flask import Flask

from sitzungsdienst.acts.editions import give_public_url
from sitzungsdienst.office.database import db


def register(app: Flask, public_url: str) -> None:
    """Let the acts of `app` print the address at which the public can check a document."""

    @app.before_request
    def _give_public_url() -> None:
        give_public_url(db.session(), public_url)
