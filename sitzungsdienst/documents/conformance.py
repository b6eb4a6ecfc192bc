"""What a file says of itself: title, language, colours, attachments, and the standards it keeps.

PDF/A-3a (ISO 19005-3, level A) and PDF/UA-1 (ISO 14289-1) at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import md5
from importlib.resources import files
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from sitzungsdienst.documents.canvas import TaggedCanvas
from sitzungsdienst.documents.structure import Element, Source, text_string, write

PRODUCER: Final = "Sitzungsdienst, ReportLab"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the file: the data behind the words, for machines.

    `name` is ASCII ("auszug.json"), `media_type` as in MIME, `relationship` one of PDF/A-3's words
    ("Alternative": the same in another form, "Data", "Source", "Supplement").
    """

    name: str
    media_type: str
    description: str
    content: bytes
    relationship: str = "Alternative"


@dataclass(frozen=True, slots=True)
class Description:
    """What programs show of a file before it is read."""

    title: str
    author: str
    subject: str
    issued_on: date
    language: str = "de-DE"


def declare(
    canvas: TaggedCanvas,
    root: Element,
    description: Description,
    attachments: Sequence[Attachment] = (),
) -> None:
    """Write structure, metadata, colour profile and attachments into the file of `canvas`.

    To be called once, when all pages are drawn.
    """
    document: Any = canvas._doc
    catalogue = document.Catalog
    catalogue.__NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents", "AF"]
    catalogue.MarkInfo = PDFDictionary({"Marked": "true"})
    catalogue.Lang = PDFString(description.language)
    canvas.setProducer(PRODUCER)
    _set_colours(document)
    if attachments:
        _attach(document, attachments, description.issued_on)
    # Read by programs that know no PDF, so never compressed.
    metadata = PDFStream(PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"}), _xmp(description))
    document.Reference(metadata, "metadata")
    catalogue.Metadata = metadata
    for element, annotated in canvas.annotated:
        element.content.append(annotated)
    catalogue.StructTreeRoot = write(document, root, canvas.parents)


@cache
def _colour_profile() -> bytes:
    """sRGB, as the Debian project ships it (zlib licence), out of the wheel of pikepdf."""
    return (files("pikepdf") / "pdfa" / "data" / "sRGB.icc").read_bytes()


def _set_colours(document: Any) -> None:
    profile = PDFStream(PDFDictionary({"N": 3}), _colour_profile(), filters=[PDFZCompress])
    document.Reference(profile, "colours")
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": PDFString("sRGB"),
        "Info": PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": profile,
    }
    document.Catalog.OutputIntents = PDFArray([PDFDictionary(intent)])


def _attach(document: Any, attachments: Sequence[Attachment], issued_on: date) -> None:
    names: list[object] = []
    specifications: list[object] = []
    for one in sorted(attachments, key=lambda attachment: attachment.name):
        checksum = md5(one.content, usedforsecurity=False).hexdigest().encode()
        parameters = {
            "Size": len(one.content),
            "CheckSum": Source(b"<" + checksum + b">"),
            "ModDate": Source(text_string(pdf_date(issued_on))),
        }
        facts = {
            "Type": "/EmbeddedFile",
            # reportlab does not escape the slash of a name (ISO 32000-1, 7.3.5).
            "Subtype": "/" + one.media_type.replace("/", "#2F"),
            "Params": PDFDictionary(parameters),
        }
        stream = PDFStream(PDFDictionary(facts), one.content, filters=[PDFZCompress])
        document.Reference(stream, f"attached {one.name}")
        specification = PDFDictionary(
            {
                "Type": "/Filespec",
                "F": Source(text_string(one.name)),
                "UF": Source(text_string(one.name)),
                "Desc": Source(text_string(one.description)),
                "AFRelationship": PDFName(one.relationship),
                "EF": PDFDictionary({"F": stream, "UF": stream}),
            }
        )
        reference = document.Reference(specification, f"specified {one.name}")
        names += [Source(text_string(one.name)), reference]
        specifications.append(reference)
    catalogue = document.Catalog
    catalogue.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray(names)})})
    catalogue.AF = PDFArray(specifications)


def pdf_date(day: date) -> str:
    """Return noon UTC of `day` as PDF writes it: a day has no hour of its own."""
    return f"D:{day:%Y%m%d}120000+00'00'"


def _xmp(description: Description) -> bytes:
    moment = f"{description.issued_on:%Y-%m-%d}T12:00:00Z"
    said = {
        "title": description.title,
        "author": description.author,
        "subject": description.subject,
        "language": description.language,
        "producer": PRODUCER,
        "moment": moment,
    }
    packet = _PACKET.format(**{name: escape(value) for name, value in said.items()})
    return packet.encode()


# The second description tells PDF/A's checkers what `pdfuaid` is (ISO 19005-3, 6.6.2.3.3).
_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer><pdf:Keywords/>
<xmp:CreatorTool>Sitzungsdienst</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:MetadataDate>{moment}</xmp:MetadataDate>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
