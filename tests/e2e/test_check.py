"""A citizen checks a paper by the code on it, and its file by dropping it in a browser."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import create_engine, update
from sqlalchemy.orm import Session

from sitzungsdienst.acts import releases
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.editions import give_public_url
from sitzungsdienst.database import prepare_record_engine
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicAgendaItem, PublicFile
from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.meetings import AgendaItem
from tests.e2e.conftest import Site
from tests.support.builders import AFTERWARDS, Builder, Chapter, held_chapter
from tests.support.cast import add_cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type: "application/pdf" }));
  for (const kind of ["dragover", "drop"])
    document.querySelector(".sd-drop").dispatchEvent(
      new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""


@dataclass(frozen=True, slots=True)
class Office:
    """A clerk's desk, and a meeting of which an excerpt is released."""

    build: Builder
    chapter: Chapter

    def excerpt(self) -> bytes:
        """The bytes of the released excerpt."""
        self.build.session.rollback()
        reader = Reader(self.build.session.connection())
        row = self.build.session.get_one(AgendaItem, self.chapter.matter)
        item = reader.get(PublicAgendaItem, row.uid)
        assert item is not None
        file = reader.get(PublicFile, item.living.resolution_file)
        assert file is not None
        content = reader.blob(file.living.sha512_checksum) or b""
        self.build.session.rollback()
        return content


@pytest.fixture(scope="module")
def office(site: Site) -> Iterator[Office]:
    engine = create_engine(site.settings.database_url)
    prepare_record_engine(engine)
    with Session(engine) as session:
        session.execute(update(OfficeUser).values(email="andere@sitzungsdienst.example"))
        build = Builder(session, Actor.system(add_cast(session).boerde))
        give_public_url(session, site.url)
        chapter = held_chapter(build)
        build.release_excerpts(chapter.meeting, chapter.matter)
        yield Office(build, chapter)
    engine.dispose()


@pytest.fixture(params=[360, 1280])
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A citizen's window, as wide as a phone or a screen."""
    context = chromium.new_context(viewport={"width": request.param, "height": 800}, locale="de-DE")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert page.evaluate("document.documentElement.scrollWidth") <= request.param
    context.close()
    assert complaints == []


def address_on(pdf: bytes) -> str:
    """What a phone reads off the first page of the paper."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=2).to_pil().convert("L")
    (code,) = zxingcpp.read_barcodes(picture)
    return str(code.text)


def drop(page: Page, pdf: bytes) -> None:
    page.evaluate(DROP, ["Auszug.pdf", base64.b64encode(pdf).decode()])


def test_a_dropped_file_is_found_and_never_sent(site: Site, office: Office, page: Page) -> None:
    sent: list[tuple[str, str, str | None]] = []
    page.on("request", lambda one: sent.append((one.method, one.url, one.post_data)))
    page.goto(f"{site.url}/pruefen")
    drop(page, office.excerpt())
    expect(page.get_by_text("Diese Datei ist unverändert so veröffentlicht")).to_be_visible()
    assert {(method, data) for method, _, data in sent} == {("GET", None)}
    assert [url for _, url, _ in sent if "?sha512=" in url] == [page.url]


def test_a_changed_file_is_not_published_so(site: Site, office: Office, page: Page) -> None:
    page.goto(f"{site.url}/pruefen")
    changed = {"name": "Auszug.pdf", "mimeType": "application/pdf",
               "buffer": office.excerpt() + b"\n"}  # fmt: skip
    page.locator("#pdf").set_input_files(files=[changed])  # type: ignore[list-item]  # as documented
    expect(page.get_by_text("Diese Datei ist so nicht veröffentlicht")).to_be_visible()


def test_the_code_on_the_paper_leads_to_a_page_that_compares_on_the_spot(
    office: Office, page: Page
) -> None:
    pdf = office.excerpt()
    page.goto(address_on(pdf))
    expect(page.get_by_text("Unverändert veröffentlicht seit").first).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    drop(page, pdf)
    expect(page.get_by_text("Ihre Datei ist genau dieses Dokument")).to_be_visible()
    drop(page, pdf.replace(b"%PDF-1.7", b"%PDF-1.6"))
    expect(page.get_by_text("Ihre Datei ist nicht dieses Dokument")).to_be_visible()
    expect(page.get_by_text("Ihre Datei ist genau dieses Dokument")).to_be_hidden()
    # The browser may fetch the page's icon late; that is no answer to what was dropped.
    assert [one for one in asked if "/static/img/icon.svg" not in one] == []
    page.get_by_text("Nachsehen, ob sie an anderer Stelle veröffentlicht ist").click()
    expect(page.get_by_text("Diese Datei ist so nicht veröffentlicht")).to_be_visible()


def test_paper_outlives_what_is_corrected_and_taken_back(office: Office, chromium: Browser) -> None:
    build, chapter = office.build, office.chapter
    page = chromium.new_page(locale="de-DE")
    older = address_on(office.excerpt())
    build.correct(chapter.matter)
    build.release_excerpts(chapter.meeting, chapter.matter, reason="Schreibfehler")
    newer = address_on(office.excerpt())
    page.goto(older)
    expect(page.get_by_text("Ersetzt durch eine neuere Fassung vom").first).to_be_visible()
    page.goto(newer)
    expect(page.get_by_text("Unverändert veröffentlicht seit").first).to_be_visible()
    releases.withdraw_excerpt(build.session, build.actor, chapter.matter, "Irrtum", AFTERWARDS)
    for address in (older, newer):
        page.goto(address)
        expect(page.get_by_text("Zurückgenommen am").first).to_be_visible()
    page.close()


def test_without_a_secure_connection_the_page_tells_how_to_compute_the_hash(
    site: Site, chromium: Browser
) -> None:
    context = chromium.new_context(locale="de-DE")
    context.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
    page = context.new_page()
    page.goto(f"{site.url}/pruefen")
    expect(page.locator(".sd-drop")).to_be_hidden()
    expect(page.get_by_text("Get-FileHash")).to_be_visible()
    page.get_by_label("Prüfwert (SHA-512, 128 Zeichen)").fill("0" * 128)
    page.get_by_role("button", name="Vergleichen").click()
    expect(page.get_by_text("Diese Datei ist so nicht veröffentlicht")).to_be_visible()
    context.close()


def test_a_code_can_be_typed_without_javascript(
    site: Site, office: Office, chromium: Browser
) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(f"{site.url}/pruefen")
    expect(page.locator(".sd-drop")).to_be_hidden()
    page.get_by_label("Code aus der Fußzeile").fill("0000-0000-0000")
    page.get_by_role("button", name="Prüfen", exact=True).click()
    expect(page.get_by_text("Unter diesem Code ist nichts veröffentlicht").first).to_be_visible()
    context.close()
