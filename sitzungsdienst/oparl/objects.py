"""Writing filed objects as OParl 1.1 wants them: full addresses, local time, parts embedded.

Only what stands in a filed document is written, under the names that its fields bear. An embedded
object leaves out the link back to what embeds it (OParl 1.1, chapter 3).
"""

import dataclasses
from collections.abc import Callable, Collection, Mapping
from typing import Any

from sitzungsdienst.oparl.addresses import BODY_LISTS, ORGANIZATION_LISTS, Addresses
from sitzungsdienst.oparl.ballots import item_facts, organization_facts
from sitzungsdienst.oparl.shelf import Shelf
from sitzungsdienst.oparl.spelling import TYPE, Json, facts, filled, moment
from sitzungsdienst.publication.filed import Filed
from sitzungsdienst.publication.kinds import Kind

# Fields that are embedded, computed or written otherwise, and not as a link or a value.
_SPECIAL: Mapping[Kind, frozenset[str]] = {
    Kind.MEETING: frozenset({"location", "invitation", "results_protocol"}),
    Kind.AGENDA_ITEM: frozenset(
        {"order", "resolution_file", "ballots", "elections", "resolutions", "announcements"}
    ),
    Kind.ORGANIZATION: frozenset({"composition", "institutions"}),
    Kind.PAPER: frozenset({"main_file", "auxiliary_file"}),
}

# The link back to what embeds an object.
_BACK: Mapping[Kind, frozenset[str]] = {
    Kind.LEGISLATIVE_TERM: frozenset({"body"}),
    Kind.MEMBERSHIP: frozenset({"person"}),
    Kind.AGENDA_ITEM: frozenset({"meeting"}),
    Kind.CONSULTATION: frozenset({"paper"}),
    Kind.FILE: frozenset({"meeting", "agenda_item", "paper"}),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Writer:
    """Writes objects from what `shelf` holds; `omit_internal` leaves out what lists may."""

    addresses: Addresses
    shelf: Shelf
    omit_internal: bool = False

    def write(self, filed: Filed[Any]) -> Json:
        """One object as it stands alone or in a list."""
        head = self._head(filed)
        if filed.deleted:
            return {**head, "deleted": True}
        parts = _PARTS.get(filed.kind)
        return {**head, **self._facts(filed), **(parts(self, filed) if parts else {})}

    def _head(self, filed: Filed[Any]) -> Json:
        return {
            "id": self.addresses.of(filed.kind, filed.uid),
            "type": f"{TYPE}{filed.kind}",
            "created": moment(filed.created),
            "modified": moment(filed.modified),
        }

    def _facts(self, filed: Filed[Any], without: Collection[str] = ()) -> Json:
        """The document's own facts; links only to what the public can open."""
        document = filed.living
        left_out = {*without, *_SPECIAL.get(filed.kind, ())}
        written = facts(document, self._link, lambda name: name not in left_out)
        return filled({**written, "web": self.addresses.web(document)})

    def _link(self, kind: Kind, uid: str) -> str:
        return self.addresses.of(kind, uid) if uid in self.shelf.living else ""

    def _embed(self, filed: Filed[Any]) -> Json:
        return {**self._head(filed), **self._facts(filed, _BACK.get(filed.kind, ()))}

    def body(self, filed: Filed[Any]) -> Json:
        """A Body's lists and terms."""
        written: Json = {
            name: self.addresses.listing(Kind.BODY, filed.uid, spelling)
            for name, (spelling, _) in BODY_LISTS.items()
        }
        written["system"] = self.addresses.system
        if not self.omit_internal:  # else required, and "[]" where there is none
            written["legislativeTerm"] = [self._embed(one) for one in self.shelf.terms[filed.uid]]
        return written

    def organization(self, filed: Filed[Any]) -> Json:
        """An Organization's lists and the addresses of its memberships."""
        written: Json = {
            name: self.addresses.listing(Kind.ORGANIZATION, filed.uid, spelling)
            for name, (spelling, _) in ORGANIZATION_LISTS.items()
        }
        seats = self.shelf.seats[filed.uid]
        written["membership"] = [self.addresses.of(Kind.MEMBERSHIP, uid) for uid in seats]
        written.update(organization_facts(filed.living))
        return filled(written)

    def person(self, filed: Filed[Any]) -> Json:
        """A Person's memberships, past ones too."""
        seats = () if self.omit_internal else self.shelf.memberships[filed.uid]
        return filled({"membership": [self._embed(one) for one in seats]})

    def meeting(self, filed: Filed[Any]) -> Json:
        """A Meeting's place, files and agenda."""
        document = filed.living
        place = self.shelf.locations.get(document.location)
        named = (document.invitation, document.results_protocol)
        written: Json = {
            "location": self._embed(place) if place else None,
            "invitation": self._file(document.invitation),
            "resultsProtocol": self._file(document.results_protocol),
        }
        if not self.omit_internal:
            # A file of an item is shown there, even if it names the meeting too.
            others = [
                one
                for one in self.shelf.files_of[filed.uid]
                if one.uid not in named and not one.living.agenda_item
            ]
            written["auxiliaryFile"] = [self._embed_file(one) for one in others]
            written["agendaItem"] = [
                {**self._embed(item), **self._item_parts(item, order)}
                for order, item in enumerate(self.shelf.items[filed.uid])
            ]
        return filled(written)

    def agenda_item(self, filed: Filed[Any]) -> Json:
        """An AgendaItem's place among its siblings, its files and ballots."""
        return self._item_parts(filed, self.shelf.siblings[filed.living.meeting].index(filed.uid))

    def _item_parts(self, filed: Filed[Any], order: int) -> Json:
        document = filed.living
        written: Json = {
            "order": order,
            "resolutionFile": self._file(document.resolution_file),
            **item_facts(document),
        }
        if not self.omit_internal:
            others = self.shelf.files_of[filed.uid]
            written["auxiliaryFile"] = [
                self._embed_file(one) for one in others if one.uid != document.resolution_file
            ]
        return filled(written)

    def paper(self, filed: Filed[Any]) -> Json:
        """A Paper's files and its path through the committees."""
        document = filed.living
        written: Json = {
            "mainFile": self._file(document.main_file),
            "consultation": [self._embed(one) for one in self.shelf.consultations[filed.uid]],
        }
        if not self.omit_internal:
            named = [self.shelf.files.get(uid) for uid in document.auxiliary_file]
            known = {document.main_file, *document.auxiliary_file}
            more = [one for one in self.shelf.files_of[filed.uid] if one.uid not in known]
            written["auxiliaryFile"] = [
                self._embed_file(one) for one in (*named, *more) if one is not None
            ]
        return filled(written)

    def file(self, filed: Filed[Any]) -> Json:
        """Where a File's bytes are."""
        document = filed.living
        return filled(
            {
                "accessUrl": self.addresses.file_access(document),
                "downloadUrl": self.addresses.file_download(document),
            }
        )

    def location(self, filed: Filed[Any]) -> Json:
        """What is held at a Location."""
        meetings = self.shelf.held_at[filed.uid]
        return filled({"meetings": [self.addresses.of(Kind.MEETING, uid) for uid in meetings]})

    def _file(self, uid: str) -> Json | None:
        filed = self.shelf.files.get(uid)
        return self._embed_file(filed) if filed else None

    def _embed_file(self, filed: Filed[Any]) -> Json:
        return {**self._embed(filed), **self.file(filed)}


_PARTS: Mapping[Kind, Callable[[Writer, Filed[Any]], Json]] = {
    Kind.BODY: Writer.body,
    Kind.ORGANIZATION: Writer.organization,
    Kind.PERSON: Writer.person,
    Kind.MEETING: Writer.meeting,
    Kind.AGENDA_ITEM: Writer.agenda_item,
    Kind.PAPER: Writer.paper,
    Kind.FILE: Writer.file,
    Kind.LOCATION: Writer.location,
}
