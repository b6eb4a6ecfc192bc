"""Text made safe for a calendar: what a reader's program shows is what the office wrote.

Characters that iCalendar forbids or that programs take for line ends are normalised here, in one
place, so that every parser reads the same text:

* CR LF, CR, VT, FF, NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR become LF,
* a tab becomes a space,
* every other control character (C0, DEL, C1) is dropped (RFC 5545, 3.1 and 3.3.11),
* the byte order mark U+FEFF, which readers strip at some places, is dropped,
* a lone surrogate, which UTF-8 cannot carry, becomes U+FFFD.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote

_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile("[ \n]+")
_LIST_SIGN = re.compile(r" *[,;\\][ ,;\\]*")
_URI_SIGNS = "%/:?#[]@!$&'()*+,;=~-._"


def clean_block(lines: Iterable[str]) -> str:
    """Join lines of plain text by LF; blanks at line ends and empty outer lines are dropped."""
    text = _without_controls("\n".join(lines))
    return "\n".join(line.rstrip(" ") for line in text.split("\n")).strip("\n")


def clean_line(text: str) -> str:
    """Bring a text onto one line: runs of blanks and line breaks become one space."""
    return _BLANKS.sub(" ", _without_controls(text)).strip(" ")


def clean_categories(categories: Iterable[str]) -> tuple[str, ...]:
    """Make words that need no escaping, without empty and repeated ones, in the given order.

    Readers disagree on where a list of categories splits at commas, semicolons and backslashes;
    such a sign inside one category becomes a slash.
    """
    words = (_LIST_SIGN.sub(" / ", clean_line(category)).strip(" /") for category in categories)
    return tuple(dict.fromkeys(word for word in words if word))


def clean_url(url: str) -> str:
    """Percent-encode what a URI cannot hold (RFC 3986); escapes already there stay."""
    return quote(_SURROGATE.sub("\ufffd", url.strip()), safe=_URI_SIGNS)


def _without_controls(text: str) -> str:
    text = _BREAK.sub("\n", text).replace("\t", " ")
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))
