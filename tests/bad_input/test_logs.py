"""What goes wrong is logged, but never what somebody typed."""

import logging

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from sitzungsdienst.app import create_public
from sitzungsdienst.config import Settings
from sitzungsdienst.office.database import db
from sitzungsdienst.public.database import db as public_db
from tests.support.browser import OfficeClient
from tests.support.filled import fields_of

SECRET = "Kündigung Schulze"


def test_a_failed_statement_is_logged_without_what_was_typed(
    office_app: Flask, clerk: OfficeClient, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    form = fields_of(clerk.get("/raeume/neu")) | {"room": SECRET, "locality": SECRET}
    session.execute(text("ALTER TABLE location RENAME COLUMN postal_code TO plz"))
    session.commit()
    with caplog.at_level(logging.DEBUG):
        answer = clerk.post("/raeume/neu", data=form)
    assert answer.status_code == 500
    assert SECRET in answer.text, "the clerk's own text is kept for the clerk"
    assert "OperationalError" in caplog.text
    assert SECRET not in caplog.text


def test_neither_web_tells_a_log_what_it_asked_the_database(
    office_app: Flask, clerk: OfficeClient, settings: Settings
) -> None:
    public = create_public(settings)
    for app, database in ((office_app, db), (public, public_db)):
        with app.app_context():
            with pytest.raises(OperationalError) as failed:
                database.session.execute(text("select :word from no_such"), {"word": SECRET})
            database.session.rollback()
            assert SECRET not in str(failed.value)
            database.session.remove()
    with public.app_context():
        public_db.engine.dispose()
