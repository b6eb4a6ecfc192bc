"""Issued books come with 0011; going back takes them, and nothing else, from real rows."""

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from sitzungsdienst import schema
from sitzungsdienst.acts.resolution_issues import BookFacts, issue_book
from sitzungsdienst.record.papers import Blob, IssuedDocument
from sitzungsdienst.record.resolution_prints import ResolutionPrint
from sitzungsdienst.record.resolutions import Resolution
from tests.support.cast import add_cast
from tests.support.resolved import LATER, Resolved


def an_office(engine: Engine) -> BookFacts:
    """A meeting with resolutions, and a book of them; gives what the book was issued of."""
    schema.upgrade(engine)
    with Session(engine) as session:
        resolved = Resolved.of(session, add_cast(session))
        ids = tuple(resolved.number(resolved.concept, resolved.secret))
        facts = BookFacts(resolution_ids=ids, scope="Alle", period="2017", short="2017")
        issue_book(session, resolved.build.actor, facts, LATER)
    return facts


def test_going_back_takes_the_books_and_leaves_the_rest(engine: Engine) -> None:
    an_office(engine)
    with Session(engine) as session:
        others = set(session.scalars(select(IssuedDocument.sha512)))
        [book] = session.scalars(select(ResolutionPrint.sha512))
        assert set(session.scalars(select(Blob.sha512))) == others | {book}
        before = list(session.scalars(select(Resolution.number)))
    schema.downgrade(engine, "0010")
    with engine.connect() as connection:
        assert set(connection.scalars(text("SELECT sha512 FROM blob"))) == others
    schema.upgrade(engine)
    with Session(engine) as session:
        assert session.scalars(select(ResolutionPrint)).all() == []
        assert list(session.scalars(select(Resolution.number))) == before


def test_bytes_that_something_else_shows_stay(engine: Engine) -> None:
    an_office(engine)
    with Session(engine) as session:
        [book] = session.scalars(select(ResolutionPrint.sha512))
        session.scalars(select(IssuedDocument)).first().sha512 = book
        session.commit()
    schema.downgrade(engine, "0010")
    with engine.connect() as connection:
        assert book in set(connection.scalars(text("SELECT sha512 FROM blob")))
