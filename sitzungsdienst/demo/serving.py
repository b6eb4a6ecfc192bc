"""Where the demo lies and how it is made: beside no other database, and never half."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from sitzungsdienst import schema
from sitzungsdienst.database import prepare_record_engine
from sitzungsdienst.demo.build import build

NAME = "sitzungsdienst-demo.sqlite"


def demo_environment(folder: Path, host: str, port: int) -> dict[str, str]:
    """The settings of the demo: its own database and address, whatever the environment says."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith("SITZUNGSDIENST_")
    }
    return kept | {
        "SITZUNGSDIENST_DATABASE": f"sqlite:///{(folder / NAME).resolve()}",
        "SITZUNGSDIENST_PUBLIC_URL": f"http://{host}:{port}",
        "SITZUNGSDIENST_CALENDAR_HOST": "demo.sitzungsdienst.example",
        "SITZUNGSDIENST_OPERATOR_NAME": "Sitzungsdienst (Demo)",
        "SITZUNGSDIENST_OPERATOR_EMAIL": "demo@sitzungsdienst.example",
    }


def make_demo(
    folder: Path,
    hash_password: Callable[[str], str],
    now: datetime,
    public_url: str,
    *,
    fresh: bool = False,
) -> Iterator[str]:
    """Build the demo unless it is there; gives the name of each step before it is done.

    It is built under another name and renamed when it is whole, so that an interrupted start
    leaves nothing half and an old demo stands until the fresh one is whole. One of an older
    version is brought forward instead.
    """
    target, draft = folder / NAME, folder / f"{NAME}.neu"
    if target.exists() and not fresh:
        _with_engine(target, schema.upgrade)
        return
    _remove(draft)
    engine = _open(draft)
    try:
        schema.upgrade(engine)
        with Session(engine) as session:
            yield from build(session, hash_password, now, public_url)
    finally:
        engine.dispose()
    _remove(target)
    draft.rename(target)


def _open(path: Path) -> Engine:
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path.resolve()}")
    prepare_record_engine(engine)
    return engine


def _with_engine(path: Path, step: Callable[[Engine], None]) -> None:
    engine = _open(path)
    try:
        step(engine)
    finally:
        engine.dispose()


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
