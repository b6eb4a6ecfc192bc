"""Taking a file into a packet: its pages as they look, and nothing that acts or claims.

Of a file come its pages, with the layers as its author set them, and links into the web. Notes and
filled-in fields become part of the page. Scripts, actions, embedded files, forms, metadata with
their claims of a standard and the structure tree stay behind: the packet as a whole keeps none.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

_MARK: Final = b"%PDF-"
_MARK_WITHIN: Final = 1024
#: What a page may bear (ISO 32000-1, table 30); all else is left behind.
_PAGE_KEYS: Final = frozenset(
    {
        "/Type", "/Parent", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox",
        "/Rotate", "/Resources", "/Contents", "/Group", "/UserUnit",
    }
)  # fmt: skip
#: What no object may bear: metadata, private data, actions, files, ways into a structure tree.
_LEFT_BEHIND: Final = frozenset(
    {
        "/Metadata", "/PieceInfo", "/AA", "/AF", "/StructParent", "/StructParents", "/Ref",
        "/OpenAction", "/EF", "/JS",
    }
)  # fmt: skip
#: Where a stream says that its bytes lie in another file (ISO 32000-1, table 5).
_ELSEWHERE: Final = ("/F", "/FFilter", "/FDecodeParms")
#: How a layer says between two steps that it is hidden.
_HIDDEN: Final = "/SitzungsdienstHidden"
_WEB: Final = ("http://", "https://", "mailto:")
_BROKEN: Final = (
    pikepdf.PdfError,
    AttributeError,
    KeyError,
    MemoryError,
    OverflowError,
    RuntimeError,
    TypeError,
    ValueError,
)
#: Streams go from file to file as they are: nothing is unpacked, nothing is held.
AS_IT_IS: Final[dict[str, Any]] = {
    "compress_streams": False,
    "stream_decode_level": pikepdf.StreamDecodeLevel.none,
}


class NotTaken(Exception):
    """A file does not come along; `reason` says why, in German, to stand behind its name."""

    def __init__(self, reason: str) -> None:
        """Say why."""
        super().__init__(reason)
        self.reason = reason


def set_layers(whole: Pdf) -> None:
    """Hide in the packet what was hidden in its files; call when all pages are there.

    A layer that no catalogue names is shown: what an author hid would come to light.
    """
    groups = [
        one for one in whole.objects if isinstance(one, Dictionary) and one.get("/Type") == Name.OCG
    ]
    if not groups:
        return
    hidden = [one for one in groups if _HIDDEN in one]
    for one in hidden:
        del one[_HIDDEN]
    whole.Root.OCProperties = Dictionary(OCGs=Array(groups), D=Dictionary(OFF=Array(hidden)))


def take_in(source: Path, target: Path) -> int:
    """Write what may come along of `source` to `target`; gives its number of pages.

    Raises NotTaken for what is no PDF, broken, without pages, or locked by its author.
    """
    with source.open("rb") as stream:
        if _MARK not in stream.read(_MARK_WITHIN):
            raise NotTaken("kein PDF")
    try:
        with pikepdf.open(source, access_mode=pikepdf.AccessMode.stream) as original:
            return _copy(original, target)
    except pikepdf.PasswordError:
        raise NotTaken("mit einem Kennwort geschützt") from None
    except _BROKEN:
        target.unlink(missing_ok=True)
        raise NotTaken("beschädigt, lässt sich nicht öffnen") from None


def _copy(original: Pdf, target: Path) -> int:
    # Whoever locks a file says what may be done with it (ISO 32000-1, table 22, bit 11).
    if original.is_encrypted and not original.allow.modify_assembly:
        raise NotTaken("gegen das Zusammenfügen geschützt")
    if "/AcroForm" in original.Root:
        original.generate_appearance_streams()
    original.flatten_annotations("all")
    pages = len(original.pages)
    if not pages:
        raise NotTaken("ohne Seiten")
    for page in original.pages:
        _bare(original, page.obj)
    _mark_hidden_layers(original)
    for key in set(original.Root.keys()) - {"/Type", "/Pages"}:
        del original.Root[key]
    for key in {"/Info"} & set(original.trailer.keys()):
        del original.trailer[key]
    _strip(original)
    original.save(target, fix_metadata_version=False, **AS_IT_IS)
    return pages


def _mark_hidden_layers(original: Pdf) -> None:
    """Have each layer that its author hid say so itself: the catalogue that knew stays behind."""
    told = original.Root.get("/OCProperties")
    if not isinstance(told, Dictionary):
        return
    default = told.get("/D", Dictionary())
    hidden = _list(default.get("/OFF"))
    if default.get("/BaseState") == Name.OFF:
        shown = {one.objgen for one in _list(default.get("/ON"))}
        hidden += [one for one in _list(told.get("/OCGs")) if one.objgen not in shown]
    for group in hidden:
        group[_HIDDEN] = True


def _bare(original: Pdf, page: Dictionary) -> None:
    """Leave of a page what makes its look, and its links into the web, made anew."""
    links = [
        original.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=rect,
                Border=Array([0, 0, 0]),
                A=Dictionary(S=Name.URI, URI=pikepdf.String(address)),
            )
        )
        for rect, address in _links(page)
    ]
    for key in set(page.keys()) - _PAGE_KEYS:
        del page[key]
    if links:
        page.Annots = Array(links)


def _links(page: Dictionary) -> Iterator[tuple[Array, str]]:
    for one in _list(page.get("/Annots")):
        if not isinstance(one, Dictionary) or one.get("/Subtype") != Name.Link:
            continue
        action, rect = one.get("/A"), one.get("/Rect")
        if not isinstance(action, Dictionary) or action.get("/S") != Name.URI:
            continue
        address = str(action.get("/URI", ""))
        if isinstance(rect, Array) and len(rect) == 4 and address.lower().startswith(_WEB):
            yield Array([float(side) for side in rect]), address


def _strip(original: Pdf) -> None:
    """Take from every object, also from those within another, what is left behind."""
    stack: list[object] = list(original.objects)
    while stack:
        one = stack.pop()
        if isinstance(one, Stream):
            for key in _ELSEWHERE:
                if key in one.keys():  # noqa: SIM118 - a stream's own keys, not its bytes
                    del one[key]
        if isinstance(one, (Dictionary, Stream)):
            for key in set(one.keys()) & _LEFT_BEHIND:
                del one[key]
            inner: list[object] = [value for _, value in one.items()]
        elif isinstance(one, Array):
            inner = list(one)
        else:
            continue
        # What stands by itself is visited by itself; following it could run in circles.
        stack += [value for value in inner if not getattr(value, "is_indirect", True)]


def _list(value: object) -> list[Object]:
    return list(value) if isinstance(value, Array) else []
