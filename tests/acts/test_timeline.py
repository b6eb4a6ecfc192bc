"""Who is in the room at a moment."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from sitzungsdienst.acts.timeline import Span, Stay, When, clashes, seats, spans, voters

NOBODY: frozenset[int] = frozenset()
ONE = frozenset({1})


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2017, 4, 19, hour, minute, tzinfo=UTC)


def test_somebody_is_there_from_coming_until_just_before_going() -> None:
    (span,) = spans(at(17), at(18))
    assert span.meets(When.at(at(17)))
    assert not span.meets(When.at(at(18)))
    assert not span.meets(When.at(at(16, 59)))


def test_out_of_the_room_is_not_there() -> None:
    found = spans(None, at(20), [(at(19), at(19, 10)), (at(18), at(18, 5))])
    assert found == (Span(None, at(18)), Span(at(18, 5), at(19)), Span(at(19, 10), at(20)))
    stay = Stay(7, 7, ONE, found)
    assert stay.there(When.at(at(18, 5)))
    assert not stay.there(When.at(at(18, 4)))
    assert not stay.there(When.at(at(19)))


def test_a_while_counts_who_was_there_at_some_of_it() -> None:
    late = Stay(7, 7, ONE, spans(at(18), None))
    assert late.there(When(at(17), at(19)))
    assert late.there(When())
    assert not late.there(When(at(17), at(17, 30)))


def test_who_is_absent_is_never_there() -> None:
    assert not Stay(7, 7, ONE, ()).there(When())


def test_only_the_committee_that_votes_is_counted() -> None:
    stays = (
        Stay(1, 1, frozenset({1}), (Span(),)),
        Stay(2, 2, frozenset({2}), (Span(),)),
        Stay(3, 3, frozenset({1, 2}), (Span(),)),
        Stay(4, 4, NOBODY, (Span(),)),
    )
    assert [one.person for one in voters(stays, When(), frozenset({1}))] == [1, 3]
    assert [one.person for one in voters(stays, When(), frozenset({1, 2}))] == [1, 2, 3]


def test_a_member_and_the_substitute_after_them_are_one_vote_and_no_clash() -> None:
    member = Stay(1, 1, ONE, spans(None, at(18)))
    substitute = Stay(2, 1, ONE, spans(at(18), None))
    assert seats((member, substitute)) == {1}
    assert clashes((member, substitute)) == ()
    too_early = Stay(2, 1, ONE, spans(at(17, 59), None))
    assert clashes((member, too_early)) == ((member, too_early),)
    assert clashes((member, Stay(3, 3, ONE, (Span(),)))) == ()


minutes = st.integers(0, 600)


@given(st.lists(minutes, min_size=2, max_size=12, unique=True), minutes)
def test_there_or_out_but_never_both(marks: list[int], moment: int) -> None:
    """Whatever the comings and goings: a minute lies in one of the times, or between two."""
    marks = sorted(marks[: len(marks) // 2 * 2])
    clock = [at(8 + one // 60, one % 60) for one in marks]
    outs = list(zip(clock[1:-1:2], clock[2:-1:2], strict=True))
    found = spans(clock[0], clock[-1], outs)
    when = When.at(at(8 + moment // 60, moment % 60))
    inside = sum(span.meets(when) for span in found)
    expected = sum(mark <= moment for mark in marks) % 2
    assert inside == expected
