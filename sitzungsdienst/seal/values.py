"""What the seal gives: values and the shape of what seals, without the packages that seal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

#: Takes a PDF with an empty field for the seal and the present moment, gives the sealed PDF.
#: Raises SealFailed.
Sealer = Callable[[bytes, datetime], bytes]


@dataclass(frozen=True, slots=True)
class Checked:
    """A seal as tried on a sample: whose it is, who vouches for it, until when (aware UTC).

    `stamped_at` is the moment a time-stamp server attested; None without one.
    """

    subject: str
    issuer: str
    valid_until: datetime
    stamped_at: datetime | None
    stamped_by: str = ""
