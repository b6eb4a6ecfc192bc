"""External lists: pages, filters, and what was withdrawn."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from sitzungsdienst.database import statement_counter
from sitzungsdienst.oparl.addresses import BODY_LISTS
from sitzungsdienst.publication.types import PublicDocument
from tests.oparl import cast
from tests.oparl.cast import PUBLIC_URL
from tests.publication import cast as town
from tests.publication.cast import file, uid, withdraw

BODY = f"/oparl/v1.1/body/{town.BODY.uid}"
COMMITTEE = f"/oparl/v1.1/organization/{town.COMMITTEE.uid}"
NOON = "2026-03-02T12:00:00+01:00"
FIVE_PAST = "2026-03-02T12:05:00+01:00"


def committees(number: int) -> list[PublicDocument]:
    return [
        replace(town.COMMITTEE, uid=uid(f"committee {one}"), name=f"Ausschuss {one}")
        for one in range(number)
    ]


def page(client: FlaskClient, path: str, **arguments: str) -> dict[str, Any]:
    response = client.get(path, query_string=arguments or None)
    assert response.status_code == 200, response.get_json()
    written: dict[str, Any] = response.get_json()
    return written


def names(written: dict[str, Any]) -> list[str]:
    return ["†" if one.get("deleted") else one["name"] for one in written["data"]]


def relative(address: str) -> str:
    assert address.startswith(PUBLIC_URL)
    return address.removeprefix(PUBLIC_URL)


def test_a_body_lists_all_that_belongs_to_it(client: FlaskClient) -> None:
    body = page(client, BODY)
    for name, (_, kind) in BODY_LISTS.items():
        listed = page(client, relative(body[name]))
        expected = {one.uid for one in cast.DOCUMENTS if one.KIND is kind}
        assert {one["id"].rsplit("/", 1)[1] for one in listed["data"]} == expected
        for one in listed["data"]:
            assert page(client, relative(one["id"])) == one
        assert listed["pagination"]["totalElements"] == len(expected)
        assert "next" not in listed["links"]


def test_another_body_is_not_mixed_in(engine: Engine, client: FlaskClient) -> None:
    other = replace(town.BODY, uid=uid("other body"), name="Gemeinde Nebenan")
    file(engine, other, replace(town.COMMITTEE, uid=uid("theirs"), body=other.uid))
    assert names(page(client, "/oparl/v1.1/bodies")) == ["Stadt Musterau", "Gemeinde Nebenan"]
    assert len(page(client, f"{BODY}/organizations")["data"]) == 1
    assert len(page(client, f"/oparl/v1.1/body/{other.uid}/organizations")["data"]) == 1


def test_pages_hold_a_hundred_and_are_walked_by_next(engine: Engine, client: FlaskClient) -> None:
    file(engine, *committees(230), minutes=1)
    path: str | None = f"{BODY}/organizations"
    walked: list[str] = []
    sizes = []
    while path:
        written = page(client, path)
        sizes.append(len(written["data"]))
        walked += [one["id"] for one in written["data"]]
        assert written["links"]["self"].endswith(path)
        following = written["links"].get("next")
        path = relative(following) if following else None
    assert sizes == [100, 100, 31]
    assert len(set(walked)) == 231
    assert walked[0].endswith(town.COMMITTEE.uid)  # what is new comes last
    assert written["pagination"] == {
        "totalElements": 231,
        "elementsPerPage": 100,
        "currentPage": 3,
        "totalPages": 3,
    }
    assert parse_qs(urlsplit(written["links"]["prev"]).query) == {"page": ["2"]}


def test_what_is_filed_meanwhile_moves_no_page(engine: Engine, client: FlaskClient) -> None:
    file(engine, *committees(20), minutes=1)
    second = page(client, f"{BODY}/organizations", limit="5", page="2")["data"]
    later = [replace(one, uid=uid(f"later {n}")) for n, one in enumerate(committees(20))]
    file(engine, *later, minutes=2)
    assert page(client, f"{BODY}/organizations", limit="5", page="2")["data"] == second


def test_a_page_may_be_smaller_but_not_larger(engine: Engine, client: FlaskClient) -> None:
    file(engine, *committees(120), minutes=1)
    small = page(client, f"{BODY}/organizations", limit="7")
    assert (len(small["data"]), small["pagination"]["totalPages"]) == (7, 18)
    assert "limit=7" in small["links"]["last"]
    assert len(page(client, f"{BODY}/organizations", limit="5000")["data"]) == 100


def test_a_page_behind_the_last_is_empty(client: FlaskClient) -> None:
    written = page(client, f"{BODY}/organizations", page="9")
    assert written["data"] == []
    assert relative(written["links"]["prev"]) == f"{BODY}/organizations"


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("modified_since", FIVE_PAST, 1),
        ("modified_since", "2026-03-02T11:05:00Z", 1),
        ("modified_since", "2026-03-02T11:05:00+00:00", 1),
        ("modified_since", "2026-03-02T11:05:00.000+0000", 1),
        ("modified_since", "2026-03-02T12:05:01+01:00", 0),
        ("modified_since", NOON, 2),
        ("modified_until", NOON, 1),
        ("modified_until", FIVE_PAST, 2),
        ("modified_until", "2026-03-02T11:59:59+01:00", 0),
        ("created_since", FIVE_PAST, 1),
        ("created_until", NOON, 1),
        ("created_until", "1900-01-01T00:00:00+01:00", 0),
        ("created_since", "2100-01-01T00:00:00+01:00", 0),
    ],
)
def test_filters_include_their_bounds_in_absolute_time(
    engine: Engine, client: FlaskClient, name: str, value: str, found: int
) -> None:
    file(engine, *committees(1), minutes=5)
    assert len(page(client, f"{BODY}/organizations", **{name: value})["data"]) == found


def test_every_list_filters(client: FlaskClient) -> None:
    lists = [f"{BODY}/{name}" for name, _ in BODY_LISTS.values()]
    lists += ["/oparl/v1.1/bodies", f"{COMMITTEE}/meetings", f"{COMMITTEE}/consultations"]
    for path in lists:
        assert page(client, path)["data"]
        assert page(client, path, created_since=NOON)["data"]
        for name in ("created_since", "modified_since"):
            assert page(client, path, **{name: "2100-01-01T00:00:00+01:00"})["data"] == []
        for name in ("created_until", "modified_until"):
            assert page(client, path, **{name: "2000-01-01T00:00:00+01:00"})["data"] == []


def test_an_unencoded_plus_is_understood(engine: Engine, client: FlaskClient) -> None:
    file(engine, *committees(1), minutes=5)
    response = client.get(f"{BODY}/organizations?modified_since={FIVE_PAST}")
    written = response.get_json()
    assert len(written["data"]) == 1
    assert f"modified_since={quote(FIVE_PAST)}" in written["links"]["self"]


def test_links_keep_every_filter(engine: Engine, client: FlaskClient) -> None:
    file(engine, *committees(12), minutes=1)
    arguments = {
        "created_since": "2020-01-01T00:00:00+01:00",
        "modified_until": "2030-01-01T00:00:00+01:00",
        "omit_internal": "true",
        "limit": "4",
        "page": "2",
    }
    links = page(client, f"{BODY}/organizations", **arguments)["links"]
    assert links.keys() == {"first", "prev", "self", "next", "last"}
    for name, number in (("first", None), ("prev", None), ("self", "2"), ("next", "3")):
        asked = {key: one[0] for key, one in parse_qs(urlsplit(links[name]).query).items()}
        assert asked.pop("page", None) == number
        assert asked == {key: one for key, one in arguments.items() if key != "page"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("created_since", "gestern"),
        ("created_until", "2026-03-02"),
        ("modified_since", "2026-03-02T12:00:00"),
        ("modified_until", "2026-02-30T12:00:00+01:00"),
        ("modified_until", "0001-01-01T00:00:00+14:00"),
        ("modified_since", ""),
        ("modified_since", "2026-03-02T12:00:00+99:00"),
        ("page", "0"),
        ("page", "-1"),
        ("page", "zwei"),
        ("page", "٣"),
        ("page", "9" * 40),
        ("limit", "0"),
        ("limit", ""),
        ("omit_internal", "vielleicht"),
    ],
)
def test_an_argument_that_means_nothing_is_an_error(
    client: FlaskClient, name: str, value: str
) -> None:
    response = client.get(f"{BODY}/meetings", query_string={name: value})
    assert response.status_code == 400
    error = response.get_json()
    assert error["type"] == "https://schema.oparl.org/1.1/Error"
    assert name in error["message"]
    assert error["debug"]


def test_an_unknown_argument_is_ignored(client: FlaskClient) -> None:
    assert page(client, f"{BODY}/meetings", colour="red") == page(client, f"{BODY}/meetings")


def test_withdrawn_objects_are_listed_to_those_who_ask_what_has_changed(
    engine: Engine, client: FlaskClient
) -> None:
    file(engine, *committees(2), minutes=1)
    withdraw(engine, uid("committee 0"), minutes=5)
    path = f"{BODY}/organizations"
    assert "†" not in names(page(client, path))
    assert "†" not in names(page(client, path, created_since=NOON))
    assert "†" not in names(page(client, path, modified_until=FIVE_PAST))
    assert names(page(client, path, modified_since=FIVE_PAST)) == ["†"]
    both = page(client, path, modified_since=NOON)
    assert sorted(names(both)) == ["Ausschuss 1", "Bauausschuss", "†"]
    assert both["pagination"]["totalElements"] == 3
    gone = next(one for one in both["data"] if one.get("deleted"))
    assert gone.keys() == {"id", "type", "created", "modified", "deleted"}


def test_a_committee_lists_its_own_meetings_and_what_was_withdrawn(
    engine: Engine, client: FlaskClient
) -> None:
    other, *_ = committees(1)
    theirs = replace(
        town.MEETING, uid=uid("theirs"), organization=(other.uid,), name="Andere", invitation=""
    )
    file(engine, other, theirs, minutes=1)
    assert names(page(client, f"{COMMITTEE}/meetings")) == [town.MEETING.name]
    assert len(page(client, f"{COMMITTEE}/consultations")["data"]) == 1
    withdraw(engine, town.MEETING.uid, minutes=5)
    assert names(page(client, f"{COMMITTEE}/meetings")) == []
    assert names(page(client, f"{COMMITTEE}/meetings", modified_since=FIVE_PAST)) == ["†"]


def test_a_withdrawn_committee_lists_nothing(engine: Engine, client: FlaskClient) -> None:
    withdraw(engine, town.COMMITTEE.uid)
    assert client.get(f"{COMMITTEE}/meetings").status_code == 404


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"{BODY}/meetings", "agendaItem"),
        (f"{BODY}/meetings", "auxiliaryFile"),
        (f"{BODY}/agenda-items", "auxiliaryFile"),
        (f"{BODY}/papers", "auxiliaryFile"),
        (f"{BODY}/persons", "membership"),
        ("/oparl/v1.1/bodies", "legislativeTerm"),
    ],
)
def test_omit_internal_leaves_out_what_other_lists_hold(
    engine: Engine, client: FlaskClient, path: str, name: str
) -> None:
    more = [
        replace(town.INVITATION, uid=uid("a")),
        replace(town.INVITATION, uid=uid("b"), meeting=(), paper=(town.PAPER.uid,)),
        replace(town.INVITATION, uid=uid("c"), meeting=(), agenda_item=(town.SECOND.uid,)),
    ]
    file(engine, *more)

    def holds(**arguments: str) -> bool:
        return any(name in one for one in page(client, path, **arguments)["data"])

    assert holds()
    assert holds(omit_internal="false")
    assert not holds(omit_internal="true")


def test_omit_internal_keeps_the_rest(client: FlaskClient) -> None:
    (meeting,) = page(client, f"{BODY}/meetings", omit_internal="true")["data"]
    assert {"invitation", "location"} <= meeting.keys()
    (paper,) = page(client, f"{BODY}/papers", omit_internal="true")["data"]
    assert {"mainFile", "consultation"} <= paper.keys()


LISTS = [f"{BODY}/{name}" for name, _ in BODY_LISTS.values()]


@pytest.mark.parametrize("path", [*LISTS, "/oparl/v1.1/bodies", f"{COMMITTEE}/meetings"])
def test_a_page_takes_as_many_statements_for_much_as_for_little(
    engine: Engine, public: Engine, client: FlaskClient, path: str
) -> None:
    with statement_counter(public) as few:
        page(client, path)
    more: list[PublicDocument] = []
    for number in range(30):
        own = {"uid": uid(f"m{number}"), "invitation": ""}
        meeting = replace(town.MEETING, **own)
        item = replace(town.SECOND, uid=uid(f"i{number}"), meeting=meeting.uid)
        paper = replace(town.PAPER, uid=uid(f"p{number}"), main_file="")
        person = replace(town.PERSON, uid=uid(f"n{number}"))
        more += [meeting, item, paper, person]
        more.append(replace(town.MEMBERSHIP, uid=uid(f"s{number}"), person=person.uid))
        more.append(replace(town.CONSULTATION, uid=uid(f"c{number}"), paper=paper.uid))
        more.append(replace(town.LOCATION, uid=uid(f"l{number}")))
        more.append(replace(town.INVITATION, uid=uid(f"f{number}"), meeting=(meeting.uid,)))
    file(engine, *more, *committees(30))
    with statement_counter(public) as many:
        assert page(client, path)["data"]
    assert len(many.seen) == len(few.seen) <= 12
