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

from sitzungsdienst.gate import compose, compose_items, prints
from sitzungsdienst.gate.editions import Edition
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.types import DOCUMENT_TYPES, PublicAgendaItem
from sitzungsdienst.record.base import Base
from sitzungsdienst.record.bodies import (
    Body,
    CompositionRule,
    FormerName,
    LegislativeTerm,
    Location,
    Organization,
)
from sitzungsdienst.record.bodies import OrganizationKind as Kind
from sitzungsdienst.record.changes import AgendaChange, ChangeKind
from sitzungsdienst.record.elections import (
    Candidate,
    Election,
    ElectionKind,
    ElectionRound,
    Lot,
    RoundOutcome,
    Tally,
)
from sitzungsdienst.record.meetings import (
    AgendaItem,
    Disclosure,
    ItemKind,
    Meeting,
    MeetingCommittee,
    MeetingKind,
    MeetingState,
)
from sitzungsdienst.record.paper_work import Cosignature, PaperUnit, PaperVersion
from sitzungsdienst.record.papers import (
    Attachment,
    Blob,
    Consultation,
    ConsultationRole,
    DocumentKind,
    IssuedDocument,
    Paper,
    PaperOriginator,
)
from sitzungsdienst.record.people import (
    ContactConsent,
    ContactField,
    InstitutionalMembership,
    Membership,
    MembershipRole,
    Person,
)
from sitzungsdienst.record.proceedings import (
    Attendance,
    AttendanceKind,
    Ballot,
    BallotKind,
    BallotOutcome,
    Choice,
    Decision,
    Motion,
    Requirement,
    Stance,
    Treatment,
    Vote,
)
from sitzungsdienst.record.resolutions import (
    Announcement,
    Progress,
    Resolution,
    ResolutionReport,
)

MOMENT = datetime(2017, 4, 19, 15, tzinfo=UTC)
EDITION = Edition(str(uuid.UUID(int=7)), 2, date(2017, 5, 10), "https://rat.example/pruefen/0000/2")
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
            Attachment(
                paper=self.paper,
                public=True,
                size=1,
                created_at=MOMENT,
                modified_at=MOMENT,
                file_name="«attachment.file_name».pdf",
            )
        )
        self.meeting = secret(
            Meeting(
                body=self.body, location=self.location, start=MOMENT, state=MeetingState.CLOSED,
                cancelled=False, sequence=0, kind=MeetingKind.ORDINARY, number=26,
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
        self.consent = ContactConsent(field=ContactField.EMAIL, given_on=date(2017, 1, 1))
        self.person.consents.append(self.consent)
        self.committee.former_names.append(secret(FormerName(valid_until=date(2014, 6, 30))))
        self.committee.composition.append(secret(CompositionRule(count=5, voting_right=True)))
        self.committee.institutional_members.append(
            secret(
                InstitutionalMembership(
                    role=MembershipRole.MEMBER, voting_right=True, represented_by=self.person
                )
            )
        )
        self.paper.further_units.append(PaperUnit(organization=self.group))
        self.paper.versions.append(secret(PaperVersion(number=1, fixed_at=MOMENT)))
        self.paper.cosignatures.append(secret(Cosignature(organization=self.group)))
        self.change = secret(
            AgendaChange(meeting=self.meeting, agenda_item=self.item, kind=ChangeKind.TAKEN_EARLIER)
        )
        self.resolution = self._resolution(self.item, Part.PUBLIC)
        self.secret_resolution = self._resolution(self.secret_item, Part.NONPUBLIC)
        self._election()
        self.issued = secret(IssuedDocument(kind=DocumentKind.EXCERPT, issued_at=MOMENT))
        self.issued.blob = Blob(size=1)

    def _item(self, part: Part, number: int) -> AgendaItem:
        item = secret(
            AgendaItem(id=number, meeting=self.meeting, part=part, position=number,
                       disclosure=Disclosure.NEUTRAL, kind=ItemKind.ITEM)
        )  # fmt: skip
        item.treatment = secret(Treatment(decision=Decision.ADOPTED))
        item.ballots.append(self._ballot(BallotKind.OPEN))
        return item

    def _resolution(self, item: AgendaItem, part: Part) -> Resolution:
        resolution = secret(
            Resolution(
                body=self.body, agenda_item=item, part=part, decision=Decision.ADOPTED,
                decided_on=MOMENT.date(), announcement=Announcement.NOT_NEEDED,
                progress=Progress.RUNNING, unit=self.group,
            )
        )  # fmt: skip
        for public in (True, False):
            report = secret(ResolutionReport(reported_on=MOMENT.date(), public=public))
            report.text += str(public)
            resolution.reports.append(report)
        return resolution

    def _election(self) -> None:
        election = secret(Election(agenda_item=self.item, kind=ElectionKind.PERSONS, secret=True))
        candidate = secret(Candidate(election=election, person=self.person, seats_won=0))
        wahlgang = secret(
            ElectionRound(election=election, number=1, present=3, handed_in=3, no=0, abstentions=0,
                          invalid=0, outcome=RoundOutcome.ELECTED)
        )  # fmt: skip
        wahlgang.tallies.append(Tally(candidate=candidate, votes=3))
        wahlgang.lots.append(Lot(among="[]", candidate=candidate, drawn_by="«lot.drawn_by»"))

    def _ballot(self, kind: BallotKind) -> Ballot:
        ballot = secret(
            Ballot(kind=kind, outcome=BallotOutcome.ACCEPTED, present=3, recused=0, position=1,
                   yes=1, no=0, abstentions=0, invalid=0, motion=Motion.AMENDMENT,
                   requirement=Requirement.SIMPLE, organization=self.committee)
        )  # fmt: skip
        ballot.votes.append(Vote(person=self.person, choice=Choice.YES))
        ballot.stances.append(secret(Stance(choice=Choice.NO, person=self.person)))
        return ballot

    def agenda(self) -> tuple[PublicAgendaItem, ...]:
        return compose_items.agenda(self.meeting, {}, {self.step.uid})

    def excerpt(self, kind: BallotKind) -> PublicAgendaItem:
        self.item.ballots[0].kind = kind
        return compose_items.excerpt(
            self.agenda()[0], self.item, file_uid="", released_on=date(2017, 5, 2)
        )

    def announcing(self) -> PublicAgendaItem:
        self.secret_resolution.announcement = Announcement.ANNOUNCED
        self.secret_resolution.announced_on = date(2017, 5, 2)
        self.item.announced.append(self.secret_resolution)
        return self.excerpt(BallotKind.OPEN)


BODY = {
    f"body.{name}"
    for name in (
        "name", "short_name", "classification", "website", "email", "department", "ags", "land",
        "seat",
    )
}  # fmt: skip
PERSON_NAME = {f"person.{name}" for name in ("title", "given_name", "family_name")}
PERSON = PERSON_NAME | {"person.form_of_address", "person.email"}
ORGANIZATION = {
    f"organization.{one}" for one in ("name", "short_name", "classification", "predecessor")
}
EXCERPT = {
    "agenda_item.number", "agenda_item.title", "treatment.deliberation",
    "treatment.resolution_text", "ballot.subject", "ballot.result_text", "ballot.moved_by",
    "organization.name", "stance.label", "resolution.number", "resolution.subject",
    "election.office", "candidate.name", "election_round.result_text", "lot.drawn_by",
}  # fmt: skip
ALLOWED: dict[str, tuple[Callable[[House], object], set[str]]] = {
    "Body": (lambda house: compose.body(house.body), BODY),
    "LegislativeTerm": (
        lambda house: compose.legislative_term(house.term), {"legislative_term.name"}
    ),
    "Organization": (
        lambda house: compose.organization(house.committee), ORGANIZATION,
    ),
    "Organization whole": (
        lambda house: compose.organization(house.committee, whole=True),
        ORGANIZATION | {"former_name.name", "composition_rule.label",
                        "composition_rule.on_behalf_of", "institutional_membership.name"},
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
        lambda house: compose.issued(house.issued, EDITION, house.meeting, "Auszug", house.item),
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
    "AgendaItem secret vote": (
        lambda house: house.excerpt(BallotKind.SECRET), EXCERPT - {"stance.label"}
    ),
    "AgendaItem followed up": (
        lambda house: compose_items.follow_up(
            house.excerpt(BallotKind.SECRET), [house.resolution, house.secret_resolution]
        ),
        (EXCERPT - {"stance.label"}) | {"resolution_report.text"},
    ),
    "AgendaItem announcing": (
        lambda house: house.announcing(), EXCERPT | {"resolution.announced_text"}
    ),
    "AgendaItem roll call": (
        lambda house: house.excerpt(BallotKind.ROLL_CALL), EXCERPT | PERSON_NAME
    ),
    "Paper": (
        lambda house: compose.paper(house.paper, {house.person.uid}),
        {f"paper.{one}" for one in
         ("title", "reference", "paper_type", "handled_by", "addressed_to",
          "proposed_resolution", "reasons", "facts", "financial_effects")}
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


def test_a_redacted_copy_does_not_bear_the_name_of_its_file() -> None:
    house = House()
    house.file.redacts = secret(Attachment(size=1))
    found = compose.attachment(house.file)
    assert (marks(found), found.file_name) == ({"attachment.name"}, "Geschwaerzte_Fassung.pdf")


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
    house.step.result_note = ""
    spoil(house)
    found = compose.consultation(house.step, 0, {house.item.uid}, "angenommen")
    assert (found.agenda_item, found.meeting, found.result) == ("", "", "")


def test_a_step_taken_elsewhere_tells_its_result_and_one_on_an_agenda_never_the_note() -> None:
    house = House()
    assert "consultation.result_note" not in marks(compose.consultation(house.step, 0, set(), ""))
    house.step.agenda_item = None
    assert marks(compose.consultation(house.step, 0, set(), "")) == {"consultation.result_note"}


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


def test_a_neutral_line_under_a_hidden_one_is_not_named() -> None:
    house = House()
    below = house._item(Part.NONPUBLIC, 3)
    below.parent_id = house.secret_item.id
    assert [one.public for one in house.agenda()] == [True, False, False]
    house.secret_item.disclosure = Disclosure.HIDDEN
    assert [one.public for one in house.agenda()] == [True]


def test_an_agenda_before_the_summons_is_not_composed() -> None:
    house = House()
    house.meeting.state = MeetingState.PLANNED
    with pytest.raises(compose.decision.GateClosed):
        house.agenda()


def test_a_nonpublic_item_keeps_nothing_that_was_ever_filed_of_it() -> None:
    house = House()
    filed = house.excerpt(BallotKind.ROLL_CALL)
    kept = compose_items.agenda(house.meeting, {house.secret_item.uid: filed}, set())[1]
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


def test_what_was_treated_behind_closed_doors_has_no_excerpt_whatever_was_planned() -> None:
    house = House()
    filed = house.excerpt(BallotKind.ROLL_CALL)
    house.item.treatment.treated_part = Part.NONPUBLIC
    with pytest.raises(compose.decision.GateClosed):
        house.excerpt(BallotKind.OPEN)
    (line, _) = compose_items.agenda(house.meeting, {house.item.uid: filed}, set())
    assert marks(line) == {"agenda_item.number", "agenda_item.title"}
    assert (line.public, line.moved, line.in_public_part) == (False, True, True)


def test_what_was_treated_in_public_after_all_keeps_the_words_written_for_the_public() -> None:
    house = House()
    house.secret_item.treatment.treated_part = Part.PUBLIC
    (_, line) = house.agenda()
    assert marks(line) == {"agenda_item.number", "agenda_item.public_title"}
    assert (line.public, line.moved, line.in_public_part) == (True, True, False)
    house.secret_item.public_title = ""
    assert "agenda_item.title" in marks(house.agenda()[1])


def test_a_change_of_the_agenda_is_told_without_its_reason_and_only_when_the_meeting_is_over() -> (
    None
):
    house = House()
    assert house.agenda()[0].changes == ("vorgezogen",)
    house.change.other_item = house.secret_item
    assert house.agenda()[0].changes == (f"vorgezogen vor {house.secret_item.number}",)
    house.secret_item.disclosure = Disclosure.HIDDEN
    assert house.agenda()[0].changes == ("vorgezogen",)
    house.meeting.state = MeetingState.SUMMONED
    assert house.agenda()[0].changes == ()


def test_a_consent_taken_back_takes_the_contact_data_back() -> None:
    house = House()
    house.consent.withdrawn_on = date(2017, 2, 1)
    assert "person.email" not in marks(compose.person(house.person))


def test_only_public_reports_of_public_resolutions_are_told() -> None:
    house = House()
    told = compose_items.follow_up(house.excerpt(BallotKind.OPEN), [house.resolution])
    (resolution,) = told.resolutions
    assert [one.text for one in resolution.reports] == ["«resolution_report.text»True"]
    assert (resolution.progress, resolution.unit) == ("in Arbeit", "Fraktion")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda house: setattr(house.secret_resolution, "announcement", Announcement.OWED),
        lambda house: setattr(house.secret_resolution, "announced_text", ""),
        lambda house: setattr(house.item, "announced", []),
    ],
)
def test_a_nonpublic_resolution_is_told_only_where_it_was_announced(
    spoil: Callable[[House], None],
) -> None:
    house = House()
    house.announcing()
    spoil(house)
    assert house.excerpt(BallotKind.OPEN).announcements == ()


def test_an_original_of_which_there_is_a_redacted_copy_is_never_composed() -> None:
    house = House()
    copy = secret(
        Attachment(
            paper=house.paper, public=True, size=1, redacts=house.file, file_name="Auszug.pdf"
        )
    )
    copy.created_at = copy.modified_at = MOMENT
    assert compose.paper(house.paper, set()).auxiliary_file == (copy.uid,)
    with pytest.raises(compose.decision.GateClosed):
        compose.attachment(house.file)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".odt", ""])
def test_what_is_no_pdf_is_never_composed(suffix: str) -> None:
    house = House()
    house.file.file_name = f"Vertrag{suffix}"
    assert compose.paper(house.paper, set()).auxiliary_file == ()
    with pytest.raises(compose.decision.GateClosed):
        compose.attachment(house.file)
