"""Which print of which public file: settled before it is printed, because its foot says so.

A public file keeps its uid when it is printed anew, and the ledger forgets the older text. What
tells the paper copies apart is the number of the edition in the address that each bears.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from sitzungsdienst.publication.codes import check_address
from sitzungsdienst.publication.types import PublicFile


@dataclass(frozen=True, slots=True)
class Edition:
    """A print of the public file `uid`, the how-manieth, of which day.

    `address` stands at its foot; "" where it bears none, as prints from before there were any.
    """

    uid: str
    number: int
    day: date
    address: str


def next_edition(filed: PublicFile | None, public_url: str, day: date) -> Edition:
    """The edition to be printed on `day`: of a new file, or of the filed one it replaces."""
    uid = filed.uid if filed else str(uuid.uuid4())
    number = 1 + ((filed.edition or 1) if filed else 0)
    return Edition(uid, number, day, check_address(public_url, uid, number))


def edition_of(filed: PublicFile) -> Edition | None:
    """The edition that a filed print is; None for a file without a day."""
    if filed.dated is None:
        return None
    return Edition(filed.uid, filed.edition or 1, filed.dated, filed.check_address)
