"""A client that knows nothing but the entry point walks through everything over real HTTP.

The rules are OParl 1.1's, in our own words; the tables below say of each type which properties it
has, what they hold and which of them must be there.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import Engine

from tests.oparl import cast
from tests.publication import cast as town
from tests.publication.cast import file, withdraw

URL = re.compile(r"http://127\.0\.0\.1:\d+/[^\s<>\"]*|https://www\.govdata\.de/\S+")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
TYPE = "https://schema.oparl.org/1.1/"

COMMON = "id!url type!text created!moment modified!moment web:url"
PROPERTIES = {
    "System": "oparlVersion!text body!list=Body license:url name:text contactName:text"
    " contactEmail:text website:url",
    "Body": "name!text organization!list=Organization person!list=Person meeting!list=Meeting"
    " paper!list=Paper agendaItem!list=AgendaItem consultation!list=Consultation file!list=File"
    " locationList!list=Location legislativeTermList!list=LegislativeTerm"
    " membership!list=Membership legislativeTerm!parts=LegislativeTerm system:link=System"
    " shortName:text website:url ags:text contactEmail:text contactName:text classification:text",
    "LegislativeTerm": "body:link=Body name:text startDate:date endDate:date",
    "Organization": "body:link=Body name:text membership:links=Membership meeting:list=Meeting"
    " consultation:list=Consultation shortName:text organizationType:text classification:text"
    " startDate:date endDate:date",
    "Person": "body:link=Body name:text familyName:text givenName:text formOfAddress:text"
    " title:texts membership:parts=Membership",
    "Membership": "person:link=Person organization:link=Organization role:text votingRight:truth"
    " onBehalfOf:link=Organization startDate:date endDate:date",
    "Meeting": "name:text meetingState:text cancelled:truth start:moment end:moment"
    " location:part=Location organization:links=Organization invitation:part=File"
    " resultsProtocol:part=File auxiliaryFile:parts=File agendaItem:parts=AgendaItem",
    "AgendaItem": "order!number meeting:link=Meeting number:text name:text public:truth"
    " consultation:link=Consultation result:text resolutionText:text resolutionFile:part=File"
    " auxiliaryFile:parts=File",
    "Paper": "body:link=Body name:text reference:text date:date paperType:text mainFile:part=File"
    " auxiliaryFile:parts=File originatorPerson:links=Person underDirectionOf:links=Organization"
    " originatorOrganization:links=Organization consultation:parts=Consultation",
    "Consultation": "paper:link=Paper agendaItem:link=AgendaItem meeting:link=Meeting"
    " organization:links=Organization authoritative:truth role:text",
    "File": "accessUrl!url downloadUrl:url name:text fileName:text mimeType:text date:date"
    " size:number sha512Checksum:text meeting:links=Meeting agendaItem:links=AgendaItem"
    " paper:links=Paper",
    "Location": "description:text streetAddress:text room:text postalCode:text locality:text"
    " meetings:links=Meeting",
}
BACK_LINKS = {
    "LegislativeTerm": {"body"},
    "Membership": {"person"},
    "AgendaItem": {"meeting"},
    "Consultation": {"paper"},
    "File": {"meeting", "agendaItem", "paper"},
    "Location": {"meetings"},
}
Rule = tuple[bool, str, str]  # required, what it holds, of which type
Json = dict[str, Any]


def _rules() -> dict[str, dict[str, Rule]]:
    rules: dict[str, dict[str, Rule]] = {}
    for name, properties in PROPERTIES.items():
        rules[name] = {}
        for rule in f"{COMMON} {properties}".split():
            match = re.fullmatch(r"(\w+)([!:])(\w+)(?:=(\w+))?", rule)
            assert match, rule
            rules[name][match[1]] = (match[2] == "!", match[3], match[4] or "")
    return rules


RULES = _rules()


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
                assert _fits(form, content), content


def _fits(form: str, content: Any) -> bool:
    match form:
        case "text":
            return isinstance(content, str) and "&amp;" not in content
        case "texts":
            return all(isinstance(one, str) for one in content)
        case "truth":
            return isinstance(content, bool)
        case "number":
            return isinstance(content, int) and not isinstance(content, bool)
        case _:
            pattern = {"url": URL, "date": DATE, "moment": MOMENT}[form]
            return pattern.fullmatch(content) is not None


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
