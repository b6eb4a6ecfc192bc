"""The data inside a print tells what the print tells, as the interface does, and nothing else."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import create_engine

from sitzungsdienst.database import prepare_record_engine, public_engine
from sitzungsdienst.documents.conformance import Attachment
from sitzungsdienst.documents.values import Letterhead
from sitzungsdienst.gate import data_inside, prints
from sitzungsdienst.gate.editions import Edition
from sitzungsdienst.gate.prints import PublicView
from sitzungsdienst.oparl.comparing import differences
from sitzungsdienst.publication.codes import check_address
from sitzungsdienst.publication.results import (
    PublicAnnouncement,
    PublicBallot,
    PublicElection,
    PublicReport,
    PublicResolution,
    PublicRound,
    PublicStance,
    PublicTally,
    PublicVote,
)
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicConsultation,
    PublicFile,
    PublicPaper,
)
from tests.oparl import cast as interface
from tests.support import moulds, public_data

Json = dict[str, Any]

SENDER = Letterhead("Landkreis Börde")
DAY = date(2017, 5, 2)
FULL = replace(
    public_data.EXCERPT,
    changes=("vorgezogen vor Ö 4",),
    result="mehrheitlich; gewählt",
    ballots=(
        *public_data.COUNTED.ballots,
        PublicBallot(
            subject="Die Vorlage",
            kind="namentlich",
            outcome="angenommen",
            result_text="mehrheitlich",
            yes=1,
            no=0,
            abstentions=0,
            invalid=0,
            present=1,
            recused=2,
            entitled=3,
            motion="Änderungsantrag",
            moved_by="Fraktion Mitte",
            requirement="zwei Drittel",
            committee="Kultur- und Sozialausschuss",
            votes=(PublicVote(name="Änne Öhlmann", choice="Ja"),),
            stances=(PublicStance(label="Fraktion Mitte", choice="Ja"),),
        ),
    ),
    elections=(
        PublicElection(
            office="Vorsitz",
            mode="geheim",
            rounds=(
                PublicRound(
                    present=19,
                    handed_in=19,
                    tallies=(PublicTally(name="Bernd Zabel", votes=19, seats=1),),
                    result_text="gewählt",
                    lots=("Das Los fiel auf Bernd Zabel.",),
                ),
            ),
        ),
    ),
    resolutions=(
        PublicResolution(
            uid=public_data.uid("resolution"),
            number="12/2017",
            subject="Integrationskonzept",
            decision="beschlossen",
            progress="in Arbeit",
            unit="Fachbereich 3",
            completed_on=DAY,
            reports=(PublicReport(uid=public_data.uid("report"), dated=DAY, text="läuft"),),
        ),
    ),
    announcements=(PublicAnnouncement(number="7/2017", text="Verkauf.", decided_on=DAY),),
)
ITEMS = tuple(FULL if one.uid == FULL.uid else one for one in public_data.AGENDA)
VIEW = PublicView(
    meeting=public_data.MEETING,
    organizations=(public_data.COMMITTEE,),
    location=public_data.ROOM,
    items=ITEMS,
    papers={public_data.STEP.uid: (public_data.STEP, public_data.PAPER)},
)


def edition_of(file: PublicFile) -> Edition:
    """The edition that the county's file is, with an address at its foot."""
    address = check_address(interface.PUBLIC_URL, file.uid, 1)
    return Edition(file.uid, 1, file.dated or DAY, address)


EXCERPT_FILE = public_data.EXCERPT_FILE.document
NOTICE_FILE = public_data.ANNOUNCEMENT.document
MINUTES_FILE = public_data.MINUTES.document
FILES = tuple(
    replace(one, edition=1, check_address=edition_of(one).address)
    for one in (EXCERPT_FILE, NOTICE_FILE, MINUTES_FILE)
)


def data_of(attachment: Attachment) -> Json:
    written: Json = json.loads(attachment.content)
    return written


def item_in(view: PublicView) -> PublicAgendaItem:
    return next(one for one in view.items if one.uid == FULL.uid)


def brought(view: PublicView) -> PublicView:
    """What a supplement sees that brought two items."""
    return replace(view, items=tuple(one for one in view.items if one.number in {"Ö 5.1", "N 2"}))


#: What a kind of print says, and the data inside it, each from the same public documents.
KINDS: dict[
    str, tuple[Callable[[PublicView], Any], Callable[[PublicView], tuple[Attachment, ...]]]
] = {
    "notice": (
        lambda view: prints.notice(view, SENDER, issued_on=DAY, check_address=""),
        lambda view: data_inside.notice(view, edition_of(NOTICE_FILE), NOTICE_FILE.name),
    ),
    "supplement": (
        lambda view: prints.notice(brought(view), SENDER, issued_on=DAY, check_address=""),
        lambda view: data_inside.supplement(
            brought(view), edition_of(NOTICE_FILE), NOTICE_FILE.name
        ),
    ),
    "excerpt": (
        lambda view: prints.excerpt(
            item_in(view),
            view,
            SENDER,
            issued_on=item_in(view).released_on or DAY,
            check_address="",
        ),
        lambda view: data_inside.excerpt(
            item_in(view), view, edition_of(EXCERPT_FILE), EXCERPT_FILE.name
        ),
    ),
}
MINUTES = data_inside.minutes(ITEMS, VIEW, edition_of(MINUTES_FILE), MINUTES_FILE.name)
ATTACHED = {name: data(VIEW)[0] for name, (_, data) in KINDS.items()} | {"minutes": MINUTES[0]}


def changed(value: Any) -> Any:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int() | str():
            return value + type(value)(1)
        case datetime() | date():
            return value + timedelta(days=1)
    return ("anders",) if isinstance(value, tuple) else 7


def variants(document: Any) -> Iterator[tuple[str, Any]]:
    """The document with one fact changed, wherever in it; what leads to others stays."""
    for field in fields(document):
        value = getattr(document, field.name)
        if leads(field):
            continue
        if isinstance(value, tuple) and field.type not in (tuple[str, ...],):
            for place, part in enumerate(value):
                for name, other in variants(part):
                    parts = (*value[:place], other, *value[place + 1 :])
                    yield f"{field.name}.{name}", replace(document, **{field.name: parts})
            continue
        yield field.name, replace(document, **{field.name: changed(value)})


def leads(field: Field[Any]) -> bool:
    return field.name == "uid" or "kind" in field.metadata


def views() -> Iterator[tuple[str, PublicView]]:
    """The meeting with one fact of one of its documents changed."""
    for name, one in variants(VIEW.meeting):
        yield f"meeting.{name}", replace(VIEW, meeting=one)
    for name, one in variants(VIEW.location):
        yield f"location.{name}", replace(VIEW, location=one)
    for name, one in variants(VIEW.organizations[0]):
        yield f"organization.{name}", replace(VIEW, organizations=(one,))
    step, paper = VIEW.papers[public_data.STEP.uid]
    for name, one in variants(step):
        yield f"step.{name}", replace(VIEW, papers={step.uid: (one, paper)})
    for name, one in variants(paper):
        yield f"paper.{name}", replace(VIEW, papers={step.uid: (step, one)})
    for place, item in enumerate(ITEMS):
        for name, one in variants(item):
            items = (*ITEMS[:place], one, *ITEMS[place + 1 :])
            yield f"item.{name}", replace(VIEW, items=items)


#: Values of the printers that no page shows, and of elections what the interface has no place for.
NEVER_SHOWN = {
    "notice": {"meeting.publicity"},
    "supplement": {"meeting.publicity"},
    "excerpt": {
        "item.ballots.outcome",
        "item.elections.mode",
        "item.elections.rounds.abstentions",
        "item.elections.rounds.handed_in",
        "item.elections.rounds.invalid",
        "item.elections.rounds.no",
        "item.elections.rounds.present",
        "item.elections.rounds.tallies.seats",
        "item.level",
    },
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_data_changes_only_with_what_the_print_says(kind: str) -> None:
    said, data = KINDS[kind]
    alone = [
        name for name, view in views() if said(view) == said(VIEW) and data(view) != data(VIEW)
    ]
    # An excerpt is of a public item, and `result` is put together from the results it tells.
    assert set(alone) <= ({"item.public", "item.result"} if kind == "excerpt" else set())


@pytest.mark.parametrize("kind", KINDS)
def test_the_data_changes_with_what_the_print_says(kind: str) -> None:
    said, data = KINDS[kind]
    missed = {
        name for name, view in views() if said(view) != said(VIEW) and data(view) == data(VIEW)
    }
    assert missed == NEVER_SHOWN[kind]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    """The interface over the same documents, filed."""
    engine = create_engine(f"sqlite:///{tmp_path / 'amt.sqlite3'}")
    prepare_record_engine(engine)
    moulds.create_public_tables(engine)
    public_data.file(engine, *public_data.SUMMONS)
    public_data.file(engine, *public_data.EXCERPTS)
    public_data.file(engine, FULL, *FILES)
    reading = public_engine(engine.url)
    yield interface.create_app(reading).test_client()
    reading.dispose()
    engine.dispose()


def served(client: FlaskClient, address: str) -> Json:
    """An object as the interface gives it."""
    response = client.get(address.removeprefix(interface.PUBLIC_URL))
    assert response.status_code == 200, address
    written: Json = response.get_json()
    return written


@pytest.mark.parametrize("kind", ATTACHED)
def test_every_object_is_a_part_of_the_one_in_the_interface(kind: str, client: FlaskClient) -> None:
    objects = data_of(ATTACHED[kind])["data"]
    assert list(differences(objects, lambda address: served(client, address))) == []


@pytest.mark.parametrize("kind", ATTACHED)
def test_it_reads_like_a_page_of_a_list(kind: str) -> None:
    attachment = ATTACHED[kind]
    assert attachment.content.decode().endswith("\n}\n")
    assert "ö" in attachment.content.decode()
    assert attachment.relationship == "Alternative"
    written = data_of(attachment)
    assert list(written) == ["data", "pagination", "links"]
    assert written["pagination"]["totalElements"] == len(written["data"])
    assert written["data"][0]["type"].endswith("/File"), "the print itself comes first"
    addresses = [one["id"] for one in written["data"]]
    assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize("kind", ATTACHED)
def test_it_holds_nothing_that_is_known_only_once_it_is_filed(kind: str) -> None:
    text = ATTACHED[kind].content.decode()
    for name in ("created", "modified", "size", "sha512Checksum", "downloadUrl"):
        assert f'"{name}"' not in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("papers", [VIEW.papers, {}], ids=["with papers", "without"])
def test_it_leads_nowhere_but_to_what_it_holds_and_the_body(
    kind: str, papers: Mapping[str, tuple[PublicConsultation, PublicPaper]]
) -> None:
    (attachment,) = KINDS[kind][1](replace(VIEW, papers=papers))
    written = data_of(attachment)["data"]
    led = set(re.findall(r'"(http[^"]+/oparl/v1.1/[^"]+)"', json.dumps(written)))
    parts = [part for one in written for part in (*one.get("agendaItem", ()), one.get("location"))]
    held = {one["id"] for one in (*written, *parts) if isinstance(one, dict)}
    assert led - held == {f"{interface.PUBLIC_URL}/oparl/v1.1/body/{public_data.BODY.uid}"}


def test_the_excerpt_tells_its_resolution_and_its_votes() -> None:
    objects = data_of(ATTACHED["excerpt"])["data"]
    (item,) = (one for one in objects if one["type"].endswith("/AgendaItem"))
    assert (item["number"], item["name"]) == (FULL.number, FULL.name)
    assert item["resolutionText"] == FULL.resolution_text
    assert item["Sitzungsdienst:ballotYes"] == [14, 1]
    assert item["Sitzungsdienst:ballotVotes"] == [[], ["Änne Öhlmann: Ja"]]
    assert item["Sitzungsdienst:resolutionNumber"] == ["12/2017"]
    assert item["Sitzungsdienst:announcementText"] == ["Verkauf."]
    assert "order" not in item
    (paper,) = (one for one in objects if one["type"].endswith("/Paper"))
    assert paper["reference"] == public_data.PAPER.reference
    assert "Sitzungsdienst:reasons" not in paper


def test_minutes_tell_of_a_closed_item_its_line_alone() -> None:
    view = replace(VIEW, items=(replace(FULL, public=False), *ITEMS[1:]))
    (attachment,) = data_inside.minutes(view.items[:1], view, edition_of(MINUTES_FILE), "")
    (meeting,) = (one for one in data_of(attachment)["data"] if one["type"].endswith("/Meeting"))
    (item,) = meeting["agendaItem"]
    assert set(item) == {"id", "type", "number", "name", "public", "order"}
    assert "Paper" not in attachment.content.decode()


def test_a_notice_names_an_item_in_the_part_it_was_announced_in() -> None:
    moved = replace(ITEMS[0], public=False, moved=True)
    view = replace(VIEW, items=(moved,))
    (attachment,) = data_inside.notice(view, edition_of(NOTICE_FILE), "")
    assert data_of(attachment)["data"][1]["agendaItem"][0]["public"] is True


def test_a_meeting_without_a_place_has_none() -> None:
    bare = replace(VIEW, location=type(VIEW.location)())
    (attachment,) = data_inside.notice(bare, edition_of(NOTICE_FILE), "")
    assert "location" not in data_of(attachment)["data"][1]


def test_a_print_without_an_address_bears_no_data() -> None:
    edition = replace(edition_of(NOTICE_FILE), address="")
    assert data_inside.notice(VIEW, edition, "Bekanntmachung") == ()


def test_the_page_for_people_is_the_excerpts_or_the_meetings() -> None:
    pages = {kind: data_of(one)["links"]["web"] for kind, one in ATTACHED.items()}
    meeting = f"{interface.PUBLIC_URL}/sitzungen/{public_data.MEETING.uid}"
    assert pages == {
        "notice": meeting,
        "supplement": meeting,
        "excerpt": f"{interface.PUBLIC_URL}/auszuege/{FULL.uid}",
        "minutes": meeting,
    }
