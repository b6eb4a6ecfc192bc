"""When something goes wrong: German, with what to do, without a word about the inside."""

import logging
from datetime import timedelta

import pytest
from flask import Flask

from sitzungsdienst.acts.errors import RuleBroken, Stale, Unknown
from sitzungsdienst.acts.passwords import Busy
from sitzungsdienst.office.errors import PAGES, waiting_time
from sitzungsdienst.office.permissions import Permission, requires
from tests.support import cast as people
from tests.support.browser import OfficeClient, text_of


def _break(app: Flask, error: Exception) -> None:
    @requires(Permission.SIGNED_IN)
    def broken() -> str:
        raise error

    app.view_functions["home.show"] = broken


@pytest.mark.parametrize(
    ("error", "status", "text"),
    [
        (Unknown("Meeting 7"), 404, "Diese Seite gibt es nicht"),
        (Stale("Meeting 7"), 409, "Jemand anderes hat inzwischen gespeichert"),
        (RuleBroken("", "So nicht.", "§ 53 KVG LSA"), 422, "So nicht. (§ 53 KVG LSA)"),
        (Busy(), 503, "Zurzeit ist sehr viel los"),
        (ZeroDivisionError("secret inside"), 500, "Das hat nicht geklappt"),
    ],
)
def test_every_error_has_its_page(
    office_app: Flask, clerk: OfficeClient, error: Exception, status: int, text: str
) -> None:
    _break(office_app, error)
    answer = clerk.get("/")
    assert answer.status_code == status
    assert text in text_of(answer)
    assert "secret inside" not in answer.get_data(as_text=True)
    assert "Meeting 7" not in answer.get_data(as_text=True)


def test_a_failure_has_a_number_that_the_log_knows(
    office_app: Flask, clerk: OfficeClient, caplog: pytest.LogCaptureFixture
) -> None:
    _break(office_app, ZeroDivisionError("inside"))
    page = text_of(clerk.get("/"))
    number = page.split("die Nummer ", 1)[1].split(" ", 1)[0].rstrip(".")
    assert any(number in record.getMessage() for record in caplog.records)


def test_a_wrong_method_is_told_in_german(clerk: OfficeClient) -> None:
    answer = clerk.get("/konto/passwort")
    assert answer.status_code == 405
    assert "So lässt sich diese Seite nicht aufrufen" in text_of(answer)


def test_a_file_of_fifty_megabytes_is_refused_with_its_limit(clerk: OfficeClient) -> None:
    answer = clerk.post(
        "/konto/kalender",
        data=b"0" * (50 * 1024 * 1024),
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413
    assert "höchstens 25 MB" in text_of(answer)


@pytest.mark.parametrize("query", ["?seite=%00", "?seite=abc", "?x=%ff%fe", "?" + "a=1&" * 2000])
def test_a_strange_query_breaks_nothing(administrator: OfficeClient, query: str) -> None:
    assert administrator.get(f"/protokoll{query}").status_code == 200


@pytest.mark.parametrize(
    "path", ["/benutzer/-1", "/benutzer/99999999999999999999", "/%00", "/..%2f"]
)
def test_a_strange_address_breaks_nothing(administrator: OfficeClient, path: str) -> None:
    assert administrator.get(path).status_code == 404


def test_the_log_holds_numbers_and_no_names(
    office: OfficeClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        office.sign_in(people.CLERK, "falsches Passwort")
        office.sign_in(people.CLERK, people.PASSWORD)
        office.get("/konto?name=Geheimnis")
    log = " ".join(record.getMessage() for record in caplog.records)
    assert "sign_in.enter" in log
    for secret in (people.CLERK, "Krüger", "falsches", people.PASSWORD, "Geheimnis"):
        assert secret not in log


def test_every_page_says_what_to_do() -> None:
    for headline, advice in PAGES.values():
        assert advice.endswith(".")
        assert "!" not in headline + advice


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "noch 1 Sekunde"),
        (40, "noch 40 Sekunden"),
        (60, "noch 1 Minute"),
        (61, "noch 2 Minuten"),
        (300, "noch 5 Minuten"),
    ],
)
def test_waiting_times_are_told_in_words(seconds: float, words: str) -> None:
    assert waiting_time(timedelta(seconds=seconds)) == words
