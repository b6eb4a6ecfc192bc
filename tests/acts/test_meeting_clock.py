"""The legal clock fed from the record: what counts as done, what follows, what is due."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from sitzungsdienst.acts import local_rules, meetings, next_meetings, recordings, resolutions
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.local_rules import LocalRuleFacts
from sitzungsdienst.acts.meeting_clock import WITH_CLOCK, Around, clocks, facts_of, look_around
from sitzungsdienst.acts.next_meetings import FollowUpFacts
from sitzungsdienst.acts.recordings import RecordingFacts
from sitzungsdienst.database import statement_counter
from sitzungsdienst.law.deadlines import Deadline, Light
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.local_rules import LocalLayer
from sitzungsdienst.record.meetings import Meeting, MeetingKind, Summons
from sitzungsdienst.record.minutes import Minutes, Objection, ObjectionState
from sitzungsdienst.record.proceedings import Decision
from sitzungsdienst.record.resolutions import Announcement, Resolution
from tests.support.builders import AFTERWARDS, END, START, Builder, held_chapter

DAY = date(2017, 4, 19)
TODAY = date(2017, 4, 3)


def later(days: int) -> datetime:
    return START + timedelta(days=days)


def meeting(**facts: object) -> Meeting:
    return Meeting(start=START, kind=MeetingKind.ORDINARY, recorded=False, **facts)


def around(build: Builder, meeting_id: int) -> Around:
    build.session.rollback()
    row = build.session.get_one(Meeting, meeting_id)
    return look_around(build.session, [row])[meeting_id]


def clock_of(build: Builder, meeting_id: int, today: date = TODAY) -> dict[str, Deadline]:
    build.session.rollback()
    row = build.session.get_one(Meeting, meeting_id, populate_existing=True)
    return {one.key: one for one in clocks(build.session, [row], today)[meeting_id]}


# --- The facts -----------------------------------------------------------------------------------


def test_a_planned_meeting_has_nothing_done_yet() -> None:
    facts = facts_of(meeting(), Around())
    assert facts.meeting_day == DAY
    assert (facts.summons_received_on, facts.public_notice_on) == (None, None)
    assert (facts.minutes_signed_on, facts.minutes_approved_on) == (None, None)
    assert not facts.objections_raised
    assert facts.resolutions == ()


def test_the_day_of_the_meeting_is_that_of_berlin() -> None:
    row = meeting()
    row.start = datetime(2017, 4, 18, 22, 30, tzinfo=UTC)
    assert facts_of(row, Around()).meeting_day == DAY


def test_receipt_and_announcement_are_those_recorded() -> None:
    sent = Summons(
        issued_at=datetime(2017, 4, 3, 8, tzinfo=UTC),
        received_on=date(2017, 4, 5),
        announced_on=date(2017, 4, 6),
        urgent=True,
    )
    facts = facts_of(meeting(summons=sent), Around())
    assert facts.summons_received_on == date(2017, 4, 5)
    assert facts.public_notice_on == date(2017, 4, 6)
    assert facts.urgent


def test_an_old_summons_counts_from_the_day_in_berlin_it_was_issued_on() -> None:
    sent = Summons(issued_at=datetime(2017, 4, 3, 22, 30, tzinfo=UTC), urgent=False)
    facts = facts_of(meeting(summons=sent), Around())
    assert (facts.summons_received_on, facts.public_notice_on) == (
        date(2017, 4, 4), date(2017, 4, 4),
    )  # fmt: skip


def test_a_constituent_meeting_is_the_first_of_its_term() -> None:
    row = meeting()
    row.kind = MeetingKind.CONSTITUENT
    assert facts_of(row, Around()).first_meeting
    assert not facts_of(meeting(), Around()).first_meeting


def minutes(*objections: Objection, **facts: object) -> Minutes:
    return Minutes(objections=list(objections), **facts)


def objection(state: ObjectionState, decided_on: date | None = None) -> Objection:
    return Objection(state=state, decided_on=decided_on)


@pytest.mark.parametrize(
    ("kept", "raised", "decided"),
    [
        (minutes(), False, None),
        (minutes(closed_on=date(2017, 6, 1)), False, date(2017, 6, 1)),
        (minutes(objection(ObjectionState.OPEN), closed_on=None), True, None),
        (
            minutes(objection(ObjectionState.WITHDRAWN, date(2017, 5, 9))),
            False,
            None,
        ),
        (
            minutes(
                objection(ObjectionState.UPHELD, date(2017, 5, 9)),
                objection(ObjectionState.DISMISSED, date(2017, 6, 9)),
            ),
            True,
            date(2017, 6, 9),
        ),
        (
            minutes(
                objection(ObjectionState.UPHELD, date(2017, 5, 9)),
                objection(ObjectionState.OPEN),
            ),
            True,
            None,
        ),
    ],
)
def test_objections_are_decided_with_the_last_of_them(
    kept: Minutes, raised: bool, decided: date | None
) -> None:
    facts = facts_of(meeting(minutes=kept), Around())
    assert (facts.objections_raised, facts.objections_decided_on) == (raised, decided)


def test_signature_approval_and_recording_are_told() -> None:
    kept = minutes(signed_on=date(2017, 5, 2), approved_on=date(2017, 6, 14))
    row = meeting(minutes=kept)
    row.recorded, row.recording_deleted_on = True, date(2017, 6, 15)
    facts = facts_of(row, Around(public=False))
    assert (facts.minutes_signed_on, facts.minutes_approved_on) == (
        date(2017, 5, 2), date(2017, 6, 14),
    )  # fmt: skip
    assert (facts.recorded, facts.recording_deleted_on) == (True, date(2017, 6, 15))
    assert not facts.public


@pytest.mark.parametrize(
    ("announcement", "owed", "withheld"),
    [
        (Announcement.NOT_NEEDED, False, False),
        (Announcement.OWED, True, False),
        (Announcement.ANNOUNCED, True, False),
        (Announcement.WITHHELD, True, True),
    ],
)
def test_what_owes_an_announcement_is_told_to_the_clock(
    announcement: Announcement, owed: bool, withheld: bool
) -> None:
    row = Resolution(id=7, number="3/2017", decided_on=DAY, announcement=announcement)
    (facts,) = facts_of(meeting(), Around(), [row]).resolutions
    assert (facts.key, facts.number, facts.resolved_on) == ("7", "3/2017", DAY)
    assert (facts.nonpublic, facts.withheld) == (owed, withheld)


# --- What follows --------------------------------------------------------------------------------


def test_the_next_meeting_is_the_committees_own_or_a_joint_one(build: Builder) -> None:
    committee, other = build.organization(), build.organization()
    here = build.meeting(committee)
    build.meeting(committee, start=later(-7))
    build.meeting(other, start=later(7))
    assert around(build, here) == Around()
    joint = build.meeting(other, committee, start=later(21), kind=MeetingKind.EXTRAORDINARY)
    assert around(build, here).next_day == DAY + timedelta(days=21)
    assert around(build, here).next_ordinary_day is None
    build.meeting(committee, start=later(28))
    assert around(build, here).next_day == DAY + timedelta(days=21)
    assert around(build, here).next_ordinary_day == DAY + timedelta(days=28)
    version = build.version(Meeting, joint)
    meetings.cancel_meeting(build.session, build.actor, joint, version, "", build.now)
    assert around(build, here).next_day == DAY + timedelta(days=28)


def test_a_meeting_of_the_nonpublic_part_alone_is_not_the_next_public_one(build: Builder) -> None:
    committee = build.organization()
    here = build.meeting(committee)
    closed = build.meeting(committee, start=later(7))
    build.item(closed, "Personalsache", part=Part.NONPUBLIC)
    found = around(build, here)
    assert (found.next_day, found.next_public_day) == (DAY + timedelta(days=7), None)
    build.item(closed, "Haushalt")
    assert around(build, here).next_public_day == DAY + timedelta(days=7)


def test_a_meeting_without_an_agenda_is_taken_for_public(build: Builder) -> None:
    here = build.meeting(build.organization())
    assert around(build, here).public
    build.item(here, "Personalsache", part=Part.NONPUBLIC)
    assert not around(build, here).public
    assert "public_notice" not in clock_of(build, here)


def test_a_continuation_is_the_same_meeting(build: Builder) -> None:
    chapter = held_chapter(build)
    facts = FollowUpFacts(
        name="Fortsetzung",
        start=later(1),
        location_id=build.location(),
        item_ids=(chapter.hidden,),
    )
    next_meetings.continue_meeting(build.session, build.actor, chapter.meeting, facts, AFTERWARDS)
    assert around(build, chapter.meeting).next_day is None


# --- The deadlines -------------------------------------------------------------------------------


def fortnight(build: Builder) -> None:
    facts = LocalRuleFacts(
        layer=LocalLayer.RULES_OF_PROCEDURE,
        value="14",
        norm="§ 3 Abs. 1",
        as_of=TODAY,
        valid_from=date(2014, 7, 1),
    )
    local_rules.add_local_rule(build.session, build.actor, "notice.days", facts, build.now)


def test_the_summons_is_due_by_the_bodys_own_rules(build: Builder) -> None:
    here = build.meeting(build.organization())
    by_land = clock_of(build, here)["summons"]
    assert (by_land.due, by_land.norm) == (date(2017, 4, 11), "§ 53 KVG LSA")
    assert by_land.light is Light.GREEN
    fortnight(build)
    own = clock_of(build, here)["summons"]
    assert (own.due, own.norm) == (date(2017, 4, 4), "Geschäftsordnung § 3 Abs. 1")
    assert own.light is Light.AMBER
    assert clock_of(build, here, date(2017, 4, 5))["summons"].light is Light.RED


def test_what_was_done_makes_its_deadline_green(build: Builder) -> None:
    chapter = held_chapter(build)
    build.sign(chapter.meeting)
    found = clock_of(build, chapter.meeting, date(2017, 5, 10))
    assert (found["summons"].light, found["summons"].done_on) == (Light.GREEN, TODAY)
    assert (found["minutes"].light, found["minutes"].done_on) == (
        Light.GREEN, date(2017, 5, 2),
    )  # fmt: skip
    assert found["minutes"].due == date(2017, 5, 19)


def test_the_minutes_are_late_after_thirty_days(build: Builder) -> None:
    chapter = held_chapter(build)
    assert clock_of(build, chapter.meeting, date(2017, 5, 19))["minutes"].light is Light.AMBER
    assert clock_of(build, chapter.meeting, date(2017, 5, 20))["minutes"].light is Light.RED


def resolution(build: Builder, item: int, decision: Decision) -> int:
    facts = resolutions.ResolutionFacts(subject="Sache", decision=decision)
    return resolutions.add_resolution(build.session, build.actor, item, facts, AFTERWARDS)


def test_a_nonpublic_resolution_is_announced_in_the_next_public_meeting(build: Builder) -> None:
    chapter = held_chapter(build)
    build.meeting(chapter.committee, start=later(56))
    secret = resolution(build, chapter.secret, Decision.ADOPTED)
    found = clock_of(build, chapter.meeting, date(2017, 6, 12))
    owed = found[f"announcement:{secret}"]
    assert (owed.due, owed.light) == (date(2017, 6, 14), Light.AMBER)
    assert build.session.get_one(Resolution, secret).number in owed.label


def test_nobody_waits_for_an_objection_to_what_was_rejected(build: Builder) -> None:
    chapter = held_chapter(build)
    rejected = resolution(build, chapter.hidden, Decision.REJECTED)
    build.session.get_one(Resolution, rejected).announcement = Announcement.OWED
    build.session.commit()
    secret = resolution(build, chapter.secret, Decision.ADOPTED)
    found = clock_of(build, chapter.meeting)
    assert {f"announcement:{rejected}", f"announcement:{secret}", f"objection:{secret}"} <= set(
        found
    )
    assert f"objection:{rejected}" not in found


def test_a_recorded_suspension_is_told_with_the_period(build: Builder) -> None:
    chapter = held_chapter(build)
    made = resolution(build, chapter.secret, Decision.ADOPTED)
    row = build.session.get_one(Resolution, made)
    row.suspended_until, row.suspension_reason = date(2017, 5, 3), "Widerspruch"
    build.session.commit()
    told = clock_of(build, chapter.meeting)[f"objection:{made}"].sentence
    assert "Vollzug bis 03.05.2017 ausgesetzt" in told


def test_a_void_resolution_has_no_deadline(build: Builder) -> None:
    chapter = held_chapter(build)
    made = resolution(build, chapter.secret, Decision.ADOPTED)
    row = build.session.get_one(Resolution, made)
    row.voided_on, row.void_reason = DAY, "Doppelt vergeben"
    build.session.commit()
    assert not [key for key in clock_of(build, chapter.meeting) if key.endswith(str(made))]


def test_minutes_closed_without_objections_are_not_told_as_decided(build: Builder) -> None:
    """Where the Land only asks for decisions on objections, nobody claims there were any."""
    chapter = held_chapter(build)
    body = build.session.get_one(Body, build.actor.home)
    body.land = "HE"
    build.session.commit()
    build.sign(chapter.meeting)
    row = build.session.get_one(Minutes, 1)
    row.closed_on = date(2017, 5, 9)
    build.session.commit()
    told = clock_of(build, chapter.meeting, date(2017, 5, 10))["approval"]
    assert told.done_on == date(2017, 5, 9)
    assert "Einwendungen sind nicht eingetragen" in told.sentence


def test_a_cancelled_meeting_has_no_deadlines(build: Builder) -> None:
    here = build.meeting(build.organization())
    version = build.version(Meeting, here)
    meetings.cancel_meeting(build.session, build.actor, here, version, "", build.now)
    assert clock_of(build, here) == {}


def test_without_law_of_the_land_only_the_own_period_of_notice_is_reckoned(build: Builder) -> None:
    body = build.session.get_one(Body, build.actor.home)
    body.land = "SN"
    build.session.commit()
    here = build.meeting(build.organization())
    unknown = clock_of(build, here)["summons"]
    assert (unknown.due, unknown.light) == (None, Light.GREY)
    fortnight(build)
    own = clock_of(build, here)["summons"]
    assert (own.due, own.norm, own.light) == (
        date(2017, 4, 4), "Geschäftsordnung § 3 Abs. 1", Light.AMBER,
    )  # fmt: skip
    assert clock_of(build, here)["minutes"].light is Light.GREY


def test_many_meetings_are_asked_in_as_few_statements_as_two(
    build: Builder, engine: Engine
) -> None:
    committee = build.organization()
    fortnight(build)
    for number in range(2):
        build.meeting(committee, start=later(7 * number))
    few = _asked(build, engine)
    for number in range(2, 10):
        build.meeting(committee, start=later(7 * number))
    assert _asked(build, engine) == few


def _asked(build: Builder, engine: Engine) -> int:
    with Session(engine) as session:
        rows = session.query(Meeting).options(*WITH_CLOCK).order_by(Meeting.id).all()
        with statement_counter(engine) as counted:
            assert len(clocks(session, rows, TODAY)) == len(rows)
        return counted.count


# --- The recording -------------------------------------------------------------------------------


def note(build: Builder, meeting_id: int, **facts: object) -> None:
    version = build.version(Meeting, meeting_id)
    wanted = RecordingFacts(**facts)  # type: ignore[arg-type]  # the test's own facts
    args = (build.session, build.actor, meeting_id, version, wanted, AFTERWARDS)
    recordings.note_recording(*args)


def test_a_recording_is_to_be_deleted_once_the_minutes_are_finished(build: Builder) -> None:
    chapter = held_chapter(build)
    assert "recording" not in clock_of(build, chapter.meeting)
    note(build, chapter.meeting, recorded=True)
    assert "recording" in clock_of(build, chapter.meeting)
    note(build, chapter.meeting, recorded=True, recording_deleted_on=date(2017, 5, 9))
    done = clock_of(build, chapter.meeting)["recording"]
    assert (done.light, done.done_on) == (Light.GREEN, date(2017, 5, 9))


@pytest.mark.parametrize(
    ("recorded", "deleted", "field"),
    [
        (False, date(2017, 5, 9), "recording_deleted_on"),
        (True, date(2017, 4, 18), "recording_deleted_on"),
        (True, date(2017, 5, 11), "recording_deleted_on"),
    ],
)
def test_an_unfit_day_of_deletion_is_refused(
    build: Builder, recorded: bool, deleted: date, field: str
) -> None:
    chapter = held_chapter(build)
    with pytest.raises(RuleBroken) as refused:
        note(build, chapter.meeting, recorded=recorded, recording_deleted_on=deleted)
    assert refused.value.field == field


def test_nothing_is_recorded_before_the_meeting(build: Builder) -> None:
    here = build.meeting(build.organization(), start=AFTERWARDS + timedelta(days=1))
    with pytest.raises(RuleBroken) as refused:
        note(build, here, recorded=True)
    assert refused.value.field == "recorded"


def test_a_stale_or_foreign_note_changes_nothing(build: Builder, stranger: Builder) -> None:
    chapter = held_chapter(build)
    version = build.version(Meeting, chapter.meeting)
    facts = RecordingFacts(recorded=True)
    args = (build.session, build.actor, chapter.meeting)
    recordings.note_recording(*args, version, facts, END + timedelta(days=1))
    with pytest.raises(Stale):
        recordings.note_recording(*args, version, facts, AFTERWARDS)
    with pytest.raises(Unknown):
        recordings.note_recording(
            stranger.session, stranger.actor, chapter.meeting, version, facts, AFTERWARDS
        )
