"""The addresses of OParl objects: made from the configured address, never from the request.

They hold an object's uid and kind and nothing that may change, and stay the same for ever (OParl
1.1, chapter 2.3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.types import PublicAgendaItem, PublicDocument, PublicFile

PREFIX = "/oparl/v1.1"

NAMES: Mapping[Kind, str] = {
    Kind.BODY: "body",
    Kind.LEGISLATIVE_TERM: "legislative-term",
    Kind.ORGANIZATION: "organization",
    Kind.PERSON: "person",
    Kind.MEMBERSHIP: "membership",
    Kind.MEETING: "meeting",
    Kind.AGENDA_ITEM: "agenda-item",
    Kind.PAPER: "paper",
    Kind.CONSULTATION: "consultation",
    Kind.FILE: "file",
    Kind.LOCATION: "location",
}
"""How a kind is spelled in addresses."""

BODY_LISTS: Mapping[str, tuple[str, Kind]] = {
    "organization": ("organizations", Kind.ORGANIZATION),
    "person": ("persons", Kind.PERSON),
    "meeting": ("meetings", Kind.MEETING),
    "paper": ("papers", Kind.PAPER),
    "agendaItem": ("agenda-items", Kind.AGENDA_ITEM),
    "consultation": ("consultations", Kind.CONSULTATION),
    "file": ("files", Kind.FILE),
    "locationList": ("locations", Kind.LOCATION),
    "legislativeTermList": ("legislative-terms", Kind.LEGISLATIVE_TERM),
    "membership": ("memberships", Kind.MEMBERSHIP),
}
"""A Body's external lists: property, spelling in addresses, kind listed."""

ORGANIZATION_LISTS: Mapping[str, tuple[str, Kind]] = {
    "meeting": ("meetings", Kind.MEETING),
    "consultation": ("consultations", Kind.CONSULTATION),
}
"""The same of an Organization."""

_PAGES: Mapping[Kind, str] = {
    Kind.ORGANIZATION: "gremien",
    Kind.PERSON: "personen",
    Kind.MEETING: "sitzungen",
    Kind.PAPER: "vorlagen",
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses below `public_url`, such as "https://rat.example.de" (no slash at the end)."""

    public_url: str

    @property
    def system(self) -> str:
        """The System object, the entry point."""
        return f"{self.public_url}{PREFIX}/system"

    @property
    def bodies(self) -> str:
        """The list of Bodies."""
        return f"{self.public_url}{PREFIX}/bodies"

    def of(self, kind: Kind, uid: str) -> str:
        """An object; this is its `id`."""
        return f"{self.public_url}{PREFIX}/{NAMES[kind]}/{uid}"

    def listing(self, kind: Kind, uid: str, name: str) -> str:
        """A list below an object, such as a Body's "meetings"."""
        return f"{self.of(kind, uid)}/{name}"

    def within(self, address: str, arguments: Mapping[str, str]) -> str:
        """An address with arguments, always spelled alike."""
        return f"{address}?{urlencode(arguments)}" if arguments else address

    def web(self, document: PublicDocument) -> str:
        """The page that shows the document to people, or "" if it has none of its own."""
        if isinstance(document, PublicAgendaItem):
            # An item has a page once its excerpt is released; before, it stands on its meeting's.
            if document.public and document.standing:
                return f"{self.public_url}/auszuege/{document.uid}"
            return f"{self.public_url}/sitzungen/{document.meeting}"
        if document.KIND is Kind.BODY:
            return f"{self.public_url}/?koerperschaft={document.uid}"
        page = _PAGES.get(document.KIND)
        return f"{self.public_url}/{page}/{document.uid}" if page else ""

    def file_access(self, file: PublicFile) -> str:
        """The bytes of a file, shown in the browser."""
        return f"{self.public_url}/dateien/{file.uid}"

    def file_download(self, file: PublicFile) -> str:
        """The bytes of a file, to be saved; "" if its name cannot stand in an address."""
        if not file.file_name or "/" in file.file_name:
            return ""
        return f"{self.file_access(file)}/herunterladen/{quote(file.file_name, safe='')}"
