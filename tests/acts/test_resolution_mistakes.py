"""Resolutions: mistakes that leave no gap, and the wording until and after the signing."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from sitzungsdienst.acts import minutes, resolutions
from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.resolutions import ResolutionFacts
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.numbers import NumberSequence
from sitzungsdienst.record.proceedings import Decision
from sitzungsdienst.record.resolutions import Resolution
from tests.support.builders import AFTERWARDS, Builder, Chapter
from tests.support.numbering import FACTS, add, number, numbers, row, set_pattern, treat

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
