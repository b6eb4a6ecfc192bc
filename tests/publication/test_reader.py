"""Look-ups: what they give, in which order, and with how many statements."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from sitzungsdienst.database import statement_counter
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.selection import Window
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicFile,
    PublicMeeting,
    PublicOrganization,
)
from tests.publication import cast
from tests.publication.cast import NOON, TOWN, file, uid, withdraw


def items(number: int) -> list[PublicAgendaItem]:
    return [
        replace(cast.FIRST, uid=uid(f"more {order}"), order=order, number=f"Ö {order + 1}")
        for order in range(3, number)
    ]


def meeting(name: str, start: datetime | None, **facts: Any) -> PublicMeeting:
    return replace(cast.MEETING, uid=uid(name), name=name, start=start, invitation="", **facts)


def names(filed: Any) -> list[str]:
    return [one.living.name for one in filed]


def test_an_object_is_found_under_its_kind_only(engine: Engine) -> None:
    file(engine)
    with engine.connect() as connection:
        reader = Reader(connection)
        assert reader.get(Kind.MEETING, cast.MEETING.uid) is not None
        assert reader.get(Kind.PAPER, cast.MEETING.uid) is None
        assert reader.get(Kind.MEETING, "nothing") is None
        assert reader.many(PublicFile, ()) == {}


def test_items_come_in_the_order_of_the_agenda_not_of_their_numbers(engine: Engine) -> None:
    file(engine, *TOWN, *reversed(items(12)))
    with engine.connect() as connection:
        found = Reader(connection).children(PublicAgendaItem, (cast.MEETING.uid,))
    orders = [item.living.order for item in found[cast.MEETING.uid]]
    assert orders == list(range(12))


def test_children_of_several_parents_are_kept_apart(engine: Engine) -> None:
    other = meeting("andere", NOON)
    file(engine, *TOWN, other)
    with engine.connect() as connection:
        reader = Reader(connection)
        found = reader.children(Kind.AGENDA_ITEM, (cast.MEETING.uid, other.uid))
        assert len(found[cast.MEETING.uid]) == 3
        assert found[other.uid] == ()
        assert reader.child_uids(Kind.AGENDA_ITEM, (cast.MEETING.uid, other.uid)) == {
            cast.MEETING.uid: (cast.FIRST.uid, cast.SECOND.uid, cast.CLOSED.uid),
            other.uid: (),
        }


def test_a_file_stands_under_everything_that_it_names(engine: Engine) -> None:
    shared = replace(cast.INVITATION, paper=(cast.PAPER.uid,), agenda_item=(cast.FIRST.uid,))
    file(engine, *(shared if one is cast.INVITATION else one for one in TOWN))
    places = (cast.MEETING.uid, cast.PAPER.uid, cast.FIRST.uid, cast.SECOND.uid)
    with engine.connect() as connection:
        found = Reader(connection).children(PublicFile, places)
    assert [len(found[place]) for place in places] == [1, 2, 1, 0]


def test_meetings_are_chosen_by_time_body_and_committee(engine: Engine) -> None:
    spring = meeting("Frühjahr", datetime(2026, 4, 1, tzinfo=UTC))
    autumn = meeting("Herbst", datetime(2026, 10, 1, tzinfo=UTC), organization=())
    unplanned = meeting("ohne Termin", None)
    file(engine, *TOWN, autumn, unplanned, spring)
    with engine.connect() as connection:
        reader = Reader(connection)
        first = cast.MEETING.name
        assert names(reader.meetings()) == ["ohne Termin", first, "Frühjahr", "Herbst"]
        april = datetime.fromisoformat("2026-04-01T02:00:00+02:00")
        assert names(reader.meetings(start_from=april)) == ["Frühjahr", "Herbst"]
        assert names(reader.meetings(start_before=april)) == [first]
        later = april + timedelta(seconds=1)
        assert names(reader.meetings(april, later)) == ["Frühjahr"]
        assert names(reader.meetings(april, organization_uid=cast.COMMITTEE.uid)) == ["Frühjahr"]
        assert len(reader.meetings(body_uid=cast.BODY.uid)) == 4
        assert reader.meetings(body_uid=uid("elsewhere")) == ()


def test_names_are_sorted_as_in_a_german_index(engine: Engine) -> None:
    committees = [
        replace(cast.COMMITTEE, uid=uid(name), name=name)
        for name in ("Zweckverband", "Ältestenrat", "Ausschuss", "österreichischer Beirat", "Rat")
    ]
    file(engine, cast.BODY, *committees)
    with engine.connect() as connection:
        found = Reader(connection).listing(PublicOrganization)
    assert names(found) == [
        "Ältestenrat",
        "Ausschuss",
        "österreichischer Beirat",
        "Rat",
        "Zweckverband",
    ]


def test_a_list_is_walked_in_pages_without_gap_or_repetition(engine: Engine) -> None:
    file(engine, *TOWN, *items(25))
    with engine.connect() as connection:
        reader = Reader(connection)
        assert reader.count(Kind.AGENDA_ITEM, body_uid=cast.BODY.uid) == 25
        pages = [
            reader.listing(Kind.AGENDA_ITEM, order="filed", offset=offset, limit=10)
            for offset in (0, 10, 20)
        ]
        assert [len(page) for page in pages] == [10, 10, 5]
        walked = [one.uid for page in pages for one in page]
        assert walked == sorted(
            {one.uid for one in (cast.FIRST, cast.SECOND, cast.CLOSED)}
            | {one.uid for one in items(25)}
        )
        newest = reader.listing(Kind.AGENDA_ITEM, order="newest", limit=1)
        assert newest[0].living.order == 24


def test_bounds_of_time_include_their_ends(engine: Engine) -> None:
    file(engine)
    file(engine, replace(cast.FIRST, name="Neu"), minutes=5)
    with engine.connect() as connection:
        reader = Reader(connection)

        def found(**bounds: datetime) -> int:
            return reader.count(Kind.AGENDA_ITEM, window=Window(**bounds))

        later, second = NOON + timedelta(minutes=5), timedelta(seconds=1)
        assert found(modified_since=later) == 1
        assert found(modified_since=later + second) == 0
        assert found(modified_until=NOON) == 2
        assert found(modified_until=NOON - second) == 0
        assert found(created_since=NOON) == 3
        assert found(created_since=NOON + second) == 0
        assert found(created_until=NOON) == 3
        assert found(created_until=NOON - second) == 0


def test_withdrawn_objects_appear_only_on_demand(engine: Engine) -> None:
    file(engine)
    withdraw(engine, cast.MEETING.uid, minutes=5)
    with engine.connect() as connection:
        reader = Reader(connection)
        linked = ("organization", cast.COMMITTEE.uid)
        assert reader.listing(Kind.MEETING) == ()
        assert reader.linked_to(Kind.MEETING, cast.COMMITTEE.uid, "organization") == ()
        assert reader.meetings() == ()
        assert reader.count(Kind.MEETING) == 0
        assert reader.count(Kind.MEETING, include_deleted=True) == 1
        assert reader.count(Kind.MEETING, linked=linked, include_deleted=True) == 0
        assert reader.count(Kind.MEETING, linked=linked, deleted_of_body=cast.BODY.uid) == 1
        assert reader.count(Kind.MEETING, linked=linked, deleted_of_body=uid("elsewhere")) == 0
        assert reader.many(Kind.MEETING, (cast.MEETING.uid,))[cast.MEETING.uid].deleted
        gone = reader.get(Kind.MEETING, cast.MEETING.uid)
        assert gone is not None
        with pytest.raises(LookupError):
            _ = gone.living


def test_links_are_followed_backwards(engine: Engine) -> None:
    file(engine)
    with engine.connect() as connection:
        reader = Reader(connection)
        (found,) = reader.linked_to(Kind.MEETING, cast.LOCATION.uid, "location")
        assert found.uid == cast.MEETING.uid
        assert reader.linked_to(Kind.MEETING, cast.LOCATION.uid, "organization") == ()
        assert reader.linked_to(Kind.PAPER, cast.LOCATION.uid, "location") == ()
        both = (cast.COMMITTEE.uid, cast.PERSON.uid)
        assert reader.uids_linked_to(Kind.MEMBERSHIP, both, "organization") == {
            cast.COMMITTEE.uid: (cast.MEMBERSHIP.uid,),
            cast.PERSON.uid: (),
        }
        many = reader.linked_to_many(Kind.MEMBERSHIP, both, "person")
        assert [len(many[one]) for one in both] == [0, 1]


LOOK_UPS: list[Callable[[Reader, list[str]], object]] = [
    lambda reader, uids: reader.many(Kind.AGENDA_ITEM, uids),
    lambda reader, uids: reader.children(Kind.AGENDA_ITEM, uids),
    lambda reader, uids: reader.children(Kind.FILE, uids),
    lambda reader, uids: reader.linked_to_many(Kind.CONSULTATION, uids, "agenda_item"),
    lambda reader, uids: reader.uids_linked_to(Kind.CONSULTATION, uids, "agenda_item"),
    lambda reader, uids: reader.child_uids(Kind.AGENDA_ITEM, uids),
    lambda reader, _: reader.listing(Kind.AGENDA_ITEM),
    lambda reader, _: reader.meetings(),
    lambda reader, uids: reader.versions(uids[0]),
]


@pytest.mark.parametrize("look_up", LOOK_UPS)
@pytest.mark.parametrize("number", [4, 200])
def test_a_look_up_is_one_statement_however_much_it_finds(
    sqlite_engine: Engine, look_up: Callable[[Reader, list[str]], object], number: int
) -> None:
    more = items(number)
    file(sqlite_engine, *TOWN, *more)
    uids = [item.uid for item in more]
    with sqlite_engine.connect() as connection, statement_counter(sqlite_engine) as statements:
        look_up(Reader(connection), uids)
    assert statements.count == 1


def test_a_file_is_found_by_its_bytes_until_it_is_withdrawn(engine: Engine) -> None:
    file(engine)
    wanted = cast.INVITATION.sha512_checksum
    with engine.connect() as connection:
        assert [one.uid for one in Reader(connection).files_of_bytes(wanted)] == [
            cast.INVITATION.uid
        ]
        assert Reader(connection).files_of_bytes("0" * 128) == ()
    withdraw(engine, cast.INVITATION.uid, minutes=1)
    with engine.connect() as connection:
        assert Reader(connection).files_of_bytes(wanted) == ()


def test_files_are_found_by_the_beginning_of_their_uid_and_nothing_else_is(
    engine: Engine,
) -> None:
    file(engine)
    withdraw(engine, cast.INVITATION.uid, minutes=1)
    with engine.connect() as connection:
        reader = Reader(connection)
        (found,) = reader.files_of_code(cast.INVITATION.uid)
        assert (found.uid, found.deleted) == (cast.INVITATION.uid, True)
        assert reader.files_of_code(cast.MEETING.uid) == ()
        assert {one.uid for one in reader.files_of_code("")} == {
            one.uid for one in TOWN if isinstance(one, PublicFile)
        }
        assert reader.files_of_code("%") == ()
