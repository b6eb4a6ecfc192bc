"""The structure of a document: what its parts are and in which order they are read.

A tree of elements (ISO 32000-1, 14.8) is built while a story is told, in the order of telling;
drawing then only notes which marked content on which page belongs to which element. Assistive
technology reads this tree and nothing else, as PDF/UA-1 (ISO 14289-1) asks for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject


class Tag(StrEnum):
    """The standard structure types our documents use."""

    DOCUMENT = "Document"
    SECTION = "Sect"
    PARAGRAPH = "P"
    QUOTE = "BlockQuote"
    LINK = "Link"
    REFERENCE = "Reference"
    SPAN = "Span"
    NOTE = "Note"
    LIST = "L"
    LIST_ITEM = "LI"
    LABEL = "Lbl"
    LIST_BODY = "LBody"
    TABLE = "Table"
    CAPTION = "Caption"
    HEAD_ROWS = "THead"
    BODY_ROWS = "TBody"
    ROW = "TR"
    HEAD_CELL = "TH"
    CELL = "TD"
    FIGURE = "Figure"
    FORM = "Form"
    CONTENTS = "TOC"
    CONTENTS_LINE = "TOCI"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    H4 = "H4"
    H5 = "H5"
    H6 = "H6"


# They say something by being there: a row lacking an empty cell would be another table.
_KEPT_EMPTY: Final = frozenset({Tag.DOCUMENT, Tag.CELL, Tag.HEAD_CELL, Tag.LIST_BODY})


@dataclass(frozen=True, slots=True)
class Marked:
    """Marked content: the `mcid`-th piece of the page with number `page`."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotation on a page, by the name under which the file's objects know it."""

    page: int
    name: str


class Element:
    """A part of a document: its tag, what it is told to readers, and its content in order.

    `attributes` is the PDF source of an attribute dictionary ("<</O/Table/Scope/Column>>"). `alt`
    stands for what is seen, `actual_text` for what is written, `language` is a BCP 47 tag where
    it is not that of the document. A footnote (`Tag.NOTE`) needs an `identifier` of its own, in
    ASCII (ISO 14289-1, 7.9).
    """

    __slots__ = (
        "actual_text",
        "alt",
        "attributes",
        "content",
        "identifier",
        "language",
        "parent",
        "tag",
    )

    def __init__(
        self,
        tag: Tag,
        parent: "Element | None" = None,
        *,
        attributes: str = "",
        alt: str = "",
        actual_text: str = "",
        language: str = "",
        identifier: str = "",
    ) -> None:
        """Become the last child of `parent`."""
        self.tag = tag
        self.parent = parent
        self.attributes = attributes
        self.alt = alt
        self.actual_text = actual_text
        self.language = language
        self.identifier = identifier
        self.content: list[Element | Marked | Annotated] = []
        if parent is not None:
            parent.content.append(self)

    def children(self) -> "Iterator[Element]":
        """Yield the elements among the content."""
        return (one for one in self.content if isinstance(one, Element))

    def outermost(self) -> "Element":
        """Return the element that holds this one and belongs to none."""
        found = self
        while found.parent is not None:
            found = found.parent
        return found

    def prune(self) -> bool:
        """Drop elements without content; say whether anything is left."""
        self.content = [one for one in self.content if not isinstance(one, Element) or one.prune()]
        return bool(self.content) or self.tag in _KEPT_EMPTY

    def walk(self) -> "Iterator[Element]":
        """Yield this element and all below it, in reading order."""
        yield self
        for child in self.children():
            yield from child.walk()


class Source(PDFObject):
    """A PDF object by its source."""

    def __init__(self, data: bytes = b"") -> None:
        """Take the object's bytes, without "obj" and "endobj"."""
        self.data = data

    def format(self, document: PDFDocument) -> bytes:
        """Return the source; reportlab calls this when it writes the file."""
        del document
        return self.data


def text_string(text: str) -> bytes:
    """Return `text` as the source of a PDF text string (ISO 32000-1, 7.9.2.2)."""
    if text.isascii() and text.isprintable():
        return b"(" + re.sub(r"([\\()])", r"\\\1", text).encode() + b")"
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


class Parents:
    """The parent tree: to which element the content of a page or an annotation belongs."""

    def __init__(self) -> None:
        """Begin without pages."""
        self._entries: list[list[Element] | Element] = []

    def add(self, entry: list[Element] | Element) -> int:
        """Note the elements of a page by mcid, or that of an annotation; return the key."""
        self._entries.append(entry)
        return len(self._entries) - 1

    def source(self, numbers: "dict[int, int]") -> bytes:
        """Return the number tree; `numbers` gives the object number of an element by its id()."""
        lines = []
        for key, entry in enumerate(self._entries):
            if isinstance(entry, list):
                listed = b" ".join(b"%d 0 R" % numbers[id(one)] for one in entry)
                lines.append(b"%d [%s]" % (key, listed))
            else:
                lines.append(b"%d %d 0 R" % (key, numbers[id(entry)]))
        return b"<</Nums[" + b"\n".join(lines) + b"]>>"

    def __len__(self) -> int:
        """Return the next key."""
        return len(self._entries)


def write(document: PDFDocument, root: Element, parents: Parents) -> Source:
    """Put the tree into `document`; return the StructTreeRoot for its catalogue."""
    root.prune()
    tree = Source()
    tree_number = _numbered(document, tree, "structure")
    objects: list[tuple[Element, Source]] = []
    numbers: dict[int, int] = {}
    for place, element in enumerate(root.walk()):
        source = Source()
        numbers[id(element)] = _numbered(document, source, f"element{place}")
        objects.append((element, source))
    pages = _Pages(document)
    for element, source in objects:
        parent = numbers[id(element.parent)] if element.parent else tree_number
        source.data = _source(element, parent, numbers, pages)
    parent_tree = _numbered(document, Source(parents.source(numbers)), "parents")
    tree.data = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d%s>>" % (
        numbers[id(root)],
        parent_tree,
        len(parents),
        _identifiers([element for element, _ in objects], numbers),
    )
    return tree


def _identifiers(elements: list[Element], numbers: dict[int, int]) -> bytes:
    """Return the tree by which elements are found by their identifiers, if any has one."""
    named = sorted((one.identifier, numbers[id(one)]) for one in elements if one.identifier)
    if not named:
        return b""
    listed = b" ".join(b"%s %d 0 R" % (text_string(name), number) for name, number in named)
    return b"/IDTree<</Names[" + listed + b"]>>"


class _Pages:
    """The object numbers of pages and annotations in a document."""

    def __init__(self, document: PDFDocument) -> None:
        self._numbers: Any = document.idToObjectNumberAndVersion

    def page(self, number: int) -> int:
        return int(self._numbers[f"Page{number}"][0])

    def named(self, name: str) -> int:
        return int(self._numbers[name][0])


def _source(element: Element, parent: int, numbers: dict[int, int], pages: _Pages) -> bytes:
    first = next((one.page for one in element.content if isinstance(one, Marked)), None)
    parts = [b"/Type/StructElem/S/%s/P %d 0 R" % (element.tag.encode(), parent)]
    if first is not None:
        parts.append(b"/Pg %d 0 R" % pages.page(first))
    kids = [_kid(one, first, numbers, pages) for one in element.content]
    if kids:
        parts.append(b"/K[" + b" ".join(kids) + b"]")
    if element.attributes:
        parts.append(b"/A" + element.attributes.encode("ascii"))
    if element.identifier:
        parts.append(b"/ID" + text_string(element.identifier))
    told = (("Lang", element.language), ("Alt", element.alt), ("ActualText", element.actual_text))
    parts += [b"/%s%s" % (key.encode(), text_string(value)) for key, value in told if value]
    return b"<<" + b"".join(parts) + b">>"


def _kid(
    one: Element | Marked | Annotated, first: int | None, numbers: dict[int, int], pages: _Pages
) -> bytes:
    if isinstance(one, Element):
        return b"%d 0 R" % numbers[id(one)]
    if isinstance(one, Annotated):
        places = (pages.named(one.name), pages.page(one.page))
        return b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % places
    if one.page == first:
        return b"%d" % one.mcid
    return b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (pages.page(one.page), one.mcid)


def _numbered(document: PDFDocument, source: Source, name: str) -> int:
    document.Reference(source, name)  # type: ignore[no-untyped-call]
    return int(document.idToObjectNumberAndVersion[name][0])
