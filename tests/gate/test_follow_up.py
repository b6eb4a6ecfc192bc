"""How a resolution is carried out, told to the public; consents given and taken back."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from sitzungsdienst.acts import followup, followup_releases, people, releases, resolutions
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.followup import ExecutionFacts
from sitzungsdienst.acts.followup_reports import ReportFacts, add_report, edit_report, remove_report
from sitzungsdienst.acts.person_facts import PersonFacts
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicFile,
    PublicMembership,
    PublicPerson,
)
from sitzungsdienst.publication.verify import verify
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.people import ContactField, Person
from sitzungsdienst.record.resolutions import Progress, Resolution, ResolutionReport
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    return held_chapter(build)


@pytest.fixture
def resolution(build: Builder, chapter: Chapter) -> int:
    wanted = (resolutions.Numbering(item_id=chapter.matter),)
    (made,) = resolutions.number_resolutions(
        build.session, build.actor, chapter.meeting, wanted, AFTERWARDS
    )
    followup.plan_execution(
        build.session, build.actor, made, build.version(Resolution, made),
        ExecutionFacts(due_on=date(2018, 10, 19)), AFTERWARDS,
    )  # fmt: skip
    for public in (True, False):
        report = ReportFacts(
            reported_on=date(2017, 5, 2), text=f"Bericht {'offen' if public else 'intern'}",
            public=public,
        )  # fmt: skip
        add_report(build.session, build.actor, made, report, AFTERWARDS)
    return made


def release_excerpt(build: Builder, chapter: Chapter) -> None:
    items = (chapter.matter,)
    releases.release_excerpts(build.session, build.actor, chapter.meeting, items, "", AFTERWARDS)


def release(build: Builder, resolution: int, reason: str = "") -> None:
    args = (build.session, build.actor, resolution, reason, AFTERWARDS)
    followup_releases.release_follow_up(*args)


def public_item(session: Session, item: int) -> PublicAgendaItem:
    session.rollback()
    uid = session.get_one(AgendaItem, item).uid
    filed = Reader(session.connection()).get(PublicAgendaItem, uid)
    assert filed is not None
    return filed.living


def filed_texts(session: Session) -> str:
    session.rollback()
    rows = session.execute(text("SELECT text FROM public_document")).scalars()
    return "\n".join(str(one) for one in rows)


def test_an_excerpt_tells_the_number_and_nothing_of_the_carrying_out(
    build: Builder, chapter: Chapter, resolution: int
) -> None:
    release_excerpt(build, chapter)
    (told,) = public_item(build.session, chapter.matter).resolutions
    assert told.number == build.session.get_one(Resolution, resolution).number
    assert (told.progress, told.unit, told.reports) == ("", "", ())


def test_the_carrying_out_is_released_for_itself_with_public_reports_only(
    build: Builder, chapter: Chapter, resolution: int
) -> None:
    with pytest.raises(RuleBroken, match="noch nicht veröffentlicht"):
        release(build, resolution)
    release_excerpt(build, chapter)
    release(build, resolution)
    (told,) = public_item(build.session, chapter.matter).resolutions
    assert (told.progress, [one.text for one in told.reports]) == (
        "noch nicht begonnen",
        ["Bericht offen"],
    )
    with pytest.raises(RuleBroken, match="schon auf diesem Stand"):
        release(build, resolution, "noch einmal")


def test_a_corrected_excerpt_keeps_what_was_released_of_the_carrying_out(
    build: Builder, chapter: Chapter, resolution: int
) -> None:
    release_excerpt(build, chapter)
    release(build, resolution)
    version = build.version(Resolution, resolution)
    args = (build.session, build.actor, resolution, version, Progress.RUNNING, AFTERWARDS)
    followup.set_progress(*args)
    build.sign(chapter.meeting)
    releases.release_minutes(
        build.session, build.actor, chapter.meeting, "Niederschrift", AFTERWARDS
    )
    (told,) = public_item(build.session, chapter.matter).resolutions
    assert told.progress == "noch nicht begonnen"
    release(build, resolution, "Es geht voran")
    (told,) = public_item(build.session, chapter.matter).resolutions
    assert told.progress == "in Arbeit"


def test_what_is_withdrawn_of_the_carrying_out_is_erased_and_the_excerpt_stays(
    build: Builder, chapter: Chapter, resolution: int
) -> None:
    release_excerpt(build, chapter)
    release(build, resolution)
    assert "Bericht offen" in filed_texts(build.session)
    args = (build.session, build.actor, resolution, "Irrtum", AFTERWARDS)
    followup_releases.withdraw_follow_up(*args)
    item = public_item(build.session, chapter.matter)
    assert item.standing
    assert Reader(build.session.connection()).get(PublicFile, item.resolution_file)
    assert [one.progress for one in item.resolutions] == [""]
    assert "Bericht offen" not in filed_texts(build.session)
    assert verify(build.session.connection()).intact
    with pytest.raises(RuleBroken, match="nichts veröffentlicht"):
        followup_releases.withdraw_follow_up(*args)


def test_a_nonpublic_resolution_is_never_followed_in_public(
    build: Builder, chapter: Chapter
) -> None:
    wanted = (resolutions.Numbering(item_id=chapter.secret),)
    (made,) = resolutions.number_resolutions(
        build.session, build.actor, chapter.meeting, wanted, AFTERWARDS
    )
    with pytest.raises(RuleBroken, match="nichtöffentlich"):
        release(build, made)


def consent(build: Builder, person: int, *fields: ContactField) -> None:
    row = build.session.get_one(Person, person)
    facts = PersonFacts(
        family_name=row.family_name, email="a@rat.example", phone="03904 1", mobile="0170 2",
        consents=frozenset(fields),
    )  # fmt: skip
    version = build.version(Person, person)
    people.edit_person(build.session, build.actor, person, version, facts, AFTERWARDS)


def contact(session: Session, person: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    session.rollback()
    uid = session.get_one(Person, person).uid
    filed = Reader(session.connection()).get(PublicPerson, uid)
    assert filed is not None
    return filed.living.email, filed.living.phone


def test_contact_data_goes_out_by_consent_and_a_release_and_comes_back_at_once(
    build: Builder, chapter: Chapter
) -> None:
    person = chapter.members[0]
    consent(build, person, ContactField.EMAIL, ContactField.MOBILE)
    releases.release_organization(build.session, build.actor, chapter.committee, "", AFTERWARDS)
    assert contact(build.session, person) == (("a@rat.example",), ("0170 2",))
    consent(build, person, ContactField.MOBILE, ContactField.PHONE)
    # What is new waits for its own release; what was taken back is gone at once, everywhere.
    assert contact(build.session, person) == ((), ("0170 2",))
    assert "a@rat.example" not in filed_texts(build.session)
    uid = build.session.get_one(Person, person).uid
    seats = Reader(build.session.connection()).children(PublicMembership, [uid])[uid]
    assert len(seats) == 1
    assert verify(build.session.connection()).intact


def test_a_report_that_the_public_reads_is_taken_back_before_it_changes_sides(
    build: Builder, chapter: Chapter, resolution: int
) -> None:
    release_excerpt(build, chapter)
    release(build, resolution)
    later = ReportFacts(reported_on=date(2017, 5, 3), text="Danach", public=True)
    unread = add_report(build.session, build.actor, resolution, later, AFTERWARDS)
    reports = {one.text: one.id for one in build.session.get_one(Resolution, resolution).reports}
    offered = reports["Bericht offen"]

    def hide(report: int) -> None:
        facts = ReportFacts(reported_on=date(2017, 5, 2), text="Anders", public=False)
        version = build.version(ResolutionReport, report)
        edit_report(build.session, build.actor, report, version, facts, AFTERWARDS)

    def remove(report: int) -> None:
        version = build.version(ResolutionReport, report)
        remove_report(build.session, build.actor, report, version, AFTERWARDS)

    for act in (hide, remove):
        with pytest.raises(RuleBroken, match="Der Bericht ist veröffentlicht") as broken:
            act(offered)
        assert broken.value.field == "public"
    hide(unread)
    remove(reports["Bericht intern"])
    taken = (build.session, build.actor, resolution, "Irrtum", AFTERWARDS)
    followup_releases.withdraw_follow_up(*taken)
    remove(offered)
    release(build, resolution)
    assert "Bericht offen" not in filed_texts(build.session)
