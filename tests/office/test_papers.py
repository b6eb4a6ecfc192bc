"""The list of papers, entering and changing them."""

import re
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import releases
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.papers import Paper
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.registry import Registry
from tests.support.statements import Asked

PAPER = {
    "reference": "2017/FB3/0433",
    "title": "Beauftragung zur Erarbeitung eines Integrationskonzeptes",
    "paper_type": "Beschlussvorlage",
    "dated": "2017-03-20",
    "public": "False",
    "originators-0-label": "Kratzsch, Integrationskoordinatorin",
    "originators-0-link": "",
    "originators-1-label": "Herzig, Fachbereichskoordinatorin",
    "originators-1-link": "",
    "originators-2-label": "",
    "originators-2-link": "",
    "responsible_unit_id": "",
    "handled_by": "Brummunt, Erdmute",
    "addressed_to": "",
    "proposed_resolution": "Der Kreistag beauftragt …",
    "reasons": "Weil.\r\n\r\nDarum.",
    "internal_note": "Nur wir.",
}


def _papers(session: Session) -> list[Paper]:
    session.rollback()
    return list(session.scalars(select(Paper).order_by(Paper.id)))


def _rows(page: str) -> int:
    return len(re.findall(r'name="originators-\d+-label"', page))


def test_a_paper_is_entered_with_all_it_says(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    person = registry.person("Kratzsch", given_name="Vanessa")
    unit = registry.organization("Fachbereich 3", OrganizationKind.UNIT)
    sent = PAPER | {"originators-0-link": f"person:{person}", "responsible_unit_id": str(unit)}
    answer = clerk.submit("/vorlagen/neu", sent)
    assert answer.status_code == 303
    [paper] = _papers(session)
    assert (paper.reference, paper.dated) == ("2017/FB3/0433", date(2017, 3, 20))
    assert [(one.label, one.person_id) for one in paper.originators] == [
        ("Kratzsch, Integrationskoordinatorin", person),
        ("Herzig, Fachbereichskoordinatorin", None),
    ]
    page = text_of(clerk.get(answer.location))
    for text in ("Fachbereich 3", "Brummunt, Erdmute", "Weil. Darum.", "Nur wir.", "20.03.2017"):
        assert text in page


def test_a_new_paper_is_nonpublic_unless_said_otherwise(
    clerk: OfficeClient, session: Session
) -> None:
    page = clerk.get("/vorlagen/neu").get_data(as_text=True)
    assert re.findall(r'<input checked [^>]*id="(public-\d)"[^>]*value="(\w+)"', page) == [
        ("public-0", "False")
    ]
    clerk.submit("/vorlagen/neu", {key: one for key, one in PAPER.items() if key != "public"})
    clerk.submit("/vorlagen/neu", PAPER | {"reference": "2", "public": "vielleicht"})
    assert not any(one.public for one in _papers(session))


def test_a_link_without_a_label_prints_the_name(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    group = registry.organization("Fraktion Grün", OrganizationKind.GROUP)
    sent = PAPER | {"originators-0-label": "", "originators-0-link": f"organization:{group}"}
    assert clerk.submit("/vorlagen/neu", sent).status_code == 303
    first = _papers(session)[0].originators[0]
    assert (first.label, first.organization_id) == ("Fraktion Grün", group)


def test_more_rows_for_originators_keep_everything_typed(
    clerk: OfficeClient, session: Session
) -> None:
    answer = clerk.submit("/vorlagen/neu", PAPER | {"title": "", "weitere_zeile": "ja"})
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert _rows(page) == 6
    assert "Herzig, Fachbereichskoordinatorin" in page
    assert "Nur wir." in page
    assert "fehler" not in page
    assert _papers(session) == []


def test_rows_for_originators_come_to_an_end(clerk: OfficeClient) -> None:
    many = {f"originators-{row}-label": f"Person {row}" for row in range(60)}
    answer = clerk.submit("/vorlagen/neu", PAPER | many | {"weitere_zeile": "ja"})
    assert answer.status_code == 200
    assert _rows(answer.get_data(as_text=True)) == 40


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reference": ""}, "reference"),
        ({"title": " "}, "title"),
        ({"title": "<script>🏛</script>" * 300}, "title"),
        ({"paper_type": ""}, "paper_type"),
        ({"dated": "20.3."}, "dated"),
        ({"responsible_unit_id": "999"}, "responsible_unit_id"),
        ({"originators-1-label": "x" * 301}, "originators-1-label"),
        ({"originators-1-link": "person:999"}, "originators-1-link"),
        ({"reasons": "x" * 200_001}, "reasons"),
    ],
)
def test_each_error_stands_at_its_field_and_the_rest_is_kept(
    clerk: OfficeClient, session: Session, change: dict[str, str], field: str
) -> None:
    answer = clerk.submit("/vorlagen/neu", PAPER | change)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert f'id="{field}-fehler"' in page
    assert f'href="#{field}"' in page
    assert "Brummunt, Erdmute" in page
    assert "Kratzsch, Integrationskoordinatorin" in page
    assert "<script>🏛" not in page
    assert _papers(session) == []


def test_a_number_that_is_taken_is_refused(clerk: OfficeClient, registry: Registry) -> None:
    registry.paper(PAPER["reference"])
    answer = clerk.submit("/vorlagen/neu", PAPER)
    assert answer.status_code == 422
    assert 'id="reference-fehler"' in answer.get_data(as_text=True)


def test_the_form_shows_what_is_stored(clerk: OfficeClient, registry: Registry) -> None:
    answer = clerk.submit("/vorlagen/neu", PAPER)
    page = clerk.get(f"{answer.location}/bearbeiten").get_data(as_text=True)
    for text in ("Herzig, Fachbereichskoordinatorin", "2017-03-20", "Nur wir.", "Darum."):
        assert text in page


def test_a_second_tab_does_not_overwrite_the_first(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    path = f"/vorlagen/{registry.paper()}/bearbeiten"
    first = PAPER | {"version": "1", "originators-0-label": "Erste Fassung"}
    second = PAPER | {"version": "1", "originators-0-label": "Zweite Fassung", "public": "True"}
    assert clerk.submit(path, first).status_code == 303
    answer = clerk.submit(path, second)
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Erste Fassung Herzig, Fachbereichskoordinatorin" in page
    assert "Zweite Fassung" in page
    assert "nichtöffentlich" in page
    assert 'name="originators-0-label"' in answer.get_data(as_text=True)
    assert _papers(session)[0].originators[0].label == "Erste Fassung"


def test_a_released_paper_does_not_become_nonpublic_by_a_form(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    paper = registry.paper(public=True)
    releases.release_paper(session, registry.actor, paper, "", registry.now)
    answer = clerk.submit(f"/vorlagen/{paper}/bearbeiten", PAPER | {"version": "1"})
    assert answer.status_code == 422
    assert 'id="public-fehler"' in answer.get_data(as_text=True)


def test_filters_narrow_the_list(clerk: OfficeClient, registry: Registry) -> None:
    registry.paper("A/1", title="Öffentlicher Nahverkehr", dated=date(2016, 5, 1), public=True)
    registry.paper("B/2", title="Personalsache", paper_type="Antrag", dated=date(2017, 1, 2))
    registry.paper("C/3", title="Ohne Datum")
    for query, found in (
        ({}, ["B/2", "A/1", "C/3"]),
        ({"suche": "ÖFFENTLICHER"}, ["A/1"]),
        ({"suche": "b/2"}, ["B/2"]),
        ({"art": "Antrag"}, ["B/2"]),
        ({"status": "oeffentlich"}, ["A/1"]),
        ({"status": "nichtoeffentlich"}, ["B/2", "C/3"]),
        ({"jahr": "2016"}, ["A/1"]),
        ({"jahr": "keins"}, ["B/2", "A/1", "C/3"]),
        ({"suche": "nichts davon"}, []),
    ):
        page = text_of(clerk.get("/vorlagen", query_string=query))
        shown = sorted((one for one in ("A/1", "B/2", "C/3") if one in page), key=page.index)
        assert shown == found, query


@pytest.mark.parametrize(
    "query",
    [
        "seite=99999999999999999999",
        "seite=-1",
        "jahr=99999999999999999999",
        "suche=%00%25_%5C",
        "art=%00&status=x",
        "_scheme=x&_external=1",
    ],
)
def test_a_filter_without_sense_does_no_harm(
    clerk: OfficeClient, registry: Registry, session: Session, query: str
) -> None:
    stamps = {"created_at": registry.now, "modified_at": registry.now}
    session.add_all(
        Paper(body_id=1, reference=f"N{one}", title="%_\\", paper_type="Antrag", **stamps)
        for one in range(60)
    )
    session.commit()
    answer = clerk.get(f"/vorlagen?{query}")
    assert answer.status_code == 200
    assert "60 Vorlagen" in text_of(answer)


def test_the_list_asks_as_many_questions_for_one_paper_as_for_fifty(
    clerk: OfficeClient, registry: Registry, session: Session, asked: Asked
) -> None:
    registry.paper("0")
    before = asked(clerk, "/vorlagen")
    stamps = {"created_at": registry.now, "modified_at": registry.now}
    session.add_all(
        Paper(body_id=1, reference=f"N{one}", title="T", paper_type="Antrag", **stamps)
        for one in range(60)
    )
    session.commit()
    assert asked(clerk, "/vorlagen") == before
    assert "Seite 1 von 2" in text_of(clerk.get("/vorlagen"))


def test_a_paper_asks_as_many_questions_with_one_part_as_with_ten(
    clerk: OfficeClient, registry: Registry, asked: Asked
) -> None:
    paper = registry.paper(public=True)
    here = f"/vorlagen/{paper}"

    def add(number: int) -> None:
        registry.attachment(paper, f"Anlage {number}", public=True)
        registry.step(paper, registry.organization(f"Ausschuss {number}"))

    add(0)
    before = asked(clerk, here)
    for number in range(1, 10):
        add(number)
    assert asked(clerk, here) == before


def test_papers_of_another_body_are_unknown(stranger: OfficeClient, registry: Registry) -> None:
    paper = registry.paper()
    for path in (f"/vorlagen/{paper}", f"/vorlagen/{paper}/bearbeiten"):
        assert stranger.get(path).status_code == 404
    assert "noch keine Vorlage" in text_of(stranger.get("/vorlagen"))


def test_a_member_reads_the_papers_of_summoned_meetings_without_the_internal_note(
    member: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    paper = registry.paper(internal_note="Nur wir.", reasons="Für alle im Ausschuss.")
    other = registry.paper("2017/2", title="Personalsache")
    step = registry.step(paper, cast.committee)
    assert member.get(f"/vorlagen/{paper}").status_code == 404
    registry.summoned_meeting(cast.committee, step)
    page = text_of(member.get(f"/vorlagen/{paper}"))
    assert "Für alle im Ausschuss." in page
    assert "Sitzung am Mi, 19.04.2017" in page
    for word in ("Nur wir", "Interner Vermerk", "Bearbeiten", "Öffentlichkeit", "hinzufügen"):
        assert word not in page
    assert member.get(f"/vorlagen/{other}").status_code == 404
    assert "Personalsache" not in text_of(member.get("/vorlagen"))
    for path in ("/vorlagen/neu", f"/vorlagen/{paper}/bearbeiten"):
        assert member.get(path).status_code == 404
