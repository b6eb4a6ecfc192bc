"""Allow-lists: of a row full of secrets, only the named fields reach its public document.

Every text column of every row is filled with a mark that names it. What comes out must be exactly
what stands below: a field more is a leak, a field less a loss.
"""

import uuid
from collections.abc import Callable
from datetime import date

import pytest

from sitzungsdienst.gate import compose, compose_items, prints
from sitzungsdienst.gate.editions import Edition
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.types import DOCUMENT_TYPES
from sitzungsdienst.record.meetings import (
    AgendaItem,
    Disclosure,
    MeetingState,
)
from sitzungsdienst.record.papers import (
    Attachment,
)
from sitzungsdienst.record.proceedings import (
    Attendance,
    AttendanceKind,
    BallotKind,
)
from sitzungsdienst.record.resolutions import (
    Announcement,
)
from tests.support.house import MOMENT, House, marks, secret

EDITION = Edition(str(uuid.UUID(int=7)), 2, date(2017, 5, 10), "https://rat.example/pruefen/0000/2")

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
