"""One act is one transaction and one audit entry, or nothing at all."""

import json
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlalchemy import Connection, event, func, inspect, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import organizations, papers, people, releases, summons
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.transaction import act
from sitzungsdienst.publication import ledger, tables
from sitzungsdienst.record import schema
from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.papers import Paper
from sitzungsdienst.record.people import Membership, Person
from sitzungsdienst.record.proceedings import BallotKind, Choice
from tests.support.builders import Builder, held_chapter, planned_chapter


def dump(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the record and of the public tables."""
    session.rollback()
    return {
        table.name: sorted(map(tuple, session.execute(select(table))), key=str)
        for metadata in (schema.metadata, tables.metadata)
        for table in metadata.sorted_tables
    }


def entries(session: Session) -> list[AuditEntry]:
    session.rollback()
    return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def last_changes(session: Session) -> dict[str, dict[str, list[object]]]:
    found: dict[str, dict[str, list[object]]] = json.loads(entries(session)[-1].changes)
    return found


def test_an_entry_tells_who_did_what_when_and_to_what(build: Builder) -> None:
    committee = build.organization("Bauausschuss")
    entry = entries(build.session)[-1]
    row = build.session.get_one(Organization, committee)
    assert (entry.user_id, entry.body_id, entry.act) == (
        build.actor.user_id, build.actor.body_id, "create_organization"
    )  # fmt: skip
    assert (entry.subject_kind, entry.subject_uid, entry.at) == (
        "Organization", row.uid, build.now
    )  # fmt: skip


def test_a_change_is_told_with_what_stood_there_before_and_after(build: Builder) -> None:
    committee = build.organization("Bauausschuss")
    row = build.session.get_one(Organization, committee)
    facts = organizations.OrganizationFacts(name="Bau- und Umweltausschuss")
    version, label = row.version, f"Organization {row.uid}"
    organizations.edit_organization(
        build.session, build.actor, committee, version, facts, build.now
    )
    assert last_changes(build.session) == {
        label: {"name": ["Bauausschuss", "Bau- und Umweltausschuss"]}
    }


def test_links_to_other_rows_are_told_as_well(build: Builder) -> None:
    committee = build.organization()
    first, second = build.person(), build.person()
    seat = build.seat(committee, first)
    uid = build.session.get_one(Membership, seat).uid
    assert last_changes(build.session)[f"Membership {uid}"]["person_id"] == [None, first]
    facts = people.MembershipFacts(person_id=second)
    version = build.version(Membership, seat)
    people.edit_membership(build.session, build.actor, seat, version, facts, build.now)
    assert last_changes(build.session) == {f"Membership {uid}": {"person_id": [first, second]}}


def test_rows_without_an_identity_of_their_own_are_told_one_by_one(build: Builder) -> None:
    labels = tuple(papers.Originator(one) for one in ("Amt 1", "Amt 2"))
    build.paper(originators=labels)
    found = [
        changes["label"][1]
        for row, changes in last_changes(build.session).items()
        if row.startswith("PaperOriginator")
    ]
    assert sorted(map(str, found)) == ["Amt 1", "Amt 2"]


def test_an_act_that_writes_twice_tells_the_first_and_the_last(build: Builder) -> None:
    person = build.person("Alt")
    with act(build.session, build.actor, "rename", build.now) as run:
        row = run.about(run.fetch(Person, person))
        row.family_name = "Zwischen"
        build.session.flush()
        row.family_name = "Neu"
        label = f"Person {row.uid}"
    assert last_changes(build.session) == {label: {"family_name": ["Alt", "Neu"]}}


def test_a_deletion_is_told(build: Builder) -> None:
    person = build.person()
    uid = build.session.get_one(Person, person).uid
    people.delete_person(build.session, build.actor, person, 1, build.now)
    assert last_changes(build.session)[f"Person {uid}"]["deleted"] == [False, True]
    assert entries(build.session)[-1].subject_uid == uid


def test_the_trail_holds_neither_votes_nor_bytes_nor_secrets(build: Builder) -> None:
    chapter = planned_chapter(build)
    build.summon(chapter.meeting)
    build.present(chapter.meeting, *chapter.members)
    calls = tuple((one, Choice.YES) for one in chapter.members)
    build.vote(chapter.matter, kind=BallotKind.ROLL_CALL, votes=calls)
    written = {
        name.split()[0] for one in entries(build.session) for name in json.loads(one.changes)
    }
    assert "Ballot" in written
    assert not written & {"Vote", "Blob", "UserSession", "AuditEntry"}
    assert "password_hash" not in "".join(one.changes for one in entries(build.session))


def test_every_act_of_a_whole_meeting_leaves_exactly_one_entry(build: Builder) -> None:
    commits: list[object] = []

    def note(connection: object) -> None:
        commits.append(connection)

    bind = build.session.get_bind()
    event.listen(bind, "commit", note)
    held_chapter(build)
    event.remove(bind, "commit", note)
    assert len(entries(build.session)) == len(commits) > 20


def test_moments_are_those_of_the_act(build: Builder) -> None:
    person = build.person("a")
    later = build.now.replace(hour=12)
    facts = people.PersonFacts(family_name="b")
    people.edit_person(build.session, build.actor, person, 1, facts, later)
    row = build.session.get_one(Person, person)
    assert (row.created_at, row.modified_at, row.version) == (build.now, later, 2)


def test_a_stale_version_changes_nothing(build: Builder) -> None:
    person = build.person("a")
    people.edit_person(
        build.session, build.actor, person, 1, people.PersonFacts(family_name="b"), build.now
    )
    before = dump(build.session)
    for version in (1, 3):
        with pytest.raises(Stale):
            people.edit_person(
                build.session, build.actor, person, version,
                people.PersonFacts(family_name="c"), build.now,
            )  # fmt: skip
    assert dump(build.session) == before


@pytest.mark.parametrize("row_id", [0, -1, 999_999, 2**31, 2**63, 10**30])
def test_an_unknown_number_is_unknown_however_large(build: Builder, row_id: int) -> None:
    with pytest.raises(Unknown):
        people.delete_person(build.session, build.actor, row_id, 1, build.now)


class Broken(Exception):
    """The machine fails in the middle."""


@pytest.fixture
def failing_audit(build: Builder) -> Iterator[None]:
    """From here on the last write of every act fails: its audit entry."""

    def fail(_: Connection, __: object, statement: str, *rest: object) -> None:
        del rest
        if statement.startswith("INSERT INTO audit_entry"):
            raise Broken

    bind = build.session.get_bind()
    event.listen(bind, "before_cursor_execute", fail)
    yield
    event.remove(bind, "before_cursor_execute", fail)


def test_a_summons_that_fails_at_its_very_end_leaves_no_trace(
    build: Builder, request: pytest.FixtureRequest
) -> None:
    chapter = planned_chapter(build)
    before = dump(build.session)
    request.getfixturevalue("failing_audit")
    with pytest.raises(Broken):
        build.summon(chapter.meeting, chapter.paper)
    assert dump(build.session) == before
    assert not before["public_entry"]


def test_an_act_that_fails_while_filing_leaves_no_trace(
    build: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    chapter = held_chapter(build)
    build.release_excerpts(chapter.meeting, chapter.opening)
    before = dump(build.session)
    honest = ledger.file

    def fail(*args: object, **facts: object) -> None:
        honest(*args, **facts)  # type: ignore[arg-type]  # handed on as it came
        raise Broken

    monkeypatch.setattr(ledger, "file", fail)
    with pytest.raises(Broken):
        build.release_excerpts(chapter.meeting, chapter.matter)
    with pytest.raises(Broken):
        releases.withdraw_paper(build.session, build.actor, chapter.paper, "Grund", build.now)
    assert dump(build.session) == before


def test_a_broken_rule_leaves_no_trace_and_the_session_goes_on(build: Builder) -> None:
    chapter = planned_chapter(build)
    before = dump(build.session)
    facts = summons.SummonsFacts(paper_ids=(chapter.secret_paper,), acknowledged=True)
    with pytest.raises(RuleBroken):
        summons.summon(build.session, build.actor, chapter.meeting, 1, facts, build.now)
    assert dump(build.session) == before
    build.summon(chapter.meeting)
    assert build.session.get_one(Meeting, chapter.meeting).summons is not None


def test_a_constraint_that_no_rule_foresaw_becomes_a_broken_rule(build: Builder) -> None:
    before = dump(build.session)
    with (
        pytest.raises(RuleBroken, match="Laden Sie die Seite neu"),
        act(build.session, build.actor, "unforeseen", build.now) as run,
    ):
        run.about(Paper(body_id=999_999, reference="1", title="t", paper_type="Antrag"))
    assert dump(build.session) == before


def test_an_act_must_say_what_it_is_about(build: Builder) -> None:
    with pytest.raises(RuntimeError), act(build.session, build.actor, "mute", build.now):
        pass
    assert build.session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_acts_leave_nothing_listening_on_the_session(build: Builder) -> None:
    build.person()
    entry_count = len(entries(build.session))
    row = build.session.get_one(Person, 1)
    stamp: datetime = row.modified_at
    row.note = "von Hand"
    build.session.commit()
    assert row.modified_at == stamp
    assert len(entries(build.session)) == entry_count
    assert inspect(build.session.get_one(Person, 1)).persistent


def test_the_command_line_acts_without_a_user(build: Builder) -> None:
    clerk = Builder(build.session, Actor.system(build.actor.body_id))
    clerk.seat(clerk.organization(), clerk.person(), start_date=date(2014, 7, 1))
    assert {one.user_id for one in entries(build.session)} == {None}
