"""The public web's read-only engine, and a reader for each request."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from sitzungsdienst.database import prepare_public_engine, public_url
from sitzungsdienst.publication.reader import Reader

db = SQLAlchemy()


def register(app: Flask, url: str) -> None:
    """Bind `app` to the database at `url` so that it can read the public tables only."""
    app.config["SQLALCHEMY_DATABASE_URI"] = public_url(url).render_as_string(hide_password=False)
    # What somebody typed has no business in a log, also not in that of a failed statement.
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True}
    db.init_app(app)
    with app.app_context():
        prepare_public_engine(db.engine)
    app.extensions["reader"] = reader


def reader() -> Reader:
    """A reader over the request's one transaction, which sees one state of the documents."""
    return Reader(db.session.connection())
