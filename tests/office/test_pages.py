"""The pages of the foundation answer."""

import pytest

from tests.support.browser import OfficeClient, text_of


def test_the_sign_in_page_is_in_german(office: OfficeClient) -> None:
    page = office.get("/anmelden")
    assert page.status_code == 200
    assert "E-Mail-Adresse" in text_of(page)


@pytest.mark.parametrize("path", ["/", "/konto"])
def test_everybody_has_an_account_page(clerk: OfficeClient, path: str) -> None:
    page = clerk.get(path)
    assert page.status_code == 200
    assert "Sabine Krüger" in text_of(page)


@pytest.mark.parametrize(
    "path",
    ["/benutzer", "/benutzer/neu", "/koerperschaften", "/koerperschaften/neu", "/protokoll"],
)
def test_administration_has_its_pages(administrator: OfficeClient, path: str) -> None:
    assert administrator.get(path).status_code == 200
