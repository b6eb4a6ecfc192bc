"""The meeting packet: every page in its place, nothing that acts or claims, memory that stays."""

import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from sitzungsdienst.acts.uploads import check_pdf
from sitzungsdienst.documents import packet_process
from sitzungsdienst.documents.packet import FILES as STEP_FILES
from sitzungsdienst.documents.packet import RESULT, WRITING, build_packet
from sitzungsdienst.documents.packet_process import GivenUp, build_apart
from sitzungsdienst.documents.packet_sheets import print_cover, print_front
from sitzungsdienst.documents.packet_values import Packet, PacketFile
from tests.documents.packet_cast import FILES, item, lay_out, packet_of, paper
from tests.support.pdf import words_of
from tests.support.standards import faults_of

ROOT = Path(__file__).parents[2]


def built(folder: Path, packet: Packet) -> bytes:
    build_packet(packet, lay_out(folder), lambda *_: None)
    return (folder / RESULT).read_bytes()


def labels(pdf: pikepdf.Pdf) -> list[str]:
    return [page.label for page in pdf.pages]


WHOLE = packet_of(
    item("Ö 1", "Eröffnung"),
    item("Ö 5.1", "Bauplan", paper("2017/1", "plan.pdf", "kosten.pdf"), paper("2017/2")),
    item("N 1", "Kauf", paper("2017/3", "kaputt.pdf", "kosten.pdf")),
)


def test_pages_come_in_the_order_of_the_agenda_each_with_its_label(tmp_path: Path) -> None:
    content = built(tmp_path, WHOLE)
    words = words_of(content, tmp_path, "-raw")
    order = ["Ö 1 Eröffnung", "Einladung Seite 1", "Ö 5.1 Bauplan", "Plan A", "Plan C", "N 1 Kauf"]
    places = [words.rindex(one) for one in order]
    assert all(one < other for one, other in pairwise(places))
    with pikepdf.open(BytesIO(content)) as pdf:
        assert labels(pdf) == [
            "Mappe-1", "Einladung-1", "Einladung-2",
            "Ö 5.1-1", "Ö 5.1-2", "Ö 5.1-3", "Ö 5.1-4", "Ö 5.1-5", "N 1-1", "N 1-2",
        ]  # fmt: skip


def test_a_bookmark_leads_to_each_item_and_below_it_to_each_file(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(built(tmp_path, WHOLE))) as pdf, pdf.open_outline() as outline:
        pages = [page.obj.objgen for page in pdf.pages]
        found = [
            (mark.title, pages.index(mark.destination[0].objgen),
             [(one.title, pages.index(one.destination[0].objgen)) for one in mark.children])
            for mark in outline.root
        ]  # fmt: skip
    assert found == [
        ("Sitzungsmappe", 0, []),
        ("Einladung", 1, []),
        ("Ö 5.1 Bauplan", 3, [("Anlage plan.pdf", 4), ("Anlage kosten.pdf", 7)]),
        ("N 1 Kauf", 8, [("Anlage kosten.pdf", 9)]),
    ]


def test_an_item_without_papers_has_no_sheet_and_says_so_in_front(tmp_path: Path) -> None:
    above = replace(item("Ö 2", "Bauen"), heading=True)
    content = built(tmp_path, packet_of(*WHOLE.items, above))
    words = words_of(content, tmp_path, "-raw")
    assert words.count("Eröffnung") == 1
    assert "Ö 1 Eröffnung keine Unterlagen" in words
    assert "Ö 5.1 Bauplan 2017/1" in words
    assert words.count("keine Unterlagen") == 1, "a heading needs none"


def test_a_packet_without_any_papers_is_its_first_sheet(tmp_path: Path) -> None:
    packet = replace(packet_of(item("Ö 1", "Eröffnung"), item("Ö 2", "Schluss")), sent=())
    with pikepdf.open(BytesIO(built(tmp_path, packet))) as pdf, pdf.open_outline() as outline:
        assert labels(pdf) == ["Mappe-1"]
        assert [mark.title for mark in outline.root] == ["Sitzungsmappe"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("kennwort.pdf", "mit einem Kennwort geschützt"),
        ("gesperrt.pdf", "gegen das Zusammenfügen geschützt"),
        ("kaputt.pdf", "beschädigt, lässt sich nicht öffnen"),
        ("tabelle.xlsx", "kein PDF"),
        ("leer.pdf", "ohne Seiten"),
    ],
)
def test_what_cannot_come_along_is_named_with_its_reason(
    tmp_path: Path, name: str, reason: str
) -> None:
    packet = packet_of(item("Ö 1", "Punkt", paper("2017/1", name, "plan.pdf")))
    content = built(tmp_path, packet)
    words = words_of(content, tmp_path, "-raw")
    assert f"Ö 1: Anlage {name} ({reason})" in words  # on the sheet in front
    assert f"Anlage {name} nicht enthalten: {reason}" in words  # on the cover of the item
    assert "Plan C" in words
    assert "Verschlossen" not in words


def test_nothing_that_acts_comes_along(tmp_path: Path) -> None:
    assert b"BOESE" in FILES["boese.pdf"]
    content = built(tmp_path, packet_of(item("Ö 1", "Punkt", paper("2017/1", "boese.pdf"))))
    check_pdf("file", content)  # what an upload must keep
    with pikepdf.open(BytesIO(content)) as pdf:
        everything = b"".join(
            one.unparse() + (one.read_bytes() if isinstance(one, pikepdf.Stream) else b"")
            for one in map(lambda one: one, pdf.objects)  # noqa: C417 - a view of the file's objects
            if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream))
        )
        assert b"BOESE" not in everything
        assert "/AcroForm" not in pdf.Root
        assert "/Names" not in pdf.Root
        page = pdf.pages[-1].obj
        assert not {"/AA", "/Metadata", "/StructParents", "/PieceInfo"} & set(page.keys())
        addresses = [str(one.A.URI) for one in page.Annots]
    assert addresses == ["https://gemeinde.example/plan"]
    assert "Ausgefuellt" in words_of(content, tmp_path)  # what was filled in is on the page


def test_the_packet_claims_no_standard(tmp_path: Path) -> None:
    content = built(tmp_path, packet_of(item("Ö 1", "Punkt", paper("2017/1", "boese.pdf"))))
    with pikepdf.open(BytesIO(content)) as pdf:
        assert not {"/Metadata", "/MarkInfo", "/StructTreeRoot", "/OutputIntents", "/AF"} & set(
            pdf.Root.keys()
        )
        metadata = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        assert not any(b"pdfaid" in one.read_raw_bytes() for one in metadata)
        assert str(pdf.Root.Lang) == "de-DE"


def test_a_layer_that_its_author_hid_stays_hidden(tmp_path: Path) -> None:
    packet = packet_of(item("Ö 1", "Punkt", paper("2017/1", "ebenen.pdf", "plan.pdf")))
    content = built(tmp_path, packet)
    words = words_of(content, tmp_path)
    with pikepdf.open(BytesIO(content)) as pdf:
        told = pdf.Root.OCProperties
        assert sorted(str(one.Name) for one in told.OCGs) == ["sichtbar", "verborgen"]
        assert [str(one.Name) for one in told.D.OFF] == ["verborgen"]
        assert not any("/SitzungsdienstHidden" in one for one in told.OCGs)
        shown = next(page for page in pdf.pages if "/Properties" in page.obj.Resources)
        assert shown.obj.Resources.Properties.L1.objgen == told.D.OFF[0].objgen
    assert "Grund" in words


def test_the_same_packet_has_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert built(tmp_path / "a", WHOLE) == built(tmp_path / "b", WHOLE)


def test_the_sheets_themselves_keep_both_standards() -> None:
    outcomes: dict[str, int | str] = {"plan.pdf": 3, "kosten.pdf": 1, "kaputt.pdf": "beschädigt"}
    assert faults_of(print_front(WHOLE, outcomes)) == []
    assert [faults_of(print_cover(WHOLE, one, outcomes)) for one in WHOLE.items] == [[], [], []]
    nobody = Packet(WHOLE.letterhead, WHOLE.head, WHOLE.issued_on, True, (), ())
    assert faults_of(print_front(nobody, {})) == []


def test_a_file_left_out_by_intent_says_why(tmp_path: Path) -> None:
    one = paper("2017/1")
    twice = type(one)(one.facts, one.texts, (PacketFile("Plan", "", "liegt bei Ö 1"),))
    words = words_of(built(tmp_path, packet_of(item("Ö 2", "Punkt", twice))), tmp_path, "-raw")
    assert "Plan nicht enthalten: liegt bei Ö 1" in words


def test_progress_is_told_step_by_step(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    build_packet(WHOLE, lay_out(tmp_path), lambda *told: steps.append(told))
    assert [one for one in steps if one[0] == STEP_FILES][:2] == [("files", 0, 5), ("files", 1, 5)]
    assert steps[-1] == (WRITING, 100, 100)


def test_a_file_that_kills_the_process_is_left_out_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packet = packet_of(item("Ö 1", "Punkt", paper("2017/1", "kosten.pdf", "plan.pdf")))
    lay_out(tmp_path)
    # A folder in the place of a file: an error nobody foresaw, which ends the process.
    (tmp_path / "kosten.pdf").unlink()
    (tmp_path / "kosten.pdf").mkdir()
    steps: list[tuple[str, int, int]] = []
    pages, memory = build_apart(packet, tmp_path, lambda *told: steps.append(told))
    words = words_of((tmp_path / RESULT).read_bytes(), tmp_path, "-raw")
    assert "Anlage kosten.pdf nicht enthalten: lässt sich nicht verarbeiten" in words
    assert "Plan C" in words
    assert pages == 7
    assert memory > 0
    monkeypatch.setattr(packet_process, "MOST_UNREADABLE", 0)
    with pytest.raises(GivenUp):
        build_apart(packet, tmp_path, lambda *_: None)


@pytest.mark.slow
def test_memory_hardly_grows_with_the_packet() -> None:
    """2,000 pages are 180 MiB more than 100; a tenth of that is for their structure."""
    peaks = []
    for pages in (100, 2_000):
        told = subprocess.run(
            [sys.executable, str(ROOT / "benchmarks" / "packet.py"), str(pages)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        peaks.append(float(told.partition("peak")[2].split()[0]))
    assert peaks[1] - peaks[0] < 60
