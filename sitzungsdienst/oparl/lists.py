"""The pages of external lists (OParl 1.1, chapter 2.5)."""

from dataclasses import dataclass

from sitzungsdienst.oparl.addresses import Addresses
from sitzungsdienst.oparl.filters import Query
from sitzungsdienst.oparl.objects import Writer
from sitzungsdienst.oparl.shelf import fetch
from sitzungsdienst.oparl.spelling import Json
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.selection import Choice


@dataclass(frozen=True, slots=True)
class ObjectList:
    """A list: its address, what kind it lists, and of whom.

    `body_uid` is None for the list of all Bodies; `organization_uid` narrows a Body's list to
    what names that Organization.
    """

    address: str
    kind: Kind
    body_uid: str | None = None
    organization_uid: str | None = None

    def choice(self, query: Query) -> Choice:
        """What the reader is to choose.

        Withdrawn objects are listed only to those who ask what has changed since a moment. Their
        links are erased, so each Organization's list names all that its Body has withdrawn: a
        client learns of some that it never knew, but of none too few.
        """
        choice = Choice(body_uid=self.body_uid, window=query.window)
        gone = query.window.modified_since is not None
        if self.organization_uid:
            choice["linked"] = ("organization", self.organization_uid)
            choice["deleted_of_body"] = self.body_uid if gone else None
        else:
            choice["include_deleted"] = gone
        return choice


def write_page(reader: Reader, addresses: Addresses, listed: ObjectList, query: Query) -> Json:
    """One page of a list; a fixed number of statements."""
    choice = listed.choice(query)
    total = reader.count(listed.kind, **choice)
    found = reader.listing(
        listed.kind, **choice, order="filed", offset=query.offset, limit=query.limit
    )
    writer = Writer(addresses, fetch(reader, listed.kind, found), query.omit_internal)
    pages = max(1, -(-total // query.limit))

    def address(page: int) -> str:
        return addresses.within(listed.address, query.arguments(page))

    links = {"first": address(1), "self": address(query.page), "last": address(pages)}
    if query.page > 1:
        links["prev"] = address(min(query.page - 1, pages))
    if query.page < pages:
        links["next"] = address(query.page + 1)
    return {
        "data": [writer.write(filed) for filed in found],
        "pagination": {
            "totalElements": total,
            "elementsPerPage": query.limit,
            "currentPage": query.page,
            "totalPages": pages,
        },
        "links": links,
    }
