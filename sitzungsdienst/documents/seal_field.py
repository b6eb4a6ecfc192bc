"""The empty field that an electronic seal fills later; nobody sees it, and readers are told of it.

It is made with the document, not by what seals: a field added afterwards would lack its element
in the structure (ISO 14289-1, 7.18.4).
"""

from typing import Any, Final

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFObjectReference, PDFString

from sitzungsdienst.documents.canvas import TaggedCanvas
from sitzungsdienst.documents.structure import Annotated, Element, Source, Tag, text_string

#: The name by which what seals finds the field.
FIELD: Final = "Siegel"
#: What a document says that has been printed to be sealed.
SEALED: Final = (
    "Diese Datei trägt ein elektronisches Siegel. Ob es gültig ist, zeigt ein PDF-Programm; ein"
    " Ausdruck trägt es nicht."
)

_TOLD: Final = "Elektronisches Siegel"
_PRINTED_AND_LOCKED: Final = 4 + 128  # ISO 32000-1, table 165: bits 3 and 8
_HAS_SIGNATURES: Final = 1  # ISO 32000-1, table 219


def add_seal_field(canvas: TaggedCanvas, root: Element, page: int) -> None:
    """Put the field on the page with this number, as the last that is read of the document.

    To be called once, when all pages are drawn and before the file is declared.
    """
    document: Any = canvas._doc
    element = Element(Tag.FORM, root, alt=_TOLD)
    widget = PDFDictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": PDFString(FIELD),
            "TU": Source(text_string(_TOLD)),
            "Contents": Source(text_string(_TOLD)),
            "F": _PRINTED_AND_LOCKED,
            "Rect": PDFArray([0, 0, 0, 0]),  # without room: invisible
            "P": PDFObjectReference(f"Page{page}"),
            "StructParent": canvas.parents.add(element),
        }
    )
    document.addAnnotation(FIELD, widget)
    sheet = document.idToObject[f"Page{page}"]
    sheet.Annots = [*(sheet.Annots or ()), document.refAnnotation(FIELD)]
    canvas.annotated.append((element, Annotated(page, document.annotationName(FIELD))))
    fields = PDFArray([document.refAnnotation(FIELD)])
    document.Catalog.AcroForm = PDFDictionary({"Fields": fields, "SigFlags": _HAS_SIGNATURES})
