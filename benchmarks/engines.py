"""The engines that set the minutes: this program, plain reportlab, WeasyPrint, fpdf2."""

import importlib
import io
from collections.abc import Callable
from datetime import date
from html import escape
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from benchmarks.minutes import Block, blocks
from sitzungsdienst.documents import fonts, styles
from sitzungsdienst.documents.page import BOTTOM, CONTENT_WIDTH, LEFT, RIGHT, TOP
from sitzungsdienst.documents.story import Column, Facts, Story, build
from sitzungsdienst.documents.values import Align, Letterhead
from sitzungsdienst.paths import FONTS

FIELD_WIDTH = 100.0
TITLE = "Niederschrift, Sitzung des Kreistages"


def ours() -> bytes:
    """Set them with this program: tagged, PDF/UA-1 and PDF/A-3a."""
    story = Story(Facts("Niederschrift", TITLE, TITLE, Letterhead("Landkreis"), date(2017, 5, 3)))
    for block in blocks():
        if block.kind in ("h1", "h2", "h3"):
            story.heading(block.text, int(block.kind[1]))
        elif block.kind == "p":
            story.paragraph(block.text)
        elif block.kind == "box":
            story.box(block.text)
        elif block.kind == "kv":
            story.key_values([(key, value) for key, value in block.rows])
        else:
            columns = [Column(title, 1) for title in block.rows[0]]
            story.table(columns, block.rows[1:], part=0.7)
    return build(story)


def plain_reportlab() -> bytes:
    """Set them with reportlab alone, in the same styles: no structure, no standard."""
    fonts.register()
    out = io.BytesIO()
    sheet = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=LEFT, rightMargin=RIGHT, topMargin=TOP, bottomMargin=BOTTOM
    )
    sheet.build([_flowable(block) for block in blocks()])
    return out.getvalue()


def _flowable(block: Block) -> Any:
    if block.kind in ("h1", "h2", "h3"):
        return _paragraph(block.text, styles.HEADINGS[int(block.kind[1])])
    if block.kind == "p":
        return _paragraph(block.text, styles.BODY)
    if block.kind == "box":
        cells = [[_paragraph(block.text, styles.BOXED)]]
        return styles.grid(cells, [CONTENT_WIDTH], [("BACKGROUND", (0, 0), (-1, -1), styles.TINT)])
    if block.kind == "kv":
        pairs = [[_paragraph(k, styles.FIELD), _paragraph(v, styles.CELL)] for k, v in block.rows]
        return styles.grid(pairs, [FIELD_WIDTH, CONTENT_WIDTH - FIELD_WIDTH])
    return _table(block)


def _table(block: Block) -> Table:
    head, body = styles.HEADS[Align.LEFT], styles.CELLS[Align.LEFT]
    cells = [[_paragraph(text, head) for text in block.rows[0]]]
    cells += [[_paragraph(text, body) for text in row] for row in block.rows[1:]]
    return styles.ruled(cells, [CONTENT_WIDTH * 0.35] * 2)


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text), style)


def weasyprint() -> bytes:
    """Set them from HTML with WeasyPrint, tagged for PDF/UA-1."""
    html: Any = importlib.import_module("weasyprint").HTML
    body = "".join(map(_html, blocks()))
    page = f"<html lang='de'><title>{TITLE}</title><style>{_css()}</style><body>{body}"
    return bytes(html(string=page).write_pdf(pdf_variant="pdf/ua-1"))


def _css() -> str:
    faces = "".join(
        f"@font-face {{font-family: Noto; font-weight: {weight}; src: url('file://{FONTS}/{name}')}}"
        for weight, name in ((400, "NotoSans-Regular.ttf"), (700, "NotoSans-Bold.ttf"))
    )
    return f"""{faces} @page {{ size: A4; margin: 24mm 20mm 20mm 25mm; @bottom-right {{
        content: 'Seite ' counter(page) ' von ' counter(pages); font-size: 8pt }} }}
        body {{ font: 10pt/1.4 Noto }}
        p {{ hyphens: auto; margin: 0 0 6pt; orphans: 2; widows: 2 }}
        h1 {{ font-size: 17pt }} h2 {{ font-size: 12.5pt }} h3 {{ font-size: 10.5pt }}
        table {{ border-collapse: collapse; font-size: 9.5pt; width: 70% }} .kv {{ width: 100% }}
        .box {{ background: #f3f4f6; padding: 5pt 9pt }} tr {{ border-bottom: .4pt solid #c9ccd1 }}
        td, th {{ padding: 2.5pt 6pt 3pt 0; text-align: left }} .kv tr {{ border: 0 }}"""


def _html(block: Block) -> str:
    if block.kind == "kv":
        rows = "".join(f"<tr><th>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in block.rows)
        return f"<table class='kv'>{rows}</table>"
    if block.kind == "table":
        head = "".join(f"<th>{escape(text)}</th>" for text in block.rows[0])
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>"
            for row in block.rows[1:]
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    if block.kind == "box":
        return f"<p class='box'>{escape(block.text)}</p>"
    return f"<{block.kind}>{escape(block.text)}</{block.kind}>"


def fpdf2() -> bytes:
    """Set them with fpdf2: no structure, no German hyphenation."""
    sheet: Any = importlib.import_module("fpdf").FPDF(unit="pt", format="A4")
    sheet.set_margins(LEFT, TOP, RIGHT)
    sheet.set_auto_page_break(True, BOTTOM)
    sheet.add_font("Noto", "", str(FONTS / "NotoSans-Regular.ttf"))
    sheet.add_font("Noto", "B", str(FONTS / "NotoSans-Bold.ttf"))
    sheet.add_page()
    for block in blocks():
        _set(sheet, block)
    return bytes(sheet.output())


def _set(sheet: Any, block: Block) -> None:
    sizes = {"h1": 17.0, "h2": 12.5, "h3": 10.5}
    if block.kind in sizes:
        sheet.set_font("Noto", "B", sizes[block.kind])
        sheet.multi_cell(0, 18, block.text, align="L", new_x="LMARGIN", new_y="NEXT")
    elif block.kind in ("p", "box"):
        sheet.set_font("Noto", "", 10)
        sheet.set_fill_color(243, 244, 246)
        sheet.multi_cell(
            0, 14, block.text, align="L", fill=block.kind == "box", new_x="LMARGIN", new_y="NEXT"
        )
        sheet.ln(6)
    else:
        sheet.set_font("Noto", "", 9.5)
        heads = 0 if block.kind == "kv" else 1
        width = CONTENT_WIDTH * (1 if block.kind == "kv" else 0.7)
        with sheet.table(
            width=width, align="L", line_height=14, num_heading_rows=heads,
            first_row_as_headings=bool(heads), borders_layout="HORIZONTAL_LINES",
        ) as table:  # fmt: skip
            for row in block.rows:
                table.row(row)


ENGINES: dict[str, Callable[[], bytes]] = {
    "Sitzungsdienst": ours,
    "reportlab": plain_reportlab,
    "WeasyPrint": weasyprint,
    "fpdf2": fpdf2,
}
