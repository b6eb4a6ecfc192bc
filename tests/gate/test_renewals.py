"""A withdrawal, and what is printed anew after it, never says more than what was released."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import (
    agenda,
    attendance,
    minutes,
    objections,
    organizations,
    papers,
    recusals,
    releases,
)
from sitzungsdienst.acts.attendance_rows import AttendanceFacts
from sitzungsdienst.acts.objections import ObjectionFacts
from sitzungsdienst.acts.recusals import RecusalFacts
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication import tables
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicMeeting, PublicPaper
from sitzungsdienst.publication.verify import verify
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.papers import Paper
from sitzungsdienst.record.proceedings import Capacity
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter, planned_chapter
from tests.support.pdf import words_of

IN_THE_ROOM = datetime(2017, 4, 19, 16, 40, tzinfo=UTC)
BEGUN = "Die Sitzung wird eröffnet."


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    """A meeting of which everything is public that may be."""
    chapter = held_chapter(build)
    _release_minutes(build, chapter)
    return chapter


def _release_minutes(build: Builder, chapter: Chapter) -> None:
    build.sign(chapter.meeting)
    releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)


def _withdraw_opening(build: Builder, chapter: Chapter) -> tuple[int, ...]:
    return releases.withdraw_excerpt(
        build.session, build.actor, chapter.opening, "Irrtum", AFTERWARDS
    )


def _prints(session: Session, folder: Path) -> str:
    """What every public file says, whoever links to it."""
    session.rollback()
    return " ".join(words_of(one, folder) for one in session.scalars(select(tables.blob.c.content)))


def _texts(session: Session) -> str:
    """Every public text that the ledger keeps, older versions included."""
    session.rollback()
    return " ".join(session.scalars(select(tables.document.c.text)))


def _meeting(build: Builder, chapter: Chapter) -> PublicMeeting:
    build.session.rollback()
    uid = build.session.get_one(Meeting, chapter.meeting).uid
    filed = Reader(build.session.connection()).get(PublicMeeting, uid)
    assert filed is not None
    return filed.living


def _object(build: Builder, chapter: Chapter) -> None:
    row = build.session.scalars(select(Minutes)).one().id
    facts = ObjectionFacts(
        raised_by="Vorsitz",
        raised_on=date(2017, 5, 9),
        text="Es fehlt etwas.",
        agenda_item_id=chapter.matter,
    )
    objections.raise_objection(build.session, build.actor, row, facts, AFTERWARDS)


def _add_guest(build: Builder, chapter: Chapter) -> None:
    """The minutes are opened again, a guest is added, and they are signed anew."""
    args = (build.session, build.actor)
    row = build.session.scalars(select(Minutes)).one().id
    minutes.unsign_minutes(*args, row, build.version(Minutes, row), AFTERWARDS)
    guest = AttendanceFacts(person_id=build.person("Geheimrat"), capacity=Capacity.GUEST)
    version = build.version(Meeting, chapter.meeting)
    attendance.add_attendance(*args, chapter.meeting, version, guest, AFTERWARDS)
    version = build.version(Minutes, row)
    minutes.sign_minutes(*args, row, version, date(2017, 5, 3), AFTERWARDS)


@pytest.mark.parametrize(("write_on", "word"), [(_object, "Einwendung"), (_add_guest, "Geheimrat")])
def test_minutes_written_on_since_are_withdrawn_and_not_printed_anew(
    write_on: Callable[[Builder, Chapter], None],
    word: str,
    build: Builder,
    chapter: Chapter,
    tmp_path: Path,
) -> None:
    write_on(build, chapter)
    assert _withdraw_opening(build, chapter) == (chapter.meeting,), "the clerk is told"
    left = _prints(build.session, tmp_path)
    assert word not in left
    assert BEGUN not in left
    assert _meeting(build, chapter).results_protocol == ""
    assert verify(build.session.connection()).intact


def test_minutes_unchanged_since_are_printed_anew_without_what_is_withdrawn(
    build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    assert not _withdraw_opening(build, chapter)
    assert BEGUN not in _prints(build.session, tmp_path)
    assert _meeting(build, chapter).results_protocol


def test_a_place_and_a_committee_changed_since_stay_as_they_were_released(
    build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    args = (build.session, build.actor)
    place = build.session.get_one(Meeting, chapter.meeting).location
    facts = organizations.LocationFacts(room="Nebenraum", locality="Haldensleben")
    organizations.edit_location(*args, place.id, place.version, facts, AFTERWARDS)
    organization = build.session.get_one(Organization, chapter.committee)
    named = organizations.OrganizationFacts(name="Werkausschuss", kind=organization.kind)
    version = organization.version
    organizations.edit_organization(*args, chapter.committee, version, named, AFTERWARDS)
    releases.withdraw_paper(*args, chapter.paper, "Irrtum", AFTERWARDS)
    left = _prints(build.session, tmp_path) + _texts(build.session)
    assert "Bekanntmachung" in left
    assert "Nebenraum" not in left
    assert "Werkausschuss" not in left


def test_withdrawn_members_leave_the_committee_with_the_name_it_was_released_with(
    build: Builder, chapter: Chapter
) -> None:
    args = (build.session, build.actor, chapter.committee)
    releases.release_organization(*args, "", AFTERWARDS)
    kind = build.session.get_one(Organization, chapter.committee).kind
    named = organizations.OrganizationFacts(name="Werkausschuss", kind=kind)
    version = build.version(Organization, chapter.committee)
    organizations.edit_organization(*args, version, named, AFTERWARDS)
    releases.withdraw_members(*args, "Irrtum", AFTERWARDS)
    assert "Kulturausschuss" in _texts(build.session)
    assert "Werkausschuss" not in _texts(build.session)


def test_a_withdrawn_attachment_does_not_let_drafts_of_its_paper_out(
    build: Builder, chapter: Chapter
) -> None:
    args = (build.session, build.actor)
    row = build.session.get_one(Paper, chapter.paper)
    uid, facts = (
        row.uid,
        build.paper_facts(
            reference=row.reference, title="Neuer Entwurf", reasons="Noch geheim.", public=True
        ),
    )
    papers.edit_paper(*args, chapter.paper, row.version, facts, AFTERWARDS)
    build.attach(chapter.paper, public=True, text="Nachgereicht")
    releases.withdraw_attachment(*args, chapter.attachment, "Irrtum", AFTERWARDS)
    told = _texts(build.session)
    assert "Neuer Entwurf" not in told
    assert "Noch geheim." not in told
    assert "Nachgereicht" not in told
    filed = Reader(build.session.connection()).get(PublicPaper, uid)
    assert filed is not None
    assert filed.living.auxiliary_file == ()


def test_a_withdrawn_paper_is_gone_from_the_prints_of_an_item_that_lost_it_since(
    build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    paper = build.session.get_one(Paper, chapter.paper)
    reference = paper.reference
    assert reference in _prints(build.session, tmp_path)
    # Past the office's pages, which may refuse it: the prints are what counts.
    paper.consultations[0].agenda_item = None
    build.session.commit()
    releases.withdraw_paper(build.session, build.actor, chapter.paper, "Irrtum", AFTERWARDS)
    assert reference not in _prints(build.session, tmp_path)
    assert _meeting(build, chapter).results_protocol, "the minutes are printed without it"


def test_a_line_hidden_since_leaves_the_released_minutes_too(
    build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    assert "Grundstückssache" in _prints(build.session, tmp_path)
    _hide(build, chapter)
    args = (build.session, build.actor, chapter.meeting)
    assert not releases.release_agenda(*args, "Name stand darin", AFTERWARDS)
    left = _prints(build.session, tmp_path)
    assert "Niederschrift" in left
    assert "Grundstückssache" not in left


def test_a_hidden_line_takes_minutes_with_it_that_were_written_on_since(
    build: Builder, chapter: Chapter, tmp_path: Path
) -> None:
    _object(build, chapter)
    _hide(build, chapter)
    args = (build.session, build.actor, chapter.meeting)
    gone = releases.release_agenda(*args, "Name stand darin", AFTERWARDS)
    assert gone == (chapter.meeting,)
    left = _prints(build.session, tmp_path)
    assert "Grundstückssache" not in left
    assert "Einwendung" not in left


def test_a_withdrawn_meeting_is_not_named_in_the_minutes_that_were_approved_in_it(
    build: Builder, tmp_path: Path
) -> None:
    args = (build.session, build.actor)
    chapter = held_chapter(build)
    row = build.sign(chapter.meeting)
    later = build.meeting(chapter.committee, start=datetime(2017, 5, 9, 15, tzinfo=UTC))
    build.item(later, "Eröffnung")
    build.summon(later)
    version, day = build.version(Minutes, row), date(2017, 5, 9)
    minutes.approve_minutes(*args, row, version, day, later, AFTERWARDS)
    releases.release_minutes(*args, chapter.meeting, "", AFTERWARDS)
    told = "in der Sitzung vom 09.05.2017"
    assert told in _prints(build.session, tmp_path)
    assert releases.withdraw_meeting(*args, later, "Irrtum", AFTERWARDS) == ()
    left = _prints(build.session, tmp_path)
    assert "genehmigt" in left
    assert told not in left


def _hide(build: Builder, chapter: Chapter) -> None:
    row = build.session.get_one(AgendaItem, chapter.secret)
    facts = agenda.ItemFacts(
        title=row.title,
        part=Part.NONPUBLIC,
        disclosure=Disclosure.HIDDEN,
        consultation_ids=tuple(step.id for step in row.consultations),
    )
    agenda.edit_item(build.session, build.actor, row.id, row.version, facts, AFTERWARDS)


def test_the_minutes_name_nobody_recused_from_an_item_whose_excerpt_is_withdrawn(
    build: Builder, tmp_path: Path
) -> None:
    chapter = planned_chapter(build)
    build.summon(chapter.meeting, chapter.paper)
    build.present(chapter.meeting, *chapter.members)
    build.treat(chapter.opening, BEGUN)
    build.treat(chapter.matter)
    args = (build.session, build.actor, chapter.matter)
    recusals.record_recusal(*args, RecusalFacts(person_id=chapter.members[0]), IN_THE_ROOM)
    build.close(chapter.meeting)
    _release_minutes(build, chapter)
    assert "nicht mitgewirkt" in _prints(build.session, tmp_path)
    releases.withdraw_excerpt(*args, "Datenschutz", AFTERWARDS)
    left = _prints(build.session, tmp_path)
    assert "Niederschrift" in left
    assert "nicht mitgewirkt" not in left


@pytest.mark.parametrize("whole_meeting", [False, True])
def test_a_withdrawn_result_is_erased_from_older_texts_of_a_path_too(
    whole_meeting: bool, build: Builder
) -> None:
    chapter = held_chapter(build)
    build.release_excerpts(chapter.meeting, chapter.matter)
    assert "ungeändert beschlossen" in _texts(build.session)
    args = (build.session, build.actor)
    if whole_meeting:
        releases.withdraw_meeting(*args, chapter.meeting, "Irrtum", AFTERWARDS)
    else:
        releases.withdraw_excerpt(*args, chapter.matter, "Irrtum", AFTERWARDS)
    assert "ungeändert beschlossen" not in _texts(build.session)
    assert verify(build.session.connection()).intact
