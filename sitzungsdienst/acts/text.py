"""Typed text as the record keeps it: the same words, without what no printer or database holds."""

import re
import unicodedata

TITLE_LIMIT = 1_000
TEXT_LIMIT = 200_000

# Everything Unicode calls a control character but tab and line feed; also the byte order mark and
# the invisible direction overrides, with which a title can be made to show something else.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u202a-\u202e\u2066-\u2069]|[\ud800-\udfff]"
)


def clean_text(text: str) -> str:
    """Text of several lines: NFC, one kind of line end, no control characters, no edges."""
    kept = _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", kept).strip()


def clean_line(text: str) -> str:
    """Text of one line: as clean_text, with every run of white space as one space."""
    return " ".join(clean_text(text).split())
