"""Allow-lists: of a row full of secrets, only the named fields reach its public document.

Every text column of every row is filled with a mark that names it. What comes out must be exactly
what stands below: a field more is a leak, a field less a loss.
"""

import uuid
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import TypeVar

import pytest
from sqlalchemy import inspect

from sitzungsdienst.gate import compose, prints
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.types import DOCUMENT_TYPES, PublicAgendaItem
from sitzungsdienst.record.base import Base
from sitzungsdienst.record.bodies import Body, LegislativeTerm, Location, Organization
from sitzungsdienst.record.bodies import OrganizationKind as Kind
from sitzungsdienst.record.meetings import (
    AgendaItem,
    Disclosure,
    Meeting,
    MeetingCommittee,
    MeetingState,
)
from sitzungsdienst.record.papers import (
    Attachment,
    Consultation,
    ConsultationRole,
    DocumentKind,
    IssuedDocument,
    Paper,
    PaperOriginator,
)
from sitzungsdienst.record.people import Membership, MembershipRole, Person
from sitzungsdienst.record.proceedings import (
    Attendance,
    AttendanceKind,
    Ballot,
    BallotKind,
    BallotOutcome,
    Choice,
    Decision,
    Treatment,
    Vote,
)

MOMENT = datetime(2017, 4, 19, 15, tzinfo=UTC)
KEYS = frozenset({"uid", "sha512"})

Row = TypeVar("Row", bound=Base)


def secret(row: Row) -> Row:
    """Fill every text column that the test left empty with a mark that names it."""
    for column in inspect(type(row)).columns:
        if column.type.python_type is str and getattr(row, column.key) is None:
            word = f"«{row.__tablename__}.{column.key}»"
            setattr(row, column.key, str(uuid.uuid4()) if column.key in KEYS else word)
    return row


def marks(document: object) -> set[str]:
    """The columns whose marks the document holds."""
    written = str(asdict(document))  # type: ignore[call-overload]  # every document is a dataclass
    return {part.split("»")[0] for part in written.split("«")[1:]}


class House:
    """One row of everything, linked as a record links them, full of marks."""

    def __init__(self) -> None:
        self.body = secret(Body())
        self.term = secret(LegislativeTerm(body=self.body, start_date=date(2014, 7, 1)))
        self.committee = secret(Organization(body=self.body, kind=Kind.COMMITTEE))
        self.group = secret(Organization(body=self.body, kind=Kind.GROUP, name="Fraktion"))
        self.location = secret(Location(body=self.body))
        self.person = secret(Person(body=self.body))
        self.membership = secret(
            Membership(
                organization=self.committee,
                person=self.person,
                role=MembershipRole.CHAIR,
                voting_right=True,
                on_behalf_of=self.group,
            )
        )
        self.paper = secret(Paper(body=self.body, public=True, responsible_unit=self.committee))
        self.paper.originators.append(secret(PaperOriginator(person=self.person)))
        self.file = secret(
            Attachment(paper=self.paper, public=True, size=1, created_at=MOMENT, modified_at=MOMENT)
        )
        self.meeting = secret(
            Meeting(
                body=self.body, location=self.location, start=MOMENT, state=MeetingState.CLOSED,
                cancelled=False, sequence=0,
            )
        )  # fmt: skip
        self.meeting.committees.append(MeetingCommittee(organization=self.committee, position=0))
        self.item = self._item(Part.PUBLIC, 1)
        self.secret_item = self._item(Part.NONPUBLIC, 2)
        self.step = secret(
            Consultation(
                paper=self.paper, organization=self.committee, role=ConsultationRole.DECISION,
                agenda_item=self.item,
            )
        )  # fmt: skip
        self.issued = secret(IssuedDocument(kind=DocumentKind.EXCERPT, issued_at=MOMENT))

    def _item(self, part: Part, number: int) -> AgendaItem:
        item = secret(
            AgendaItem(id=number, meeting=self.meeting, part=part, position=number,
                       disclosure=Disclosure.NEUTRAL)
        )  # fmt: skip
        item.treatment = secret(Treatment(decision=Decision.ADOPTED))
        item.ballots.append(self._ballot(BallotKind.OPEN))
        return item

    def _ballot(self, kind: BallotKind) -> Ballot:
        ballot = secret(
            Ballot(kind=kind, outcome=BallotOutcome.ACCEPTED, present=3, recused=0, position=1,
                   yes=1, no=0, abstentions=0, invalid=0)
        )  # fmt: skip
        ballot.votes.append(Vote(person=self.person, choice=Choice.YES))
        return ballot

    def agenda(self) -> tuple[PublicAgendaItem, ...]:
        return compose.agenda(self.meeting, {}, {self.step.uid})

    def excerpt(self, kind: BallotKind) -> PublicAgendaItem:
        self.item.ballots[0].kind = kind
        return compose.excerpt(
            self.agenda()[0], self.item, file_uid="", released_on=date(2017, 5, 2)
        )


BODY = {
    f"body.{name}"
    for name in (
        "name", "short_name", "classification", "website", "email", "department", "ags", "land",
        "seat",
    )
}  # fmt: skip
PERSON = {f"person.{name}" for name in ("title", "given_name", "family_name", "form_of_address")}
PERSON_NAME = PERSON - {"person.form_of_address"}
EXCERPT = {
    "agenda_item.number", "agenda_item.title", "treatment.deliberation",
    "treatment.resolution_text", "ballot.subject", "ballot.result_text",
}  # fmt: skip
ALLOWED: dict[str, tuple[Callable[[House], object], set[str]]] = {
    "Body": (lambda house: compose.body(house.body), BODY),
    "LegislativeTerm": (
        lambda house: compose.legislative_term(house.term), {"legislative_term.name"}
    ),
    "Organization": (
        lambda house: compose.organization(house.committee),
        {f"organization.{one}" for one in ("name", "short_name", "classification", "predecessor")},
    ),
    "Person": (lambda house: compose.person(house.person), PERSON),
    "Membership": (lambda house: compose.membership(house.membership), set()),
    "Location": (
        lambda house: compose.location(house.location),
        {f"location.{one}" for one in
         ("description", "room", "street_address", "postal_code", "locality")},
    ),
    "File": (
        lambda house: compose.attachment(house.file), {"attachment.name", "attachment.file_name"}
    ),
    "File issued": (
        lambda house: compose.issued(house.issued, house.meeting, "Auszug", 1, house.item),
        {"issued_document.file_name"},
    ),
    "Meeting": (lambda house: compose.meeting(house.meeting, None), {"meeting.name"}),
    "AgendaItem": (
        lambda house: house.agenda()[0], {"agenda_item.number", "agenda_item.title"}
    ),
    "AgendaItem nonpublic": (
        lambda house: house.agenda()[1], {"agenda_item.number", "agenda_item.public_title"}
    ),
    "AgendaItem open vote": (lambda house: house.excerpt(BallotKind.OPEN), EXCERPT),
    "AgendaItem secret vote": (lambda house: house.excerpt(BallotKind.SECRET), EXCERPT),
    "AgendaItem roll call": (
        lambda house: house.excerpt(BallotKind.ROLL_CALL), EXCERPT | PERSON_NAME
    ),
    "Paper": (
        lambda house: compose.paper(house.paper, {house.person.uid}),
        {f"paper.{one}" for one in
         ("title", "reference", "paper_type", "handled_by", "addressed_to",
          "proposed_resolution", "reasons")}
        | {"organization.name", "paper_originator.label"},
    ),
    "Consultation": (
        lambda house: compose.consultation(house.step, 0, {house.item.uid}, "angenommen"), set()
    ),
}  # fmt: skip


def test_every_kind_of_public_document_is_looked_at() -> None:
    assert {name.split()[0] for name in ALLOWED} == {kind.value for kind in DOCUMENT_TYPES}


@pytest.mark.parametrize("name", list(ALLOWED))
def test_exactly_the_named_fields_come_out(name: str) -> None:
    composed, allowed = ALLOWED[name]
    assert marks(composed(House())) == allowed


def test_a_body_without_an_address_for_mail_names_no_department() -> None:
    house = House()
    house.body.email = ""
    assert "body.department" not in marks(compose.body(house.body))


def test_a_person_not_public_is_not_linked_as_one_who_submits() -> None:
    house = House()
    assert compose.paper(house.paper, set()).originator_person == ()
    assert compose.paper(house.paper, {house.person.uid}).originator_person == (house.person.uid,)


def test_a_nonpublic_attachment_is_neither_composed_nor_named() -> None:
    house = House()
    house.file.public = False
    assert compose.paper(house.paper, set()).auxiliary_file == ()
    with pytest.raises(compose.decision.GateClosed):
        compose.attachment(house.file)


@pytest.mark.parametrize("allowed", ["file", "paper"])
def test_an_attachment_needs_its_own_status_and_its_papers(allowed: str) -> None:
    house = House()
    house.file.public, house.paper.public = allowed == "file", allowed == "paper"
    with pytest.raises(compose.decision.GateClosed):
        compose.attachment(house.file)


def test_a_nonpublic_paper_is_not_composed() -> None:
    house = House()
    house.paper.public = False
    with pytest.raises(compose.decision.GateClosed):
        compose.paper(house.paper, set())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda house: setattr(house.item, "part", Part.NONPUBLIC),
        lambda house: setattr(house.item, "removed_at", MOMENT),
        lambda house: setattr(house.meeting, "state", MeetingState.PLANNED),
        lambda house: setattr(house.meeting, "cancelled", True),
        lambda house: setattr(house.step, "agenda_item", None),
    ],
)
def test_a_step_points_only_to_public_items_of_summoned_meetings(
    spoil: Callable[[House], None],
) -> None:
    house = House()
    spoil(house)
    found = compose.consultation(house.step, 0, {house.item.uid}, "angenommen")
    assert (found.agenda_item, found.meeting, found.result) == ("", "", "")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda item: setattr(item, "disclosure", Disclosure.HIDDEN),
        lambda item: setattr(item, "public_title", ""),
        lambda item: setattr(item, "removed_at", MOMENT),
    ],
)
def test_a_nonpublic_item_without_its_neutral_title_is_not_named(
    spoil: Callable[[AgendaItem], None],
) -> None:
    house = House()
    spoil(house.secret_item)
    assert [one.public for one in house.agenda()] == [True]


def test_an_agenda_before_the_summons_is_not_composed() -> None:
    house = House()
    house.meeting.state = MeetingState.PLANNED
    with pytest.raises(compose.decision.GateClosed):
        house.agenda()


def test_a_nonpublic_item_keeps_nothing_that_was_ever_filed_of_it() -> None:
    house = House()
    filed = house.excerpt(BallotKind.ROLL_CALL)
    kept = compose.agenda(house.meeting, {house.secret_item.uid: filed}, set())[1]
    assert marks(kept) == {"agenda_item.number", "agenda_item.public_title"}


@pytest.mark.parametrize(("reasons", "told"), [(False, set()), (True, {"attendance.note"})])
def test_the_reason_of_an_absence_is_for_members(reasons: bool, told: set[str]) -> None:
    house = House()
    away = secret(Attendance(person=house.person, kind=AttendanceKind.EXCUSED, voting_right=True))
    (group,) = prints.attendance([away], reasons=reasons)
    assert marks(group) & {"attendance.note", "person.note"} == told
    assert ("entschuldigt" in str(group)) is reasons


def test_present_persons_come_out_without_notes() -> None:
    house = House()
    there = secret(Attendance(person=house.person, kind=AttendanceKind.PRESENT, voting_right=True))
    (group,) = prints.attendance([there], reasons=True)
    assert marks(group) == PERSON_NAME | {"attendance.role", "attendance.on_behalf_of"}
