"""The data inside the public's prints: what a print says, as the OParl interface would say it.

Made from the public documents alone, like the prints, and from no more of them than is printed.
A print is made anew once its bytes would differ; that must not come from what it does not tell.
Its addresses are those of the web whose address the print bears; one without bears no data either.
So the data holds

- nothing known only once the print is filed: `created`, `modified`, its own size and checksum;
- of each object a part, whose values are those of the object in the interface at that time;
- no `order` where not the whole agenda is told, as other items' coming and going would change it;
- links to what the data holds itself and to the Body, and no others.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sitzungsdienst.documents.conformance import Attachment
from sitzungsdienst.gate.compose import PDF
from sitzungsdienst.gate.editions import Edition
from sitzungsdienst.gate.prints import PublicView, steps_of
from sitzungsdienst.oparl.addresses import Addresses
from sitzungsdienst.oparl.ballots import printed_facts
from sitzungsdienst.oparl.spelling import TYPE, Json, facts, filled
from sitzungsdienst.publication.codes import public_url_of
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicConsultation,
    PublicDocument,
    PublicFile,
    PublicMeeting,
    PublicPaper,
)

#: Fields of public documents, by their names.
Names = frozenset[str]

_HEAD: Final = frozenset({"name", "start", "end", "organization"})
_PLACE: Final = frozenset({"description", "room", "street_address", "postal_code", "locality"})
_LINE: Final = frozenset({"number", "name", "public", "meeting"})
_DEALT_WITH: Final = frozenset({"consultation", "further_consultation"})
_OUTCOME: Final = frozenset({"deliberation", "resolution_text", "decision", "result", "changes"})
_STEP: Final = frozenset({"paper", "agenda_item", "meeting"})
_PAPER: Final = frozenset({"reference", "name", "paper_type"})
_CARE: Final = frozenset({"status", "submitted_by", "responsible_unit", "handled_by"})
_FILE: Final = frozenset(
    {"name", "mime_type", "dated", "edition", "check_address", "meeting", "agenda_item"}
)
_NAMED: Final = frozenset({"body", "name"})


@dataclass(frozen=True, slots=True)
class _Told:
    """What a kind of print tells: which fields, and whether of the whole agenda.

    `line` is told of every item, `item` of the public ones besides.
    """

    name: str
    title: str
    meeting: Names
    line: Names
    item: Names
    paper: Names
    whole: bool


_NOTICE: Final = _Told(
    name="bekanntmachung",
    title="dieser Bekanntmachung",
    meeting=_HEAD,
    line=_LINE | {"level"},
    item=_DEALT_WITH,
    paper=frozenset({"reference"}),
    whole=True,
)
_SUPPLEMENT: Final = replace(_NOTICE, name="nachtrag", title="dieses Nachtrags", whole=False)
_EXCERPT: Final = _Told(
    name="auszug",
    title="dieses Auszugs",
    meeting=_HEAD | {"publicity"},
    line=_LINE,
    item=_DEALT_WITH | _OUTCOME | {"standing", "released_on"},
    paper=_PAPER | _CARE,
    whole=False,
)
_MINUTES: Final = _Told(
    name="niederschrift",
    title="dieser Niederschrift",
    meeting=_HEAD | {"publicity", "minutes_state"},
    line=_LINE,
    item=_DEALT_WITH | _OUTCOME,
    paper=_PAPER,
    whole=True,
)


def notice(view: PublicView, edition: Edition, title: str) -> tuple[Attachment, ...]:
    """What the public notice of a meeting says, itself filed as `title`."""
    return _Data.of(_NOTICE, view, _planned(view), edition).attachments(title, view.meeting)


def supplement(view: PublicView, edition: Edition, title: str) -> tuple[Attachment, ...]:
    """What the public notice of a supplement says; the view holds what it brought, no more."""
    return _Data.of(_SUPPLEMENT, view, _planned(view), edition).attachments(title, view.meeting)


def excerpt(
    item: PublicAgendaItem, view: PublicView, edition: Edition, title: str
) -> tuple[Attachment, ...]:
    """What one item's excerpt says."""
    return _Data.of(_EXCERPT, view, (item,), edition).attachments(title, item)


def minutes(
    items: Sequence[PublicAgendaItem], view: PublicView, edition: Edition, title: str
) -> tuple[Attachment, ...]:
    """What the public minutes say of the meeting and of these items; not who was there."""
    return _Data.of(_MINUTES, view, items, edition).attachments(title, view.meeting)


def _planned(view: PublicView) -> list[PublicAgendaItem]:
    """The items, each in the part in which a notice names it, whatever came of it later."""
    return [replace(one, public=one.in_public_part) for one in view.items]


@dataclass(frozen=True, slots=True)
class _Data:
    """The data of one print of the meeting in `view` that tells `items`; `held` are its uids."""

    told: _Told
    view: PublicView
    items: Sequence[PublicAgendaItem]
    edition: Edition
    addresses: Addresses
    steps: Sequence[tuple[PublicConsultation, PublicPaper]]
    held: frozenset[str]

    @classmethod
    def of(
        cls,
        told: _Told,
        view: PublicView,
        items: Sequence[PublicAgendaItem],
        edition: Edition,
    ) -> "_Data":
        steps = [pair for item in items if item.public for pair in steps_of(item, view)]
        named = (one for pair in steps for one in pair)
        held = frozenset(one.uid for one in (view.meeting, *view.organizations, *items, *named))
        addresses = Addresses(public_url_of(edition.address))
        return cls(told, view, items, edition, addresses, steps, held)

    def attachments(
        self, title: str, page: PublicMeeting | PublicAgendaItem
    ) -> tuple[Attachment, ...]:
        """The data as a file; `page` is what the page for people shows."""
        if not self.edition.address:
            return ()
        written = {**_listed(self._objects(title)), "links": {"web": self.addresses.web(page)}}
        data = Attachment(
            name=f"{self.told.name}.oparl.json",
            media_type="application/json",
            description=f"Die Angaben {self.told.title} als Daten nach OParl 1.1",
            content=(json.dumps(written, ensure_ascii=False, indent=2) + "\n").encode(),
        )
        return (data,)

    def _objects(self, title: str) -> list[Json]:
        papers = {paper.uid: paper for _, paper in self.steps}
        return [
            self._file(title),
            self._meeting(),
            *([] if self.told.whole else map(self._item, self.items)),
            *(self._object(one, _NAMED) for one in self.view.organizations),
            *(self._object(step, _STEP) for step, _ in self.steps),
            *(self._object(one, self.told.paper | {"body"}) for one in papers.values()),
        ]

    def _file(self, title: str) -> Json:
        """The print itself, as far as it is settled before it is printed."""
        file = PublicFile(
            uid=self.edition.uid,
            name=title,
            mime_type=PDF,
            dated=self.edition.day,
            edition=self.edition.number,
            check_address=self.edition.address,
            meeting=(self.view.meeting.uid,),
            agenda_item=() if self.told is not _EXCERPT else (self.items[0].uid,),
        )
        return self._object(file, _FILE) | {"accessUrl": self.addresses.file_access(file)}

    def _meeting(self) -> Json:
        written = self._object(self.view.meeting, self.told.meeting)
        if self.view.location.uid:
            written["location"] = self._object(self.view.location, _PLACE)
        if self.told.whole:
            places = {one.uid: place for place, one in enumerate(self.view.items)}
            # An embedded item leaves out the link back to its meeting.
            items = ((replace(one, meeting=""), places[one.uid]) for one in self.items)
            written["agendaItem"] = [self._item(one) | {"order": place} for one, place in items]
        return filled(written)

    def _item(self, item: PublicAgendaItem) -> Json:
        names = self.told.line | (self.told.item if item.public else frozenset())
        results = printed_facts(item) if names >= _OUTCOME else {}
        return self._object(item, names) | results

    def _object(self, document: PublicDocument, names: Names) -> Json:
        kind = document.KIND
        head = {"id": self.addresses.of(kind, document.uid), "type": f"{TYPE}{kind}"}
        return head | facts(document, self._link, names.__contains__)

    def _link(self, kind: Kind, uid: str) -> str:
        led = uid in self.held or (kind is Kind.BODY and uid)
        return self.addresses.of(kind, uid) if led else ""


def _listed(objects: Sequence[Json]) -> Json:
    """Objects in the form of a page of one of the interface's lists."""
    count = len(objects)
    pages = {"totalElements": count, "elementsPerPage": count, "currentPage": 1, "totalPages": 1}
    return {"data": objects, "pagination": pages}
