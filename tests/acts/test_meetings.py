"""Meetings: planned, moved, cancelled, taken back, deleted only while untouched."""

from datetime import datetime, timedelta

import pytest

from sitzungsdienst.acts import agenda, meetings, releases
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicMeeting
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from tests.support.builders import START, Builder, held_chapter, planned_chapter


@pytest.fixture
def meeting(build: Builder) -> int:
    return build.meeting(build.organization())


def public(build: Builder) -> PublicMeeting:
    """The one public meeting."""
    build.session.rollback()
    (found,) = Reader(build.session.connection()).listing(PublicMeeting)
    return found.living


def versions(build: Builder, uid: str) -> list[tuple[str, str]]:
    found = Reader(build.session.connection()).versions(uid)
    return [(one.act, one.reason) for one in found]


def announce(build: Builder, meeting: int) -> None:
    version = build.version(Meeting, meeting)
    meetings.announce_meeting(build.session, build.actor, meeting, version, build.now)


def edit(build: Builder, meeting: int, reason: str = "", **facts: object) -> None:
    row = build.session.get_one(Meeting, meeting)
    whole = {"location_id": row.location_id, "start": row.start} | facts
    ids = tuple(one.id for one in row.organizations)
    wanted = build.meeting_facts(*whole.pop("committees", ids), **whole)  # type: ignore[misc]  # the test's own facts
    version = build.version(Meeting, meeting)
    meetings.edit_meeting(build.session, build.actor, meeting, version, wanted, reason, build.now)


def cancel(build: Builder, meeting: int, reason: str = "") -> None:
    version = build.version(Meeting, meeting)
    meetings.cancel_meeting(build.session, build.actor, meeting, version, reason, build.now)


def reinstate(build: Builder, meeting: int, reason: str = "") -> None:
    version = build.version(Meeting, meeting)
    meetings.reinstate_meeting(build.session, build.actor, meeting, version, reason, build.now)


def delete(build: Builder, meeting: int) -> None:
    version = build.version(Meeting, meeting)
    meetings.delete_meeting(build.session, build.actor, meeting, version, build.now)


def sequence(build: Builder, meeting: int) -> int:
    build.session.rollback()
    return build.session.get_one(Meeting, meeting).sequence


def test_a_moved_meeting_raises_its_sequence(build: Builder, meeting: int) -> None:
    edit(build, meeting, name="Neuer Name")
    assert sequence(build, meeting) == 0
    edit(build, meeting, start=START + timedelta(hours=1))
    assert sequence(build, meeting) == 1
    edit(build, meeting, location_id=build.location("Anderer Saal"))
    assert sequence(build, meeting) == 2


def test_a_meeting_that_nobody_knows_moves_without_a_reason_and_stays_unknown(
    build: Builder, meeting: int
) -> None:
    edit(build, meeting, start=START + timedelta(days=1))
    cancel(build, meeting)
    reinstate(build, meeting)
    build.session.rollback()
    assert Reader(build.session.connection()).listing(PublicMeeting) == ()


def test_an_announced_meeting_moves_with_a_public_reason(build: Builder, meeting: int) -> None:
    announce(build, meeting)
    later = START + timedelta(hours=2)
    with pytest.raises(RuleBroken) as refused:
        edit(build, meeting, start=later)
    assert refused.value.field == "reason"
    assert (public(build).start, sequence(build, meeting)) == (START, 0)
    edit(build, meeting, "Raum belegt", start=later)
    found = public(build)
    assert (found.start, found.sequence) == (later, 1)
    assert versions(build, found.uid) == [
        ("announce_meeting", ""), ("edit_meeting", "Raum belegt")
    ]  # fmt: skip


def test_a_cancelled_meeting_can_be_reinstated(build: Builder, meeting: int) -> None:
    announce(build, meeting)
    cancel(build, meeting, "Krankheit")
    assert (public(build).cancelled, public(build).sequence) == (True, 1)
    with pytest.raises(RuleBroken, match="schon abgesagt"):
        cancel(build, meeting, "Krankheit")
    reinstate(build, meeting, "Genesen")
    assert (public(build).cancelled, public(build).sequence) == (False, 2)
    with pytest.raises(RuleBroken, match="nicht abgesagt"):
        reinstate(build, meeting, "Genesen")


def test_a_cancelled_meeting_is_neither_announced_nor_summoned(
    build: Builder, meeting: int
) -> None:
    build.item(meeting)
    cancel(build, meeting)
    with pytest.raises(RuleBroken, match="nicht angekündigt"):
        announce(build, meeting)
    with pytest.raises(RuleBroken, match="abgesagt"):
        build.summon(meeting)


def test_a_meeting_is_announced_once(build: Builder, meeting: int) -> None:
    announce(build, meeting)
    with pytest.raises(RuleBroken, match="schon angekündigt"):
        announce(build, meeting)


def test_only_an_untouched_meeting_is_deleted(build: Builder, meeting: int) -> None:
    known = build.meeting(build.organization())
    announce(build, known)
    with pytest.raises(RuleBroken, match="angekündigte Sitzung"):
        delete(build, known)
    releases.withdraw_meeting(build.session, build.actor, known, "Versehen", build.now)
    with pytest.raises(RuleBroken, match="angekündigte Sitzung"):
        delete(build, known)
    touched = build.meeting(build.organization())
    item = build.item(touched)
    version = build.version(AgendaItem, item)
    agenda.remove_item(build.session, build.actor, item, version, build.now)
    with pytest.raises(RuleBroken, match="mit Tagesordnung"):
        delete(build, touched)
    delete(build, meeting)
    assert build.session.get(Meeting, meeting) is None


def test_a_meeting_held_is_neither_moved_nor_cancelled(build: Builder) -> None:
    chapter = held_chapter(build)
    with pytest.raises(RuleBroken, match="geschlossen"):
        edit(build, chapter.meeting, "Grund", name="x")
    with pytest.raises(RuleBroken, match="hat stattgefunden"):
        cancel(build, chapter.meeting, "Grund")


def test_after_the_summons_the_committees_stand(build: Builder) -> None:
    chapter = planned_chapter(build)
    other = build.organization()
    edit(build, chapter.meeting, committees=(other, chapter.committee))
    row = build.session.get_one(Meeting, chapter.meeting)
    assert [one.id for one in row.organizations] == [other, chapter.committee]
    build.summon(chapter.meeting)
    with pytest.raises(RuleBroken) as refused:
        edit(build, chapter.meeting, "Grund", committees=(chapter.committee,))
    assert refused.value.field == "committee_ids"


def test_a_committee_named_twice_meets_once(build: Builder) -> None:
    committee = build.organization()
    meeting = build.meeting(committee, committee)
    assert len(build.session.get_one(Meeting, meeting).organizations) == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"committee_ids": ()}, "committee_ids"),
        ({"start": START.replace(year=1017)}, "start_date"),
        ({"start": START.replace(year=2200)}, "start_date"),
    ],
)
def test_unfit_facts_are_named_by_their_field(
    build: Builder, facts: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        build.meeting(build.organization(), **facts)
    assert refused.value.field == field


def test_only_committees_of_the_own_body_meet_in_its_own_rooms(
    build: Builder, stranger: Builder
) -> None:
    with pytest.raises(RuleBroken, match="nur Gremien"):
        build.meeting(build.organization("Fraktion", OrganizationKind.GROUP))
    with pytest.raises(Unknown):
        build.meeting(stranger.organization())
    with pytest.raises(Unknown):
        build.meeting(build.organization(), location_id=stranger.location())


def test_a_start_without_a_time_zone_is_refused_by_the_database(build: Builder) -> None:
    naive = datetime(2017, 4, 19, 17)  # noqa: DTZ001 - that is the point
    with pytest.raises(Exception, match="time zone"):
        build.meeting(build.organization(), start=naive)
