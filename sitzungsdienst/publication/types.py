"""The public documents: OParl 1.1's objects as frozen values, plus our documented extensions.

Each field is here because somebody decided that the public may read it. Nothing is public by
being absent from a list of exceptions. `uid` is a UUID in its usual spelling and never changes;
`created` and `modified` are kept by the store, not by the document. All texts are plain text.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.results import (
    PublicAnnouncement,
    PublicBallot,
    PublicElection,
    PublicResolution,
)
from sitzungsdienst.publication.shape import (
    extension,
    internal,
    plain,
)
from sitzungsdienst.publication.shape import (
    reference as refers,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicBody:
    """A municipality, county or union of municipalities."""

    KIND: ClassVar[Kind] = Kind.BODY
    uid: str = plain("id")
    name: str = plain("name")
    short_name: str = plain("shortName")
    classification: str = plain("classification")
    website: str = plain("website")
    contact_email: str = plain("contactEmail")
    contact_name: str = plain("contactName")
    ags: str = plain("ags")
    land: str = extension("land")
    seat: str = extension("seat")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLegislativeTerm:
    """A legislative term of a Body (Wahlperiode)."""

    KIND: ClassVar[Kind] = Kind.LEGISLATIVE_TERM
    uid: str = plain("id")
    body: str = refers("body", Kind.BODY)
    name: str = plain("name")
    start_date: date | None = plain("startDate", default=None)
    end_date: date | None = plain("endDate", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSeats:
    """How many seats of an organisation go to whom."""

    label: str = plain("label")
    count: int = plain("count", default=0)
    voting_right: bool = plain("votingRight", default=False)
    on_behalf_of: str = plain("onBehalfOf")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicInstitution:
    """A member that is an office or organisation; who speaks for it is not told."""

    name: str = plain("name")
    role: str = plain("role")
    voting_right: bool = plain("votingRight", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicOrganization:
    """A committee, parliamentary group, unit of the administration or other organisation."""

    KIND: ClassVar[Kind] = Kind.ORGANIZATION
    uid: str = plain("id")
    body: str = refers("body", Kind.BODY)
    name: str = plain("name")
    short_name: str = plain("shortName")
    organization_type: str = plain("organizationType")
    classification: str = plain("classification")
    start_date: date | None = plain("startDate", default=None)
    end_date: date | None = plain("endDate", default=None)
    seats: int | None = extension("seats", default=None)
    predecessor: str = extension("predecessor")
    former_names: tuple[str, ...] = extension("formerNames", default=())
    composition: tuple[PublicSeats, ...] = extension("composition", default=())
    institutions: tuple[PublicInstitution, ...] = extension("institutions", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPerson:
    """A person in a public function: the name, and contact data only by the person's consent."""

    KIND: ClassVar[Kind] = Kind.PERSON
    uid: str = plain("id")
    body: str = refers("body", Kind.BODY)
    name: str = plain("name")
    family_name: str = plain("familyName")
    given_name: str = plain("givenName")
    form_of_address: str = plain("formOfAddress")
    title: tuple[str, ...] = plain("title", default=())
    email: tuple[str, ...] = plain("email", default=())
    phone: tuple[str, ...] = plain("phone", default=())
    address: str = extension("address")
    website: str = extension("website")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMembership:
    """A person's seat or function in an organisation, with its time."""

    KIND: ClassVar[Kind] = Kind.MEMBERSHIP
    uid: str = plain("id")
    body: str = internal("body", Kind.BODY)
    person: str = refers("person", Kind.PERSON)
    organization: str = refers("organization", Kind.ORGANIZATION)
    role: str = plain("role")
    voting_right: bool | None = plain("votingRight", default=None)
    on_behalf_of: str = refers("onBehalfOf", Kind.ORGANIZATION)
    start_date: date | None = plain("startDate", default=None)
    end_date: date | None = plain("endDate", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLocation:
    """Where meetings are held: a room at an address."""

    KIND: ClassVar[Kind] = Kind.LOCATION
    uid: str = plain("id")
    body: str = internal("body", Kind.BODY)
    description: str = plain("description")
    room: str = plain("room")
    street_address: str = plain("streetAddress")
    postal_code: str = plain("postalCode")
    locality: str = plain("locality")

    @property
    def place(self) -> str:
        """The address in one line: "Rathaus, Markt 1, 39340 Haldensleben"."""
        town = f"{self.postal_code} {self.locality}".strip()
        return ", ".join(part for part in (self.description, self.street_address, town) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFile:
    """A released document; the bytes are filed beside it under `sha512_checksum`."""

    KIND: ClassVar[Kind] = Kind.FILE
    uid: str = plain("id")
    body: str = internal("body", Kind.BODY)
    name: str = plain("name")
    file_name: str = plain("fileName")
    mime_type: str = plain("mimeType")
    dated: date | None = plain("date", default=None)
    size: int = plain("size", default=0)
    sha512_checksum: str = plain("sha512Checksum")
    #: Which print it is under this uid, and where one can check it; of what was printed here.
    edition: int | None = extension("edition", default=None)
    check_address: str = extension("checkAddress")
    #: Whether it bears the electronic seal of its Body; None where it does not.
    sealed: bool | None = extension("sealed", default=None)
    meeting: tuple[str, ...] = refers("meeting", Kind.MEETING, default=())
    agenda_item: tuple[str, ...] = refers("agendaItem", Kind.AGENDA_ITEM, default=())
    paper: tuple[str, ...] = refers("paper", Kind.PAPER, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMeeting:
    """A meeting as announced, summoned or held.

    `meeting_state` is one of OParl's words terminiert / eingeladen / durchgeführt. `publicity` is
    "öffentlich", "nichtöffentlich" or "öffentlich/nichtöffentlich". `sequence` grows whenever the
    meeting moves or is cancelled, for the calendar (RFC 5545, 3.8.7.4).
    """

    KIND: ClassVar[Kind] = Kind.MEETING
    uid: str = plain("id")
    body: str = internal("body", Kind.BODY)
    name: str = plain("name")
    meeting_state: str = plain("meetingState")
    cancelled: bool = plain("cancelled", default=False)
    start: datetime | None = plain("start", default=None)
    end: datetime | None = plain("end", default=None)
    location: str = refers("location", Kind.LOCATION)
    organization: tuple[str, ...] = refers("organization", Kind.ORGANIZATION, default=())
    invitation: str = refers("invitation", Kind.FILE)
    results_protocol: str = refers("resultsProtocol", Kind.FILE)
    publicity: str = extension("publicity")
    sequence: int = extension("sequence", default=0)
    minutes_state: str = extension("minutesState")
    #: "ordentliche Sitzung", and the how-manieth of its committee in the term.
    kind: str = extension("kind")
    number: int | None = extension("number", default=None)
    continues: str = refers("Sitzungsdienst:continues", Kind.MEETING)
    #: Which committee stays how long where several meet: "Kultur- und Sozialausschuss bis Ö 3".
    participation: tuple[str, ...] = extension("participation", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAgendaItem:
    """An item of the agenda and, once released, its excerpt (Auszug).

    `order` counts from 0 without gaps among the released items of the meeting. A non-public item
    stands here only with its neutral title and never with any of the excerpt's facts.
    `standing` says how far the text is settled: "" before release of the excerpt, then
    "vorläufig" or "genehmigt".
    """

    KIND: ClassVar[Kind] = Kind.AGENDA_ITEM
    uid: str = plain("id")
    body: str = internal("body", Kind.BODY)
    meeting: str = refers("meeting", Kind.MEETING)
    order: int = plain("order", default=0)
    number: str = plain("number")
    name: str = plain("name")
    public: bool = plain("public", default=False)
    consultation: str = refers("consultation", Kind.CONSULTATION)
    result: str = plain("result")
    resolution_text: str = plain("resolutionText")
    resolution_file: str = refers("resolutionFile", Kind.FILE)
    level: int = extension("level", default=0)
    deliberation: str = extension("deliberation")
    decision: str = extension("decision")
    ballots: tuple[PublicBallot, ...] = extension("ballots", default=())
    standing: str = extension("standing")
    released_on: date | None = extension("releasedOn", default=None)
    heading: bool = extension("heading", default=False)
    #: Whether it was treated in the other part than the agenda planned; `public` tells the truth.
    moved: bool = extension("moved", default=False)
    further_consultation: tuple[str, ...] = refers(
        "Sitzungsdienst:furtherConsultation", Kind.CONSULTATION, default=()
    )
    #: What the room decided about the item itself: "abgesetzt", "gemeinsam beraten mit Ö 4".
    changes: tuple[str, ...] = extension("changes", default=())
    elections: tuple[PublicElection, ...] = extension("elections", default=())
    resolutions: tuple[PublicResolution, ...] = extension("resolutions", default=())
    announcements: tuple[PublicAnnouncement, ...] = extension("announcements", default=())

    @property
    def in_public_part(self) -> bool:
        """Whether it stands in the public part of the agenda, wherever it was treated."""
        return self.public != self.moved


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPaper:
    """A submission (Vorlage).

    `submitted_by` and `handled_by` are printed as the office wrote them.
    """

    KIND: ClassVar[Kind] = Kind.PAPER
    uid: str = plain("id")
    body: str = refers("body", Kind.BODY)
    name: str = plain("name")
    reference: str = plain("reference")
    dated: date | None = plain("date", default=None)
    paper_type: str = plain("paperType")
    main_file: str = refers("mainFile", Kind.FILE)
    auxiliary_file: tuple[str, ...] = refers("auxiliaryFile", Kind.FILE, default=())
    under_direction_of: tuple[str, ...] = refers("underDirectionOf", Kind.ORGANIZATION, default=())
    originator_person: tuple[str, ...] = refers("originatorPerson", Kind.PERSON, default=())
    originator_organization: tuple[str, ...] = refers(
        "originatorOrganization", Kind.ORGANIZATION, default=()
    )
    status: str = extension("status")
    submitted_by: tuple[str, ...] = extension("submittedBy", default=())
    responsible_unit: str = extension("responsibleUnit")
    handled_by: str = extension("handledBy")
    addressed_to: str = extension("addressedTo")
    proposed_resolution: str = extension("proposedResolution")
    reasons: str = extension("reasons")
    facts: str = extension("facts")
    financial_effects: str = extension("financialEffects")
    further_units: tuple[str, ...] = extension("furtherUnits", default=())
    supersedes: tuple[str, ...] = refers("Sitzungsdienst:supersedes", Kind.PAPER, default=())
    amends: tuple[str, ...] = refers("Sitzungsdienst:amends", Kind.PAPER, default=())
    answers: tuple[str, ...] = refers("Sitzungsdienst:answers", Kind.PAPER, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicConsultation:
    """One step of a paper's path through the committees (Beratungsfolge).

    `position` orders the steps from 0. `result` is empty until the step's excerpt is released.
    """

    KIND: ClassVar[Kind] = Kind.CONSULTATION
    uid: str = plain("id")
    body: str = internal("body", Kind.BODY)
    paper: str = refers("paper", Kind.PAPER)
    agenda_item: str = refers("agendaItem", Kind.AGENDA_ITEM)
    meeting: str = refers("meeting", Kind.MEETING)
    organization: tuple[str, ...] = refers("organization", Kind.ORGANIZATION, default=())
    authoritative: bool = plain("authoritative", default=False)
    role: str = plain("role")
    position: int = extension("position", default=0)
    result: str = extension("result")


PublicDocument = (
    PublicBody
    | PublicLegislativeTerm
    | PublicOrganization
    | PublicPerson
    | PublicMembership
    | PublicLocation
    | PublicFile
    | PublicMeeting
    | PublicAgendaItem
    | PublicPaper
    | PublicConsultation
)

DOCUMENT_TYPES: dict[Kind, type[PublicDocument]] = {
    cls.KIND: cls
    for cls in (
        PublicBody,
        PublicLegislativeTerm,
        PublicOrganization,
        PublicPerson,
        PublicMembership,
        PublicLocation,
        PublicFile,
        PublicMeeting,
        PublicAgendaItem,
        PublicPaper,
        PublicConsultation,
    )
}
