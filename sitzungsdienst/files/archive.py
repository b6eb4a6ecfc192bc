"""What makes a redacted copy a file for the archive: PDF/A-3b (ISO 19005-3, level B).

Level B promises that the copy will always look as it looks now. More is not claimed: a page that
is a picture has no text to be read. pikepdf's own check approves only what it knows to be sound.
"""

import io
from collections.abc import Iterable
from importlib.resources import files

import pikepdf
from pikepdf import pdfa

LEVEL = "3b"


def declare(document: pikepdf.Pdf, title: str) -> None:
    """Write into the file what it is, under which title, and what its colours mean."""
    profile = pikepdf.Stream(document, _colours())
    profile.N = 3
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB",
        Info="sRGB IEC61966-2.1",
        DestOutputProfile=document.make_indirect(profile),
    )
    document.Root.OutputIntents = pikepdf.Array([intent])
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        told["dc:title"] = title
        told["pdfaid:part"], told["pdfaid:conformance"] = "3", "B"


def _colours() -> bytes:
    """sRGB, out of the wheel of pikepdf."""
    return (files("pikepdf") / "pdfa" / "data" / "sRGB.icc").read_bytes()


def may_be_archived(content: bytes) -> bool:
    """Whether the file keeps PDF/A-3b; False also where that cannot be told."""
    return pdfa.validate_written(io.BytesIO(content), LEVEL).passed


def unfit_pages(content: bytes, numbers: Iterable[int]) -> list[int]:
    """The pages of `numbers` (from 1) that would not keep PDF/A-3b in a file of their own."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return [number for number in numbers if not _is_fit(document.pages[number - 1])]


def _is_fit(page: pikepdf.Page) -> bool:
    with pikepdf.Pdf.new() as alone:
        alone.pages.append(page)
        del alone.pages[0].obj.StructParents
        declare(alone, "Seite")
        stream = io.BytesIO()
        alone.save(stream, min_version="1.7")
    return may_be_archived(stream.getvalue())
