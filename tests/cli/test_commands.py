"""The commands at work: what they do, and what they say when it does not go."""

from pathlib import Path

import pytest
import waitress
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from sitzungsdienst import schema
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.cli import main
from sitzungsdienst.publication import triggers
from sitzungsdienst.record.accounts import OfficeUser, UserRole
from tests.support.builders import Builder, held_chapter, record_engine
from tests.support.cast import add_cast

PASSWORD = "Dachziegel Rapsfeld Kanne"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'amt.sqlite'}"


def call(folder: Path, *arguments: str, **options: str) -> Result:
    return CliRunner().invoke(
        main, ["--instance", str(folder / "instance"), *arguments], env=options or None
    )


def users(url: str) -> list[tuple[str, UserRole, str | None]]:
    engine = create_engine(url)
    with Session(engine) as session:
        rows = session.scalars(select(OfficeUser).order_by(OfficeUser.id))
        found = [(one.email, one.role, one.body.name if one.body else None) for one in rows]
    engine.dispose()
    return found


def test_a_database_is_brought_to_this_version_and_again(tmp_path: Path, url: str) -> None:
    for _ in range(2):
        done = call(tmp_path, "db", "upgrade", "--database", url)
        assert (done.exit_code, done.output) == (
            0, "Die Datenbank ist auf dem neuesten Stand.\n"
        )  # fmt: skip


def test_without_an_address_the_database_lies_in_the_instance_folder(tmp_path: Path) -> None:
    assert call(tmp_path, "db", "upgrade").exit_code == 0
    assert (tmp_path / "instance" / "sitzungsdienst.sqlite").exists()


def test_the_address_may_come_from_the_environment(tmp_path: Path, url: str) -> None:
    done = call(tmp_path, "db", "upgrade", SITZUNGSDIENST_DATABASE=url)
    assert done.exit_code == 0
    assert (tmp_path / "amt.sqlite").exists()


@pytest.mark.parametrize("command", [("verify",), ("db", "upgrade"), ("serve",)], ids=" ".join)
@pytest.mark.parametrize(
    "address",
    ["keine adresse", "quatsch://amt", "sqlite:////nirgends/da/amt.sqlite", "postgresql+nie://a/b"],
)
def test_a_wrong_address_is_said_in_german(
    tmp_path: Path, command: tuple[str, ...], address: str
) -> None:
    done = call(tmp_path, *command, "--database", address)
    assert done.exit_code == 1
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert "Fehler: " in done.output
    assert "Datenbank" in done.output


def test_a_file_that_is_no_database_is_said_in_german(tmp_path: Path) -> None:
    (tmp_path / "brief.pdf").write_bytes(b"%PDF-1.7 " * 500)
    done = call(tmp_path, "verify", "--database", f"sqlite:///{tmp_path / 'brief.pdf'}")
    assert done.exit_code == 1
    assert "Fehler: Die Datenbank ist nicht zu erreichen oder nicht eingerichtet" in done.output


@pytest.mark.parametrize("address", ["", "https://sitzungen.example.de"])
def test_serving_warns_of_an_address_that_is_nobodys(
    tmp_path: Path, url: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would stand at the foot of everything published, for good."""
    call(tmp_path, "db", "upgrade", "--database", url)
    monkeypatch.setattr(waitress, "serve", lambda *_, **__: None)
    named = {"SITZUNGSDIENST_PUBLIC_URL": address} if address else {}
    done = call(tmp_path, "serve", "--database", url, **named)
    assert done.exit_code == 0
    assert ("Hinweis: " in done.stderr) is not bool(address)
    assert "Hinweis: " not in done.stdout


def test_nothing_is_served_from_a_database_of_another_version(tmp_path: Path, url: str) -> None:
    done = call(tmp_path, "serve", "--database", url)
    assert done.exit_code == 1
    assert "sitzungsdienst db upgrade" in done.output


def test_the_ledger_of_a_database_without_tables_is_not_whole(tmp_path: Path, url: str) -> None:
    done = call(tmp_path, "verify", "--database", url)
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)


def test_a_whole_ledger_is_told_and_a_broken_one_fails(tmp_path: Path, url: str) -> None:
    with record_engine(url, tables=False) as engine:
        schema.upgrade(engine)
        with Session(engine) as session:
            held_chapter(Builder(session, Actor.system(add_cast(session).boerde)))
        done = call(tmp_path, "verify", "--database", url)
        assert done.exit_code == 0
        assert "unversehrt" in done.output
        with engine.begin() as connection:
            for statement in triggers.SQLITE_DROP:
                connection.execute(text(statement))
            connection.execute(text("UPDATE public_entry SET reason = 'nie gesagt' WHERE seq = 3"))
    done = call(tmp_path, "verify", "--database", url)
    assert (done.exit_code, done.output) == (
        1, "Eintrag 3 wurde nachträglich verändert.\n"
    )  # fmt: skip


def add(tmp_path: Path, url: str, *more: str, password: str = PASSWORD) -> Result:
    schema_done = call(tmp_path, "db", "upgrade", "--database", url)
    assert schema_done.exit_code == 0
    given = ("--name", "Anna Weber", "--password", password, "--database", url)
    return call(tmp_path, "user", "add", "Anna.Weber@amt.example", *given, *more)


def test_an_administrator_is_added(tmp_path: Path, url: str) -> None:
    done = add(tmp_path, url)
    assert done.exit_code == 0, done.output
    assert users(url) == [("anna.weber@amt.example", UserRole.ADMINISTRATOR, None)]
    assert PASSWORD not in done.output


def test_a_clerk_is_added_with_a_body_where_it_is_missing(tmp_path: Path, url: str) -> None:
    more = ("--role", "sitzungsdienst", "--body", "Landkreis Börde")
    assert add(tmp_path, url, *more).exit_code == 0
    assert users(url) == [("anna.weber@amt.example", UserRole.CLERK, "Landkreis Börde")]


def test_a_clerk_without_a_body_and_a_land_that_is_none_are_refused(
    tmp_path: Path, url: str
) -> None:
    done = add(tmp_path, url, "--role", "sitzungsdienst")
    assert (done.exit_code, "--body" in done.output) == (1, True)
    done = add(tmp_path, url, "--role", "sitzungsdienst", "--body", "Amt", "--land", "XX")
    assert (done.exit_code, "Land" in done.output) == (1, True)
    assert users(url) == []


@pytest.mark.parametrize("password", ["kurz", "passwort12345", "x" * 300])
def test_a_weak_password_is_refused_with_a_sentence(
    tmp_path: Path, url: str, password: str
) -> None:
    done = add(tmp_path, url, password=password)
    assert done.exit_code == 1
    assert "Passwort" in done.output
    assert users(url) == []


def test_an_address_is_added_once(tmp_path: Path, url: str) -> None:
    add(tmp_path, url)
    done = add(tmp_path, url)
    assert done.exit_code == 1
    assert "schon jemand" in done.output
    assert len(users(url)) == 1


def test_an_account_needs_a_database_that_is_set_up(tmp_path: Path, url: str) -> None:
    done = call(
        tmp_path, "user", "add", "a@b.example", "--name", "A", "--password", PASSWORD,
        "--database", url,
    )  # fmt: skip
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert "Datenbank" in done.output


def test_roles_are_for_postgresql(tmp_path: Path, url: str) -> None:
    done = call(tmp_path, "db", "public-role", "--database", url)
    assert done.exit_code == 1
    assert "nur auf PostgreSQL" in done.output


def test_the_demo_tells_its_address_and_who_may_sign_in(tmp_path: Path) -> None:
    for _ in range(2):
        done = call(tmp_path, "demo", "--build-only", "--port", "8123")
        assert done.exit_code == 0, done.output
        assert "Adresse: http://127.0.0.1:8123/" in done.output
        lines = [line for line in done.output.splitlines() if line.startswith("Anmeldung: ")]
        assert [line.rsplit("(", 1)[1] for line in lines] == [
            "Sitzungsdienst)", "Mitglied)", "Administration)"
        ]  # fmt: skip
        assert all(len(line.split()) == 4 for line in lines)
