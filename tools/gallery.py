"""Make the gallery of printed documents: `.venv/bin/python tools/gallery.py`, poppler needed.

Every kind is printed from one real meeting, the one of the tests; its first page becomes a small
picture in docs/gallery/. The same program makes the same pictures.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the meeting is the tests'

from sitzungsdienst.documents.attendance_list import print_attendance_list  # noqa: E402 (found by the line above)
from sitzungsdienst.documents.excerpt import print_excerpt  # noqa: E402 (as above)
from sitzungsdienst.documents.followup_report import print_followup_report  # noqa: E402 (as above)
from sitzungsdienst.documents.invitation import print_invitation  # noqa: E402 (as above)
from sitzungsdienst.documents.minutes import print_minutes  # noqa: E402 (as above)
from sitzungsdienst.documents.packet_sheets import print_front  # noqa: E402 (as above)
from sitzungsdienst.documents.resolution_book import print_resolution_book  # noqa: E402 (as above)
from sitzungsdienst.documents.seat_sheet import print_seat_sheet  # noqa: E402 (as above)
from sitzungsdienst.documents.submission import print_submission  # noqa: E402 (as above)
from sitzungsdienst.documents.values import AgendaLine, Audience, ItemRecord  # noqa: E402 (as above)
from sitzungsdienst.documents.year_calendar import print_year_calendar  # noqa: E402 (as above)
from tests.documents import cast, packet_cast, resolution_cast, sheets  # noqa: E402 (as above)

GALLERY = ROOT / "docs" / "gallery"
RESOLUTION = 80  # dots per inch: 661 by 935 for A4
COLOURS = 32


@dataclass(frozen=True)
class Exhibit:
    """A page of a kind: the file's name, what a visitor reads, and how it is printed."""

    name: str
    title: str
    print: Callable[[], bytes]
    page: int = 1


CHECK = "https://rat.landkreis.example/pruefen/5f3c-2a1b-9d4e/1"
PUBLISHED = replace(cast.EXCERPT, check_address=CHECK)


def _public_minutes() -> bytes:
    hidden = tuple(ItemRecord(AgendaLine(one.line.number, one.line.title))
                   for one in cast.MINUTES.nonpublic_items)  # fmt: skip
    objections = tuple(replace(one, text="", raised_by="", remark="")
                       for one in cast.MINUTES.objections)  # fmt: skip
    return print_minutes(
        replace(
            cast.MINUTES,
            audience=Audience.PUBLIC,
            nonpublic_items=hidden,
            objections=objections,
            check_address=CHECK,
        )
    )


EXHIBITS = (
    Exhibit("einladung", "Einladung an die Mitglieder im Fensterumschlag (DIN 5008, Form B)",
            lambda: print_invitation(cast.INVITATION)),
    Exhibit("bekanntmachung", "Bekanntmachung: vom nichtöffentlichen Teil nur Nummer und Titel",
            lambda: print_invitation(replace(cast.INVITATION, audience=Audience.PUBLIC,
                                             check_address=CHECK))),
    Exhibit("nachtrag", "Nachtrag zur Tagesordnung",
            lambda: print_invitation(replace(cast.INVITATION, heading="1. Nachtrag",
                                             public_agenda=cast.AGENDA[-2:]))),
    Exhibit("niederschrift", "Niederschrift, erste Seite: Anwesenheit nach Gruppen",
            lambda: print_minutes(cast.MINUTES)),
    Exhibit("niederschrift-abstimmungen", "Niederschrift: Abstimmungen als Tabelle, eine Wahl",
            lambda: print_minutes(cast.MINUTES), page=3),
    Exhibit("niederschrift-oeffentlich", "Niederschrift, öffentliche Fassung", _public_minutes),
    Exhibit("auszug", "Auszug aus der Niederschrift, am Fuß Adresse und QR-Code zum Prüfen",
            lambda: print_excerpt(PUBLISHED)),
    Exhibit("sitzverteilung", "Sitzverteilung mit Halbrund",
            lambda: print_seat_sheet(cast.SEATS)),
    Exhibit("vorlage", "Vorlage mit Beratungsfolge", lambda: print_submission(sheets.SUBMISSION)),
    Exhibit("anwesenheitsliste", "Anwesenheitsliste zum Unterschreiben",
            lambda: print_attendance_list(sheets.SHEET)),
    Exhibit("jahreskalender", "Sitzungskalender eines Jahres",
            lambda: print_year_calendar(sheets.CALENDAR)),
    Exhibit("beschlussbuch", "Beschlussbuch mit Inhalt und Verzeichnissen",
            lambda: print_resolution_book(resolution_cast.BOOK)),
    Exhibit("beschlussbuch-eintraege", "Beschlussbuch: eine gezählte Abstimmung als Balken",
            lambda: print_resolution_book(resolution_cast.BOOK), page=2),
    Exhibit("sitzungsmappe", "Sitzungsmappe: das Blatt vor allen Unterlagen",
            lambda: print_front(packet_cast.SHOWN, {"einladung.pdf": 2, "plan.pdf": 3})),
    Exhibit("beschlusskontrolle", "Bericht zur Beschlusskontrolle",
            lambda: print_followup_report(resolution_cast.REPORT)),
    Exhibit("auszug-beglaubigt", "Beglaubigter Auszug", lambda: print_excerpt(cast.CERTIFIED)),
)  # fmt: skip


def main() -> None:
    """Print all exhibits, draw their pages, write the page that shows them."""
    if shutil.which("pdftoppm") is None:
        raise SystemExit("gallery: needs pdftoppm; Debian, Ubuntu: apt install poppler-utils")
    GALLERY.mkdir(exist_ok=True)
    for exhibit in EXHIBITS:
        path = GALLERY / f"{exhibit.name}.png"
        path.write_bytes(_picture(exhibit.print(), exhibit.page))
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KB")
    (GALLERY / "README.md").write_text(_page(), encoding="utf-8")


def _picture(pdf: bytes, page: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "a.pdf", Path(folder) / "a"
        source.write_bytes(pdf)
        asked = ["-png", "-r", str(RESOLUTION), "-f", str(page), "-l", str(page), "-singlefile"]
        subprocess.run(["pdftoppm", *asked, str(source), str(target)], check=True)  # noqa: S603, S607 (our own paths)
        drawn = Image.open(target.with_suffix(".png")).convert("RGB")
    out = io.BytesIO()
    drawn.quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _page() -> str:
    shown = "\n".join(f"## {one.title}\n\n![{one.title}]({one.name}.png)\n" for one in EXHIBITS)
    return f"""# Gedruckte Dokumente

Alle Dokumente sind barrierefrei (PDF/UA-1) und für die Archivierung geeignet (PDF/A-3a). Gezeigt
ist eine Sitzung des Kultur- und Sozialausschusses des Landkreises Börde. Die Bilder macht
`tools/gallery.py`.

{shown}"""


if __name__ == "__main__":
    main()
