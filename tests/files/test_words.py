"""The words of files: put together as people read them, and never more than a search needs."""

import io
import time

import pytest
from reportlab.pdfgen.canvas import Canvas

from sitzungsdienst.files import office_text, plain_text
from sitzungsdienst.files.office_check import Refused
from sitzungsdienst.files.plain_text import MOST_CHARACTERS, tidy
from sitzungsdienst.files.sandbox import WorkerDied, ask
from tests.files.test_office_check import SHEET, archive, odt, types, word
from tests.support.builders import pdf

DOCUMENT = "<w:document xmlns:w='w'><w:body>{}</w:body></w:document>"


def pages(*texts: str) -> bytes:
    """A PDF with these pages; a line ends at each new line."""
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for text in texts:
        for number, line in enumerate(text.split("\n")):
            canvas.drawString(72, 760 - 16 * number, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def read(content: bytes, task: str = "read_pdf") -> str:
    return ask(task, content).content.decode()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Gemein-\nde", "Gemeinde"),
        ("Gemein- \r\n  de und", "Gemeinde und"),
        ("Gemein\ufffede", "Gemeinde"),
        ("Gemein\x02\nde", "Gemeinde"),
        ("Haupt-\nund Nebenamt", "Haupt- und Nebenamt"),
        ("Nord-\nSüd-Achse", "Nord-Süd-Achse"),
        ("2017-\n2018", "2017-2018"),
        ("Ein- und\nAusgaben", "Ein- und Ausgaben"),
        ("Sitzungs\u00addienst", "Sitzungsdienst"),
        ("Sitzungs\u00ad\n dienst", "Sitzungsdienst"),
        ("Gu\u0308te", "Güte"),
        ("  viel\t\tLuft\n\n\nhier ", "viel Luft hier"),
        ("a\x00b\u202ec\ud800d\ue000e", "abcde"),
        ("- erster\n- zweiter", "- erster - zweiter"),
        ("", ""),
    ],
)
def test_words_are_put_together_as_people_read_them(text: str, words: str) -> None:
    assert tidy(text) == words


def test_tidying_takes_no_longer_for_nasty_text() -> None:
    began = time.process_time()
    for nasty in ("-\n" * 300_000, "a-" + " " * 600_000, "\u00ad" * 600_000, "a-\n" * 200_000):
        tidy(nasty)
    assert time.process_time() - began < 5


def test_a_pdf_is_read_page_by_page() -> None:
    assert read(pages("Erste Seite", "Zweite Sei-\nte")) == "Erste Seite\fZweite Seite"


def test_a_page_without_words_keeps_its_number() -> None:
    assert read(pages("Deckblatt", "", "Seite drei")) == "Deckblatt\f\fSeite drei"


def test_two_thousand_pages_are_read_as_far_as_there_is_room() -> None:
    text = "\n".join(f"Zeile {number}: " + "Wort " * 15 for number in range(40))
    answer = ask("read_pdf", pages(*[text] * 2000), seconds=12)
    assert answer.values == {"cut": True}
    assert MOST_CHARACTERS <= len(answer.content.decode()) <= MOST_CHARACTERS + 2000


def test_reading_ends_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_text, "MOST_SECONDS", -1)
    found = plain_text.Collector()
    assert found.full
    assert found.cut


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nonsense", b"PK\x03\x04"])
@pytest.mark.parametrize("task", ["read_pdf", "read_office"])
def test_what_is_no_file_ends_the_worker(content: bytes, task: str) -> None:
    with pytest.raises(WorkerDied):
        ask(task, content)


def test_word_is_read_without_what_is_deleted_or_commands() -> None:
    body = (
        "<w:p><w:r><w:t>Gut</w:t></w:r><w:r><w:t>achten</w:t><w:tab/><w:t>Anlage</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>gestrichen</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>verschoben</w:t></w:r></w:moveFrom>"
        "<w:instrText>PAGE</w:instrText><w:t>Zweiter Absatz</w:t></w:p>"
    )
    notes = "<w:footnotes xmlns:w='w'><w:p><w:t>Fußnote</w:t></w:p></w:footnotes>"
    content = word(word__document_xml=DOCUMENT.format(body), word__footnotes_xml=notes)
    assert read(content, "read_office") == "Gutachten Anlage Zweiter Absatz Fußnote"


def test_excel_is_read_with_its_sheets_names() -> None:
    content = archive(
        {
            "[Content_Types].xml": types(SHEET),
            "xl/workbook.xml": "<workbook><sheets><sheet name='Kosten'/></sheets></workbook>",
            "xl/sharedStrings.xml": "<sst><si><t>Kaufpreis</t></si><si><r><t>Neben</t></r><r>"
            "<t>kosten</t></r><rPh><t>laut</t></rPh></si></sst>",
            "xl/worksheets/sheet1.xml": "<worksheet><c t='inlineStr'><is><t>Summe</t></is></c>"
            "<c><v>17</v></c></worksheet>",
        }
    )
    assert read(content, "read_office") == "Kosten Kaufpreis Nebenkosten Summe"


def test_opendocument_is_read_without_comments() -> None:
    text = (
        "<office:document xmlns:office='o' xmlns:text='t'>"
        "<office:automatic-styles>nicht</office:automatic-styles><office:body>"
        "<text:tracked-changes>gestrichen</text:tracked-changes>"
        "<text:h>Titel</text:h><text:p>Ein<text:s/>Satz<text:line-break/>weiter"
        "<office:annotation><text:p>Bemerkung</text:p></office:annotation></text:p>"
        "</office:body></office:document>"
    )
    assert read(odt(content_xml=text), "read_office") == "Titel Ein Satz weiter"


def test_a_document_type_is_refused() -> None:
    laughs = "<!DOCTYPE a [<!ENTITY b 'ha'>]><w:document xmlns:w='w'><w:t>&b;</w:t></w:document>"
    with pytest.raises(Refused):
        office_text.answer(word(word__document_xml=laughs), {})


def test_a_text_bomb_is_cut() -> None:
    bomb = DOCUMENT.format("<w:p><w:t>" + "Wort " * 6_000_000 + "</w:t></w:p>")
    answer = ask("read_office", word(word__document_xml=bomb), seconds=12)
    assert answer.values == {"cut": True}
    assert len(answer.content) <= MOST_CHARACTERS


def test_what_unpacks_beyond_all_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_text, "MAX_UNPACKED", 100_000)
    bomb = DOCUMENT.format("<w:p>" + "<w:r/>" * 40_000 + "</w:p>")
    with pytest.raises(Refused):
        office_text.answer(word(word__document_xml=bomb), {})


def test_a_small_pdf_is_read_in_its_time() -> None:
    began = time.monotonic()
    assert read(pdf("Schnell")) == "Schnell"
    assert time.monotonic() - began < 10
