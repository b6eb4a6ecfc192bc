"""A machine can check every paper of the demo: its data, its words and the interface agree."""

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from sqlalchemy import create_engine

from sitzungsdienst import cli_compare
from sitzungsdienst.oparl.addresses import NAMES, PREFIX, Addresses
from sitzungsdienst.oparl.comparing import data_inside, differences
from sitzungsdienst.oparl.objects import Writer
from sitzungsdienst.oparl.shelf import fetch
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicFile
from tests.documents.cast import squeezed
from tests.oparl.rules import BACK_LINKS, RULES, TYPE, fits
from tests.support.cast import PUBLIC_URL
from tests.support.pdf import attached
from tests.support.spoken import spoken

Json = dict[str, Any]

VENDOR = "Sitzungsdienst:"
#: What no page shows as it stands: addresses and types, moments (told as day and hour), and lines
#: that are put together for the interface, whose parts are told.
NOT_WORDS = {"id", "type", "mimeType", "body", "start", "end", "date", "accessUrl", "result"}
NOT_WORDS |= {f"{VENDOR}{name}" for name in ("checkAddress", "elections", "releasedOn")}
KINDS = {PREFIX + "/" + name: kind for kind, name in NAMES.items()}
ADDRESSES = Addresses(PUBLIC_URL)


@dataclass(frozen=True)
class Print:
    """A released print of the demo: as filed, its bytes, and the objects inside it."""

    filed: PublicFile
    pdf: bytes
    objects: list[Json]

    def of(self, kind: str) -> list[Json]:
        found = [one for one in self.objects if one["type"] == TYPE + kind]
        if kind == "AgendaItem":
            found += [item for one in self.of("Meeting") for item in _items(one)]
        return found


@pytest.fixture(scope="module")
def world(sqlite_demo: str) -> tuple[dict[str, Print], dict[str, Json]]:
    """The released prints by name, and every object that they tell as the interface writes it."""
    engine = create_engine(sqlite_demo)
    with engine.connect() as connection:
        reader = Reader(connection)
        prints, served = {}, {}
        for filed in reader.listing(PublicFile):
            if filed.document is None or not filed.document.check_address:
                continue
            pdf = reader.blob(filed.document.sha512_checksum)
            assert pdf is not None
            one = Print(filed.document, pdf, data_inside(pdf))
            prints[f"{filed.document.file_name} {filed.uid}"] = one
            for address in _addresses(one.objects):
                served.setdefault(address, _served(reader, address))
    engine.dispose()
    return prints, served


def _addresses(objects: list[Json]) -> list[str]:
    places = [one["location"] for one in objects if "location" in one]
    items = [part for one in objects if one["type"] == TYPE + "Meeting" for part in _items(one)]
    return [one["id"] for one in (*objects, *places, *items)]


def _items(meeting: Json) -> list[Json]:
    items: list[Json] = meeting.get("agendaItem", [])
    return items


def _served(reader: Reader, address: str) -> Json:
    path, _, uid = address.removeprefix(PUBLIC_URL).rpartition("/")
    filed = reader.get(KINDS[path], uid)
    assert filed is not None, address
    return Writer(ADDRESSES, fetch(reader, filed.kind, (filed,))).write(filed)


@pytest.fixture(scope="module")
def prints(world: tuple[dict[str, Print], dict[str, Json]]) -> dict[str, Print]:
    return world[0]


def test_each_kind_of_print_is_there(prints: dict[str, Print]) -> None:
    names = {name for one in prints.values() for name in attached(one.pdf)}
    assert names >= {f"{kind}.oparl.json" for kind in ("auszug", "bekanntmachung", "niederschrift")}


def test_each_has_one_file_inside_that_stands_for_it(prints: dict[str, Print]) -> None:
    for name, one in prints.items():
        assert len(attached(one.pdf)) == 1, name
        with pikepdf.open(io.BytesIO(one.pdf)) as pdf:
            assert pdf.Root.AF[0].AFRelationship == pikepdf.Name.Alternative


def test_whatever_may_differ_has_a_german_word(prints: dict[str, Print]) -> None:
    """Addresses never differ: what an object or a file is known by is the same for good."""
    found = {
        name.removeprefix(VENDOR)
        for one in prints.values()
        for kind in ("Meeting", "AgendaItem", "Paper", "Consultation", "Organization", "Location")
        for told in one.of(kind)
        for name in told
    }
    assert found - {"id", "type", "body"} - cli_compare.WORDS.keys() == set()
    assert {f"ballot{one}" for one in ("Yes", "No", "Abstentions")} <= found


def test_the_data_begins_with_the_print_itself(prints: dict[str, Print]) -> None:
    for one in prints.values():
        assert one.objects[0]["id"].endswith(one.filed.uid)
        assert one.objects[0][f"{VENDOR}edition"] == one.filed.edition


def test_everything_is_as_the_interface_says_it(
    world: tuple[dict[str, Print], dict[str, Json]],
) -> None:
    prints, served = world
    found = {name: list(differences(one.objects, served.get)) for name, one in prints.items()}
    assert found == {name: [] for name in prints}


def test_every_object_keeps_the_rules_of_oparl(prints: dict[str, Print]) -> None:
    for name, one in prints.items():
        for written in one.objects:
            _check(written, name)


def _check(written: Json, name: str, *, embedded: bool = False) -> None:
    kind = written["type"].removeprefix(TYPE)
    later = {"created", "modified"}
    # Other items' coming and going would change it: see `gate.data_inside`.
    later |= {"order"} if kind == "AgendaItem" and not embedded else set()
    assert {key for key, rule in RULES[kind].items() if rule[0]} - later <= written.keys(), name
    for key, content in written.items():
        assert content not in (None, "", []), name
        if key.startswith(VENDOR):
            continue
        _, form, _ = RULES[kind][key]
        match form:
            case "part" | "parts":
                for part in [content] if form == "part" else content:
                    _check(part, name, embedded=True)
            case "link" | "list":
                assert fits("url", content), name
            case "links":
                assert all(fits("url", link) for link in content), name
            case _:
                assert fits(form, content), name
    if kind in BACK_LINKS and kind != "Location":
        assert bool(BACK_LINKS[kind] & written.keys()) != embedded, name


def test_every_word_of_the_data_is_printed(prints: dict[str, Print]) -> None:
    for name, one in prints.items():
        page = squeezed(spoken(one.pdf))
        for words in _words(one.objects[1:]):
            assert squeezed(words) in page, f"{words!r} is not in {name}"


def _words(content: Any) -> list[str]:
    """Every text in the data that stands on the pages as it is."""
    if isinstance(content, dict):
        return [
            one for key, part in content.items() if key not in NOT_WORDS for one in _words(part)
        ]
    if isinstance(content, list):
        return [one for part in content for one in _words(part)]
    if not isinstance(content, str) or content.startswith("http"):
        return []
    return re.split(r": (?=Ja$|Nein$|Enthaltung$)", content)


def test_votes_are_told_by_the_numbers_in_the_data(
    prints: dict[str, Print], tmp_path: Path
) -> None:
    counted = 0
    for name, one in prints.items():
        page = squeezed(spoken(one.pdf))
        for item in one.of("AgendaItem"):
            for row in _rows(item):
                counted += 1
                assert row in page, f"{row} is not in {name}"
    assert counted > 10


def _rows(item: Json) -> list[str]:
    """The votes of an item as its tables tell them: yes, no, abstentions beside each other."""
    columns = [item.get(f"{VENDOR}ballot{name}", ()) for name in ("Yes", "No", "Abstentions")]
    rows = zip(*columns, strict=True)
    return ["".join(map(str, row)) for row in rows if None not in row]


def test_the_day_and_the_hour_are_told(prints: dict[str, Print]) -> None:
    for name, one in prints.items():
        (meeting,) = one.of("Meeting")
        day, _, clock = meeting["start"].partition("T")
        page = squeezed(spoken(one.pdf))
        assert clock[:5] in page, name
        year, month, number = day.split("-")
        assert f"{number}.{month}.{year}" in page or f"{int(number)}." in page, name
