"""Redacting by mouse and by keyboard in a real browser: what is drawn becomes lines."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session

from sitzungsdienst.acts import attachments
from sitzungsdienst.acts.attachments import AttachmentFacts, Upload
from sitzungsdienst.database import prepare_record_engine
from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.papers import Attachment
from tests.e2e.conftest import SignIn, Site
from tests.e2e.desk import Desk
from tests.support.cast import CLERK, add_cast
from tests.support.pdf import typed, words_of
from tests.support.registry import Registry

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOW = datetime(2017, 4, 3, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def original(site: Site) -> int:
    """An attachment of two pages in the office's record; its number."""
    content = typed("Verkauf an Herrn Meier in der Gasse 3", "Der Kreistag hat zugestimmt")
    engine = create_engine(site.settings.database_url)
    prepare_record_engine(engine)
    with Session(engine) as session:
        session.execute(update(OfficeUser).values(email="andere@sitzungsdienst.example"))
        registry = Registry.of(session, add_cast(session, NOW).clerk, NOW)
        paper = registry.paper(public=True)
        upload = Upload("Vertrag.pdf", content)
        facts = AttachmentFacts(name="Kaufvertrag")
        found = attachments.attach(session, registry.actor, paper, upload, facts, NOW)
    engine.dispose()
    return found


@pytest.fixture
def desk(sign_in: SignIn, original: int) -> Desk:
    return sign_in(CLERK).open(f"/anlagen/{original}/schwaerzen")


def lines(desk: Desk) -> list[str]:
    return desk.page.locator("[data-areas]").input_value().split("\n")[:-1]


def drawn(desk: Desk, left: float, top: float, right: float, bottom: float) -> None:
    """Draw with the mouse, in millimetres."""
    picture = desk.page.locator(".rd-sheet__picture")
    picture.evaluate("one => one.scrollIntoView({block: 'start', behavior: 'instant'})")
    box = picture.bounding_box()
    assert box is not None
    scale = box["width"] / 210
    desk.page.mouse.move(box["x"] + left * scale, box["y"] + top * scale)
    desk.page.mouse.down()
    desk.page.mouse.move(box["x"] + right * scale, box["y"] + bottom * scale, steps=4)
    desk.page.mouse.up()


def test_rectangles_are_drawn_by_mouse_and_taken_back(desk: Desk) -> None:
    drawn(desk, 60, 36, 110, 45)
    (line,) = lines(desk)
    page, numbers = line.split(": ")
    assert page == "1"
    told = [float(one.replace(",", ".")) for one in numbers.split()]
    assert told == pytest.approx([60, 36, 110, 45], abs=0.6)
    assert desk.page.locator(".rd-sheet__box").count() == 1
    drawn(desk, 60, 50, 60.1, 50.1)
    assert len(lines(desk)) == 1, "a click is no rectangle"
    desk.page.get_by_role("button", name="Letzte Zeile zurücknehmen").click()
    assert lines(desk) == []
    assert desk.page.locator(".rd-sheet__box").count() == 0
    desk.page.get_by_role("button", name="Seite 1 ganz schwärzen").click()
    assert lines(desk) == ["1: ganz"]
    assert desk.page.locator(".rd-sheet__box").count() == 1


def test_a_copy_is_made_with_the_keyboard_alone(
    desk: Desk, original: int, site: Site, tmp_path: Path
) -> None:
    draft = desk.page.locator(".rd-sheet__draft")
    draft.focus()
    for key in ("ArrowRight", "Control+ArrowDown", "ArrowDown", "Shift+Control+ArrowRight"):
        desk.page.keyboard.press(key)
    assert "21 bis 81 mm von links, 31 bis 39 mm von oben" in desk.words()
    for key in ("ArrowDown", *["Shift+Control+ArrowRight"] * 6, "Shift+ArrowDown", "Enter"):
        desk.page.keyboard.press(key)
    assert lines(desk) == ["1: 21 32 141 41"]
    desk.press("Nächste Seite")
    assert lines(desk) == ["1: 21 32 141 41"], "the lines stay while one turns the pages"
    assert desk.page.locator(".rd-sheet__box").count() == 0
    desk.press("Geschwärzte Fassung herstellen")
    assert "geschwärzte Fassung von »Kaufvertrag«" in desk.words()
    engine = create_engine(site.settings.database_url)
    with Session(engine) as session:
        copy = session.scalars(select(Attachment).where(Attachment.redacts_id == original)).one()
        words = words_of(copy.blob.content, tmp_path)
    engine.dispose()
    assert "Meier" not in words
    assert "Der Kreistag hat zugestimmt" in words
