"""The forms of a person. Fields are named as in the acts' commands."""

from wtforms import BooleanField, EmailField, StringField, TelField, TextAreaField, URLField
from wtforms.validators import InputRequired

from sitzungsdienst.acts.people import PersonFacts
from sitzungsdienst.gate.wording import CONTACT_FIELD
from sitzungsdienst.office.forms import CheckboxesField, OfficeForm, VersionedForm, options
from sitzungsdienst.office.organization_forms import is_known
from sitzungsdienst.record.people import ContactField, Person


class PersonFields:
    """What the office knows of a person."""

    family_name = StringField("Nachname", [InputRequired("Bitte geben Sie den Nachnamen ein.")])
    given_name = StringField("Vorname")
    title = StringField("Titel", description="Zum Beispiel: Dr.")
    form_of_address = StringField("Anrede", description="Zum Beispiel: Frau oder Herr.")
    email = EmailField("E-Mail-Adresse")
    phone = TelField("Telefon")
    mobile = TelField("Mobiltelefon")
    website = URLField("Internetseite", description="Mit https:// am Anfang.")
    street_address = StringField("Straße und Hausnummer")
    postal_code = StringField("Postleitzahl")
    locality = StringField("Ort")
    consents = CheckboxesField(
        "Darf veröffentlicht werden",
        coerce=ContactField,
        choices=options((one.value, word) for one, word in CONTACT_FIELD.items()),
        description="Nur mit Einwilligung der Person. Ein neuer Haken gilt ab heute als erteilt,"
        " ein entfernter ab heute als widerrufen; beide Tage werden festgehalten.",
    )
    external_id = StringField(
        "Kennung",
        description="Der Schlüssel der Person in der Liste, aus der sie eingelesen wird, zum"
        " Beispiel eine Personalnummer.",
    )
    note = TextAreaField("Notiz", description="Nur für den Sitzungsdienst.")


class NewPersonForm(OfficeForm, PersonFields):
    """A person to be entered."""

    namesake = BooleanField("Es ist eine andere Person gleichen Namens")

    def check_namesake(self, persons: list[Person]) -> bool:
        """Ask for a second look at a name that is known already."""
        known = is_known(persons, self.family_name.data, self.given_name.data)
        if known and not self.namesake.data:
            self.namesake.errors = [
                "Eine Person dieses Namens gibt es schon. Bestätigen Sie, dass es eine andere ist."
            ]
        return not self.errors


class PersonForm(VersionedForm, PersonFields):
    """A person to be changed."""


def person_facts(form: NewPersonForm | PersonForm) -> PersonFacts:
    """The command's facts from a sound form."""
    return PersonFacts(
        family_name=form.family_name.data or "",
        given_name=form.given_name.data or "",
        title=form.title.data or "",
        form_of_address=form.form_of_address.data or "",
        email=form.email.data or "",
        phone=form.phone.data or "",
        mobile=form.mobile.data or "",
        street_address=form.street_address.data or "",
        postal_code=form.postal_code.data or "",
        locality=form.locality.data or "",
        website=form.website.data or "",
        external_id=form.external_id.data or "",
        note=form.note.data or "",
        consents=frozenset(form.consents.data or ()),
    )
