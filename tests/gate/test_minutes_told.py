"""What the minutes tell of the room: members read all of it, the public no reason and no secret."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from sitzungsdienst.acts import attendance, changes, internal_prints, objections, recusals
from sitzungsdienst.acts.attendance_rows import AttendanceFacts, Out
from sitzungsdienst.acts.changes import ChangeFacts
from sitzungsdienst.acts.minutes import MinutesFacts, draft_minutes, sign_minutes
from sitzungsdienst.acts.objections import ObjectionFacts
from sitzungsdienst.acts.presence import quorum_sentence
from sitzungsdienst.acts.proceedings import TreatmentFacts, record_treatment
from sitzungsdienst.acts.recusals import RecusalFacts
from sitzungsdienst.documents import values
from sitzungsdienst.gate import desk as gate
from sitzungsdienst.gate import prints, sentences
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.gate.view import public_view
from sitzungsdienst.record.changes import ChangeKind
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.proceedings import AttendanceKind
from tests.support.builders import AFTERWARDS, Builder, planned_chapter

SECRETS = ("Schwager", "Insolvenz", "Drohung", "Krankenhaus", "So war es nie", "Geheimer Satz")


def at(hour: int, minute: int) -> datetime:
    """A moment of the meeting, which begins at 15:00 UTC, 17:00 in Berlin."""
    return datetime(2017, 4, 19, hour, minute, tzinfo=UTC)


@dataclass
class Told:
    """The values of both versions."""

    full: values.Minutes
    public: values.Minutes


@pytest.fixture
def told(build: Builder) -> Told:
    """A meeting in which everything happens that the public must not read the reason of."""
    chapter = planned_chapter(build)
    moved = build.item(chapter.meeting, "Bericht zum Vorfall")
    later = build.item(chapter.meeting, "Anfragen")
    build.summon(chapter.meeting, chapter.paper)
    build.present(chapter.meeting, *chapter.members)
    args = (build.session, build.actor)
    _attend(build, chapter.meeting, chapter.members)
    for item, began, ended in (
        (chapter.opening, at(15, 0), at(15, 10)),
        (chapter.matter, at(15, 10), at(15, 40)),
        (later, at(15, 40), at(15, 50)),
        (moved, at(15, 50), at(16, 10)),
        (chapter.secret, at(16, 10), at(16, 30)),
    ):
        said = "Geheimer Satz." if item in (moved, chapter.secret) else "Es wird beraten."
        facts = TreatmentFacts(deliberation=said, began_at=began, ended_at=ended)
        if item == moved:
            _change(build, moved, kind=ChangeKind.TO_NONPUBLIC, reason="Drohung gegen Zeugen")
            row = build.session.get_one(AgendaItem, moved, populate_existing=True).treatment
            record_treatment(*args, item, row.version if row else None, facts, at(16, 40))
        else:
            record_treatment(*args, item, None, facts, at(16, 40))
    _change(build, later, kind=ChangeKind.TAKEN_EARLIER, reason="Insolvenz des Vereins",
            other_item_id=chapter.matter)  # fmt: skip
    recusal = RecusalFacts(person_id=chapter.members[0], reason="Schwager des Bewerbers")
    recusals.record_recusal(*args, chapter.matter, recusal, at(16, 40))
    build.close(chapter.meeting)
    facts = MinutesFacts(chair_name="Vorsitz", clerk_name="Krüger")
    row = draft_minutes(*args, chapter.meeting, facts, AFTERWARDS)
    version = build.version(Minutes, row)
    sign_minutes(*args, row, version, date(2017, 5, 2), AFTERWARDS)
    for item, text in ((chapter.matter, "So war es nie"), (chapter.secret, "Auch so war es nie")):
        objections.raise_objection(
            *args,
            row,
            ObjectionFacts(
                raised_by="Mitglied 2", raised_on=date(2017, 5, 3), text=text, agenda_item_id=item
            ),
            AFTERWARDS,
        )
    return _told(build, chapter.meeting, (chapter.opening, chapter.matter, later))


def _attend(build: Builder, meeting: int, members: tuple[int, ...]) -> None:
    for person, facts in (
        (members[1], {"outs": (Out(at(15, 20), at(15, 30)),)}),
        (members[2], {"outs": (Out(at(16, 15), at(16, 20)),)}),
        (members[3], {"arrived_at": at(15, 5), "left_at": at(16, 20)}),
        (members[4], {"kind": AttendanceKind.EXCUSED, "note": "Krankenhaus"}),
    ):
        row = next(
            one
            for one in build.session.get_one(Meeting, meeting).attendances
            if one.person_id == person
        )
        whole = AttendanceFacts(person_id=person, **facts)  # type: ignore[arg-type]  # its own facts
        attendance.edit_attendance(
            build.session, build.actor, row.id, row.version, whole, at(16, 40)
        )


def _change(build: Builder, item: int, **facts: object) -> None:
    whole = ChangeFacts(yes=4, no=0, abstentions=0, decided_at=at(15, 1), **facts)  # type: ignore[arg-type]  # its own facts
    version = build.version(AgendaItem, item)
    changes.decide_change(build.session, build.actor, item, version, whole, at(16, 40))


def _told(build: Builder, meeting: int, public: tuple[int, ...]) -> Told:
    build.session.rollback()
    row = build.session.get_one(Meeting, meeting, populate_existing=True)
    state = row.minutes
    assert state is not None
    desk = Desk(build.session)
    gate.put_meeting(desk, row, held=True)
    gate.put_agenda(desk, row)
    for item in row.agenda:
        if item.id in public:
            gate.put_excerpt(desk, item, file_uid="", released_on=date(2017, 5, 10))
    view, day = public_view(desk, row), date(2017, 5, 10)
    return Told(
        internal_prints.minutes(row, state, issued_on=day),
        prints.minutes(row, state, view, quorum_sentence(row), issued_on=day, check_address=""),
    )


def of(items: tuple[values.ItemRecord, ...], title: str) -> values.ItemRecord:
    return next(one for one in items if one.line.title == title)


def test_no_reason_and_no_nonpublic_word_stands_in_the_public_version(told: Told) -> None:
    for secret in SECRETS:
        assert secret in repr(told.full), f"the test would be blind for {secret}"
        assert secret not in repr(told.public), secret


def test_members_read_the_reasons(told: Told) -> None:
    matter = of(told.full.public_items, "Richtlinie")
    assert matter.recusals == (
        (
            "Mitglied 1 wirkte nicht mit (erklärt) und hat den Raum verlassen."
            " Grund: Schwager des Bewerbers."
        ),
    )
    moved = of(told.full.nonpublic_items, "Bericht zum Vorfall")
    assert moved.notes[0].startswith("In den nichtöffentlichen Teil verwiesen (Ja 4, Nein 0,")
    assert moved.notes[0].endswith("Begründung: Drohung gegen Zeugen")


def test_the_public_reads_who_took_no_part(told: Told) -> None:
    matter = of(told.public.public_items, "Richtlinie")
    assert matter.recusals == ("Mitglied 1 hat an Beratung und Beschlussfassung nicht mitgewirkt.",)


def test_who_came_and_went_stands_in_its_place(told: Told) -> None:
    for version in (told.full, told.public):
        assert of(version.public_items, "Eröffnung").movements == (
            "17:05 Uhr: Mitglied 4 nimmt an der Sitzung teil.",
        )
        assert of(version.public_items, "Richtlinie").movements == (
            "17:20 Uhr: Mitglied 2 verlässt vorübergehend den Raum.",
            "17:30 Uhr: Mitglied 2 ist wieder anwesend.",
        )
    assert "18:15 Uhr: Mitglied 3 verlässt vorübergehend den Raum." in repr(told.full)


def test_moments_of_the_nonpublic_part_are_not_for_the_public(told: Told) -> None:
    lines = [line for group in told.public.attendance for line in group.lines]
    notes = {line.name: line.note for line in lines}
    assert notes["Mitglied 2"] == "abwesend 17:20 bis 17:30 Uhr"
    assert notes["Mitglied 3"] == ""
    assert notes["Mitglied 4"] == "ab 17:05 Uhr"
    assert "18:15" not in repr(told.public)


def test_an_item_treated_nonpublicly_is_only_named(told: Told) -> None:
    moved = of(told.public.nonpublic_items, "Bericht zum Vorfall")
    assert moved == values.ItemRecord(moved.line)


def test_the_items_stand_as_they_were_called(told: Told) -> None:
    for version in (told.full, told.public):
        titles = [one.line.title for one in version.public_items]
        assert titles.index("Anfragen") < titles.index("Richtlinie")


def test_the_public_reads_of_objections_only_that_and_how(told: Told) -> None:
    (one,) = told.public.objections
    assert (one.concerns, one.outcome) == ("Ö 2", "Noch nicht entschieden")
    assert (one.raised_by, one.text, one.remark) == ("", "", "")
    assert len(told.full.objections) == 2


def test_a_joint_meeting_says_which_committee_leaves_when(build: Builder) -> None:
    chapter = planned_chapter(build)
    other = build.organization("Umweltausschuss")
    meeting = build.meeting(chapter.committee, other)
    last = build.item(meeting, "Bericht")
    row = build.session.get_one(Meeting, meeting)
    row.committees[1].until_item_id = last
    row.items[0].number = "Ö 1"
    build.session.commit()
    row = build.session.get_one(Meeting, meeting, populate_existing=True)
    for known in (None, {row.items[0].uid}):
        assert sentences.agenda_notes(row, known=known) == ("Umweltausschuss: Teilnahme bis Ö 1.",)
    assert sentences.agenda_notes(row, known=()) == ()


def test_a_continued_meeting_names_the_one_it_goes_on_with(build: Builder) -> None:
    chapter = planned_chapter(build)
    build.session.rollback()
    meeting = build.meeting(chapter.committee)
    row = build.session.get_one(Meeting, meeting)
    row.continues_id = chapter.meeting
    build.session.commit()
    row = build.session.get_one(Meeting, meeting, populate_existing=True)
    assert row.continues is not None
    for known in (None, {row.continues.uid}):
        assert sentences.agenda_notes(row, known=known) == (
            "Die Sitzung vom 19.04.2017 wird fortgesetzt.",
        )
    assert sentences.agenda_notes(row, known=()) == ()
