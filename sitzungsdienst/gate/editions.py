"""Which print of which public file: settled before it is printed, because its foot says so.

A public file keeps its uid when it is printed anew, and the ledger forgets the older text. What
tells the paper copies apart is the number of the edition in the address that each bears.
"""

from dataclasses import dataclass
from datetime import date

from sitzungsdienst.publication.codes import check_address
from sitzungsdienst.publication.types import PublicFile


@dataclass(frozen=True, slots=True)
class Edition:
    """A print of the public file `uid`, the how-manieth, of which day.

    `address` stands at its foot; "" where it bears none, as prints from before there were any.
    `sealed` tells whether it is printed to be sealed.
    """

    uid: str
    number: int
    day: date
    address: str
    sealed: bool = False


def next_edition(
    filed: PublicFile | None, new_uid: str, public_url: str, day: date, *, sealed: bool
) -> Edition:
    """The edition to be printed on `day`: of the filed one it replaces, or of a new file."""
    uid = filed.uid if filed else new_uid
    number = 1 + ((filed.edition or 1) if filed else 0)
    return Edition(uid, number, day, check_address(public_url, uid, number), sealed)


def edition_of(filed: PublicFile) -> Edition | None:
    """The edition that a filed print is; None for a file without a day."""
    if filed.dated is None:
        return None
    number, address = filed.edition or 1, filed.check_address
    return Edition(filed.uid, number, filed.dated, address, bool(filed.sealed))
