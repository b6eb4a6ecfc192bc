"""Contact data of persons, and the consents by which they may go public."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import people
from sitzungsdienst.acts.people import PersonFacts
from sitzungsdienst.record.people import ContactConsent, ContactField, Person
from tests.conftest import Clock
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.registry import Registry

CONTACT = {
    "email": "nehring@kreistag.example",
    "phone": "03904 1",
    "mobile": "0170 2",
    "street_address": "Markt 1",
    "postal_code": "39340",
    "locality": "Haldensleben",
    "website": "https://nehring.example",
    "external_id": "KT-7",
}


@pytest.fixture
def page(cast: Cast) -> str:
    return f"/personen/{cast.nehring}/bearbeiten"


def consents(session: Session) -> list[tuple[ContactField, date, date | None]]:
    session.rollback()
    session.expire_all()
    found = session.scalars(select(ContactConsent).order_by(ContactConsent.id))
    return [(one.field, one.given_on, one.withdrawn_on) for one in found]


def test_contact_data_is_kept_whole_and_shown(
    clerk: OfficeClient, session: Session, page: str, cast: Cast
) -> None:
    assert fill(clerk, page, **CONTACT).status_code == 303
    row = session.get_one(Person, cast.nehring, populate_existing=True)
    assert {name: getattr(row, name) for name in CONTACT} == CONTACT
    shown = text_of(clerk.get(f"/personen/{cast.nehring}"))
    assert "Markt 1, 39340 Haldensleben" in shown
    assert "KT-7" in shown
    assert consents(session) == []


def test_a_consent_begins_and_ends_with_the_day_of_its_tick(
    clerk: OfficeClient, session: Session, page: str, cast: Cast, clock: Clock
) -> None:
    assert fill(clerk, page, **CONTACT, consents=["email", "address"]).status_code == 303
    first = date(2017, 4, 3)
    assert consents(session) == [
        (ContactField.ADDRESS, first, None),
        (ContactField.EMAIL, first, None),
    ]
    clock.advance(timedelta(minutes=30))
    # Saving something else leaves the day as it was.
    assert fields_of(clerk.get(page))["consents"] == ["email", "address"]
    assert fill(clerk, page, phone="03904 2").status_code == 303
    assert consents(session)[1] == (ContactField.EMAIL, first, None)
    assert fill(clerk, page, consents=["address"]).status_code == 303
    assert consents(session)[1] == (ContactField.EMAIL, first, first)
    row = session.get_one(Person, cast.nehring)
    assert row.consented(first) == {ContactField.ADDRESS}
    assert fill(clerk, page, consents=["address", "email"]).status_code == 303
    assert consents(session)[2] == (ContactField.EMAIL, first, None)
    shown = text_of(clerk.get(f"/personen/{cast.nehring}"))
    assert "E-Mail-Adresse 03.04.2017 03.04.2017" in shown
    assert "Anschrift 03.04.2017 gilt" in shown


def test_a_consent_counts_up_to_the_day_before_its_withdrawal() -> None:
    one = ContactConsent(
        field=ContactField.EMAIL, given_on=date(2017, 4, 3), withdrawn_on=date(2017, 5, 1)
    )
    days = [date(2017, 4, 2), date(2017, 4, 3), date(2017, 4, 30), date(2017, 5, 1)]
    assert [one.runs_on(day) for day in days] == [False, True, True, False]


def test_the_day_of_a_consent_is_the_day_in_berlin(registry: Registry, session: Session) -> None:
    late = datetime.fromisoformat("2017-04-03T22:30:00+00:00")
    facts = PersonFacts(
        family_name="X", email="x@y.example", consents=frozenset({ContactField.EMAIL})
    )
    people.create_person(session, registry.actor, facts, late)
    assert consents(session)[0][1] == date(2017, 4, 4)


def test_a_consent_without_anything_to_publish_is_refused(
    clerk: OfficeClient, session: Session, page: str
) -> None:
    answer = fill(clerk, page, consents=["mobile"])
    assert answer.status_code == 422
    assert 'id="consents-fehler"' in answer.text
    assert "Zu jeder Einwilligung gehört eine Angabe" in text_of(answer)
    assert consents(session) == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", "keine Adresse"),
        ("website", "javascript:alert(1)"),
        ("mobile", "0" * 51),
        ("postal_code", "0" * 11),
        ("street_address", "x" * 201),
        ("external_id", "x" * 101),
        ("consents", "birthday"),
    ],
)
def test_each_error_stands_at_its_field(
    clerk: OfficeClient, session: Session, page: str, field: str, typed: str
) -> None:
    answer = fill(clerk, page, **(CONTACT | {field: typed}))
    assert answer.status_code == 422
    assert f'id="{field}-fehler"' in answer.text
    assert session.scalars(select(Person)).one().phone == ""


def test_a_key_belongs_to_one_person_of_a_body(
    clerk: OfficeClient, session: Session, registry: Registry, page: str, cast: Cast, now: datetime
) -> None:
    registry.person("Andere", external_id="KT-7")
    answer = fill(clerk, page, external_id="KT-7")
    assert answer.status_code == 422
    assert 'id="external_id-fehler"' in answer.text
    # Other Bodies have their own keys, and no key is everybody's.
    Registry.of(session, cast.stranger, now).person("Fremd", external_id="KT-7")
    registry.person("Ohne")
    registry.person("Auch ohne")


def test_a_second_tab_is_told_of_consents_alone(
    clerk: OfficeClient, session: Session, page: str
) -> None:
    fill(clerk, page, **CONTACT)
    form = fields_of(clerk.get(page))
    assert fill(clerk, page, consents=["email"]).status_code == 303
    answer = clerk.post(page, data=form | {"consents": ["phone"]})
    assert answer.status_code == 409
    shown = text_of(answer)
    assert "Darf veröffentlicht werden Telefon E-Mail-Adresse" in shown
    assert [one[0] for one in consents(session)] == [ContactField.EMAIL]


def test_a_person_with_a_consent_is_still_deleted_if_entered_by_mistake(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    person = registry.person(
        "Irrtum", email="i@r.example", consents=frozenset({ContactField.EMAIL})
    )
    assert fill(clerk, f"/personen/{person}/loeschung").status_code == 303
    assert consents(session) == []
