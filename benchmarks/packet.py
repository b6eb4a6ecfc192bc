"""How much memory and time a meeting packet takes: `python benchmarks/packet.py [pages]`.

Prints one line for each size: pages, size of the packet, seconds, and the most memory held.
Each size runs in a process of its own, since a process never gives its highest mark back.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name

from sitzungsdienst.documents.packet import RESULT, build_packet, peak_memory
from sitzungsdienst.documents.packet_values import Packet, PacketFile, PacketItem, PacketPaper
from sitzungsdienst.documents.values import AgendaLine, Letterhead, MeetingHead, PaperFacts

PAGES_PER_FILE = 10
FILES_PER_ITEM = 5
#: A scanned page.
BYTES_PER_PAGE = 100_000
SIZES = (100, 500, 2_000, 4_000)


def write_file(path: Path) -> None:
    """A file of scanned pages, each with a picture of its own that does not shrink."""
    with pikepdf.new() as pdf:
        for _ in range(PAGES_PER_FILE):
            page = pdf.add_blank_page(page_size=(595, 842))
            side = int((BYTES_PER_PAGE / 3) ** 0.5)
            picture = pdf.make_stream(os.urandom(side * side * 3))
            picture.update(
                Dictionary(
                    Type=Name.XObject, Subtype=Name.Image, Width=side, Height=side,
                    ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
                )
            )  # fmt: skip
            page.Resources = Dictionary(XObject=Dictionary(Scan=picture))
            page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")
        pdf.save(path)


def packet_of(pages: int, folder: Path) -> Packet:
    """A packet of about so many pages, its files written into `folder`."""
    head = MeetingHead(
        name="Sitzung des Rates", committees=("Rat",), start=datetime(2026, 3, 4, 17, tzinfo=UTC),
        end=None, room="Saal", place="Rathaus", publicity="öffentlich",
    )  # fmt: skip
    count = -(-pages // PAGES_PER_FILE)
    names = [f"{number:05}.pdf" for number in range(count)]
    for name in names:
        write_file(folder / name)
    items = []
    for number, start in enumerate(range(0, count, FILES_PER_ITEM), start=1):
        files = tuple(PacketFile(f"Anlage {one}", one) for one in names[start:][:FILES_PER_ITEM])
        facts = PaperFacts(f"2026/{number}", "Vorlage", "öffentlich", "", (), "", "")
        paper = PacketPaper(facts, (("Sachverhalt", "Ein Satz. " * 50),), files)
        items.append(PacketItem(AgendaLine(f"Ö {number}", "Punkt"), "öffentlich", (paper,)))
    return Packet(Letterhead("Stadt"), head, date(2026, 3, 1), False, (), tuple(items))


def measure(pages: int) -> None:
    """Build one packet and print what it took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        packet = packet_of(pages, folder)
        before, begun = peak_memory(), time.perf_counter()
        made = build_packet(packet, folder, lambda *_: None)
        took = time.perf_counter() - begun
        size = (folder / RESULT).stat().st_size
        print(
            f"{made:6} pages  {size / 2**20:7.1f} MiB  {took:6.1f} s"
            f"  peak {peak_memory() / 2**20:6.1f} MiB (before {before / 2**20:.1f})"
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]))
    else:
        for wanted in SIZES:
            subprocess.run([sys.executable, __file__, str(wanted)], check=True)  # noqa: S603
