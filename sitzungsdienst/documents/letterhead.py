"""What stands at the head of a document: the sender, and on a letter the field for the window.

Letters keep the places of DIN 5008, form B: the field of the address begins 45 mm below the upper
edge, 20 mm from the left one, and measures 85 by 45 mm; its upper 17.7 mm are for the sender in
one line, written from below, the rest for the address. What is told of the sender stands beside
it from 50 mm on, 125 mm from the left, and the text begins 8.46 mm below the field.
"""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Image, Spacer

from sitzungsdienst.documents import styles
from sitzungsdienst.documents.blocks import Picture, Text
from sitzungsdienst.documents.fonts import Cut, label, markup, one_line, width
from sitzungsdienst.documents.page import CONTENT_WIDTH, FIRST_TOP, GREY, LEFT, Facts
from sitzungsdienst.documents.structure import Element, Tag
from sitzungsdienst.documents.values import Letterhead
from sitzungsdienst.german import plain_date

_CONTACT_WIDTH: Final = 62 * mm
_LOGO_WIDTH: Final = 45 * mm
_LOGO_HEIGHT: Final = 18 * mm

_BLOCK_TOP: Final = 50 * mm
_BLOCK_LEFT: Final = 125 * mm
_ADDRESS_TOP: Final = 62.7 * mm
_ADDRESS_WIDTH: Final = 80 * mm  # the field's 85 mm, less the 5 mm in which its text is indented
_TEXT_TOP: Final = 98.46 * mm
_LEAST_GAP: Final = 8.0
_SENDER_SIZES: Final = (8.0, 7.0, 6.0)  # DIN 5008 asks for no less than 6 points


def letterhead(facts: Facts, section: Element) -> list[Flowable]:
    """Return the head of a document; its parts belong to `section`.

    Raises ValueError for a colour or a logo that cannot be drawn.
    """
    head = facts.letterhead
    sender = _sender(head, section)
    if facts.is_letter:
        return _letter(facts, sender, section)
    contact = [*_logo_of(head, section), *_texts(_contact(head), styles.CONTACT, section)]
    return [
        styles.grid(
            [[sender, contact or ""]], _widths(CONTENT_WIDTH - _CONTACT_WIDTH), space_after=4
        ),
        styles.line(colour_of(head), 2, before=0, after=12),
    ]


def colour_of(head: Letterhead) -> Color:
    """Return the colour of the Body; raises ValueError where it is none."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", head.colour):
        raise ValueError("colour of the letterhead must be #rrggbb")
    return HexColor(head.colour)


def _letter(facts: Facts, sender: list[Flowable], section: Element) -> list[Flowable]:
    head = facts.letterhead
    row = [[sender, _logo_of(head, section) or ""]]
    top = styles.grid(row, _widths(_BLOCK_LEFT - LEFT), space_after=4)
    line = styles.line(colour_of(head), 2, before=0, after=0)
    begin = FIRST_TOP + _height([top, line])
    gap = max(_BLOCK_TOP - begin, _LEAST_GAP)
    window = _window(facts, begin + gap, section)
    place = plain_date(facts.issued_on)
    place = f"{head.locality.strip()}, {place}" if head.locality.strip() else place
    told = [*_texts(_reachable(head), styles.CONTACT, section), Spacer(1, 4)]
    told += _texts([place], styles.OFFICE, section)
    field = styles.grid([[window, told]], _widths(_BLOCK_LEFT - LEFT))
    rest = _TEXT_TOP - begin - gap - _height([field])
    return [top, line, Spacer(1, gap), field, Spacer(1, max(rest, _LEAST_GAP))]


def _window(facts: Facts, begin: float, section: Element) -> list[Flowable]:
    """Return the sender in one line and the address, which begins in its place if it can."""
    head = facts.letterhead
    whole = " · ".join(filter(None, (one_line(part) for part in _address(head))))
    line: list[Flowable] = []
    if whole:
        line += _texts([whole], _sender_style(whole), section)
        line.append(styles.line(GREY, 0.4, before=1, after=2, width=_ADDRESS_WIDTH))
    above = max(_ADDRESS_TOP - begin - _height(line) - styles.CELL_PADDING, 0)
    return [Spacer(1, above), *line, *_texts(facts.recipient, styles.ADDRESS, section)]


def _sender_style(whole: str) -> ParagraphStyle:
    """Return the style in which the sender stands in one line, or the smallest one."""
    told = label(whole)
    fits = (size for size in _SENDER_SIZES if width(told, Cut.REGULAR, size) < _ADDRESS_WIDTH)
    indent = _BLOCK_LEFT - LEFT - _ADDRESS_WIDTH - styles.CELL_GAP
    return styles.style("return", next(fits, _SENDER_SIZES[-1]), textColor=GREY, rightIndent=indent)


def _sender(head: Letterhead, section: Element) -> list[Flowable]:
    name = Text.of(markup(head.body_name, Cut.BOLD), styles.SENDER, Element(Tag.PARAGRAPH, section))
    return [name, *_texts([head.department], styles.OFFICE, section)]


def _address(head: Letterhead) -> tuple[str, ...]:
    return head.body_name, head.street_address, f"{head.postal_code} {head.locality}".strip()


def _reachable(head: Letterhead) -> tuple[str, ...]:
    phone = f"Telefon {head.phone}" if head.phone.strip() else ""
    return phone, head.email, head.website


def _contact(head: Letterhead) -> tuple[str, ...]:
    return (*_address(head)[1:], *_reachable(head))


def _logo_of(head: Letterhead, section: Element) -> list[Flowable]:
    if not head.logo:
        return []
    alt = one_line(head.logo_alt) or one_line(f"Wappen oder Logo: {head.body_name}")
    return [Picture(_logo(head.logo), Element(Tag.FIGURE, section, alt=alt)), Spacer(1, 5)]


def _logo(picture: bytes) -> Image:
    """Return the picture, made to fit; raises ValueError where it is none."""
    try:
        image = Image(io.BytesIO(picture))
        scale = min(_LOGO_WIDTH / image.imageWidth, _LOGO_HEIGHT / image.imageHeight)
    except (OSError, ZeroDivisionError) as error:
        raise ValueError("logo of the letterhead is no picture") from error
    image.drawWidth, image.drawHeight = image.imageWidth * scale, image.imageHeight * scale
    image.hAlign = "LEFT"
    return image


def _texts(lines: Iterable[str], look: ParagraphStyle, section: Element) -> list[Flowable]:
    return [
        Text.of(markup(line), look, Element(Tag.PARAGRAPH, section))
        for line in lines
        if line.strip()
    ]


def _widths(left: float) -> tuple[float, float]:
    return left, CONTENT_WIDTH - left


def _height(blocks: Sequence[Flowable]) -> float:
    """Return how high `blocks` stand on one another."""
    found = 0.0
    for one in blocks:
        _, height = one.wrap(CONTENT_WIDTH, 0)
        found += height + one.getSpaceBefore() + one.getSpaceAfter()
    return found
