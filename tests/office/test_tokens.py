"""No form is taken without its token, and nothing typed is lost over it."""

import pytest
from flask import Flask
from flask import session as form_cookie

from tests.support import cast as people
from tests.support.browser import OfficeClient, text_of


def test_a_post_without_token_is_refused(clerk: OfficeClient) -> None:
    answer = clerk.post("/abmelden")
    assert answer.status_code == 400
    assert "Bitte senden Sie Ihre Eingaben noch einmal" in text_of(answer)
    assert clerk.get("/konto").status_code == 200


def test_a_sign_in_without_token_is_refused(office: OfficeClient) -> None:
    answer = office.post("/anmelden", data={"email": people.CLERK, "password": people.PASSWORD})
    assert answer.status_code == 400
    assert office.get_cookie("sitzung") is None
    assert people.PASSWORD not in answer.get_data(as_text=True)


def test_every_route_that_takes_a_post_asks_for_the_token(
    office_app: Flask, administrator: OfficeClient, clerk: OfficeClient
) -> None:
    for rule in office_app.url_map.iter_rules():
        if "POST" not in (rule.methods or set()) or "<" in rule.rule:
            continue
        answers = {client.post(rule.rule).status_code for client in (administrator, clerk)}
        assert answers <= {400, 404}, rule.rule
        assert 400 in answers, rule.rule


def test_what_was_typed_can_be_sent_again(administrator: OfficeClient) -> None:
    typed = {"name": 'Stadt "Wanzleben"', "land": "ST", "colour": "#1f3b64", "csrf_token": "old"}
    answer = administrator.post("/koerperschaften/neu", data=typed)
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert 'name="name" value="Stadt &#34;Wanzleben&#34;"' in page
    assert 'action="/koerperschaften/neu"' in page
    token = page.split('class="sd-form"', 1)[1].split('name="csrf_token" value="', 1)[1]
    again = administrator.post(
        "/koerperschaften/neu", data={**typed, "csrf_token": token.split('"', 1)[0]}
    )
    assert again.location == "/koerperschaften"


@pytest.mark.parametrize(
    "sender",
    [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
)
def test_a_strangers_form_is_dropped_and_not_offered_again(
    administrator: OfficeClient, sender: dict[str, str]
) -> None:
    answer = administrator.post("/koerperschaften/neu", data={"name": "Planted"}, headers=sender)
    assert answer.status_code == 400
    assert "Planted" not in answer.get_data(as_text=True)


def test_flasks_cookie_holds_nobody(office_app: Flask) -> None:
    with office_app.test_client() as client:
        assert isinstance(client, OfficeClient)
        client.sign_in(people.CLERK, people.PASSWORD)
        client.get("/konto")
        assert set(form_cookie) <= {"csrf_token", "_flashes"}


def test_the_token_changes_at_sign_in(office: OfficeClient) -> None:
    office.get("/anmelden")
    before = office.get_cookie("formular")
    office.sign_in(people.CLERK, people.PASSWORD)
    office.get("/konto")
    after = office.get_cookie("formular")
    assert before is not None
    assert after is not None
    assert before.value.split(".")[0] != after.value.split(".")[0]
