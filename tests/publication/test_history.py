"""Whatever is filed and withdrawn in whatever order, the ledger agrees with a plain replay."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, select

from sitzungsdienst.database import prepare_record_engine
from sitzungsdienst.publication import tables
from sitzungsdienst.publication.types import PublicDocument
from sitzungsdienst.publication.verify import verify
from tests.publication import cast
from tests.publication.cast import NOON, TOWN, file, withdraw
from tests.support import moulds

# What may be corrected or withdrawn freely, and what falls with it.
FALLS: dict[str, set[str]] = {
    cast.FIRST.uid: set(),
    cast.SECOND.uid: set(),
    cast.INVITATION.uid: set(),
    cast.CONSULTATION.uid: set(),
    cast.PAPER.uid: {cast.CONSULTATION.uid, cast.PAPER_FILE.uid},
    cast.PERSON.uid: {cast.MEMBERSHIP.uid},
    cast.MEETING.uid: {
        cast.FIRST.uid,
        cast.SECOND.uid,
        cast.CLOSED.uid,
        cast.INVITATION.uid,
    },
}
SHOWN_BY: dict[str, set[str]] = {
    cast.FIRST.uid: {cast.MEETING.uid},
    cast.SECOND.uid: {cast.MEETING.uid},
    cast.INVITATION.uid: {cast.MEETING.uid},
    cast.CONSULTATION.uid: {cast.PAPER.uid},
    cast.MEMBERSHIP.uid: {cast.PERSON.uid, cast.COMMITTEE.uid},
    cast.PAPER_FILE.uid: {cast.PAPER.uid},
    cast.CLOSED.uid: {cast.MEETING.uid},
}
BY_UID = {document.uid: document for document in TOWN}


@dataclass(frozen=True)
class State:
    """What a plain replay knows of an object."""

    version: int
    created: datetime
    modified: datetime
    document: PublicDocument | None


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["file all", "correct", "withdraw"]),
        st.sampled_from(sorted(FALLS)),
        st.integers(min_value=0, max_value=2),
    ),
    max_size=8,
)


LINKED_FROM: dict[str, set[str]] = {
    cast.CONSULTATION.uid: {cast.SECOND.uid},
    cast.SECOND.uid: {cast.CONSULTATION.uid},
    cast.MEETING.uid: {cast.CONSULTATION.uid},
    cast.INVITATION.uid: {cast.MEETING.uid},
    cast.PAPER_FILE.uid: {cast.PAPER.uid},
}


def _after(
    states: dict[str, State], changes: dict[str, PublicDocument | None], at: datetime
) -> None:
    """Replay one release: what changes gets a version; what shows it or leads to it is touched."""
    real = {
        uid: document
        for uid, document in changes.items()
        if uid not in states or states[uid].document != document
    }
    touched: set[str] = set()
    for uid, document in real.items():
        old = states.get(uid)
        vanishes_or_returns = document is None or (old is not None and old.document is None)
        touched |= LINKED_FROM.get(uid, set()) if vanishes_or_returns else set()
        created = old.created if old else at
        states[uid] = State(old.version + 1 if old else 1, created, at, document)
    for uid in {*real, *touched}:
        touched |= SHOWN_BY.get(uid, set())
    for uid in touched - real.keys():
        if states[uid].document is not None:
            states[uid] = replace(states[uid], modified=at)


@contextmanager
def _engine() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    prepare_record_engine(engine)
    moulds.create_public_tables(engine)
    yield engine
    engine.dispose()


def _heads(engine: Engine) -> dict[str, Any]:
    with engine.connect() as connection:
        return {row.uid: row for row in connection.execute(select(tables.object_))}


@settings(max_examples=40, deadline=None, derandomize=True)
@given(steps=STEPS)
def test_every_history_verifies_and_equals_its_replay(
    steps: list[tuple[str, str, int]],
) -> None:
    states: dict[str, State] = {}
    with _engine() as engine:
        for minute, (step, uid, number) in enumerate([("file all", "", 0), *steps]):
            at = NOON + timedelta(minutes=minute)
            if step == "withdraw":
                alive = {one for one in FALLS[uid] if states[one].document is not None}
                gone = {uid, *alive} if states[uid].document is not None else set()
                withdraw(engine, uid, minutes=minute)
                _after(states, dict.fromkeys(gone), at)
            else:
                documents = dict(BY_UID)
                if step == "correct":
                    name = "role" if uid == cast.CONSULTATION.uid else "name"
                    documents[uid] = replace(BY_UID[uid], **{name: f"Fassung {number}"})
                file(engine, *documents.values(), minutes=minute)
                _after(states, dict(documents), at)
            with engine.connect() as connection:
                verdict = verify(connection)
            assert verdict.intact, verdict.message
        heads = _heads(engine)
    assert heads.keys() == states.keys()
    for uid, state in states.items():
        head = heads[uid]
        assert (head.version, head.created, head.modified, head.deleted) == (
            state.version,
            state.created,
            state.modified,
            state.document is None,
        )
