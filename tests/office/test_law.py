"""The page of the law in force, and the forms of a Body's own rules."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import local_rules
from sitzungsdienst.acts.local_rules import LocalRuleFacts
from sitzungsdienst.law.local_keys import LOCAL_KEYS, Input
from sitzungsdienst.record.local_rules import LocalLayer, LocalRule
from tests.conftest import Clock
from tests.support import cast as people
from tests.support.browser import OfficeClient, text_of
from tests.support.registry import Registry

NEW = "/recht/regeln/neu?regel="
RULE = {
    "value": "14",
    "layer": "rules_of_procedure",
    "norm": "§ 3 Abs. 1",
    "source": "Amtsblatt 7/2014",
    "as_of": "2017-03-01",
    "valid_from": "2015-01-01",
}


@pytest.fixture
def rule(session: Session, cast: people.Cast, now: datetime) -> int:
    """Fourteen days of notice by the rules of procedure, entered some days ago."""
    registry = Registry.of(session, cast.clerk, now)
    facts = LocalRuleFacts(
        layer=LocalLayer.RULES_OF_PROCEDURE,
        value="14",
        norm="§ 3 Abs. 1",
        source="Amtsblatt 7/2014",
        as_of=date(2017, 3, 1),
        valid_from=date(2015, 1, 1),
    )
    earlier = now - timedelta(days=4)
    return local_rules.add_local_rule(session, registry.actor, "notice.days", facts, earlier)


def kept(session: Session) -> list[LocalRule]:
    session.rollback()
    return list(session.scalars(select(LocalRule).order_by(LocalRule.id)))


def test_the_page_tells_every_section_with_norm_source_and_certainty(clerk: OfficeClient) -> None:
    page = text_of(clerk.get("/recht"))
    assert "Geltendes Recht" in page
    assert "Stand Montag, 3. April 2017" in page
    for word in ("Ladung", "Beschlussfähigkeit", "Niederschrift", "Widerspruch"):
        assert word in page
    assert "§ 53 KVG LSA" in page
    for word in ("gesichert", "wahrscheinlich", "ungeklärt"):
        assert word in page


def test_certainty_is_told_by_a_word_and_a_shape_not_by_colour_alone(clerk: OfficeClient) -> None:
    html = clerk.get("/recht").get_data(as_text=True)
    for icon, word in (
        ("success", "gesichert"),
        ("info", "wahrscheinlich"),
        ("warning", "ungeklärt"),
    ):
        mark = rf'kern-icon--{icon} [^>]*aria-hidden="true"></span>\s*<span[^>]*>{word}'
        assert re.search(mark, html)


def test_the_day_chooses_the_rules(clerk: OfficeClient, rule: int) -> None:
    assert "14 Tage" in text_of(clerk.get("/recht?tag=2015-01-01"))
    before = text_of(clerk.get("/recht?tag=2014-12-31"))
    assert "gilt ab 01.01.2015" in before
    assert "Darunter" not in before


@pytest.mark.parametrize("day", ["gestern", "2017-02-30", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_said_and_today_is_shown(clerk: OfficeClient, day: str) -> None:
    page = text_of(clerk.get(f"/recht?tag={day}"))
    assert "Das ist kein Tag" in page
    assert "3. April 2017" in page


def test_a_day_before_the_law_that_is_kept_is_said(clerk: OfficeClient, rule: int) -> None:
    page = text_of(clerk.get("/recht?tag=1950-01-01"))
    assert "Landesrecht ist nicht hinterlegt" in page
    assert "Sachsen-Anhalt" in page
    assert "gilt ab 01.01.2015" in page


def test_an_own_rule_is_entered_and_lies_over_the_law_of_the_land(
    clerk: OfficeClient, session: Session
) -> None:
    assert clerk.submit(NEW + "notice.days", RULE).location == "/recht"
    (row,) = kept(session)
    assert (row.key, row.value, row.layer) == ("notice.days", "14", LocalLayer.RULES_OF_PROCEDURE)
    page = text_of(clerk.get("/recht"))
    assert "Geschäftsordnung § 3 Abs. 1" in page
    assert "Darunter Landesrecht, § 53 KVG LSA: 7 Tage" in page


@pytest.mark.parametrize(
    ("key", "value", "stored", "told"),
    [
        ("procedure.roll_call_group", "ja", "true", "ja"),
        ("agenda.extension", "urgent_by_resolution", '"urgent_by_resolution"',
         "bei Dringlichkeit durch Beschluss"),
        ("minutes.sign", ["chair", "member"], '["chair", "member"]', "Vorsitz, ein Mitglied"),
        ("minutes.contents", "Anträge\r\nErklärungen zur Abstimmung",
         '["Anträge", "Erklärungen zur Abstimmung"]', "Anträge, Erklärungen zur Abstimmung"),
        ("procedure.roll_call_share", "1/4", '"1/4"', "1/4"),
    ],
)  # fmt: skip
def test_each_kind_of_value_is_asked_for_in_its_way(
    clerk: OfficeClient, session: Session, key: str, value: object, stored: str, told: str
) -> None:
    page = clerk.get(NEW + key).get_data(as_text=True)
    marks = {
        Input.YES_NO: 'type="radio" value="ja"',
        Input.WORD: '<option value="urgent_by_resolution"',
        Input.WORDS: 'type="checkbox" value="chair"',
        Input.TEXTS: "<textarea",
        Input.SHARE: 'type="text"',
    }
    assert marks[LOCAL_KEYS[key].input] in page
    answer = clerk.submit(NEW + key, RULE | {"value": value})
    assert answer.status_code == 303, text_of(answer)
    (row,) = kept(session)
    assert row.value == stored
    assert told in text_of(clerk.get("/recht"))
    form = clerk.get(f"/recht/regeln/{row.id}").get_data(as_text=True)
    version = {"version": "1", "value": value, "norm": "§ 4"}
    assert clerk.submit(f"/recht/regeln/{row.id}", RULE | version).status_code == 303, form
    assert kept(session)[0].value == stored


@pytest.mark.parametrize("key", LOCAL_KEYS)
def test_there_is_a_form_for_every_key(clerk: OfficeClient, key: str) -> None:
    page = text_of(clerk.get(NEW + key))
    assert LOCAL_KEYS[key].label in page
    assert "Heute gilt" in page


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": ""}, "value"),
        ({"value": "sieben"}, "value"),
        ({"value": "1000"}, "value"),
        ({"layer": ""}, "layer"),
        ({"layer": "land"}, "layer"),
        ({"norm": " "}, "norm"),
        ({"norm": "x" * 301}, "norm"),
        ({"source": "x" * 301}, "source"),
        ({"as_of": ""}, "as_of"),
        ({"as_of": "2017-04-04"}, "as_of"),
        ({"valid_from": ""}, "valid_from"),
        ({"valid_from": "0017-01-01"}, "valid_from"),
        ({"valid_until": "2014-12-31"}, "valid_until"),
        ({"wording": "x" * 2001}, "wording"),
    ],
)
def test_each_error_stands_at_its_field_and_nothing_is_lost(
    clerk: OfficeClient, session: Session, change: dict[str, str], field: str
) -> None:
    typed = RULE | {"wording": "Zwei Wochen."} | change
    answer = clerk.submit(NEW + "notice.days", typed)
    assert answer.status_code == 422
    html = answer.get_data(as_text=True)
    assert f'id="{field}-fehler"' in html
    assert kept(session) == []
    for name, value in typed.items():
        if name not in ("layer", field):
            assert value in html, name


def test_what_the_land_forbids_is_refused_at_the_value_with_its_norm(
    clerk: OfficeClient, session: Session
) -> None:
    answer = clerk.submit(NEW + "notice.days", RULE | {"value": "3"})
    assert answer.status_code == 422
    assert 'id="value-fehler"' in answer.get_data(as_text=True)
    page = text_of(answer)
    assert "3 Tage ist kürzer, als es verlangt ist" in page
    assert "§ 53 KVG LSA" in page
    assert kept(session) == []


def test_two_rules_for_one_place_do_not_begin_on_one_day(
    clerk: OfficeClient, session: Session, rule: int
) -> None:
    answer = clerk.submit(NEW + "notice.days", RULE | {"value": "10"})
    assert answer.status_code == 422
    assert 'id="valid_from-fehler"' in answer.get_data(as_text=True)
    later = RULE | {"value": "10", "valid_from": "2016-01-01"}
    assert clerk.submit(NEW + "notice.days", later).status_code == 303
    page = text_of(clerk.get("/recht"))
    assert "von einer jüngeren abgelöst" in page
    assert "10 Tage" in page


def test_a_rule_the_land_overtook_is_shown_as_not_in_force_with_the_reason(
    clerk: OfficeClient, session: Session, rule: int
) -> None:
    (row,) = kept(session)
    row.value = "3"
    session.commit()
    page = text_of(clerk.get("/recht"))
    assert "Diese örtliche Regel gilt nicht" in page
    assert "gilt nicht" in page
    assert "3 Tage ist kürzer, als es verlangt ist" in page
    assert "kürzer" in text_of(clerk.get(f"/recht/regeln/{rule}"))


def test_a_rule_is_corrected(clerk: OfficeClient, session: Session, rule: int) -> None:
    form = RULE | {"value": "21", "norm": "§ 4 Geschäftsordnung", "version": "1"}
    assert clerk.submit(f"/recht/regeln/{rule}", form).location == "/recht"
    (row,) = kept(session)
    assert (row.value, row.norm) == ("21", "§ 4 Geschäftsordnung")
    assert "Geschäftsordnung § 4" not in text_of(clerk.get("/recht"))


def test_a_stale_form_shows_both_texts_and_changes_nothing(
    clerk: OfficeClient, session: Session, rule: int
) -> None:
    path = f"/recht/regeln/{rule}"
    assert clerk.submit(path, RULE | {"value": "21", "version": "1"}).status_code == 303
    answer = clerk.submit(path, RULE | {"value": "28", "version": "1"})
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "28" in page
    assert "21" in page
    assert kept(session)[0].value == "21"
    ended = clerk.submit(f"{path}/ende", {"valid_until": "2017-12-31", "version": "1"})
    assert ended.status_code == 409
    assert kept(session)[0].valid_until is None


def test_a_rule_ends_with_its_last_day(clerk: OfficeClient, session: Session, rule: int) -> None:
    path = f"/recht/regeln/{rule}/ende"
    refused = clerk.submit(path, {"valid_until": "2014-12-31", "version": "1"})
    assert refused.status_code == 422
    assert 'id="valid_until-fehler"' in refused.get_data(as_text=True)
    assert clerk.submit(path, {"valid_until": "2016-12-31", "version": "1"}).status_code == 303
    assert kept(session)[0].valid_until == date(2016, 12, 31)
    assert "galt bis 31.12.2016" in text_of(clerk.get("/recht"))
    assert "Darunter" in text_of(clerk.get("/recht?tag=2016-12-31"))
    assert "Darunter" not in text_of(clerk.get("/recht?tag=2017-01-01"))


def test_a_rule_that_was_in_force_is_not_deleted(
    clerk: OfficeClient, session: Session, rule: int
) -> None:
    assert "Regel löschen" not in text_of(clerk.get(f"/recht/regeln/{rule}"))
    answer = clerk.submit(f"/recht/regeln/{rule}/loeschung", {"version": "1"})
    assert answer.status_code == 422
    assert "gilt seit dem 01.01.2015" in text_of(answer)
    assert len(kept(session)) == 1


def test_a_rule_of_today_may_be_a_mistake_until_tomorrow(
    clerk: OfficeClient, session: Session, clock: Clock
) -> None:
    clerk.submit(NEW + "notice.days", RULE)
    (row,) = kept(session)
    path = f"/recht/regeln/{row.id}/loeschung"
    assert "Regel löschen" in text_of(clerk.get(f"/recht/regeln/{row.id}"))
    clock.advance(timedelta(hours=20))
    clerk.sign_in(people.CLERK, people.PASSWORD)
    assert clerk.submit(path, {"version": "1"}).status_code == 422
    clock.advance(-timedelta(hours=20))
    assert clerk.submit(path, {"version": "1"}).status_code == 303
    assert kept(session) == []


def test_a_rule_to_come_is_deleted(
    clerk: OfficeClient, session: Session, rule: int, clock: Clock
) -> None:
    coming = RULE | {"value": "21", "valid_from": "2018-01-01"}
    assert clerk.submit(NEW + "notice.days", coming).status_code == 303
    clock.advance(timedelta(days=7))
    clerk.sign_in(people.CLERK, people.PASSWORD)
    coming_id = kept(session)[-1].id
    assert "gilt ab 01.01.2018" in text_of(clerk.get("/recht"))
    answer = clerk.submit(f"/recht/regeln/{coming_id}/loeschung", {"version": "1"})
    assert answer.status_code == 303
    assert [one.id for one in kept(session)] == [rule]


@pytest.mark.parametrize("tail", ["", "/ende", "/loeschung"])
def test_rules_are_the_own_offices_business(
    stranger: OfficeClient,
    member: OfficeClient,
    administrator: OfficeClient,
    rule: int,
    tail: str,
) -> None:
    for client in (stranger, member, administrator):
        assert client.get(f"/recht/regeln/{rule}{tail}").status_code == 404
    assert "Amtsblatt 7/2014" not in text_of(stranger.get("/recht"))


def test_members_have_no_page_of_the_law(member: OfficeClient) -> None:
    for path in ("/recht", "/recht/regeln/neu", NEW + "notice.days"):
        assert member.get(path).status_code == 404


def test_a_clerk_does_not_choose_another_body(clerk: OfficeClient, cast: people.Cast) -> None:
    assert clerk.get(f"/recht?koerperschaft={cast.boerde}").status_code == 200
    for typed in (str(cast.kaufbeuren), "999", "Börde", "-1"):
        assert clerk.get("/recht", query_string={"koerperschaft": typed}).status_code == 404


def test_administrators_choose_the_body_and_change_nothing(
    administrator: OfficeClient, cast: people.Cast, rule: int
) -> None:
    page = text_of(administrator.get(f"/recht?koerperschaft={cast.boerde}"))
    assert "Landkreis Börde (Sachsen-Anhalt)" in page
    assert "Amtsblatt 7/2014" in page
    assert "Eigene Regel eintragen" not in page
    assert "Stadt Kaufbeuren (Bayern)" in text_of(
        administrator.get(f"/recht?koerperschaft={cast.kaufbeuren}")
    )
    assert administrator.get(NEW + "notice.days").status_code == 404


@pytest.mark.parametrize("key", ["quorum.share", "notice", "edition", "x"])
def test_what_local_rules_may_not_set_has_no_form(clerk: OfficeClient, key: str) -> None:
    assert clerk.get(NEW + key).status_code == 404


def test_without_a_key_the_form_asks_for_one(clerk: OfficeClient) -> None:
    page = text_of(clerk.get("/recht/regeln/neu"))
    assert all(known.label in page for known in LOCAL_KEYS.values())


def test_the_menu_leads_to_the_page(clerk: OfficeClient, administrator: OfficeClient) -> None:
    for client in (clerk, administrator):
        assert 'href="/recht"' in client.get("/").get_data(as_text=True)


def test_markup_in_a_rule_stays_text(clerk: OfficeClient, session: Session) -> None:
    form: dict[str, Any] = RULE | {"norm": "<b>§ 1</b>", "wording": "<script>alert(1)</script>"}
    assert clerk.submit(NEW + "notice.days", form).status_code == 303
    html = clerk.get("/recht").get_data(as_text=True)
    assert "<script>alert" not in html
    assert "<b>§ 1</b>" not in html
