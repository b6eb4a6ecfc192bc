"""Resolutions: what becomes one, its number without gaps, its wording, and mistakes."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from sitzungsdienst.acts import changes, minutes, proceedings, resolutions, terms
from sitzungsdienst.acts.changes import ChangeFacts
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.resolutions import Numbering, ResolutionFacts
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.bodies import Body, OrganizationKind
from sitzungsdienst.record.changes import ChangeKind
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.numbers import NumberSequence
from sitzungsdienst.record.papers import ConsultationRole
from sitzungsdienst.record.proceedings import BallotOutcome, Decision, Motion, Treatment
from sitzungsdienst.record.resolutions import Announcement, Progress, Resolution
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter, planned_chapter

FACTS = ResolutionFacts(subject="Richtlinie", decision=Decision.ADOPTED, text_adopted="So.")


@pytest.fixture
def chapter(build: Builder) -> Chapter:
    """A closed meeting whose items are adopted: the opening, Ö 2 and N 1."""
    return held_chapter(build)


def set_pattern(build: Builder, pattern: str) -> None:
    build.session.get_one(Body, build.actor.body_id).resolution_number_pattern = pattern
    build.session.commit()


def number(build: Builder, chapter: Chapter, *items: int, **typed: str) -> list[Resolution]:
    wanted = tuple(Numbering(item_id=one, number=typed.get(f"i{one}", "")) for one in items)
    made = resolutions.number_resolutions(
        build.session, build.actor, chapter.meeting, wanted, AFTERWARDS
    )
    build.session.rollback()
    return [build.session.get_one(Resolution, one) for one in made]


def add(build: Builder, item: int, **more: str) -> int:
    facts = ResolutionFacts(subject="Richtlinie", decision=Decision.ADOPTED, **more)
    return resolutions.add_resolution(build.session, build.actor, item, facts, AFTERWARDS)


def row(build: Builder, resolution: int) -> Resolution:
    build.session.rollback()
    return build.session.get_one(Resolution, resolution, populate_existing=True)


def numbers(build: Builder) -> list[str]:
    build.session.rollback()
    return list(build.session.scalars(select(Resolution.number).order_by(Resolution.id)))


def treat(build: Builder, item: int, **facts: object) -> None:
    """Record anew what was said on an item."""
    build.session.rollback()
    stored = build.session.get_one(AgendaItem, item).treatment
    whole = proceedings.TreatmentFacts(**facts)  # type: ignore[arg-type]  # the test's own facts
    version = stored.version if stored else None
    args = (build.session, build.actor, item, version, whole, AFTERWARDS)
    proceedings.record_treatment(*args)


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


# --- Mistakes


def remove(build: Builder, resolution: int) -> None:
    version = row(build, resolution).version
    resolutions.remove_resolution(build.session, build.actor, resolution, version, AFTERWARDS)


def test_the_last_of_a_count_is_removed_and_its_number_given_again(
    build: Builder, chapter: Chapter
) -> None:
    made = [add(build, chapter.matter) for _ in range(3)]
    with pytest.raises(RuleBroken, match="weitere Nummern"):
        remove(build, made[0])
    remove(build, made[2])
    remove(build, made[1])
    add(build, chapter.matter)
    assert numbers(build) == ["1/2017", "2/2017"]


def test_a_number_typed_by_hand_is_removed_at_any_time(build: Builder, chapter: Chapter) -> None:
    typed = add(build, chapter.matter, number="84/20/2007")
    beyond = add(build, chapter.matter, number="9/2017")
    add(build, chapter.matter)
    remove(build, typed)
    remove(build, beyond)
    assert numbers(build) == ["1/2017"]
    assert build.session.scalars(select(NumberSequence)).one().last == 1


def test_a_typed_number_that_the_count_passed_over_would_leave_a_gap(
    build: Builder, chapter: Chapter
) -> None:
    typed = add(build, chapter.matter, number="1/2017")
    add(build, chapter.matter)
    with pytest.raises(RuleBroken, match="weitere Nummern"):
        remove(build, typed)


def test_a_changed_pattern_does_not_open_a_gap(build: Builder, chapter: Chapter) -> None:
    first, second = add(build, chapter.matter), add(build, chapter.matter)
    set_pattern(build, "B{seq}")
    add(build, chapter.matter)
    with pytest.raises(RuleBroken, match="weitere Nummern"):
        remove(build, first)
    remove(build, second)
    set_pattern(build, "{seq}/{year}")
    add(build, chapter.matter)
    assert sorted(numbers(build)) == ["1/2017", "2/2017", "B1"]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.none(), st.integers(0, 5), st.integers(1, 9).map(str)), max_size=14))
def test_adding_and_removing_in_any_order_leaves_no_gap(
    build: Builder, chapter: Chapter, steps: list[int | str | None]
) -> None:
    """None adds by the pattern, a text adds as typed, a number removes that row if it may."""
    kept: list[int] = []
    for step in steps:
        try:
            if step is None:
                kept.append(add(build, chapter.matter))
            elif isinstance(step, str):
                kept.append(add(build, chapter.matter, number=f"{step}/2017"))
            elif kept:
                chosen = kept[step % len(kept)]
                remove(build, chosen)
                kept.remove(chosen)
        except RuleBroken:
            continue
    build.session.rollback()
    last = build.session.scalar(select(NumberSequence.last)) or 0
    given_ = {int(one.split("/")[0]) for one in numbers(build)}
    assert set(range(1, last + 1)) <= given_
    assert len(given_) == len(kept)
    for one in build.session.scalars(select(Resolution)):
        build.session.delete(one)
    for counter in build.session.scalars(select(NumberSequence)):
        build.session.delete(counter)
    build.session.commit()


def test_what_cannot_be_removed_is_marked_and_keeps_its_number(
    build: Builder, chapter: Chapter
) -> None:
    made = add(build, chapter.matter)
    args = (build.session, build.actor, made)
    with pytest.raises(RuleBroken) as broken:
        resolutions.void_resolution(*args, row(build, made).version, " ", AFTERWARDS)
    assert broken.value.field == "reason"
    resolutions.void_resolution(*args, row(build, made).version, "Doppelt erfasst", AFTERWARDS)
    marked = row(build, made)
    assert (marked.void, marked.voided_on) == (True, date(2017, 5, 10))
    add(build, chapter.matter)
    assert numbers(build) == ["1/2017", "2/2017"]
    resolutions.restore_resolution(*args, row(build, made).version, AFTERWARDS)
    assert not row(build, made).void


def test_an_item_whose_only_resolution_is_void_gets_another(
    build: Builder, chapter: Chapter
) -> None:
    (made,) = number(build, chapter, chapter.matter)
    args = (build.session, build.actor, made.id, made.version, "Falscher Punkt", AFTERWARDS)
    resolutions.void_resolution(*args)
    build.session.rollback()
    waiting = resolutions.awaiting(build.session.get_one(Meeting, chapter.meeting))
    assert chapter.matter in [one.id for one in waiting]
    assert number(build, chapter, chapter.matter)[0].number == "2/2017"


# --- Wording


def test_the_wording_is_changed_while_the_minutes_are_not_signed(
    build: Builder, chapter: Chapter
) -> None:
    (made,) = number(build, chapter, chapter.matter)
    args = (build.session, build.actor, made.id)
    changed = ResolutionFacts(
        subject="Neue Richtlinie", decision=Decision.ADOPTED_CHANGED, text_adopted="Anders."
    )
    resolutions.edit_resolution(*args, made.version, changed, AFTERWARDS)
    found = row(build, made.id)
    assert (found.text_adopted, found.number) == ("Anders.", "1/2017")
    assert resolutions.differs_from_record(found)
    with pytest.raises(Stale):
        resolutions.edit_resolution(*args, 1, changed, AFTERWARDS)
    empty = ResolutionFacts(subject=" ", decision=Decision.ADOPTED)
    with pytest.raises(RuleBroken) as broken:
        resolutions.edit_resolution(*args, found.version, empty, AFTERWARDS)
    assert broken.value.field == "subject"


def test_after_the_signing_no_wording_is_typed_but_what_is_recorded_is_taken_over(
    build: Builder, chapter: Chapter
) -> None:
    (made,) = number(build, chapter, chapter.matter)
    signed = build.sign(chapter.meeting)
    args = (build.session, build.actor, made.id)
    for refused in (
        lambda: resolutions.edit_resolution(*args, 1, FACTS, AFTERWARDS),
        lambda: resolutions.remove_resolution(*args, 1, AFTERWARDS),
        lambda: add(build, chapter.matter),
    ):
        with pytest.raises(RuleBroken, match="unterzeichnet"):
            refused()
    # Old meetings get their resolutions as they are recorded.
    assert number(build, chapter, chapter.secret)[0].text_adopted == "So sei es."
    version = build.version(Minutes, signed)
    minutes.unsign_minutes(build.session, build.actor, signed, version, AFTERWARDS)
    remove(build, number(build, chapter, chapter.opening)[0].id)


def test_what_is_recorded_is_taken_over_again(build: Builder, chapter: Chapter) -> None:
    (made,) = number(build, chapter, chapter.matter)
    treat(build, chapter.matter, decision=Decision.REJECTED, resolution_text="Abgelehnt.")
    stale = row(build, made.id)
    assert resolutions.differs_from_record(stale)
    args = (build.session, build.actor, made.id)
    resolutions.adopt_record(*args, stale.version, AFTERWARDS)
    found = row(build, made.id)
    assert (found.decision, found.text_adopted) == (Decision.REJECTED, "Abgelehnt.")
    assert not resolutions.differs_from_record(found)
    add(build, chapter.matter)
    with pytest.raises(RuleBroken, match="nicht eindeutig"):
        resolutions.adopt_record(*args, found.version, AFTERWARDS)


def test_resolutions_of_another_body_are_unknown(
    build: Builder, stranger: Builder, chapter: Chapter
) -> None:
    (made,) = number(build, chapter, chapter.matter)
    here = (stranger.session, stranger.actor)
    version = made.version
    for refused in (
        lambda: resolutions.edit_resolution(*here, made.id, version, FACTS, AFTERWARDS),
        lambda: resolutions.adopt_record(*here, made.id, version, AFTERWARDS),
        lambda: resolutions.remove_resolution(*here, made.id, version, AFTERWARDS),
        lambda: resolutions.void_resolution(*here, made.id, version, "Darum", AFTERWARDS),
        lambda: resolutions.restore_resolution(*here, made.id, version, AFTERWARDS),
    ):
        with pytest.raises(Unknown):
            refused()
