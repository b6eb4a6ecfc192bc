"""Resolutions: what becomes one, and its number without gaps."""

from datetime import date

import pytest
from sqlalchemy import select

from sitzungsdienst.acts import changes, resolutions, terms
from sitzungsdienst.acts.changes import ChangeFacts
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.resolutions import ResolutionFacts
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.changes import ChangeKind
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.papers import ConsultationRole
from sitzungsdienst.record.proceedings import BallotOutcome, Decision, Motion, Treatment
from sitzungsdienst.record.resolutions import Announcement, Progress
from tests.support.builders import AFTERWARDS, Builder, Chapter, planned_chapter
from tests.support.numbering import add, number, numbers, row, set_pattern, treat

# --- What becomes a resolution


def test_what_was_decided_waits_for_a_number_in_the_order_of_the_agenda(
    build: Builder, chapter: Chapter
) -> None:
    meeting = build.session.get_one(Meeting, chapter.meeting)
    waiting = [one.id for one in resolutions.awaiting(meeting)]
    assert waiting == [chapter.opening, chapter.matter, chapter.secret]
    made = number(build, chapter, *reversed(waiting))
    assert [one.agenda_item_id for one in made] == waiting
    assert [one.number for one in made] == ["1/2017", "2/2017", "3/2017"]
    assert resolutions.awaiting(build.session.get_one(Meeting, chapter.meeting)) == ()


@pytest.mark.parametrize(
    ("decision", "waits"),
    [
        (Decision.ADOPTED, True),
        (Decision.ADOPTED_CHANGED, True),
        (Decision.REJECTED, True),
        (Decision.REFERRED, True),
        (Decision.NOTED, False),
        (Decision.ADJOURNED, False),
        (Decision.WITHDRAWN, False),
        (Decision.DONE, False),
    ],
)
def test_a_decision_on_the_matter_needs_a_number_and_nothing_else_does(
    build: Builder, chapter: Chapter, decision: Decision, waits: bool
) -> None:
    treat(build, chapter.matter, decision=decision)
    waiting = resolutions.awaiting(build.session.get_one(Meeting, chapter.meeting))
    assert (chapter.matter in [one.id for one in waiting]) is waits
    (made,) = number(build, chapter, chapter.matter)
    assert made.decision is decision


def test_a_vote_alone_tells_the_decision(build: Builder, chapter: Chapter) -> None:
    treat(build, chapter.matter)
    item = build.session.get_one(AgendaItem, chapter.matter)
    assert resolutions.decision_of(item) is Decision.ADOPTED
    item.ballots[0].outcome = BallotOutcome.REJECTED
    assert resolutions.decision_of(item) is Decision.REJECTED
    item.ballots[0].outcome = BallotOutcome.ACCEPTED
    build.session.commit()
    build.vote(chapter.matter, yes=5, no=0, abstentions=0)
    item = build.session.get_one(AgendaItem, chapter.matter)
    item.ballots[1].motion = Motion.AMENDMENT
    assert resolutions.decision_of(item) is Decision.ADOPTED_CHANGED


def test_committees_that_voted_differently_leave_the_decision_open(
    build: Builder, chapter: Chapter
) -> None:
    treat(build, chapter.matter)
    build.vote(chapter.matter, yes=0, no=5, abstentions=0)
    item = build.session.get_one(AgendaItem, chapter.matter)
    assert resolutions.decision_of(item) is None
    with pytest.raises(RuleBroken) as broken:
        number(build, chapter, chapter.matter)
    assert broken.value.field == f"number-{chapter.matter}"


def test_wordings_come_from_the_paper_and_from_what_is_recorded(
    build: Builder, chapter: Chapter
) -> None:
    build.session.get_one(AgendaItem, chapter.matter).consultations[
        0
    ].paper.proposed_resolution = "Die Richtlinie wird beschlossen."
    build.session.commit()
    (made,) = number(build, chapter, chapter.matter)
    assert made.text_put == "Die Richtlinie wird beschlossen."
    assert made.text_adopted == "So sei es."
    assert (made.subject, made.decided_on) == ("Richtlinie", date(2017, 4, 19))
    assert (made.part, made.announcement) == (Part.PUBLIC, Announcement.NOT_NEEDED)


def test_what_is_adopted_unchanged_needs_no_second_wording(
    build: Builder, chapter: Chapter
) -> None:
    build.session.get_one(AgendaItem, chapter.matter).consultations[
        0
    ].paper.proposed_resolution = "Die Richtlinie wird beschlossen."
    build.session.commit()
    treat(build, chapter.matter, decision=Decision.ADOPTED)
    item = build.session.get_one(AgendaItem, chapter.matter)
    assert resolutions.adopted_text(item) == "Die Richtlinie wird beschlossen."
    treat(build, chapter.matter, decision=Decision.REJECTED)
    item = build.session.get_one(AgendaItem, chapter.matter)
    assert resolutions.adopted_text(item) == ""


def test_who_decides_has_something_done_and_who_prepares_has_not(
    build: Builder, chapter: Chapter
) -> None:
    unit = build.organization("Amt für Kultur", OrganizationKind.UNIT)
    paper = build.session.get_one(AgendaItem, chapter.matter).consultations[0].paper
    paper.responsible_unit_id, paper.handled_by = unit, "Brummunt, Erdmute"
    build.session.commit()
    (made,) = number(build, chapter, chapter.matter)
    assert (made.progress, made.unit_id) == (Progress.OPEN, unit)
    assert made.in_charge == "Brummunt, Erdmute"
    made.agenda_item.consultations[0].role = ConsultationRole.PRELIMINARY
    build.session.commit()
    assert row(build, add(build, chapter.matter)).progress is Progress.NOTHING_TO_DO


def test_what_was_really_nonpublic_owes_an_announcement_whatever_was_planned(
    build: Builder, chapter: Chapter
) -> None:
    assert number(build, chapter, chapter.secret)[0].announcement is Announcement.OWED
    treatment = build.session.scalars(
        select(Treatment).where(Treatment.agenda_item_id == chapter.matter)
    ).one()
    treatment.treated_part = Part.NONPUBLIC
    build.session.commit()
    (made,) = number(build, chapter, chapter.matter)
    assert (made.part, made.announcement) == (Part.NONPUBLIC, Announcement.OWED)


def test_a_part_that_turns_out_otherwise_counts_at_once_and_is_taken_over(
    build: Builder, chapter: Chapter
) -> None:
    (made,) = number(build, chapter, chapter.matter)
    made.agenda_item.treatment.treated_part = Part.NONPUBLIC
    build.session.commit()
    stale = row(build, made.id)
    assert (stale.part, stale.actual_part) == (Part.PUBLIC, Part.NONPUBLIC)
    assert resolutions.differs_from_record(stale)
    resolutions.adopt_record(build.session, build.actor, made.id, stale.version, AFTERWARDS)
    now = row(build, made.id)
    assert (now.part, now.announcement) == (Part.NONPUBLIC, Announcement.OWED)


def test_an_internal_title_is_never_the_subject_of_a_public_resolution(build: Builder) -> None:
    planned = planned_chapter(build)
    item = planned.secret
    build.summon(planned.meeting, planned.paper)
    build.present(planned.meeting, *planned.members)
    facts = ChangeFacts(kind=ChangeKind.TO_PUBLIC, decided_at=build.now, yes=4, no=0, abstentions=0)
    version = build.version(AgendaItem, item)
    changes.decide_change(build.session, build.actor, item, version, facts, build.now)
    treat(build, item, deliberation="Beraten.", decision=Decision.ADOPTED)
    build.close(planned.meeting)
    (made,) = number(build, planned, item)
    assert (made.part, made.subject) == (Part.PUBLIC, "Grundstückssache")
    internal = ResolutionFacts(subject="kauf von Herrn Meier, neu", decision=Decision.ADOPTED)
    with pytest.raises(RuleBroken, match="etwa »Grundstückssache«") as broken:
        resolutions.edit_resolution(
            build.session, build.actor, made.id, made.version, internal, AFTERWARDS
        )
    assert broken.value.field == "subject"
    with pytest.raises(RuleBroken, match="nichtöffentlichen Tagesordnung"):
        resolutions.add_resolution(build.session, build.actor, item, internal, AFTERWARDS)


def test_what_becomes_public_leaves_its_internal_subject_behind(
    build: Builder, chapter: Chapter
) -> None:
    (made,) = number(build, chapter, chapter.secret)
    assert made.subject == "Kauf von Herrn Meier"
    made.agenda_item.treatment.treated_part = Part.PUBLIC
    build.session.commit()
    stale = row(build, made.id)
    resolutions.adopt_record(build.session, build.actor, made.id, stale.version, AFTERWARDS)
    assert row(build, made.id).subject == "Grundstückssache"


def test_nothing_is_numbered_before_the_summons(build: Builder) -> None:
    chapter = planned_chapter(build)
    with pytest.raises(RuleBroken, match="noch nicht geladen"):
        number(build, chapter, chapter.matter)
    with pytest.raises(RuleBroken, match="noch nicht geladen"):
        add(build, chapter.matter)


def test_an_item_of_another_meeting_is_not_numbered_with_this_one(
    build: Builder, chapter: Chapter
) -> None:
    other = build.meeting(chapter.committee)
    foreign = build.item(other)
    with pytest.raises(Unknown):
        number(build, chapter, chapter.matter, foreign)
    assert numbers(build) == []


def test_numbering_twice_gives_one_number(build: Builder, chapter: Chapter) -> None:
    number(build, chapter, chapter.matter)
    with pytest.raises(RuleBroken, match="schon einen Beschluss"):
        number(build, chapter, chapter.matter)
    assert numbers(build) == ["1/2017"]


def test_an_item_may_have_several_resolutions(build: Builder, chapter: Chapter) -> None:
    for _ in range(3):
        add(build, chapter.matter)
    item = build.session.get_one(AgendaItem, chapter.matter, populate_existing=True)
    assert [one.position for one in item.resolutions] == [1, 2, 3]
    assert [one.number for one in item.resolutions] == ["1/2017", "2/2017", "3/2017"]


# --- Numbers


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{seq}/{year}", "1/2017"),
        ("{year:2}/{committee}/{seq:4}", "17/KA/0001"),
        ("{term}-{seq:3}", "6-001"),
        ("{paper}", "2017/FB3/0433"),
    ],
)
def test_the_pattern_fills_its_places(
    build: Builder, chapter: Chapter, pattern: str, expected: str
) -> None:
    from_terms(build)
    item = build.session.get_one(AgendaItem, chapter.matter)
    item.consultations[0].paper.reference = "2017/FB3/0433"
    item.meeting.organizations[0].short_name = "KA"
    set_pattern(build, pattern)
    assert number(build, chapter, chapter.matter)[0].number == expected


def from_terms(build: Builder) -> None:
    facts = terms.TermFacts(name="6. Wahlperiode", start_date=date(2014, 7, 1))
    terms.add_term(build.session, build.actor, facts, build.now)


def test_a_place_without_a_value_is_named_at_the_items_number(
    build: Builder, chapter: Chapter
) -> None:
    set_pattern(build, "{committee}/{seq}")
    with pytest.raises(RuleBroken, match="Kürzel des Gremiums") as broken:
        number(build, chapter, chapter.matter)
    assert broken.value.field == f"number-{chapter.matter}"


def test_where_the_office_types_numbers_one_must_be_typed(build: Builder, chapter: Chapter) -> None:
    set_pattern(build, "")
    with pytest.raises(RuleBroken, match="Bitte geben Sie die Nummer"):
        number(build, chapter, chapter.matter)
    (made,) = number(build, chapter, chapter.matter, **{f"i{chapter.matter}": "084/20/2007"})
    assert made.number == "084/20/2007"


def test_a_number_is_given_once(build: Builder, chapter: Chapter) -> None:
    add(build, chapter.matter, number="84/20/2007")
    with pytest.raises(RuleBroken, match="schon vergeben") as broken:
        add(build, chapter.matter, number="84/20/2007")
    assert broken.value.field == "number"
    add(build, chapter.matter, number="084/20/2007")


def test_a_papers_number_can_be_taken_over_once(build: Builder, chapter: Chapter) -> None:
    set_pattern(build, "{paper}")
    number(build, chapter, chapter.matter)
    with pytest.raises(RuleBroken, match="schon vergeben"):
        add(build, chapter.matter)


def test_a_typed_number_is_passed_over_by_the_count(build: Builder, chapter: Chapter) -> None:
    add(build, chapter.matter, number="2/2017")
    for _ in range(3):
        add(build, chapter.matter)
    assert numbers(build) == ["2/2017", "1/2017", "3/2017", "4/2017"]


def test_a_refused_numbering_uses_no_number_up(build: Builder, chapter: Chapter) -> None:
    treat(build, chapter.secret, deliberation="Nur geredet.")
    with pytest.raises(RuleBroken):
        number(build, chapter, chapter.matter, chapter.secret)
    assert number(build, chapter, chapter.matter)[0].number == "1/2017"
