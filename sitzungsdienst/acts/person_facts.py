"""What the office knows of a person, checked and put on record."""

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.record.people import ContactConsent, ContactField, Person

EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
WEBSITE = re.compile(r"https?://\S+")

#: Lines of a person, with the most characters each may have.
LINES = {
    "family_name": 200,
    "given_name": 200,
    "title": 100,
    "form_of_address": 50,
    "email": 254,
    "phone": 50,
    "mobile": 50,
    "street_address": 200,
    "postal_code": 10,
    "locality": 200,
    "website": 300,
    "external_id": 100,
}

#: What a consent to publish speaks of: the person's columns.
CONTACT = {
    ContactField.EMAIL: ("email",),
    ContactField.PHONE: ("phone",),
    ContactField.MOBILE: ("mobile",),
    ContactField.ADDRESS: ("street_address", "postal_code", "locality"),
    ContactField.WEBSITE: ("website",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What the office knows of a person.

    `external_id` is the person's key in the list they are imported from. `consents` are the
    contact data that the person agrees to have published from now on; None leaves them as they
    are.
    """

    family_name: str
    given_name: str = ""
    title: str = ""
    form_of_address: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    street_address: str = ""
    postal_code: str = ""
    locality: str = ""
    website: str = ""
    external_id: str = ""
    note: str = ""
    consents: frozenset[ContactField] | None = None


def cleaned(facts: PersonFacts) -> PersonFacts:
    """The facts as they are kept. Raises RuleBroken at the first that is unfit."""
    lines: dict[str, Any] = {
        column: checks.line(column, getattr(facts, column), limit=limit)
        for column, limit in LINES.items()
    }
    if not lines["family_name"]:
        raise RuleBroken("family_name", "Bitte geben Sie den Nachnamen ein.")
    if lines["email"] and not EMAIL.fullmatch(lines["email"]):
        raise RuleBroken("email", "Bitte prüfen Sie die E-Mail-Adresse: name@beispiel.de.")
    if lines["website"] and not WEBSITE.fullmatch(lines["website"]):
        raise RuleBroken("website", "Bitte geben Sie eine Adresse an, die mit https:// beginnt.")
    return replace(facts, **lines, note=checks.text("note", facts.note, limit=5_000))


def set_person(run: Run, row: Person, facts: PersonFacts, today: date) -> None:
    """Within an act: write cleaned facts into a person; consents begin and end today."""
    kept = cleaned(facts)
    for one in fields(kept):
        if one.name not in ("consents", "external_id"):
            setattr(row, one.name, getattr(kept, one.name))
    row.external_id = kept.external_id or None
    if row.external_id is not None:
        _refuse_twin(run, row)
    if kept.consents is not None:
        _set_consents(row, kept.consents, today)


def _refuse_twin(run: Run, row: Person) -> None:
    twins = run.session.scalars(
        select(Person.id).where(
            Person.body_id == row.body_id, Person.external_id == row.external_id
        )
    )
    if any(one != row.id for one in twins):
        raise RuleBroken(
            "external_id", "Diese Kennung hat schon eine andere Person. Bitte prüfen Sie sie."
        )


def _set_consents(row: Person, wanted: frozenset[ContactField], today: date) -> None:
    for one in sorted(wanted):
        if not any(getattr(row, column) for column in CONTACT[one]):
            raise RuleBroken(
                "consents",
                "Zu jeder Einwilligung gehört eine Angabe. Bitte tragen Sie sie ein oder entfernen"
                " Sie den Haken.",
            )
    running = {one.field: one for one in row.consents if one.withdrawn_on is None}
    for kind in sorted(wanted - running.keys()):
        row.consents.append(ContactConsent(field=kind, given_on=today))
    for kind in sorted(running.keys() - wanted):
        running[kind].withdrawn_on = today
