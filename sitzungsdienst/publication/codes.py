"""The short code under which a public file is checked, as its print bears it at the foot.

It is the beginning of the file's uid, short enough to be typed: "5f3c-2a1b-9d4e". Which edition of
the file a print is, the address says behind it.
"""

import re
from itertools import pairwise
from typing import Final

#: The page on which everybody can check a file; the code and the edition stand behind it.
CHECK_PAGE: Final = "/pruefen"

_DIGITS: Final = 12


def code_of(uid: str) -> str:
    """The code of the file with this uid: "5f3c-2a1b-9d4e"."""
    digits = uid.replace("-", "")[:_DIGITS]
    return "-".join(digits[start : start + 4] for start in range(0, _DIGITS, 4))


def check_address(public_url: str, uid: str, edition: int) -> str:
    """Where an edition of a file is checked; `public_url` has no slash at the end."""
    return f"{public_url}{CHECK_PAGE}/{code_of(uid)}/{edition}"


def uid_of(code: str) -> str:
    """The beginning of the uids that a code stands for, or the whole uid given; "" for neither."""
    digits = code.replace("-", "").lower()
    if not re.fullmatch(r"[0-9a-f]{12}|[0-9a-f]{32}", digits):
        return ""
    parts = (digits[start:end] for start, end in pairwise((0, 8, 12, 16, 20, 32)))
    return "-".join(part for part in parts if part)
