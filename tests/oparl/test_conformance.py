"""A client that knows nothing but the entry point walks through everything over real HTTP.

The rules are OParl 1.1's, in our own words: see `tests.oparl.rules`.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import Engine

from tests.oparl import cast
from tests.oparl.rules import BACK_LINKS, RULES, TYPE, Json, Rule, fits
from tests.publication import cast as town
from tests.publication.cast import file, withdraw


class Walk:
    """Everything found from the entry point on, by address."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.objects: dict[str, Json] = {}
        self.embedded: dict[str, Json] = {}
        self.listed: dict[str, list[str]] = {}

    def get(self, url: str) -> Json:
        connection = HTTPConnection(self.host)
        parts = urlsplit(url)
        assert parts.netloc == self.host
        connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        assert response.status == 200, url
        assert response.getheader("Content-Type") == "application/json"
        assert response.getheader("Access-Control-Allow-Origin") == "*"
        written: Json = json.loads(body.decode("utf-8"))
        return written

    def walk(self, url: str, kind: str) -> None:
        """Fetch an object and, once each, everything that it leads to."""
        if url in self.objects:
            return
        written = self.get(url)
        assert written["id"] == url
        self.objects[url] = written
        self._check(written, kind)

    def walk_list(self, url: str, kind: str) -> None:
        if url in self.listed:
            return
        found = self.listed[url] = []
        following: str | None = url
        while following:
            page = self.get(following)
            assert {"data", "pagination", "links"} == page.keys()
            for written in page["data"]:
                found.append(written["id"])
                self._check(written, kind)
                self.walk(written["id"], kind)
                assert self.objects[written["id"]] == written
            assert page["pagination"]["totalElements"] >= len(found)
            following = page["links"].get("next")
        assert len(set(found)) == len(found) == page["pagination"]["totalElements"]

    def _check(self, written: Json, kind: str, *, embedded: bool = False) -> None:
        assert written["type"] == TYPE + kind
        assert "deleted" not in written
        rules = RULES[kind]
        missing = {name for name, rule in rules.items() if rule[0]} - written.keys()
        assert not missing, written["id"]
        for name, content in written.items():
            if ":" in name:
                assert name.startswith("Sitzungsdienst:")
                assert not isinstance(content, dict)
                continue
            assert name in rules, f"{kind}.{name}"
            assert content not in (None, "")
            assert content != [] or rules[name][0], f"{kind}.{name} is empty"
            self._check_value(rules[name], content)
        if kind in BACK_LINKS:
            assert bool(BACK_LINKS[kind] & written.keys()) != embedded

    def _check_value(self, rule: Rule, content: Any) -> None:
        _, form, kind = rule
        match form:
            case "link":
                self.walk(content, kind)
            case "links":
                for one in content:
                    self.walk(one, kind)
            case "list":
                self.walk_list(content, kind)
            case "part" | "parts":
                for one in [content] if form == "part" else content:
                    self._check(one, kind, embedded=True)
                    self.embedded[one["id"]] = one
                    self.walk(one["id"], kind)
            case _:
                assert fits(form, content), content


@pytest.fixture
def walked(engine: Engine, public: Engine) -> Iterator[Walk]:
    """The town after a correction, a withdrawal and a revival, walked through from the entry."""
    file(engine, replace(town.FIRST, name="Begrüßung"), minutes=1)
    withdraw(engine, town.CLOSED.uid, town.MEMBERSHIP.uid, minutes=2)
    file(engine, town.MEMBERSHIP, minutes=3)
    with cast.serving(public) as address:
        walk = Walk(address)
        walk.walk(f"{address}/oparl/v1.1/system", "System")
        yield walk


def test_everything_public_is_found_from_the_entry_point(walked: Walk) -> None:
    found = {address.rsplit("/", 1)[1] for address in walked.objects} - {"system"}
    assert found == {one.uid for one in cast.DOCUMENTS} - {town.CLOSED.uid}


def test_the_type_of_every_object_was_met(walked: Walk) -> None:
    met = {written["type"].removeprefix(TYPE) for written in walked.objects.values()}
    assert met == set(RULES)


def test_whatever_is_embedded_is_listed_too(walked: Walk) -> None:
    listed = {address for found in walked.listed.values() for address in found}
    assert walked.embedded.keys() <= listed
    assert walked.objects.keys() - listed == {
        address for address in walked.objects if address.endswith("/system")
    }


def test_what_is_embedded_says_the_same_as_alone(walked: Walk) -> None:
    for address, part in walked.embedded.items():
        alone = walked.objects[address]
        assert part == {name: alone[name] for name in part}
        kind = part["type"].removeprefix(TYPE)
        assert alone.keys() - part.keys() <= BACK_LINKS[kind]
