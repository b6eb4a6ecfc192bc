"""The pages for kinds, numbers, texts, versions and relations of papers."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import (
    cosignatures,
    paper_kinds,
    papers,
)
from sitzungsdienst.record.paper_work import (
    PaperKind,
    PaperRelation,
    PaperVersion,
)
from sitzungsdienst.record.papers import Consultation, Paper
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.paper_pages import TEXTS, pattern, press, unit, version
from tests.support.planning import faults_of
from tests.support.registry import Registry
from tests.support.statements import Asked

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
