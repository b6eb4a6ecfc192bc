"""Counting what a page asks the database."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import event

from sitzungsdienst.office.database import db
from tests.support.browser import OfficeClient

#: Opens a page and gives the number of statements it took.
Asked = Callable[[OfficeClient, str], int]


def counter(app: Flask) -> Asked:
    """A function that counts the statements of one page of the office."""
    with app.app_context():
        engine = db.engine

    def asked(client: OfficeClient, path: str) -> int:
        statements: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            assert client.get(path).status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    return asked
