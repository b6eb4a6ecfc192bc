"""What the look promises, read from the templates and from the pages themselves."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sitzungsdienst import paths
from tests.support.browser import OfficeClient

TEMPLATES = sorted(paths.TEMPLATES.rglob("*.html"))

PAGES = (
    "/",
    "/konto",
    "/benutzer",
    "/benutzer/neu",
    "/benutzer/1",
    "/koerperschaften",
    "/koerperschaften/neu",
    "/koerperschaften/1",
    "/protokoll",
    "/does-not-exist",
)
EVENT = re.compile(r"\son[a-z]+\s*=", re.IGNORECASE)


@pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda path: str(path.relative_to(paths.TEMPLATES))
)
def test_no_template_holds_inline_script_or_style(template: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", template.read_text("utf-8"), flags=re.DOTALL)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not EVENT.search(re.sub(r"\{%.*?%\}", "", text, flags=re.DOTALL))
    assert "javascript:" not in text
    assert "hx-on" not in text
    assert "|safe" not in text.replace(" ", "")


class _Outline(HTMLParser):
    """Collects what the tests ask about: headings, ids, labels, references, controls."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.controls: list[str] = []
        self.labels: set[str] = set()
        self.references: list[str] = []
        self.anchors: list[str] = []
        self.attributes: set[str] = set()
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.attributes |= set(values)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "html":
            self.language = values.get("lang", "")
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "label":
            self.labels.add(values.get("for", ""))
        shown = values.get("type") != "hidden" and "hidden" not in values
        if tag in ("input", "select", "textarea") and shown:
            self.controls.append(values.get("id", "?"))
        self.references += values.get("aria-describedby", "").split()
        if tag == "a" and values.get("href", "").startswith("#"):
            self.anchors.append(values["href"][1:])


def _outline(page: str) -> _Outline:
    outline = _Outline()
    outline.feed(page)
    return outline


def _check(page: str) -> None:
    outline = _outline(page)
    assert outline.language == "de"
    assert outline.headings.count(1) == 1
    steps = zip(outline.headings, outline.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps), outline.headings
    assert len(outline.ids) == len(set(outline.ids)), sorted(outline.ids)
    assert set(outline.controls) <= outline.labels
    assert set(outline.references) <= set(outline.ids)
    assert set(outline.anchors) <= set(outline.ids)
    assert "inhalt" in outline.anchors
    assert "style" not in outline.attributes
    assert not [name for name in outline.attributes if name.startswith("on")]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_well_built(administrator: OfficeClient, path: str) -> None:
    _check(administrator.get(path).get_data(as_text=True))


def test_the_sign_in_is_well_built(office: OfficeClient) -> None:
    _check(office.get("/anmelden").get_data(as_text=True))


@pytest.mark.parametrize("path", ["/benutzer/neu", "/koerperschaften/neu", "/benutzer/1"])
def test_a_page_full_of_errors_is_well_built(administrator: OfficeClient, path: str) -> None:
    page = administrator.submit(path, {"colour": "x", "ags": "x"})
    assert page.status_code == 422
    _check(page.get_data(as_text=True))
    assert 'id="fehler" role="alert"' in page.get_data(as_text=True)


def test_htmx_is_told_what_the_policy_forbids(office: OfficeClient) -> None:
    page = office.get("/anmelden").get_data(as_text=True)
    assert '"includeIndicatorCSS": false' in page
