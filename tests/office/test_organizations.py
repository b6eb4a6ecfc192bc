"""The pages of committees, groups and units."""

import re
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import releases
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicMembership, PublicOrganization
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.people import Membership
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.registry import Registry
from tests.support.statements import Asked

COMMITTEE = {
    "name": "Kultur- und Sozialausschuss",
    "kind": "committee",
    "short_name": "KSA",
    "classification": "Ausschuss",
    "seats": "11",
    "start_date": "2014-07-01",
    "end_date": "",
    "predecessor": "",
}


def test_each_kind_has_its_own_list(clerk: OfficeClient, registry: Registry) -> None:
    registry.organization("Fraktion Grün", OrganizationKind.GROUP)
    registry.organization("Fachbereich 3", OrganizationKind.UNIT)
    registry.organization("Feuerwehrverein", OrganizationKind.OTHER)
    for address, name in (
        ("fraktionen", "Fraktion Grün"),
        ("verwaltungseinheiten", "Fachbereich 3"),
        ("sonstige", "Feuerwehrverein"),
    ):
        assert name in text_of(clerk.get(f"/gremien?art={address}"))
        assert name not in text_of(clerk.get("/gremien"))


def test_names_are_listed_as_germans_sort_them_and_ended_ones_last(
    clerk: OfficeClient, registry: Registry
) -> None:
    for name in ("Zoobeirat", "Ältestenrat", "Bauausschuss"):
        registry.organization(name)
    registry.organization("Altausschuss", end_date=date(2014, 6, 30))
    page = text_of(clerk.get("/gremien"))
    places = [page.index(name) for name in ("Ältestenrat", "Bauausschuss", "Zoobeirat", "Altauss")]
    assert places == sorted(places)
    assert "Altausschuss beendet" in page


def test_a_committee_is_founded(clerk: OfficeClient, session: Session) -> None:
    answer = clerk.submit("/gremien/neu", COMMITTEE)
    assert answer.status_code == 303
    page = text_of(clerk.get(answer.location))
    assert "Kultur- und Sozialausschuss" in page
    assert "seit 01.07.2014" in page
    assert "Es gibt zurzeit keine Mitglieder" in page
    row = session.scalars(select(Organization).where(Organization.short_name == "KSA")).one()
    assert row.seats == 11


def test_the_list_of_groups_leads_to_a_form_for_groups(clerk: OfficeClient) -> None:
    page = clerk.get("/gremien/neu?art=fraktionen").get_data(as_text=True)
    assert re.findall(r'<input checked [^>]*value="(\w+)"', page) == ["group"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Ä" * 5_000}, "name"),
        ({"kind": "parliament"}, "kind"),
        ({"seats": "1000"}, "seats"),
        ({"seats": "elf"}, "seats"),
        ({"end_date": "2014-06-30"}, "end_date"),
        ({"start_date": "gestern"}, "start_date"),
    ],
)
def test_each_error_stands_at_its_field_and_the_rest_is_kept(
    clerk: OfficeClient, session: Session, change: dict[str, str], field: str
) -> None:
    answer = clerk.submit("/gremien/neu", COMMITTEE | {"predecessor": "Sozialrat"} | change)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert f'id="{field}-fehler"' in page
    assert 'value="Sozialrat"' in page
    assert len(session.scalars(select(Organization)).all()) == 1


def test_a_name_that_is_taken_is_refused(clerk: OfficeClient, registry: Registry) -> None:
    registry.organization(COMMITTEE["name"])
    answer = clerk.submit("/gremien/neu", COMMITTEE)
    assert answer.status_code == 422
    assert "Diesen Namen gibt es schon" in text_of(answer)


def test_a_second_tab_does_not_overwrite_the_first(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    path = f"/gremien/{registry.organization('Bauausschuss')}/bearbeiten"
    sent = COMMITTEE | {"version": "1"}
    assert clerk.submit(path, sent | {"short_name": "Erster"}).status_code == 303
    answer = clerk.submit(path, sent | {"short_name": "Zweiter"})
    assert answer.status_code == 409
    assert "Erster" in text_of(answer)
    assert "Zweiter" in answer.get_data(as_text=True)
    again = clerk.submit(path, sent | {"short_name": "Zweiter", "version": "2"})
    assert again.status_code == 303


def test_a_committee_with_meetings_is_not_deleted(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    committee = registry.organization("Bauausschuss")
    registry.summoned_meeting(committee, registry.step(registry.paper(), committee))
    answer = clerk.submit(f"/gremien/{committee}/loeschung", {"version": "1"})
    assert answer.status_code == 422
    assert "hat 1 Sitzung und kann deshalb nicht gelöscht werden" in text_of(answer)
    session.rollback()
    assert session.get(Organization, committee) is not None


def test_a_committee_founded_by_mistake_is_deleted(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    committee = registry.organization("Bauausschuss")
    answer = clerk.submit(f"/gremien/{committee}/loeschung", {"version": "1"})
    assert answer.status_code == 303
    session.rollback()
    assert session.get(Organization, committee) is None


def test_a_question_that_is_out_of_date_is_asked_again(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    committee = registry.organization("Bauausschuss")
    path = f"/gremien/{committee}"
    clerk.submit(f"{path}/bearbeiten", COMMITTEE | {"version": "1"})
    answer = clerk.submit(f"{path}/loeschung", {"version": "1"})
    assert answer.status_code == 409
    assert "inzwischen geändert" in text_of(answer)
    assert 'value="2"' in answer.get_data(as_text=True)


def test_meetings_stand_on_the_committees_page(clerk: OfficeClient, registry: Registry) -> None:
    committee = registry.organization("Bauausschuss")
    registry.summoned_meeting(committee, registry.step(registry.paper(), committee))
    page = text_of(clerk.get(f"/gremien/{committee}"))
    assert "Mi, 19.04.2017 , 17:00 Uhr Sitzung geladen" in page


def test_the_first_release_needs_no_reason_and_the_second_does(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast, clock
) -> None:
    here = f"/gremien/{cast.committee}"
    assert "Die Öffentlichkeit sieht davon nichts" in text_of(clerk.get(here))
    assert clerk.submit(f"{here}/freigabe", page=here).status_code == 303
    page = clerk.get(here)
    assert "auf dem Stand dieser Seite" in text_of(page)
    uid = session.get_one(Organization, cast.committee).uid
    assert f"http://127.0.0.1:8000/gremien/{uid}" in page.get_data(as_text=True)

    registry.seat(cast.committee, registry.person("Leuschner"))
    assert "2 Mitgliedschaften" in text_of(clerk.get(here))
    refused = clerk.submit(f"{here}/freigabe", {"reason": " "}, page=here)
    assert refused.status_code == 422
    assert 'id="reason-fehler"' in refused.get_data(as_text=True)
    done = clerk.submit(f"{here}/freigabe", {"reason": "Neues Mitglied"}, page=here)
    assert done.status_code == 303
    session.rollback()
    seats = session.scalars(select(Membership.uid).where(Membership.organization_id == 1)).all()
    assert Reader(session.connection()).living(list(seats)) == set(seats)


def test_members_are_withdrawn_with_a_reason(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    releases.release_organization(session, registry.actor, cast.committee, "", registry.now)
    path = f"/gremien/{cast.committee}/ruecknahme"
    version = str(session.get_one(Organization, cast.committee).version)
    session.rollback()
    refused = clerk.submit(path, {"version": version, "reason": ""})
    assert refused.status_code == 422
    assert 'id="reason-fehler"' in refused.get_data(as_text=True)
    done = clerk.submit(path, {"version": version, "reason": "Wahl ungültig"})
    assert done.status_code == 303
    reader = Reader(session.connection())
    row = session.get_one(Organization, cast.committee)
    filed = reader.get(PublicOrganization, row.uid)
    assert filed is not None
    assert filed.deleted
    assert reader.get(PublicMembership, row.memberships[0].uid).deleted
    assert "Die Öffentlichkeit sieht davon nichts" in text_of(clerk.get(f"/gremien/{row.id}"))


def test_what_was_never_public_cannot_be_withdrawn(clerk: OfficeClient, cast: Cast) -> None:
    path = f"/gremien/{cast.committee}/ruecknahme"
    answer = clerk.submit(path, {"version": "1", "reason": "Versehen"})
    assert answer.status_code == 422
    assert "nicht veröffentlicht" in text_of(answer)


def test_another_bodys_committee_is_unknown(stranger: OfficeClient, cast: Cast) -> None:
    here = f"/gremien/{cast.committee}"
    for path in (here, f"{here}/bearbeiten", f"{here}/loeschung", f"{here}/ruecknahme"):
        assert stranger.get(path).status_code == 404, path
    assert stranger.submit(f"{here}/freigabe", page="/konto").status_code == 404


def test_a_member_reads_but_edits_nothing(member: OfficeClient, cast: Cast) -> None:
    here = f"/gremien/{cast.committee}"
    page = text_of(member.get(here))
    assert "Nehring, Jürgen" in page
    for word in ("Bearbeiten", "veröffentlichen", "löschen"):
        assert word not in page
    for path in (f"{here}/bearbeiten", f"{here}/loeschung", f"{here}/mitglieder/neu"):
        assert member.get(path).status_code == 404, path
    assert member.submit(f"{here}/freigabe", page="/konto").status_code == 404


def test_a_member_does_not_see_who_sits_elsewhere(member: OfficeClient, registry: Registry) -> None:
    elsewhere = registry.organization("Personalausschuss")
    registry.seat(elsewhere, registry.person("Geheimnis"))
    page = text_of(member.get(f"/gremien/{elsewhere}"))
    assert "Geheimnis" not in page
    assert "Sie gehören diesem Gremium nicht an" in page


def test_a_name_that_a_paper_made_public_is_told_from_its_members(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    paper = registry.paper(public=True)
    registry.step(paper, cast.committee)
    releases.release_paper(session, registry.actor, paper, "", registry.now)
    page = text_of(clerk.get(f"/gremien/{cast.committee}"))
    assert "Öffentlich ist nur der Name" in page
    assert "Gremium und Mitglieder veröffentlichen" in page
    assert "zurücknehmen" not in page


def test_a_committee_asks_as_many_questions_with_two_members_as_with_twenty(
    clerk: OfficeClient, registry: Registry, cast: Cast, asked: Asked
) -> None:
    group = registry.organization("Fraktion Grün", OrganizationKind.GROUP)

    def seat(number: int) -> None:
        registry.seat(cast.committee, registry.person(f"P{number}"), on_behalf_of_id=group)

    seat(0)
    here = f"/gremien/{cast.committee}"
    before = asked(clerk, here)
    for number in range(1, 20):
        seat(number)
    assert asked(clerk, here) == before
