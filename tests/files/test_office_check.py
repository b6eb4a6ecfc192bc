"""Word, Excel and OpenDocument files: taken in by what they are, refused for what could act."""

import io
import zipfile

import pytest

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.uploads import check_file
from tests.support.builders import pdf

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ODT = "application/vnd.oasis.opendocument.text"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def archive(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def types(main: str) -> str:
    return f'<Types><Override PartName="/a.xml" ContentType="{main}"/></Types>'


def word(**parts: str | bytes) -> bytes:
    """A DOCX; further parts are named with __ for a slash and _ for a dot."""
    named = {key.replace("__", "/").replace("_", "."): value for key, value in parts.items()}
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": types(WORD),
        "word/document.xml": "<w:document xmlns:w='w'><w:body/></w:document>",
    }
    return archive(whole | named)


def odt(**parts: str) -> bytes:
    named = {key.replace("__", "/").replace("_", "."): value for key, value in parts.items()}
    whole: dict[str, str | bytes] = {
        "mimetype": ODT,
        "content.xml": "<office:document xmlns:office='o'/>",
        "META-INF/manifest.xml": "<manifest/>",
    }
    return archive(whole | named)


def refusal(content: bytes) -> str:
    with pytest.raises(RuleBroken) as refused:
        check_file("file", content)
    assert refused.value.field == "file"
    return refused.value.message


def relation(kind: str) -> str:
    return (
        f'<Relationships><Relationship Id="a" Type="{RELATIONS}{kind}" TargetMode="External"'
        ' Target="https://a.example/x"/></Relationships>'
    )


def field(command: str) -> str:
    """A field whose command is cut into two runs, as Word does."""
    half = len(command) // 2
    return (
        "<w:document xmlns:w='w'>"
        f"<w:instrText>{command[:half]}</w:instrText><w:t>Wort</w:t>"
        f"<w:instrText>{command[half:]}</w:instrText></w:document>"
    )


def test_each_kind_is_known_by_what_it_is() -> None:
    assert check_file("file", pdf()) == ".pdf"
    assert check_file("file", word()) == ".docx"
    assert check_file("file", archive({"[Content_Types].xml": types(SHEET)})) == ".xlsx"
    assert check_file("file", odt()) == ".odt"
    link = word(word___rels__document_xml_rels=relation("hyperlink"))
    assert check_file("file", link) == ".docx"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (archive({"a.txt": "x"}), "weder PDF noch Word"),
        (archive({"mimetype": "application/epub+zip", "content.xml": "<a/>"}), "weder PDF"),
        (word(word__vbaProject_bin=b"x"), "Makros"),
        (archive({"[Content_Types].xml": types(WORD.replace("main", "macroEnabled.main"))}),
         "Makros"),
        (archive({"[Content_Types].xml": types(SHEET), "xl/macrosheets/sheet1.xml": "<a/>"}),
         "Makros"),
        (word(word__activeX__activeX1_xml="<a/>"), "Makros"),
        (odt(Basic__Standard__Module1_xml="<a/>"), "Makros"),
        (odt(content_xml="<a xmlns:s='s'><s:event-listener/></a>"), "Makros"),
        (word(word__embeddings__oleObject1_bin=b"x"), "eingebettet"),
        (word(word___rels__settings_xml_rels=relation("attachedTemplate")), "von außerhalb"),
        (word(word___rels__document_xml_rels=relation("image")), "von außerhalb"),
        (word(word__document_xml=field(" DDEAUTO cmd ")), "von außerhalb"),
        (archive({"[Content_Types].xml": types(SHEET),
                  "xl/externalLinks/externalLink1.xml": "<a><ddeLink/></a>"}), "von außerhalb"),
        (odt(content_xml="<a xmlns:o='o'><o:dde-source/></a>"), "von außerhalb"),
        (word(word__document_xml="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "beschädigt"),
        (word(word__document_xml="<a>"), "beschädigt"),
        (word()[:-30], "beschädigt"),
        (word(**{"..__x_xml": "<a/>"}), "beschädigt"),
        (b"\xd0\xcf\x11\xe0" + bytes(500), "alten Office-Format"),
        (b"Hallo", "kein PDF"),
    ],
)  # fmt: skip
def test_what_could_act_is_refused_with_its_reason(content: bytes, words: str) -> None:
    assert words in refusal(content)


def test_a_file_that_unfolds_to_too_much_is_refused() -> None:
    assert "entpackt zu groß" in refusal(word(word__media__a_png=bytes(210 * 1024 * 1024)))


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    bomb = bytearray(word(word__media__a_png=bytes(210 * 1024 * 1024)))
    size = (210 * 1024 * 1024).to_bytes(4, "little")
    told = bytes(bomb).replace(size, (1000).to_bytes(4, "little"))
    assert refusal(told)


def test_an_archive_of_too_many_parts_is_refused() -> None:
    many: dict[str, str | bytes] = {f"{number}.bin": b"" for number in range(3_001)}
    assert "entpackt zu groß" in refusal(archive(many))


def test_a_locked_file_is_refused() -> None:
    locked = bytearray(word())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    assert "Kennwort" in refusal(bytes(locked))


def test_two_parts_of_one_name_are_refused() -> None:
    assert "beschädigt" in refusal(word(Word__Document_xml="<a/>"))
