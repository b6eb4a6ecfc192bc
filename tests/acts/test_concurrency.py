"""Several clerks at once, each in a process of their own, on both databases."""

import signal

from sqlalchemy import Engine, func, select

from sitzungsdienst.gate.agenda import agenda_rows
from sitzungsdienst.publication import tables
from sitzungsdienst.publication.verify import verify
from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.papers import Paper
from sitzungsdienst.record.resolutions import Resolution
from tests.acts.workers import Clerk
from tests.support.builders import Builder, planned_chapter

CLERKS = 4


def start(engine: Engine, work: str, body: int | None, row: int, rounds: int, name: str) -> Clerk:
    url = engine.url.render_as_string(hide_password=False)
    return Clerk(work, url, body, row, rounds, name)


def outcomes(clerk: Builder, engine: Engine, work: str, row: int, rounds: int) -> dict[str, str]:
    """Let all clerks work at once; gives what became of each word."""
    clerk.session.rollback()
    started = [
        start(engine, work, clerk.actor.body_id, row, rounds, f"c{number}")
        for number in range(CLERKS)
    ]
    found: dict[str, str] = {}
    for one in started:
        found |= {line.split()[1]: line.split()[0] for line in one.told()}
        assert one.end() == 0
    assert len(found) == CLERKS * rounds
    return found


def test_no_acknowledged_edit_is_lost(clerk: Builder, shared: Engine) -> None:
    paper = clerk.paper()
    found = outcomes(clerk, shared, "edit", paper, 10)
    assert set(found.values()) <= {"done", "Stale"}
    clerk.session.rollback()
    row = clerk.session.get_one(Paper, paper, populate_existing=True)
    done = {word for word, outcome in found.items() if outcome == "done"}
    assert set(row.reasons.split()) == done
    assert row.version == 1 + len(done)
    edits = select(func.count()).where(AuditEntry.act == "edit_paper")
    assert clerk.session.scalar(edits) == len(done)


def test_the_ledger_has_no_gap_however_many_release_at_once(clerk: Builder, shared: Engine) -> None:
    found = outcomes(clerk, shared, "release", 0, 6)
    assert set(found.values()) == {"done"}
    clerk.session.rollback()
    connection = clerk.session.connection()
    assert verify(connection).intact
    numbers = list(connection.scalars(select(tables.entry.c.seq).order_by(tables.entry.c.seq)))
    # Each paper, and once the Body they belong to.
    assert numbers == list(range(1, CLERKS * 6 + 2))


def test_papers_numbered_at_once_leave_no_gap(clerk: Builder, shared: Engine) -> None:
    # No unit in it: its row would be held, and the counter's own lock would prove nothing.
    body = clerk.session.get_one(Body, clerk.actor.home)
    body.paper_number_pattern = "{year}/{kind}/{seq:4}"
    clerk.session.commit()
    typed = {"2017/AN/0003", "2017/AN/0007"}
    for reference in typed:
        clerk.paper(reference=reference)
    found = outcomes(clerk, shared, "paper", 0, 8)
    assert set(found.values()) == {"done"}
    clerk.session.rollback()
    references = set(clerk.session.scalars(select(Paper.reference)))
    assert references == {f"2017/AN/{count:04}" for count in range(1, CLERKS * 8 + 3)}


def test_items_added_at_once_stand_in_one_order(clerk: Builder, shared: Engine) -> None:
    meeting = clerk.meeting(clerk.organization())
    found = outcomes(clerk, shared, "add", meeting, 6)
    assert set(found.values()) == {"done"}
    clerk.session.rollback()
    row = clerk.session.get_one(Meeting, meeting)
    positions = [one.position for one in row.agenda]
    assert positions == list(range(1, CLERKS * 6 + 1))
    clerk.summon(meeting)
    rows = agenda_rows(clerk.session.get_one(Meeting, meeting).agenda)
    assert len({one.number for one in rows}) == CLERKS * 6


def test_resolutions_added_at_once_have_numbers_without_a_gap(
    clerk: Builder, shared: Engine
) -> None:
    chapter = planned_chapter(clerk)
    clerk.summon(chapter.meeting, chapter.paper)
    found = outcomes(clerk, shared, "resolve", chapter.matter, 6)
    assert set(found.values()) == {"done"}
    clerk.session.rollback()
    numbers = list(clerk.session.scalars(select(Resolution.number)))
    assert sorted(numbers) == sorted(f"{one}/2017" for one in range(1, CLERKS * 6 + 1))


def test_clerks_who_number_one_meeting_at_once_number_it_once(
    clerk: Builder, shared: Engine
) -> None:
    chapter = planned_chapter(clerk)
    clerk.summon(chapter.meeting, chapter.paper)
    for item in (chapter.opening, chapter.matter, chapter.secret):
        clerk.treat(item)
    found = outcomes(clerk, shared, "number", chapter.meeting, 1)
    assert sorted(found.values()) == ["RuleBroken"] * (CLERKS - 1) + ["done"]
    clerk.session.rollback()
    rows = clerk.session.scalars(select(Resolution).order_by(Resolution.id)).all()
    assert [one.number for one in rows] == ["1/2017", "2/2017", "3/2017"]
    assert [one.agenda_item_id for one in rows] == [
        chapter.opening, chapter.matter, chapter.secret
    ]  # fmt: skip


def test_a_killed_writer_leaves_no_half_act(clerk: Builder, shared: Engine) -> None:
    clerk.session.rollback()
    told = 0
    for number in range(3):
        victim = start(shared, "release", clerk.actor.body_id, 0, 1_000, f"v{number}")
        lines = victim.told()
        # Killed somewhere in the acts that follow the third it told of.
        for _ in range(3 + number):
            assert next(lines).startswith("done")
            told += 1
        victim.process.kill()
        told += len([line for line in lines if line.startswith("done")])
        assert victim.end() == -signal.SIGKILL
    clerk.session.rollback()
    connection = clerk.session.connection()
    assert verify(connection).intact
    papers = clerk.session.scalar(select(func.count()).select_from(Paper)) or 0
    entries = connection.scalar(select(func.count()).select_from(tables.entry)) or 0
    created, released = (
        clerk.session.scalar(select(func.count()).where(AuditEntry.act == act)) or 0
        for act in ("create_paper", "release_paper")
    )
    assert (papers, entries) == (created, released + 1)
    assert told <= released <= created <= released + 3
    # And the next clerk gets in at once.
    assert set(outcomes(clerk, shared, "release", 0, 1).values()) == {"done"}
