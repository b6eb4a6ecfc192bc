"""What a PDF tells assistive technology: the text of its structure tree, in the tree's order.

A reader of our own beside poppler's, which takes a minute where this one takes a second; it reads
what the program's own documents use, and nothing else.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pikepdf

Texts = dict[tuple[tuple[int, int], int], str]
_CODES = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]*)>")


def spoken(pdf: bytes) -> str:
    """All that is read out, without the furniture of the pages."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        texts: Texts = {}
        for page in document.pages:
            for number, text in _marked(page).items():
                texts[page.obj.objgen, number] = text
        return "".join(_told(document.Root.StructTreeRoot, texts, (0, 0)))


def tags_of(pdf: bytes) -> list[str]:
    """The tags of all elements, in the order of the tree."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return list(_tags(document.Root.StructTreeRoot))


def _tags(element: Any) -> Iterator[str]:
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S).removeprefix("/")
            yield from _tags(kid)


def _told(element: Any, texts: Texts, page: tuple[int, int]) -> Iterator[str]:
    if isinstance(element, pikepdf.Dictionary):
        page = element.Pg.objgen if "/Pg" in element else page
        if element.get("/Type") == "/MCR":
            yield texts.get((page, int(element.MCID)), "")
            return
        for key in ("/ActualText", "/Alt"):
            if key in element:
                yield str(element[key])
                return
        kids = element.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            yield from _told(kid, texts, page)
    elif isinstance(element, int):
        yield texts.get((page, element), "")


def _marked(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked content of a page."""
    fonts = {name: _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    found: dict[int, list[str]] = defaultdict(list)
    open_marks: list[int | None] = []
    letters: dict[int, str] = {}
    for one in pikepdf.parse_content_stream(page):
        operator, operands = str(one.operator), list(one.operands)
        if operator in ("BDC", "BMC"):
            number = operands[1].get("/MCID") if operator == "BDC" else None
            open_marks.append(None if number is None else int(number))
        elif operator == "EMC":
            open_marks.pop()
        elif operator == "Tf":
            letters = fonts[str(operands[0])]
        elif operator == "Tj" and open_marks and open_marks[-1] is not None:
            found[open_marks[-1]] += [letters[code] for code in bytes(operands[0])]
        assert operator not in ("TJ", "'", '"'), "the documents show text by Tj alone"
    return {number: "".join(text) for number, text in found.items()}


def _letters(font: Any) -> dict[int, str]:
    """What each code of a font stands for, by its ToUnicode map."""
    found = {}
    for kind, rows in _CODES.findall(font.ToUnicode.read_bytes()):
        words = [bytes.fromhex(one.decode()) for one in _HEX.findall(rows)]
        step = 2 if kind == b"bfchar" else 3
        for place in range(0, len(words), step):
            first, last = words[place], words[place + step - 2]
            goal = words[place + step - 1].decode("utf-16-be")
            for code in range(first[0], last[0] + 1):
                found[code] = goal[:-1] + chr(ord(goal[-1]) + code - first[0])
    return found
