"""The pages for kinds, numbers, versions, relations, co-signing, clearance and path of papers."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import (
    agenda,
    attachments,
    clearance,
    cosignatures,
    meetings,
    paper_kinds,
    papers,
    proceedings,
    releases,
    summons,
)
from sitzungsdienst.record.bodies import Body, OrganizationKind
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.paper_work import (
    Cosignature,
    CosignatureState,
    PaperKind,
    PaperRelation,
    PaperVersion,
)
from sitzungsdienst.record.papers import Attachment, Consultation, ConsultationRole, Paper
from sitzungsdienst.record.proceedings import Decision
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.planning import faults_of
from tests.support.registry import Registry, pdf
from tests.support.statements import Asked, counter


@pytest.fixture
def registry(session: Session, cast: Cast, now: datetime) -> Registry:
    return Registry.of(session, cast.clerk, now)


@pytest.fixture
def asked(office_app: Flask) -> Asked:
    return counter(office_app)


def unit(registry: Registry, name: str = "Fachbereich 3", short_name: str = "FB3") -> int:
    return registry.organization(name, OrganizationKind.UNIT, short_name=short_name)


def pattern(session: Session, text: str) -> None:
    session.rollback()
    body = session.get_one(Body, 1)
    body.paper_number_pattern = text
    session.commit()


def version(session: Session, kind: type, row_id: int) -> str:
    session.rollback()
    found = str(session.get_one(kind, row_id, populate_existing=True).version)
    session.rollback()
    return found


def press(clerk: OfficeClient, path: str, page: str, **data: str) -> Any:
    """Send one of a page's small forms."""
    return clerk.submit(path, data, page=page)


# --- Kinds


def test_kinds_are_added_changed_moved_and_deleted(
    clerk: OfficeClient, session: Session, cast: Cast
) -> None:
    page = text_of(clerk.get("/vorlage-arten"))
    for word in ("Beschlussvorlage", "Anfrage", "in Gebrauch", "nicht nötig"):
        assert word in page
    sent = {"name": "Sitzungsvorlage", "code": "SV", "active": "y", "needs_clearance": "y"}
    assert clerk.submit("/vorlage-arten/neu", sent).status_code == 303
    kind = session.scalars(select(PaperKind).where(PaperKind.name == "Sitzungsvorlage")).one().id
    session.rollback()
    assert "Sitzungsvorlage SV nötig in Gebrauch" in text_of(clerk.get("/vorlage-arten"))
    here = f"/vorlage-arten/{kind}"
    for _ in range(9):
        assert press(clerk, f"{here}/verschieben", here, richtung="up").status_code == 303
    page = text_of(clerk.get("/vorlage-arten"))
    assert page.index("Sitzungsvorlage") < page.index("Beschlussvorlage")
    assert clerk.get(here).get_data(as_text=True).count("checked") == 2
    assert fill(clerk, here, name="Vorlage", code="V").status_code == 303
    assert clerk.submit(f"{here}/loeschung", {"version": "9"}).status_code == 409
    done = clerk.submit(f"{here}/loeschung", {"version": version(session, PaperKind, kind)})
    assert done.status_code == 303
    assert "Sitzungsvorlage" not in text_of(clerk.get("/vorlage-arten"))


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "ANTRAG"}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"name": "Eingabe", "code": "x" * 21}, "code"),
    ],
)
def test_errors_of_kinds_stand_at_their_field(
    clerk: OfficeClient, sent: dict[str, str], field: str
) -> None:
    answer = clerk.submit("/vorlage-arten/neu", {"active": "y", **sent})
    assert answer.status_code == 422
    assert f'id="{field}-fehler"' in answer.get_data(as_text=True)
    assert fields_of(answer)["name"] == [sent["name"]]
    assert faults_of(answer) == []


def test_a_kind_changed_in_two_tabs_shows_both(clerk: OfficeClient) -> None:
    first = fields_of(clerk.get("/vorlage-arten/1"))
    assert clerk.post("/vorlage-arten/1", data=first | {"code": "B"}).status_code == 303
    answer = clerk.post("/vorlage-arten/1", data=first | {"code": "BES"})
    assert answer.status_code == 409
    assert "BES" in text_of(answer)


def test_kinds_of_another_body_are_unknown_and_members_have_none(
    stranger: OfficeClient, member: OfficeClient
) -> None:
    for path in ("/vorlage-arten/1", "/vorlage-arten/1/loeschung"):
        assert stranger.get(path).status_code == 404
    moved = press(stranger, "/vorlage-arten/1/verschieben", "/konto", richtung="down")
    assert moved.status_code == 404
    for path in ("/vorlage-arten", "/vorlage-arten/neu", "/vorlage-arten/1"):
        assert member.get(path).status_code == 404


def test_a_new_paper_offers_the_kinds_in_use_and_an_old_one_keeps_its_own(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    paper = registry.paper(paper_type="Bericht")
    kind = session.scalars(select(PaperKind).where(PaperKind.name == "Bericht")).first()
    facts = paper_kinds.KindFacts(name="Bericht", active=False)
    paper_kinds.edit_kind(session, registry.actor, kind.id, kind.version, facts, registry.now)
    session.rollback()
    offered = re.findall(
        r'<option[^>]* value="(\w+)">', clerk.get("/vorlagen/neu").get_data(as_text=True)
    )
    assert offered[:4] == ["Beschlussvorlage", "Mitteilungsvorlage", "Antrag", "Anfrage"]
    assert "Bericht" not in offered
    assert fill(clerk, f"/vorlagen/{paper}/bearbeiten", title="Neu").status_code == 303
    session.rollback()
    assert session.get_one(Paper, paper).paper_type == "Bericht"


# --- Numbers


def test_an_empty_number_is_given_by_the_pattern_and_shown_before(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    pattern(session, "{year}/{unit}/{seq:4}")
    lead = unit(registry)
    registry.paper("2017/FB3/0001")
    page = text_of(clerk.get("/vorlagen/neu"))
    assert "nächste Nummer nach dem Muster {year}/{unit}/{seq:4}" in page
    assert "Bitte wählen Sie eine mit Kurznamen" in page
    shown = fill(
        clerk, "/vorlagen/neu", title="Konzept", responsible_unit_id=str(lead), nummer_zeigen="ja"
    )
    assert shown.status_code == 200
    assert "Voraussichtlich: 2017/FB3/0002 . Reserviert ist sie nicht." in text_of(shown)
    assert fields_of(shown)["title"] == ["Konzept"]
    lacking = fill(clerk, "/vorlagen/neu", title="Konzept")
    assert lacking.status_code == 422
    assert 'id="responsible_unit_id-fehler"' in lacking.get_data(as_text=True)
    done = fill(clerk, "/vorlagen/neu", title="Konzept", responsible_unit_id=str(lead))
    assert done.status_code == 303
    assert "2017/FB3/0002" in text_of(clerk.get(done.location))


def test_without_a_pattern_the_form_asks_for_the_number(clerk: OfficeClient) -> None:
    page = text_of(clerk.get("/vorlagen/neu"))
    assert "Muster" not in page
    answer = fill(clerk, "/vorlagen/neu", title="Konzept")
    assert answer.status_code == 422
    assert 'id="reference-fehler"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("reference", ["84/20/2007", "084/20/2007", "686/BKT/2011"])
def test_a_historic_number_stays_as_typed(
    clerk: OfficeClient, session: Session, reference: str
) -> None:
    pattern(session, "{seq}/{year}")
    done = fill(clerk, "/vorlagen/neu", reference=reference, title="Alt")
    assert fill(clerk, f"{done.location}/bearbeiten", title="Neu").status_code == 303
    assert reference in text_of(clerk.get(done.location))


# --- Fields


TEXTS = {
    "facts": "Im Landkreis leben viele.",
    "reasons": "Darum.",
    "financial_effects": "25.000 €",
    "handled_by": "Brummunt, Erdmute",
}


def test_every_text_of_a_paper_is_entered_and_shown(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    units = [unit(registry, name, name) for name in ("Kämmerei", "Rechtsamt")]
    done = fill(
        clerk, "/vorlagen/neu", reference="1", title="Konzept", **TEXTS,
        further_unit_ids=[str(one) for one in units],
    )  # fmt: skip
    page = text_of(clerk.get(done.location))
    for words in (*TEXTS.values(), "Sachverhalt", "Finanzielle Auswirkungen", "Beteiligt"):
        assert words in page
    assert "Kämmerei Rechtsamt" in page
    stored = fields_of(clerk.get(f"{done.location}/bearbeiten"))
    assert stored["further_unit_ids"] == [str(one) for one in units]
    assert {name: stored[name] for name in TEXTS} == {name: [one] for name, one in TEXTS.items()}


def test_the_conflict_page_keeps_both_of_every_text(
    clerk: OfficeClient, registry: Registry
) -> None:
    units = [unit(registry, name, name) for name in ("Kämmerei", "Rechtsamt")]
    path = f"/vorlagen/{registry.paper()}/bearbeiten"
    opened = fields_of(clerk.get(path))
    first = opened | {name: f"{text} Zuerst." for name, text in TEXTS.items()}
    second = opened | {name: f"{text} Danach." for name, text in TEXTS.items()}
    first["further_unit_ids"] = [str(units[0])]
    second["further_unit_ids"] = [str(units[1])]
    assert clerk.post(path, data=first).status_code == 303
    answer = clerk.post(path, data=second)
    assert answer.status_code == 409
    page = text_of(answer)
    for text in TEXTS.values():
        assert f"{text} Zuerst." in page
        assert f"{text} Danach." in page
    assert "Beteiligt" in page
    assert fields_of(answer)["further_unit_ids"] == [str(units[1])]


# --- Versions


def test_versions_are_kept_compared_and_read(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    paper = registry.paper(reasons="Der Rat berät am Montag.", internal_note="Nur wir.")
    here = f"/vorlagen/{paper}/fassungen"
    assert fill(clerk, here, reason="Stand im Dezernat").status_code == 303
    assert "auf dem jetzigen Stand" in text_of(clerk.get(here))
    changed = fill(clerk, f"/vorlagen/{paper}/bearbeiten", reasons="Der Rat entscheidet am Montag.")
    assert changed.status_code == 303
    answer = clerk.get(f"{here}/vergleich?von=1")
    page = answer.get_data(as_text=True)
    assert re.search(r"<del>.*gestrichen: </span>berät</del>", page)
    assert re.search(r"<ins>.*neu: </span>entscheidet</ins>", page)
    assert "Betreff" not in text_of(answer).split("dazugekommen")[1]
    assert fill(clerk, here, reason="Nach der Beratung").status_code == 303
    listed = text_of(clerk.get(here))
    assert listed.index("Fassung 2") < listed.index("Fassung 1")
    assert "Sabine Krüger" in listed
    first = text_of(clerk.get(f"{here}/1"))
    assert "Der Rat berät am Montag." in first
    assert "Nur wir." not in first
    assert "stimmen überein" in text_of(clerk.get(f"{here}/vergleich?von=2"))
    for missing in (f"{here}/3", f"{here}/vergleich?von=7&bis=1"):
        assert clerk.get(missing).status_code == 404
    assert clerk.get(f"{here}/vergleich?von=x&bis=y").status_code == 200
    assert session.scalars(select(PaperVersion.number)).all() == [1, 2]


def test_a_version_without_reason_or_of_an_old_page_is_refused(
    clerk: OfficeClient, registry: Registry
) -> None:
    paper = registry.paper()
    here = f"/vorlagen/{paper}/fassungen"
    empty = fill(clerk, here, reason=" ")
    assert empty.status_code == 422
    assert 'id="reason-fehler"' in empty.get_data(as_text=True)
    opened = fields_of(clerk.get(here)) | {"reason": "Stand"}
    fill(clerk, f"/vorlagen/{paper}/bearbeiten", title="Neu")
    answer = clerk.post(here, data=opened)
    assert answer.status_code == 409
    assert fields_of(answer)["reason"] == ["Stand"]
    assert clerk.post(here, data=fields_of(answer)).status_code == 303


# --- Relations


def test_relations_are_shown_from_both_sides(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    old, new = registry.paper("84/20/2007", title="Alt"), registry.paper("2017/1", title="Neu")
    path = f"/vorlagen/{new}/bezuege/neu"
    assert fill(clerk, path, kind="supersedes", other_reference="84/20/2007").status_code == 303
    assert "ersetzt 84/20/2007 , Alt" in text_of(clerk.get(f"/vorlagen/{new}"))
    other = text_of(clerk.get(f"/vorlagen/{old}"))
    assert "wird ersetzt durch 2017/1 , Neu" in other
    assert "An ihre Stelle ist 2017/1 getreten" in other
    circle = fill(
        clerk, f"/vorlagen/{old}/bezuege/neu", kind="supersedes", other_reference="2017/1"
    )
    assert circle.status_code == 422
    assert 'id="other_reference-fehler"' in circle.get_data(as_text=True)
    relation = session.scalars(select(PaperRelation.id)).one()
    session.rollback()
    wrong = press(clerk, f"/vorlagen/{old}/bezuege/{relation}/entfernung", f"/vorlagen/{old}")
    assert wrong.status_code == 404
    gone = press(clerk, f"/vorlagen/{new}/bezuege/{relation}/entfernung", f"/vorlagen/{new}")
    assert gone.status_code == 303
    assert "steht für sich" in text_of(clerk.get(f"/vorlagen/{new}"))


def test_a_member_learns_of_related_papers_only_what_they_may_read(
    member: OfficeClient, clerk: OfficeClient, registry: Registry, cast: Cast
) -> None:
    paper, other = registry.paper("1"), registry.paper("2", title="Personalsache")
    fill(clerk, f"/vorlagen/{paper}/bezuege/neu", kind="answers", other_reference="2")
    registry.summoned_meeting(cast.committee, registry.step(paper, cast.committee))
    page = text_of(member.get(f"/vorlagen/{paper}"))
    for word in ("Personalsache", "Bezüge", "Fassungen", "Mitzeichnung"):
        assert word not in page
    fill(clerk, f"/vorlagen/{other}/bezuege/neu", kind="supersedes", other_reference="1")
    answer = member.get(f"/vorlagen/{paper}")
    assert answer.status_code == 200
    page = text_of(answer)
    for word in ("Personalsache", "Bezüge", "getreten"):
        assert word not in page
    assert member.get(f"/vorlagen/{other}").status_code == 404


# --- Co-signing and clearance


def test_units_are_asked_answer_and_the_paper_is_cleared(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    money, law = unit(registry, "Kämmerei", "20"), unit(registry, "Rechtsamt", "30")
    paper = registry.paper(reasons="So.")
    here = f"/vorlagen/{paper}/mitzeichnung"
    assert fill(clerk, here, unit_ids=[str(money), str(law)]).status_code == 303
    first, second = session.scalars(select(Cosignature.id).order_by(Cosignature.id))
    assert "Kämmerei angefordert" in text_of(clerk.get(here))
    signed = fill(clerk, f"/mitzeichnungen/{first}", state="signed", signed_by="Sommer")
    assert signed.status_code == 303
    refused = fill(
        clerk, f"/mitzeichnungen/{second}", state="refused", signed_by="Winter", remark="Unklar."
    )
    assert refused.status_code == 303
    page = text_of(clerk.get(here))
    for words in ("Sommer", "Winter Unklar.", "abgelehnt"):
        assert words in page
    blocked = press(
        clerk, f"/vorlagen/{paper}/sitzungsfreigabe", here,
        version=version(session, Paper, paper),
    )  # fmt: skip
    assert blocked.status_code == 422
    assert "abgelehnt hat Rechtsamt" in text_of(blocked)
    assert "abgelehnt hat Rechtsamt" in text_of(clerk.get(f"/vorlagen/{paper}"))
    again = press(
        clerk, f"/mitzeichnungen/{second}/erneut", here,
        version=version(session, Cosignature, second),
    )  # fmt: skip
    assert again.status_code == 303
    fill(clerk, f"/mitzeichnungen/{second}", state="signed", signed_by="Winter", remark="")
    cleared = press(
        clerk, f"/vorlagen/{paper}/sitzungsfreigabe", here,
        version=version(session, Paper, paper),
    )  # fmt: skip
    assert cleared.status_code == 303
    page = text_of(clerk.get(f"/vorlagen/{paper}"))
    assert "freigegeben am" in page
    assert "durch Sabine Krüger" in page
    assert "1 Fassung ist festgehalten" in page


def test_a_request_is_withdrawn_until_it_is_answered(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    paper = registry.paper()
    here = f"/vorlagen/{paper}/mitzeichnung"
    fill(clerk, here, unit_ids=[str(unit(registry, "Kämmerei"))])
    asked = session.scalars(select(Cosignature.id)).one()
    session.rollback()
    gone = press(clerk, f"/mitzeichnungen/{asked}/ruecknahme", here, version="1")
    assert gone.status_code == 303
    assert "noch keine Mitzeichnung" in text_of(clerk.get(here))
    fill(clerk, here, unit_ids=[str(unit(registry, "Rechtsamt"))])
    asked = session.scalars(select(Cosignature.id)).one()
    session.rollback()
    fill(clerk, f"/mitzeichnungen/{asked}", state="signed", signed_by="Winter")
    kept = press(clerk, f"/mitzeichnungen/{asked}/ruecknahme", here, version="2")
    assert kept.status_code == 422
    assert "bleibt im Vorgang" in text_of(kept)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"signed_by": "Winter"}, "state"),
        ({"state": "vielleicht", "signed_by": "Winter"}, "state"),
        ({"state": "signed", "signed_by": ""}, "signed_by"),
        ({"state": "refused", "signed_by": "Winter", "remark": " "}, "remark"),
        ({"state": "signed", "signed_by": "Winter", "remark": "x" * 2001}, "remark"),
    ],
)
def test_errors_of_an_answer_stand_at_their_field_and_the_rest_is_kept(
    clerk: OfficeClient, registry: Registry, session: Session, sent: dict[str, str], field: str
) -> None:
    fill(clerk, f"/vorlagen/{registry.paper()}/mitzeichnung", unit_ids=[str(unit(registry))])
    answer = fill(clerk, "/mitzeichnungen/1", **sent)
    assert answer.status_code == 422
    assert f'id="{field}-fehler"' in answer.get_data(as_text=True)
    assert fields_of(answer)["signed_by"] == [sent["signed_by"]]
    assert faults_of(answer) == []
    assert session.get_one(Cosignature, 1).state is CosignatureState.REQUESTED


def test_an_answer_of_two_tabs_shows_both(clerk: OfficeClient, registry: Registry) -> None:
    fill(clerk, f"/vorlagen/{registry.paper()}/mitzeichnung", unit_ids=[str(unit(registry))])
    opened = fields_of(clerk.get("/mitzeichnungen/1"))
    first = opened | {"state": "signed", "signed_by": "Winter"}
    assert clerk.post("/mitzeichnungen/1", data=first).status_code == 303
    answer = clerk.post("/mitzeichnungen/1", data=opened | {"state": "refused", "signed_by": "Ost"})
    assert answer.status_code == 409
    assert "Winter" in text_of(answer)
    assert "Ost" in answer.get_data(as_text=True)


def test_another_wording_ends_the_clearance_and_the_page_says_so(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    paper = registry.paper(reasons="So.")
    clearance.clear_paper(session, registry.actor, paper, 1, registry.now)
    form = text_of(clerk.get(f"/vorlagen/{paper}/bearbeiten"))
    assert "endet die Freigabe" in form
    fill(clerk, f"/vorlagen/{paper}/bearbeiten", reasons="Anders.")
    for path in (f"/vorlagen/{paper}", f"/vorlagen/{paper}/mitzeichnung"):
        page = text_of(clerk.get(path))
        assert "nicht mehr freigegeben Freigegeben war Fassung 1" in page
    changed = clerk.get(f"/vorlagen/{paper}/fassungen/vergleich?von=1").get_data(as_text=True)
    assert "So.</del>" in changed
    assert "Anders.</ins>" in changed


def test_a_clearance_of_an_old_page_is_refused_and_one_is_taken_back(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    paper = registry.paper()
    here = f"/vorlagen/{paper}/mitzeichnung"
    fill(clerk, f"/vorlagen/{paper}/bearbeiten", title="Neu")
    old = press(clerk, f"/vorlagen/{paper}/sitzungsfreigabe", here, version="1")
    assert old.status_code == 409
    assert "inzwischen geändert" in text_of(old)
    clearance.clear_paper(session, registry.actor, paper, 2, registry.now)
    back = f"/vorlagen/{paper}/sitzungsfreigabe/ruecknahme"
    assert press(clerk, back, here, version="1").status_code == 409
    assert press(clerk, back, here, version="3").status_code == 303
    assert press(clerk, back, here, version="4").status_code == 422
    session.rollback()
    assert session.get_one(Paper, paper).cleared_at is None


def test_an_uncleared_paper_is_refused_at_the_agenda_with_what_to_do(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    kind = session.scalars(select(PaperKind).where(PaperKind.name == "Beschlussvorlage")).first()
    facts = paper_kinds.KindFacts(name=kind.name, needs_clearance=True)
    paper_kinds.edit_kind(session, registry.actor, kind.id, kind.version, facts, registry.now)
    step = registry.step(registry.paper(), cast.committee)
    meeting = _meeting(registry, cast)
    sent = {"title": "Konzept", "part": "public", "parent_id": "", "consultation_ids": str(step)}
    here = f"/sitzungen/{meeting}"
    answer = clerk.submit(f"{here}/tagesordnung", sent, page=here)
    assert answer.status_code == 422
    assert 'id="consultation_ids-fehler"' in answer.get_data(as_text=True)
    assert "noch nicht für die Tagesordnung freigegeben" in text_of(answer)
    assert session.scalars(select(AgendaItem)).all() == []


# --- The path


def _meeting(registry: Registry, cast: Cast) -> int:
    facts = meetings.MeetingFacts(
        name="Sitzung",
        committee_ids=(cast.committee,),
        start=registry.now + timedelta(days=16),
        location_id=registry.location(),
    )
    return meetings.plan_meeting(registry.session, registry.actor, facts, registry.now)


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
    meeting = _meeting(registry, cast)
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
    meeting = _meeting(registry, cast)
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


# --- Who may, and how much it asks


def test_pages_of_another_bodys_papers_are_unknown_and_members_have_none(
    stranger: OfficeClient,
    member: OfficeClient,
    clerk: OfficeClient,
    registry: Registry,
    cast: Cast,
) -> None:
    paper = registry.paper()
    step = registry.step(paper, cast.committee)
    registry.summoned_meeting(cast.committee, step)
    fill(clerk, f"/vorlagen/{paper}/mitzeichnung", unit_ids=[str(unit(registry))])
    here = f"/vorlagen/{paper}"
    for client in (stranger, member):
        for path in (
            f"{here}/fassungen", f"{here}/fassungen/1", f"{here}/fassungen/vergleich",
            f"{here}/bezuege/neu", f"{here}/mitzeichnung", "/mitzeichnungen/1",
            f"/beratungsfolge/{step}",
        ):  # fmt: skip
            assert client.get(path).status_code == 404, path
        for path in (
            f"{here}/bezuege/1/entfernung", f"{here}/sitzungsfreigabe",
            f"{here}/sitzungsfreigabe/ruecknahme", "/mitzeichnungen/1/erneut",
            "/mitzeichnungen/1/ruecknahme", f"/beratungsfolge/{step}/verschieben",
            "/anlagen/1/verschieben",
        ):  # fmt: skip
            assert press(client, path, "/konto").status_code == 404, path


def test_new_pages_are_well_built(clerk: OfficeClient, registry: Registry, cast: Cast) -> None:
    paper = registry.paper(public=True)
    registry.step(paper, cast.committee)
    for name in "ab":
        registry.attachment(paper, name)
        registry.step(paper, registry.organization(name))
    here = f"/vorlagen/{paper}"
    fill(clerk, f"{here}/mitzeichnung", unit_ids=[str(unit(registry))])
    fill(clerk, f"{here}/fassungen", reason="Stand")
    fill(clerk, f"{here}/bearbeiten", title="Neu")
    registry.paper("2")
    fill(clerk, f"{here}/bezuege/neu", kind="amends", other_reference="2")
    for path in (
        here, f"{here}/bearbeiten", f"{here}/mitzeichnung", "/mitzeichnungen/1",
        f"{here}/fassungen", f"{here}/fassungen/1", f"{here}/fassungen/vergleich?von=1",
        f"{here}/bezuege/neu", "/beratungsfolge/1", f"{here}/anlagen/neu", "/anlagen/1",
        "/vorlagen", "/vorlagen/neu", "/vorlage-arten", "/vorlage-arten/neu", "/vorlage-arten/1",
    ):  # fmt: skip
        answer = clerk.get(path)
        assert answer.status_code == 200, path
        assert faults_of(answer) == [], path


def test_the_page_asks_as_many_questions_with_one_unit_as_with_ten(
    clerk: OfficeClient, registry: Registry, session: Session, asked: Asked
) -> None:
    paper = registry.paper()
    pages = (
        f"/vorlagen/{paper}",
        f"/vorlagen/{paper}/mitzeichnung",
        f"/vorlagen/{paper}/fassungen",
    )

    def add(number: int) -> None:
        one = unit(registry, f"Amt {number}", str(number))
        cosignatures.request_cosignatures(session, registry.actor, paper, (one,), registry.now)
        session.rollback()
        row = session.get_one(Paper, paper)
        facts = papers.PaperFacts(
            reference=row.reference, title=f"T {number}", paper_type=row.paper_type,
            further_unit_ids=(*(each.organization_id for each in row.further_units), one),
        )  # fmt: skip
        papers.edit_paper(session, registry.actor, paper, row.version, facts, registry.now)
        fill(clerk, f"/vorlagen/{paper}/fassungen", reason=f"Stand {number}")
        other = registry.paper(f"N {number}")
        fill(clerk, f"/vorlagen/{other}/bezuege/neu", kind="amends", other_reference=row.reference)
        session.rollback()

    add(0)
    before = [asked(clerk, path) for path in pages]
    for number in range(1, 6):
        add(number)
    assert [asked(clerk, path) for path in pages] == before
    assert session.scalars(select(Consultation)).all() == []
