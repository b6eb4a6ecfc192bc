"""The office's engine, and a session that lives as long as a request."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from sitzungsdienst.database import prepare_record_engine

db = SQLAlchemy()


def register(app: Flask, url: str) -> None:
    """Bind `app` to the database at `url`, read and write."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    # What somebody typed has no business in a log, also not in that of a failed statement.
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True}
    db.init_app(app)
    with app.app_context():
        prepare_record_engine(db.engine)
