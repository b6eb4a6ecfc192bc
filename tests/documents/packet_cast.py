"""Files for packets: plain ones, and such as no office wants to see come along."""

from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from reportlab.pdfgen.canvas import Canvas

from sitzungsdienst.documents.packet_values import Packet, PacketFile, PacketItem, PacketPaper
from sitzungsdienst.documents.values import AgendaLine, PaperFacts
from tests.documents.cast import HEAD, INVITATION, LETTERHEAD


def plain(*texts: str) -> bytes:
    """A PDF with a page for each text."""
    stream = BytesIO()
    canvas = Canvas(stream, invariant=1)
    for text in texts:
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def saved(pdf: Pdf, **how: object) -> bytes:
    """The bytes of a PDF."""
    stream = BytesIO()
    pdf.save(stream, **how)  # type: ignore[arg-type]  # the test's own way of saving
    return stream.getvalue()


def acting() -> bytes:
    """A PDF with everything that acts, claims or hides: scripts, forms, files, XMP, actions."""
    with pikepdf.open(BytesIO(plain("Bauplan"))) as pdf:
        page = pdf.pages[0].obj
        script = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert('BOESE')"))
        pdf.Root.OpenAction = script
        pdf.Root.AA = Dictionary(WC=script)
        page.AA = Dictionary(O=script)
        page.StructParents = 0
        page.PieceInfo = Dictionary(BOESE=Dictionary(LastModified=pikepdf.String("D:2020")))
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        pdf.attachments["BOESE.txt"] = b"BOESE Beilage"
        with pdf.open_metadata() as xmp:
            xmp["pdfaid:part"], xmp["pdfuaid:part"] = "3", "1"
        page.Metadata = pdf.make_stream(b"<x>pdfaid BOESE</x>")
        form = pdf.make_stream(b"")
        form.update(
            Dictionary(
                Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), StructParents=1,
                Metadata=pdf.make_stream(b"<x>pdfaid BOESE</x>"), AF=Array([]),
                Ref=Dictionary(F=pikepdf.String("BOESE.pdf")),
            )
        )  # fmt: skip
        page.Resources.XObject = Dictionary(X0=form)
        page.Resources.Properties = Dictionary(
            P0=Dictionary(Metadata=pdf.make_stream(b"<x>BOESE</x>"))
        )
        page.Annots = Array([_field(pdf), *_links(pdf, script)])
        pdf.Root.AcroForm = Dictionary(
            Fields=Array([page.Annots[0]]), DA=pikepdf.String("/Helv 12 Tf 0 g"),
            NeedAppearances=True, XFA=pdf.make_stream(b"<xdp>BOESE</xdp>"),
            DR=Dictionary(Font=Dictionary(Helv=Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
                Encoding=Name.WinAnsiEncoding,
            ))),
        )  # fmt: skip
        return saved(pdf)


def _field(pdf: Pdf) -> Dictionary:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=pikepdf.String("Name"),
            V=pikepdf.String("Ausgefuellt"), Rect=Array([72, 600, 300, 620]), F=4,
            DA=pikepdf.String("/Helv 12 Tf 0 g"),
            A=Dictionary(S=Name.SubmitForm, F=pikepdf.String("https://boese.example")),
        )
    )  # fmt: skip


def _links(pdf: Pdf, script: Dictionary) -> list[Dictionary]:
    web = Dictionary(S=Name.URI, URI=pikepdf.String("https://gemeinde.example/plan"))
    launch = Dictionary(S=Name.Launch, F=pikepdf.String("BOESE.exe"))
    return [
        pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
        )
        for action in (web, launch, script)
    ]


def layered() -> bytes:
    """A PDF with two layers, of which its author hid the second."""
    with pikepdf.open(BytesIO(plain("Grund"))) as pdf:
        shown, hidden = (
            pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String(name)))
            for name in ("sichtbar", "verborgen")
        )
        page = pdf.pages[0].obj
        page.Resources.Properties = Dictionary(L0=shown, L1=hidden)
        text = b" /OC /L1 BDC BT /F1 12 Tf 72 500 Td (VERBORGEN) Tj ET EMC"
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + text)
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array([shown, hidden]), D=Dictionary(OFF=Array([hidden]))
        )
        return saved(pdf)


def locked(*, owner_only: bool) -> bytes:
    """A PDF behind a password, or one that opens but must not be put together with others."""
    with pikepdf.open(BytesIO(plain("Verschlossen"))) as pdf:
        allow = pikepdf.Permissions(modify_assembly=False, modify_other=False)
        user = "" if owner_only else "geheim"
        return saved(pdf, encryption=pikepdf.Encryption(owner="amt", user=user, allow=allow))


#: What lies in the folder of `packet_of`, by its name there.
FILES = {
    "einladung.pdf": plain("Einladung Seite 1", "Einladung Seite 2"),
    "plan.pdf": plain("Plan A", "Plan B", "Plan C"),
    "kosten.pdf": plain("Kosten"),
    "boese.pdf": acting(),
    "ebenen.pdf": layered(),
    "kennwort.pdf": locked(owner_only=False),
    "gesperrt.pdf": locked(owner_only=True),
    "kaputt.pdf": b"%PDF-1.7\n1 0 obj <</Type /Catalog>>\nAbgeschnitten",
    "tabelle.xlsx": b"PK\x03\x04 keine PDF-Datei",
    "leer.pdf": saved(pikepdf.new()),
}


def paper(reference: str, *names: str) -> PacketPaper:
    """A paper with files named after those in the folder."""
    facts = PaperFacts(reference, f"Vorlage {reference}", "öffentlich", "", (), "", "")
    files = tuple(PacketFile(f"Anlage {name}", name) for name in names)
    return PacketPaper(facts, (("Beschlussvorschlag", "Der Rat beschließt."),), files)


def item(number: str, title: str, *papers: PacketPaper) -> PacketItem:
    """A public item."""
    return PacketItem(AgendaLine(number, title), "öffentlich", papers)


def packet_of(*items: PacketItem) -> Packet:
    """A packet of the cast's meeting, with its invitation."""
    sent = (PacketFile("Einladung", "einladung.pdf"),)
    return Packet(LETTERHEAD, HEAD, INVITATION.issued_on, False, sent, items)


SHOWN = packet_of(
    *(
        PacketItem(
            line,
            "öffentlich",
            tuple(paper(one, "plan.pdf") for one in line.paper_references),
            heading=line.number == "Ö 5",
        )
        for line in INVITATION.public_agenda
    )
)
"""The packet of the cast's meeting as a gallery shows it."""


def lay_out(folder: Path) -> Path:
    """Write all files into the folder."""
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    return folder
