"""The words of files come as empty tables beside real rows, and go without touching these."""

import pytest
from sqlalchemy import Engine, create_engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from sitzungsdienst import schema
from sitzungsdienst.acts import file_texts, releases
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.database import WRITES, create_public_role
from sitzungsdienst.publication import tables
from sitzungsdienst.publication.verify import verify
from sitzungsdienst.record import schema as record
from sitzungsdienst.record.file_texts import FileText, TextState
from sitzungsdienst.record.papers import Attachment, Blob
from tests.support.builders import Builder
from tests.support.cast import NOW, add_cast

ROLE, PASSWORD = "sitzungsdienst_test_reader", "kein Geheimnis"

KEPT = (
    record.metadata.tables["attachment"], record.metadata.tables["blob"], tables.blob, tables.entry,
)  # fmt: skip


def office(engine: Engine) -> None:
    """An office with a public attachment, and one that is not."""
    schema.upgrade(engine)
    with Session(engine) as session:
        cast = add_cast(session)
        build = Builder(session, Actor.system(cast.boerde))
        paper = build.paper(public=True)
        build.attach(paper, public=True, text="Lageplan")
        build.attach(paper, text="Kaufpreis")
        releases.release_paper(session, build.actor, paper, "", NOW)


def counted(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in KEPT
        }


def test_the_words_of_before_are_read_after_the_migration(engine: Engine) -> None:
    office(engine)
    before = counted(engine)
    schema.downgrade(engine, "0011")
    assert counted(engine) == before
    schema.upgrade(engine)
    assert counted(engine) == before
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(FileText)) == 0
        files = file_texts.unread(session)
        assert list(file_texts.read_later(session, files)) == [TextState.WHOLE] * 2
        assert file_texts.complete_public(session) == 1
        assert list(session.scalars(select(tables.file_text.c.text))) == ["Lageplan"]
        assert verify(session.connection()).intact


def test_the_database_holds_words_to_their_state_and_their_bytes(engine: Engine) -> None:
    office(engine)
    for statement in (
        "UPDATE file_text SET state = 'empty'",
        "UPDATE file_text SET state = 'guessed'",
        "INSERT INTO file_text (sha512, state, folded, text) VALUES ('00', 'empty', '', '')",
        "INSERT INTO public_file_text (sha512, folded, text) VALUES ('00', '', '')",
        "DELETE FROM public_blob",
    ):
        with engine.connect().execution_options(**{WRITES: True}) as connection:
            with pytest.raises(DBAPIError):
                connection.execute(text(statement))
            connection.rollback()
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Attachment)) == 2
        assert session.scalar(select(func.count()).select_from(Blob)) == 2


@pytest.mark.postgresql
def test_the_role_of_the_public_may_read_the_new_table_at_once(postgresql_url: str) -> None:
    owner = create_engine(postgresql_url)
    schema.upgrade(owner)
    schema.downgrade(owner, "0011")
    # The role as an office made it before: it may read what was public then.
    with owner.begin() as connection:
        connection.execute(text(f'DROP ROLE IF EXISTS "{ROLE}"'))
        connection.execute(text(f"CREATE ROLE \"{ROLE}\" LOGIN PASSWORD '{PASSWORD}'"))
        connection.execute(text(f'GRANT SELECT ON public_entry, public_blob TO "{ROLE}"'))
    schema.upgrade(owner)
    reader = create_engine(owner.url.set(username=ROLE, password=PASSWORD))
    with reader.connect() as connection:
        assert list(connection.execute(select(tables.file_text))) == []
        with pytest.raises(DBAPIError):
            connection.execute(text("SELECT * FROM file_text"))
        connection.rollback()
        with pytest.raises(DBAPIError):
            connection.execute(text("INSERT INTO public_file_text VALUES ('00', '', '')"))
    reader.dispose()
    with owner.begin() as connection:
        create_public_role(connection, ROLE, PASSWORD)
        connection.execute(text(f'DROP OWNED BY "{ROLE}"'))
        connection.execute(text(f'DROP ROLE "{ROLE}"'))
    owner.dispose()
