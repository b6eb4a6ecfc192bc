"""The pages for a paper's path, its attachments, and the list of papers."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import (
    agenda,
    attachments,
    cosignatures,
    papers,
    proceedings,
    releases,
    summons,
)
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.papers import Attachment, Consultation, ConsultationRole, Paper
from sitzungsdienst.record.proceedings import Decision
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.paper_pages import meeting_of, press, unit, version
from tests.support.registry import Registry, pdf

# --- The path


def test_steps_are_moved_changed_and_told_of(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    paper = registry.paper()
    first = registry.step(paper, cast.committee)
    second = registry.step(paper, registry.organization("Kreistag"))
    here = f"/vorlagen/{paper}"
    moved = press(clerk, f"/beratungsfolge/{second}/verschieben", here, richtung="up")
    assert moved.status_code == 303
    assert "1. Kreistag" in text_of(clerk.get(here))
    changed = fill(
        clerk, f"/beratungsfolge/{first}", role="hearing", result_note="am 2. Mai empfohlen"
    )
    assert changed.status_code == 303
    assert "Anhörung noch nicht am 2. Mai empfohlen" in text_of(clerk.get(here))
    stale = clerk.submit(
        f"/beratungsfolge/{first}", {"version": "1", "role": "notice", "result_note": "anders"}
    )
    assert stale.status_code == 409
    long = fill(clerk, f"/beratungsfolge/{first}", result_note="x" * 301)
    assert 'id="result_note-fehler"' in long.get_data(as_text=True)


def test_the_path_tells_each_steps_result_and_what_the_public_sees(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    paper = registry.paper(public=True)
    here = f"/vorlagen/{paper}"
    step = registry.step(paper, cast.committee)
    registry.step(paper, registry.organization("Kreistag"))
    meeting = meeting_of(registry, cast)
    item = agenda.add_item(
        session, registry.actor, meeting,
        agenda.ItemFacts(title="Konzept", consultation_ids=(step,)), registry.now,
    )  # fmt: skip
    assert "noch ohne Nummer offen nichts" in text_of(clerk.get(here))
    sent = summons.SummonsFacts(paper_ids=(paper,), acknowledged=True)
    number = int(version(session, Meeting, meeting))
    summons.summon(session, registry.actor, meeting, number, sent, registry.now)
    assert "TOP Ö 1 offen mit Sitzung, ohne Ergebnis" in text_of(clerk.get(here))
    facts = proceedings.TreatmentFacts(decision=Decision.ADJOURNED)
    proceedings.record_treatment(session, registry.actor, item, None, facts, registry.now)
    assert "TOP Ö 1 vertagt mit Sitzung, ohne Ergebnis" in text_of(clerk.get(here))
    note = fill(clerk, f"/beratungsfolge/{step}", result_note="angenommen")
    assert note.status_code == 422
    assert 'id="result_note-fehler"' in note.get_data(as_text=True)


def test_a_member_learns_nothing_of_a_step_before_another_committee(
    member: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    paper = registry.paper()
    own = registry.step(paper, cast.committee)
    foreign = registry.step(paper, registry.organization("Hauptausschuss"))
    registry.summoned_meeting(cast.committee, own)
    meeting = meeting_of(registry, cast)
    row = session.get_one(Consultation, foreign)
    elsewhere = session.get_one(Meeting, meeting)
    elsewhere.committees[0].organization_id = row.organization_id
    session.commit()
    item = agenda.add_item(
        session, registry.actor, meeting,
        agenda.ItemFacts(title="Geheim", consultation_ids=(foreign,)), registry.now,
    )  # fmt: skip
    sent = summons.SummonsFacts(acknowledged=True)
    number = int(version(session, Meeting, meeting))
    summons.summon(session, registry.actor, meeting, number, sent, registry.now)
    facts = proceedings.TreatmentFacts(decision=Decision.REJECTED)
    proceedings.record_treatment(session, registry.actor, item, None, facts, registry.now)
    answer = member.get(f"/vorlagen/{paper}")
    page = text_of(answer)
    assert "Hauptausschuss" in page
    assert page.count("Sitzung am") == 1
    assert "abgelehnt" not in page
    assert f"/sitzungen/{meeting}" not in answer.get_data(as_text=True)


def test_a_motion_by_a_group_is_public_and_undecided(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    group = registry.organization("Fraktion Bündnis 90/Die Grünen", OrganizationKind.GROUP)
    sent = {
        "reference": "A 3/2015",
        "title": "Schaffung der Stelle eines/r Integrationsbeauftragten",
        "paper_type": "Antrag",
        "public": "True",
        "originators-0-label": "Gisa Müller-Butzkamm, stellvertretende Fraktionsvorsitzende",
        "originators-0-link": f"organization:{group}",
        "addressed_to": "Rat",
        "proposed_resolution": "Der Rat richtet die Stelle ein.",
        "reasons": "Nahezu 9 % der Einwohner haben eine andere Staatsangehörigkeit.",
    }
    done = fill(clerk, "/vorlagen/neu", **sent)
    assert done.status_code == 303
    paper = session.scalars(select(Paper.id)).one()
    session.rollback()
    registry.step(paper, cast.committee)
    releases.release_paper(session, registry.actor, paper, "", registry.now)
    page = text_of(clerk.get(done.location))
    assert "noch nicht offen Gremium und Zuständigkeit" in page
    for word in ("beschlossen", "angenommen", "abgelehnt"):
        assert word not in page


# --- Attachments


def test_a_redacted_copy_is_marked_and_keeps_its_original_in_the_house(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    paper = registry.paper(public=True)
    original = registry.attachment(paper, "Vertrag")
    facts = attachments.AttachmentFacts("Vertrag, geschwärzt", public=True, redacts_id=original)
    upload = attachments.Upload("g.pdf", pdf() + b"\n%%EOF")
    attachments.attach(session, registry.actor, paper, upload, facts, registry.now)
    assert "geschwärzte Fassung von »Vertrag«" in text_of(clerk.get(f"/vorlagen/{paper}"))
    refused = fill(clerk, f"/anlagen/{original}", public="y")
    assert refused.status_code == 422
    assert 'id="public-fehler"' in refused.get_data(as_text=True)
    assert "Schwärzung umsonst" in text_of(refused)
    session.rollback()
    assert not session.get_one(Attachment, original).public
    copy = fields_of(clerk.get(f"/anlagen/{original + 1}"))
    assert copy["redacts_id"] == [str(original)]
    wrong = fill(clerk, f"/anlagen/{original + 1}", redacts_id="999")
    assert 'id="redacts_id-fehler"' in wrong.get_data(as_text=True)


def test_attachments_are_moved(clerk: OfficeClient, registry: Registry) -> None:
    paper = registry.paper()
    registry.attachment(paper, "Erste")
    second = registry.attachment(paper, "Zweite")
    here = f"/vorlagen/{paper}"
    moved = press(clerk, f"/anlagen/{second}/verschieben", here, richtung="up")
    assert moved.status_code == 303
    page = text_of(clerk.get(here))
    assert page.index("Zweite (PDF)") < page.index("Erste (PDF)")


# --- The list


def test_the_list_filters_by_unit_and_by_what_is_still_to_do(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    lead, helper = unit(registry), unit(registry, "Kämmerei", "20")
    led = registry.paper("A/1", responsible_unit_id=lead)
    helped = registry.paper("B/2", responsible_unit_id=lead, further_unit_ids=(helper,))
    told = registry.paper("C/3")
    step = registry.step(led, cast.committee)
    registry.step(helped, cast.committee)
    other = registry.step(told, cast.committee)
    facts = papers.StepFacts(ConsultationRole.DECISION, "beschlossen")
    papers.edit_step(session, registry.actor, other, 1, facts, registry.now)
    cosignatures.request_cosignatures(session, registry.actor, told, (lead,), registry.now)
    registry.summoned_meeting(cast.committee, step)
    item = session.scalars(select(AgendaItem.id)).one()
    session.rollback()

    def shown(**query: str) -> list[str]:
        page = text_of(clerk.get("/vorlagen", query_string=query))
        return [one for one in ("A/1", "B/2", "C/3") if one in page]

    assert shown(einheit=str(lead)) == ["A/1", "B/2"]
    assert shown(einheit=str(helper)) == ["B/2"]
    assert shown(stand="offen") == ["A/1", "B/2"]
    assert shown(stand="ohne-tagesordnung") == ["B/2", "C/3"]
    assert shown(stand="ohne-freigabe") == ["C/3"]
    for decision, found in (
        (None, ["A/1", "B/2"]), (Decision.ADJOURNED, ["A/1", "B/2"]), (Decision.ADOPTED, ["B/2"])
    ):  # fmt: skip
        row = session.get_one(AgendaItem, item).treatment
        number = row.version if row else None
        treated = proceedings.TreatmentFacts(decision=decision, deliberation="x")
        proceedings.record_treatment(session, registry.actor, item, number, treated, registry.now)
        assert shown(stand="offen") == found, decision


def test_an_adjourned_step_is_done_once_the_committee_comes_back_to_it(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    paper = registry.paper("A/1")
    first = registry.step(paper, cast.committee)
    registry.summoned_meeting(cast.committee, first)
    item = session.scalars(select(AgendaItem.id)).one()
    session.rollback()
    adjourned = proceedings.TreatmentFacts(decision=Decision.ADJOURNED)
    proceedings.record_treatment(session, registry.actor, item, None, adjourned, registry.now)
    second = registry.step(paper, cast.committee)
    facts = papers.StepFacts(ConsultationRole.DECISION, "beschlossen")
    papers.edit_step(session, registry.actor, second, 1, facts, registry.now)
    assert "A/1" not in text_of(clerk.get("/vorlagen?stand=offen"))


def test_a_member_has_no_filter_for_what_lies_elsewhere(
    member: OfficeClient, registry: Registry, cast: Cast
) -> None:
    paper = registry.paper("A/1")
    registry.summoned_meeting(cast.committee, registry.step(paper, cast.committee))
    for query in ({}, {"stand": "ohne-freigabe"}, {"einheit": "1"}):
        page = member.get("/vorlagen", query_string=query)
        assert "A/1" in text_of(page)
        assert 'name="stand"' not in page.get_data(as_text=True)
