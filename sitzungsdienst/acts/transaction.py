"""One act, one transaction, one audit entry.

Every function that writes the record does so inside `with act(...) as run`. Leaving the block
commits everything; an exception rolls everything back. What changed is collected from the session
itself, so no act can forget to say so.
"""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import event, inspect
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.record.accounts import (
    AuditEntry,
    CalendarSubscription,
    OfficeUser,
    SignInAttempt,
    UserSession,
)
from sitzungsdienst.record.base import Edited, Identified
from sitzungsdienst.record.file_texts import FileText
from sitzungsdienst.record.papers import Blob
from sitzungsdienst.record.proceedings import Stance, Vote
from sitzungsdienst.record.schema import Base  # all tables at once, so that every link resolves

# Secrets and bulk are not repeated in the audit trail; single votes are not, so that a ballot
# that turns out to be secret can be forgotten in one place.
UNTOLD_TABLES = (
    AuditEntry, Blob, FileText, Vote, Stance, UserSession, SignInAttempt, CalendarSubscription,
)  # fmt: skip
# Nor are a ballot's words, which may name somebody: only that they changed.
UNTOLD_WORDS = frozenset({("Ballot", "result_text"), ("Ballot", "difference")})
UNTOLD = "…"
UNTOLD_COLUMNS = frozenset({"id", "uid", "version", "created_at", "modified_at", "password_hash"})

# Where a row's Body is looked for, nearest first.
PARENTS = (
    "body_id", "organization", "meeting", "paper", "agenda_item", "minutes", "resolution",
    "election", "person",
)  # fmt: skip

# PostgreSQL's integer; a larger number in an address is nobody's, not an error.
LARGEST_ID = 2**31 - 1

Row = TypeVar("Row", bound=Edited)


class Unsealed(Exception):
    """The act would have been kept, but for the seals on some prints; nothing was changed."""

    def __init__(self, prints: list[bytes], now: datetime) -> None:
        super().__init__("prints want a seal")
        self.prints = prints
        self.now = now


class Run:
    """A running act: loads rows of the actor's Body, checks versions, collects the changes."""

    def __init__(self, session: Session, actor: Actor, name: str, now: datetime) -> None:
        self.session = session
        self.actor = actor
        self.name = name
        self.now = now
        self.changes: dict[str, dict[str, list[Any]]] = {}
        #: Prints that lack their seal (see `acts.sealing`): with one of them nothing is kept.
        self.unsealed: list[bytes] = []
        self._subject: Edited | None = None

    def fetch(self, kind: type[Row], row_id: int, *, version: int | None = None) -> Row:
        """Load a row for change and hold it until the act ends.

        Raises Unknown where there is none or it belongs to another Body, and Stale where `version`
        is given and is not the row's.
        """
        if not 0 < row_id <= LARGEST_ID:
            raise Unknown(f"{kind.__name__} {row_id}")
        row = self.session.get(kind, row_id, with_for_update={"of": kind}, populate_existing=True)
        if row is None or not may_touch(self.actor, row):
            raise Unknown(f"{kind.__name__} {row_id}")
        if version is not None and row.version != version:
            raise Stale(f"{kind.__name__} {row_id}")
        return row

    def about(self, row: Row) -> Row:
        """Name the row the act is about; a new one joins the session."""
        self._subject = row
        self.session.add(row)
        return row

    def stamp(self, session: Session, *_: object) -> None:
        """Before each flush: give what is new its uid, and what is changed its moments."""
        for row in session.new:
            if isinstance(row, Identified) and not row.uid:
                row.uid = str(uuid.uuid4())
            if isinstance(row, Edited):
                row.created_at = row.modified_at = self.now
        for row in session.dirty:
            if isinstance(row, Edited) and session.is_modified(row):
                row.modified_at = self.now

    def note(self, session: Session, *_: object) -> None:
        """After each flush, when links have become keys: remember before and after."""
        for row in [*session.new, *session.dirty]:
            self._remember(row)
        for row in session.deleted:
            if isinstance(row, UNTOLD_TABLES):
                continue  # not even that a certain vote was there
            self.changes.setdefault(_label(row), {})["deleted"] = [False, True]

    def _remember(self, row: Any) -> None:
        if not isinstance(row, Base) or isinstance(row, UNTOLD_TABLES):
            return
        state = inspect(row)
        for column in state.mapper.column_attrs:
            if column.key in UNTOLD_COLUMNS:
                continue
            history = state.attrs[column.key].history
            if history.has_changes():
                before = history.deleted[0] if history.deleted else None
                after = history.added[0] if history.added else None
                if (type(row).__name__, column.key) in UNTOLD_WORDS:
                    before, after = before and UNTOLD, after and UNTOLD
                told = self.changes.setdefault(_label(row), {})
                # An act may flush twice: what stood there before it counts.
                told[column.key] = [told[column.key][0] if column.key in told else before, after]

    def conclude(self) -> None:
        """Write the act's audit entry."""
        self.session.flush()
        subject = self._subject
        if subject is None:
            raise RuntimeError(f"the act {self.name} never said what it is about")
        self.session.add(
            AuditEntry(
                at=self.now,
                user_id=self.actor.user_id,
                body_id=self.actor.body_id,
                act=self.name,
                subject_kind=type(subject).__name__,
                subject_uid=subject.uid,
                changes=json.dumps(self.changes, ensure_ascii=False, default=str),
            )
        )


def _label(row: Any) -> str:
    key = getattr(row, "uid", None)
    if not key:
        key = "/".join(str(part) for part in inspect(type(row)).primary_key_from_instance(row))
    return f"{type(row).__name__} {key}"


def may_touch(actor: Actor, row: Any) -> bool:
    """Whether the row belongs to the actor's Body; an actor of no Body is an administrator.

    Everybody's own account is theirs, whichever Body they work for just now.
    """
    if isinstance(row, OfficeUser) and row.id == actor.user_id:
        return True
    return actor.body_id is None or body_of(row) == actor.body_id


def body_of(row: Any) -> int | None:
    """The Body a row belongs to, found by its nearest parent; None for what belongs to none."""
    for name in PARENTS:
        if not hasattr(row, name):
            continue
        value = getattr(row, name)
        if name == "body_id":
            return None if value is None else int(value)
        if value is not None:  # a ballot names a committee only where several meet
            return body_of(value)
    # A Body is its own.
    return int(row.id) if row.__tablename__ == "body" else None


def _busy(error: OperationalError) -> bool:
    """Whether the database only says that another writer is in the way, for now."""
    state = getattr(error.orig, "sqlstate", None)
    return state in {"40001", "40P01", "55P03"} or "database is locked" in str(error.orig)


@contextmanager
def act(session: Session, actor: Actor, name: str, now: datetime) -> Iterator[Run]:
    """Run one act: the session's reading ends, a writing transaction begins and is committed.

    Raises what the act raises, Stale where a row changed under it, RuleBroken where a constraint
    of the database catches what no rule did, Unsealed where a print wants a seal first; in each
    case nothing is kept.
    """
    session.rollback()
    session.connection(execution_options={"writes": True})
    run = Run(session, actor, name, now.replace(microsecond=0))
    event.listen(session, "before_flush", run.stamp)
    event.listen(session, "after_flush", run.note)
    try:
        # A half-filled row must not reach the database because a rule looks something up.
        with session.no_autoflush:
            yield run
        run.conclude()
        if run.unsealed:
            raise Unsealed(run.unsealed, run.now)
        session.commit()
    except StaleDataError as error:
        session.rollback()
        raise Stale(name) from error
    except IntegrityError as error:
        session.rollback()
        raise RuleBroken(
            "",
            "Die Angaben widersprechen dem, was inzwischen gespeichert ist."
            " Laden Sie die Seite neu und versuchen Sie es noch einmal.",
        ) from error
    except OperationalError as error:
        session.rollback()
        if not _busy(error):
            raise
        raise RuleBroken(
            "", "Gerade speichert jemand anderes dasselbe. Bitte versuchen Sie es noch einmal."
        ) from error
    except BaseException:
        session.rollback()
        raise
    finally:
        event.remove(session, "before_flush", run.stamp)
        event.remove(session, "after_flush", run.note)
