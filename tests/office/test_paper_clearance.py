"""The pages for co-signing a paper and for its clearance."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import (
    clearance,
    paper_kinds,
)
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.paper_work import (
    Cosignature,
    CosignatureState,
    PaperKind,
)
from sitzungsdienst.record.papers import Paper
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.paper_pages import meeting_of, press, unit, version
from tests.support.planning import faults_of
from tests.support.registry import Registry


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
    meeting = meeting_of(registry, cast)
    sent = {"title": "Konzept", "part": "public", "parent_id": "", "consultation_ids": str(step)}
    here = f"/sitzungen/{meeting}"
    answer = clerk.submit(f"{here}/tagesordnung", sent, page=here)
    assert answer.status_code == 422
    assert 'id="consultation_ids-fehler"' in answer.get_data(as_text=True)
    assert "noch nicht für die Tagesordnung freigegeben" in text_of(answer)
    assert session.scalars(select(AgendaItem)).all() == []
