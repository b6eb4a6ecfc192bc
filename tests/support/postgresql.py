"""A throw-away PostgreSQL server for tests, and a fresh database for every test.

The server listens on 127.0.0.1 only, keeps its files in a temporary folder and ends with the
test run; under xdist every worker has its own. PostgreSQL refuses to run as root, so root starts
it as the user `postgres`.

conftest.py makes the fixtures known:

    pytest_plugins = ["tests.support.postgresql"]
"""

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest

REQUIRE_ALL = "SITZUNGSDIENST_TEST_REQUIRE_ALL"
OWNER = "postgres"

# Safety against a power cut costs time and is worth nothing here.
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Cluster:
    """A running server; `url` names its databases, `new_database` adds one."""

    def __init__(self, binaries: Path, home: Path) -> None:
        self._binaries = binaries
        self._home = home
        self._numbers = itertools.count(1)
        self.port = _free_port()

    def url(self, database: str = OWNER, user: str = OWNER) -> str:
        """Return the SQLAlchemy URL of a database; any role may enter without a password."""
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"

    def new_database(self, template: str = "template0") -> str:
        """Copy a database, by itself an empty one, and return the copy's name.

        Nobody may be connected to the template. Roles are common to all databases.
        """
        name = f"test_{next(self._numbers)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database and end every connection to it."""
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def start(self) -> None:
        """Make the server's files and start it; return when it answers."""
        self._run(
            "initdb", "--username", OWNER, "--auth", "trust", "--encoding", "UTF8",
            "--locale", "C.UTF-8", "--no-sync", "--pgdata", "data",
        )  # fmt: skip
        options = [
            f"port={self.port}",
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={self._home}",
            *_SETTINGS,
        ]
        self._run(
            "pg_ctl", "start", "--wait", "--pgdata", "data", "--log", "server.log",
            "--options", " ".join(f"-c {option}" for option in options),
        )  # fmt: skip

    def stop(self) -> None:
        """End the server without ceremony: its files are deleted next."""
        self._run("pg_ctl", "stop", "--mode", "immediate", "--pgdata", "data")

    def _run(self, program: str, *arguments: str) -> None:
        as_owner = {"user": OWNER, "group": OWNER, "extra_groups": []} if _is_root() else {}
        with (self._home / f"{program}.log").open("ab") as log:
            done = subprocess.run(
                [self._binaries / program, *arguments],
                cwd=self._home,
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
                stdout=log,
                stderr=subprocess.STDOUT,
                check=False,
                **as_owner,  # type: ignore[call-overload]  # the overloads know no dictionary
            )
        if done.returncode != 0:
            logs = sorted(self._home.glob("*.log"))
            raise RuntimeError("\n".join(path.read_text("utf-8", "replace") for path in logs))

    def _execute(self, statement: str) -> None:
        address = f"host=127.0.0.1 port={self.port} user={OWNER} dbname={OWNER}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[Cluster]:
    """Start a server for this test process, stop it at the end."""
    binaries = _binaries()
    home = Path(tempfile.mkdtemp(prefix="sitzungsdienst-pg-"))
    if _is_root():
        shutil.chown(home, OWNER, OWNER)
    try:
        cluster = Cluster(binaries, home)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def postgresql_url(postgresql_cluster: Cluster) -> Iterator[str]:
    """Return the SQLAlchemy URL of an empty database that only this test has."""
    name = postgresql_cluster.new_database()
    yield postgresql_cluster.url(name)
    postgresql_cluster.drop_database(name)


def _binaries() -> Path:
    """Return the folder of `initdb`, of the newest version there is; else skip the test."""
    # Debian keeps them out of PATH, in one folder for each version.
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(debian, key=lambda path: int(path.parts[-3]), reverse=True)
    in_path = shutil.which("initdb")
    if in_path:
        found.append(Path(in_path))
    if not found:
        _give_up("PostgreSQL's initdb is missing; Debian, Ubuntu: apt install postgresql")
    if _is_root() and not _has_user(OWNER):
        _give_up(f"tests run as root, and there is no user {OWNER} to run PostgreSQL as")
    return found[0].resolve().parent


def _give_up(reason: str) -> NoReturn:
    if os.environ.get(REQUIRE_ALL) == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def _is_root() -> bool:
    return os.geteuid() == 0


def _has_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
