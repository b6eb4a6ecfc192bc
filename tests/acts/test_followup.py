"""Carrying resolutions out: who, until when, what stands in the way, reports, the end."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from sitzungsdienst.acts import followup, followup_reports, resolutions
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.followup import ExecutionFacts, Suspension
from sitzungsdienst.acts.followup_reports import ReportFacts
from sitzungsdienst.record.bodies import Body, OrganizationKind
from sitzungsdienst.record.papers import Blob
from sitzungsdienst.record.resolutions import Progress, Reminder, Resolution, ResolutionReport
from tests.support.builders import AFTERWARDS, Builder, held_chapter, pdf

#: The day of the resolution, and of AFTERWARDS.
DAY, TODAY = date(2017, 4, 19), date(2017, 5, 10)
PERIOD = "Frist für einen Widerspruch"
REPORT = ReportFacts(reported_on=TODAY, text="Auftaktveranstaltung im Rathaus")


@pytest.fixture
def resolution(build: Builder) -> int:
    """A public resolution that is to be carried out."""
    chapter = held_chapter(build)
    (made,) = resolutions.number_resolutions(
        build.session,
        build.actor,
        chapter.meeting,
        (resolutions.Numbering(item_id=chapter.matter),),
        AFTERWARDS,
    )
    return made


def row(build: Builder, resolution: int) -> Resolution:
    build.session.rollback()
    return build.session.get_one(Resolution, resolution, populate_existing=True)


def plan(build: Builder, resolution: int, **facts: object) -> None:
    wanted = ExecutionFacts(**facts)  # type: ignore[arg-type]  # the test's own facts
    version = row(build, resolution).version
    args = (build.session, build.actor, resolution, version, wanted, AFTERWARDS)
    followup.plan_execution(*args)


def advance(build: Builder, resolution: int, progress: Progress) -> None:
    version = row(build, resolution).version
    args = (build.session, build.actor, resolution, version, progress, AFTERWARDS)
    followup.set_progress(*args)


def complete(build: Builder, resolution: int, day: date = TODAY, note: str = "") -> None:
    version = row(build, resolution).version
    args = (build.session, build.actor, resolution, version, day, note, AFTERWARDS)
    followup.complete_resolution(*args)


def drop(build: Builder, resolution: int, day: date = TODAY, reason: str = "Überholt") -> None:
    version = row(build, resolution).version
    args = (build.session, build.actor, resolution, version, day, reason, AFTERWARDS)
    followup.drop_resolution(*args)


def reopen(build: Builder, resolution: int, reason: str = "Doch nicht fertig") -> None:
    version = row(build, resolution).version
    args = (build.session, build.actor, resolution, version, reason, AFTERWARDS)
    followup.reopen_resolution(*args)


def report(build: Builder, resolution: int, facts: ReportFacts = REPORT) -> int:
    return followup_reports.add_report(build.session, build.actor, resolution, facts, AFTERWARDS)


def test_who_carries_it_out_and_until_when_is_planned(build: Builder, resolution: int) -> None:
    unit = build.organization("Amt für Integration", OrganizationKind.UNIT)
    due = date(2018, 10, 19)
    plan(build, resolution, unit_id=unit, in_charge="Frau Brummunt", due_on=due, internal_note="x")
    found = row(build, resolution)
    assert (found.unit_id, found.due_on, found.in_charge) == (unit, due, "Frau Brummunt")


def test_only_a_unit_of_the_administration_carries_something_out(
    build: Builder, stranger: Builder, resolution: int
) -> None:
    committee = build.organization("Bauausschuss")
    with pytest.raises(RuleBroken) as broken:
        plan(build, resolution, unit_id=committee)
    assert broken.value.field == "unit_id"
    with pytest.raises(Unknown):
        plan(build, resolution, unit_id=stranger.organization("Amt", OrganizationKind.UNIT))


@pytest.mark.parametrize("field", ["due_on", "suspended_until"])
def test_nothing_is_due_before_it_was_resolved(build: Builder, resolution: int, field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        plan(build, resolution, **{field: date(2017, 4, 18)})
    assert broken.value.field == field


def test_a_suspension_says_why_and_forgets_the_reason_with_the_day(
    build: Builder, resolution: int
) -> None:
    with pytest.raises(RuleBroken) as broken:
        plan(build, resolution, suspended_until=TODAY)
    assert broken.value.field == "suspension_reason"
    plan(build, resolution, suspended_until=TODAY, suspension_reason="Widerspruch des Landrats")
    assert row(build, resolution).suspended(TODAY)
    plan(build, resolution, suspension_reason="Widerspruch des Landrats")
    found = row(build, resolution)
    assert (found.suspended_until, found.suspension_reason) == (None, "")


@pytest.mark.parametrize(
    "forbidden", [lambda *of: advance(*of, Progress.RUNNING), complete], ids=["begin", "complete"]
)
def test_what_is_suspended_is_not_carried_out(
    build: Builder, resolution: int, forbidden: Callable[[Builder, int], None]
) -> None:
    plan(build, resolution, suspended_until=TODAY, suspension_reason="Widerspruch")
    with pytest.raises(RuleBroken, match=r"bis 10\.05\.2017 ausgesetzt"):
        forbidden(build, resolution)
    plan(build, resolution, suspended_until=date(2017, 5, 9), suspension_reason="Widerspruch")
    forbidden(build, resolution)


def test_what_is_suspended_may_be_dropped(build: Builder, resolution: int) -> None:
    plan(build, resolution, suspended_until=TODAY, suspension_reason="Widerspruch")
    drop(build, resolution)
    assert row(build, resolution).progress is Progress.DROPPED


@pytest.mark.parametrize(
    ("land", "proposed"),
    [
        ("ST", Suspension(date(2017, 5, 3), f"{PERIOD} (§ 65 Abs. 3 KVG LSA)", False)),
        ("BW", Suspension(date(2017, 4, 26), f"{PERIOD} (§ 43 Abs. 2 GemO)", True)),
        ("BY", None),
        ("TH", None),
    ],
)  # fmt: skip
def test_the_law_proposes_how_long_to_wait(
    build: Builder, resolution: int, land: str, proposed: Suspension | None
) -> None:
    build.session.rollback()
    build.session.get_one(Body, build.actor.body_id).land = land
    build.session.commit()
    found = followup.proposed_suspension(row(build, resolution))
    assert (found and (found.until, found.reason)) == (
        proposed and (proposed.until, proposed.reason)
    )


def test_a_resolution_goes_its_way(build: Builder, resolution: int) -> None:
    for state in (Progress.RUNNING, Progress.NOTHING_TO_DO, Progress.OPEN, Progress.RUNNING):
        advance(build, resolution, state)
        assert row(build, resolution).progress is state
    complete(build, resolution, note="Konzept beschlossen")
    found = row(build, resolution)
    assert (found.progress, found.completed_on) == (Progress.DONE, TODAY)
    assert found.completion_note == "Konzept beschlossen"


@pytest.mark.parametrize("end", [Progress.DONE, Progress.DROPPED])
def test_an_end_is_noted_with_its_day(build: Builder, resolution: int, end: Progress) -> None:
    with pytest.raises(RuleBroken) as broken:
        advance(build, resolution, end)
    assert broken.value.field == "progress"


@pytest.mark.parametrize("end", [complete, drop], ids=["complete", "drop"])
@pytest.mark.parametrize("day", [date(2017, 4, 18), date(2017, 5, 11)])
def test_an_end_before_the_resolution_or_after_today_is_refused(
    build: Builder, resolution: int, end: Callable[..., None], day: date
) -> None:
    with pytest.raises(RuleBroken) as broken:
        end(build, resolution, day)
    assert broken.value.field == "completed_on"


def test_dropping_and_taking_up_again_need_a_reason(build: Builder, resolution: int) -> None:
    with pytest.raises(RuleBroken) as broken:
        drop(build, resolution, reason=" ")
    assert broken.value.field == "reason"
    drop(build, resolution)
    with pytest.raises(RuleBroken) as broken:
        reopen(build, resolution, reason="")
    assert broken.value.field == "reason"
    reopen(build, resolution)
    found = row(build, resolution)
    assert (found.progress, found.completed_on) == (Progress.OPEN, None)
    assert found.completion_note == "Doch nicht fertig"


def test_what_has_ended_is_first_taken_up_again(build: Builder, resolution: int) -> None:
    with pytest.raises(RuleBroken, match="nicht abgeschlossen"):
        reopen(build, resolution)
    complete(build, resolution)
    for refused in (complete, drop, lambda *of: advance(*of, Progress.RUNNING)):
        with pytest.raises(RuleBroken, match="wieder auf"):
            refused(build, resolution)


def test_a_void_resolution_is_not_carried_out(build: Builder, resolution: int) -> None:
    version = row(build, resolution).version
    args = (build.session, build.actor, resolution, version, "Doppelt", AFTERWARDS)
    resolutions.void_resolution(*args)
    for refused in (complete, drop, lambda *of: advance(*of, Progress.RUNNING)):
        with pytest.raises(RuleBroken, match="ungültig"):
            refused(build, resolution)


def test_two_tabs_do_not_end_it_twice(build: Builder, resolution: int) -> None:
    version = row(build, resolution).version
    args = (build.session, build.actor, resolution, version, TODAY, "")
    followup.complete_resolution(*args, AFTERWARDS)
    with pytest.raises(Stale):
        followup.complete_resolution(*args, AFTERWARDS)


# --- Reports


def test_reports_come_in_the_order_of_their_days(build: Builder, resolution: int) -> None:
    report(build, resolution)
    report(build, resolution, ReportFacts(reported_on=DAY, text="Auftrag erteilt", public=True))
    found = row(build, resolution).reports
    assert [(one.reported_on, one.public) for one in found] == [(DAY, True), (TODAY, False)]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (ReportFacts(reported_on=TODAY, text=" "), "text"),
        (ReportFacts(reported_on=date(2017, 4, 18), text="zu früh"), "reported_on"),
        (ReportFacts(reported_on=date(2017, 5, 11), text="zu spät"), "reported_on"),
    ],
)
def test_a_report_that_cannot_be_is_refused(
    build: Builder, resolution: int, facts: ReportFacts, field: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        report(build, resolution, facts)
    assert broken.value.field == field
    assert row(build, resolution).reports == []


def test_a_report_keeps_its_pdf_and_nothing_else(build: Builder, resolution: int) -> None:
    args = (build.session, build.actor, resolution, REPORT, AFTERWARDS)
    with pytest.raises(RuleBroken) as broken:
        followup_reports.add_report(*args, file_name="a.exe", content=b"MZ")
    assert broken.value.field == "file"
    made = followup_reports.add_report(*args, file_name="Stand.pdf", content=pdf("Stand"))
    found = build.session.get_one(ResolutionReport, made)
    assert (found.file_name, found.size) == ("Stand.pdf", len(pdf("Stand")))
    assert found.blob is not None
    assert found.blob.content == pdf("Stand")
    assert build.session.query(Blob).filter_by(sha512=found.sha512).count() == 1


def test_a_report_is_corrected_and_one_entered_by_mistake_removed(
    build: Builder, resolution: int
) -> None:
    made = report(build, resolution)
    args = (build.session, build.actor, made)
    changed = ReportFacts(reported_on=DAY, text="Anders", public=True)
    followup_reports.edit_report(*args, 1, changed, AFTERWARDS)
    assert row(build, resolution).reports[0].text == "Anders"
    with pytest.raises(Stale):
        followup_reports.edit_report(*args, 1, changed, AFTERWARDS)
    build.session.rollback()
    followup_reports.remove_report(*args, 2, AFTERWARDS)
    assert row(build, resolution).reports == []


def test_a_resolution_that_was_reported_on_is_not_removed(build: Builder, resolution: int) -> None:
    report(build, resolution)
    version = row(build, resolution).version
    with pytest.raises(RuleBroken, match="als ungültig"):
        resolutions.remove_resolution(build.session, build.actor, resolution, version, AFTERWARDS)


# --- Reminders


def test_a_reminder_is_set_finished_once_and_taken_off(build: Builder, resolution: int) -> None:
    args = (build.session, build.actor, resolution)
    with pytest.raises(RuleBroken) as broken:
        followup_reports.add_reminder(*args, date(2017, 5, 9), "", AFTERWARDS)
    assert broken.value.field == "remind_on"
    made = followup_reports.add_reminder(*args, TODAY, "Nachfragen", AFTERWARDS)
    followup_reports.finish_reminder(*args, made, AFTERWARDS)
    later = datetime(2017, 6, 1, 8, tzinfo=UTC)
    followup_reports.finish_reminder(*args, made, later)
    assert build.session.get_one(Reminder, made).done_on == TODAY
    followup_reports.remove_reminder(*args, made, AFTERWARDS)
    assert row(build, resolution).reminders == []


def test_a_reminder_of_another_resolution_is_unknown(build: Builder, resolution: int) -> None:
    args = (build.session, build.actor)
    item = row(build, resolution).agenda_item_id
    facts = resolutions.ResolutionFacts(subject="b", decision=row(build, resolution).decision)
    other = resolutions.add_resolution(*args, item, facts, AFTERWARDS)
    made = followup_reports.add_reminder(*args, resolution, TODAY, "", AFTERWARDS)
    for act in (followup_reports.finish_reminder, followup_reports.remove_reminder):
        with pytest.raises(Unknown):
            act(*args, other, made, AFTERWARDS)


def test_another_body_knows_nothing_of_it(
    build: Builder, stranger: Builder, resolution: int
) -> None:
    made = report(build, resolution)
    reminder = followup_reports.add_reminder(
        build.session, build.actor, resolution, TODAY, "", AFTERWARDS
    )
    version = row(build, resolution).version
    here, now = (stranger.session, stranger.actor), AFTERWARDS
    for refused in (
        lambda: followup.plan_execution(*here, resolution, version, ExecutionFacts(), now),
        lambda: followup.set_progress(*here, resolution, version, Progress.OPEN, now),
        lambda: followup.complete_resolution(*here, resolution, version, TODAY, "", now),
        lambda: followup.drop_resolution(*here, resolution, version, TODAY, "Darum", now),
        lambda: followup.reopen_resolution(*here, resolution, version, "Darum", now),
        lambda: followup_reports.add_report(*here, resolution, REPORT, now),
        lambda: followup_reports.edit_report(*here, made, 1, REPORT, now),
        lambda: followup_reports.remove_report(*here, made, 1, now),
        lambda: followup_reports.add_reminder(*here, resolution, TODAY, "", now),
        lambda: followup_reports.finish_reminder(*here, resolution, reminder, now),
        lambda: followup_reports.remove_reminder(*here, resolution, reminder, now),
    ):
        with pytest.raises(Unknown):
            refused()
