"""The forms of organisations and memberships. Fields are named as in the acts' commands."""

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from sitzungsdienst.acts.organizations import OrganizationFacts
from sitzungsdienst.acts.people import MembershipFacts, PersonFacts
from sitzungsdienst.gate.wording import MEMBERSHIP_ROLE
from sitzungsdienst.office.forms import OfficeForm, VersionedForm, number_or_none, options
from sitzungsdienst.office.searching import in_order
from sitzungsdienst.record.bodies import CompositionRule, Organization, OrganizationKind
from sitzungsdienst.record.people import MembershipRole, Person

#: The kinds as the office's pages call them: one, many, and the address of their list.
KINDS = {
    OrganizationKind.COMMITTEE: ("Gremium", "Gremien", "gremien"),
    OrganizationKind.GROUP: ("Fraktion", "Fraktionen", "fraktionen"),
    OrganizationKind.UNIT: ("Verwaltungseinheit", "Verwaltungseinheiten", "verwaltungseinheiten"),
    OrganizationKind.OTHER: ("Sonstige Organisation", "Sonstige", "sonstige"),
}


NAMESAKE = (
    "Eine Person dieses Namens gibt es schon. Wählen Sie sie oben aus, oder bestätigen Sie, dass"
    " es eine andere ist."
)


class OrganizationFields:
    """What the office knows of an organisation."""

    name = StringField("Name", [InputRequired("Bitte geben Sie den Namen ein.")])
    kind = RadioField(
        "Art",
        [InputRequired("Bitte wählen Sie die Art.")],
        choices=options((kind.value, words[0]) for kind, words in KINDS.items()),
        coerce=OrganizationKind,
    )
    short_name = StringField("Kurzname", description="Zum Beispiel: KSA.")
    classification = StringField(
        "Bezeichnung der Art",
        description="Wie sie gedruckt wird, zum Beispiel: Kreistag, Ausschuss, Beirat.",
    )
    seats = IntegerField(
        "Zahl der Sitze",
        [Optional()],
        description="Nach Gesetz, Satzung oder Beschluss. Wer davon keine Stimme hat, legen Sie"
        " danach unter »Zusammensetzung« fest.",
        render_kw={"inputmode": "numeric"},
    )
    start_date = DateField("Besteht seit", [Optional()])
    end_date = DateField(
        "Besteht bis", [Optional()], description="Leer, solange die Organisation besteht."
    )
    legislative_term_id = SelectField(
        "Endet mit",
        [Optional()],
        coerce=number_or_none,
        description="Mit einer Wahlperiode endet das Gremium an deren letztem Tag. Ohne Auswahl"
        " besteht es über Wahlperioden hinweg.",
    )
    statutory = BooleanField(
        "In Gesetz, Hauptsatzung oder Geschäftsordnung vorgesehen",
        default=True,
        description="Ohne Haken zum Beispiel eine Steuerungsgruppe oder ein Arbeitskreis.",
    )
    predecessor_id = SelectField("Hervorgegangen aus", [Optional()], coerce=number_or_none)
    predecessor = StringField(
        "Hervorgegangen aus (nicht in der Liste)",
        description="Nur der Name, wenn der Vorgänger hier nicht geführt wird.",
    )


class NewOrganizationForm(OfficeForm, OrganizationFields):
    """An organisation to be founded."""


class OrganizationForm(VersionedForm, OrganizationFields):
    """An organisation to be changed."""


def organization_facts(form: NewOrganizationForm | OrganizationForm) -> OrganizationFacts:
    """The command's facts from a sound form."""
    return OrganizationFacts(
        name=form.name.data or "",
        kind=form.kind.data,
        short_name=form.short_name.data or "",
        classification=form.classification.data or "",
        seats=form.seats.data,
        start_date=form.start_date.data,
        end_date=form.end_date.data,
        predecessor=form.predecessor.data or "",
        predecessor_id=form.predecessor_id.data,
        legislative_term_id=form.legislative_term_id.data,
        statutory=form.statutory.data,
    )


class SeatFields:
    """A seat: in which function, for whom, from when to when."""

    role = SelectField(
        "Funktion",
        choices=options((role.value, word) for role, word in MEMBERSHIP_ROLE.items()),
        coerce=MembershipRole,
        default=MembershipRole.MEMBER,
    )
    voting_right = BooleanField("Stimmberechtigt", default=True)
    on_behalf_of_id = SelectField(
        "Entsandt von",
        [Optional()],
        coerce=number_or_none,
        description="Die Fraktion, für die das Mitglied im Gremium sitzt. Fraktionen legen Sie"
        " unter »Gremien« → »Fraktionen« an.",
    )
    composition_rule_id = SelectField(
        "Sitz nach der Zusammensetzung", [Optional()], coerce=number_or_none
    )
    start_date = DateField("Beginn", [Optional()], description="Leer, wenn er nicht bekannt ist.")
    end_date = DateField("Ende", [Optional()], description="Der letzte Tag; leer, solange es gilt.")


class NewSeatForm(OfficeForm, SeatFields):
    """A seat for a known person, or for one that is entered with it."""

    person_id = SelectField(
        "Person",
        [Optional()],
        coerce=number_or_none,
        description="Tippen Sie in der Liste die ersten Buchstaben des Nachnamens.",
    )
    family_name = StringField("Nachname")
    given_name = StringField("Vorname")
    title = StringField("Titel", description="Zum Beispiel: Dr.")
    form_of_address = StringField("Anrede", description="Zum Beispiel: Frau oder Herr.")
    namesake = BooleanField("Es ist eine andere Person gleichen Namens")

    def check_person(self, persons: list[Person]) -> bool:
        """Demand one person, known or new, and a second look at a name that is known already."""
        new = (self.family_name.data or "").strip()
        if self.person_id.data is None and not new:
            self.person_id.errors = [
                "Bitte wählen Sie eine Person, oder geben Sie unten eine neue ein."
            ]
        elif self.person_id.data is not None and new:
            self.family_name.errors = [
                "Bitte wählen Sie entweder oben eine Person, oder geben Sie hier eine neue ein."
            ]
        elif new and not self.namesake.data and self._known(persons):
            self.namesake.errors = [NAMESAKE]
        return not self.errors

    def _known(self, persons: list[Person]) -> bool:
        return is_known(persons, self.family_name.data, self.given_name.data)

    def new_person(self) -> PersonFacts:
        """The facts of the person to enter."""
        return PersonFacts(
            family_name=self.family_name.data or "",
            given_name=self.given_name.data or "",
            title=self.title.data or "",
            form_of_address=self.form_of_address.data or "",
        )


class SeatForm(VersionedForm, SeatFields):
    """A seat to be changed."""

    person_id = SelectField(
        "Person", [InputRequired("Bitte wählen Sie eine Person.")], coerce=number_or_none
    )


class SeatEndForm(VersionedForm):
    """The last day of a seat."""

    end_date = DateField(
        "Letzter Tag",
        [InputRequired("Bitte geben Sie den letzten Tag ein.")],
        description="Bis einschließlich zu diesem Tag gehört die Person dazu.",
    )


def seat_facts(form: NewSeatForm | SeatForm) -> MembershipFacts:
    """The command's facts from a sound form; the person is 0 where a new one is entered."""
    return MembershipFacts(
        person_id=form.person_id.data or 0,
        role=form.role.data,
        voting_right=form.voting_right.data,
        on_behalf_of_id=form.on_behalf_of_id.data,
        composition_rule_id=form.composition_rule_id.data,
        start_date=form.start_date.data,
        end_date=form.end_date.data,
    )


def offer_rules(field: SelectField, row: Organization) -> None:
    """Let a select offer the rules of composition of an organisation."""
    field.choices = options(
        ((rule.id, rule_label(rule)) for rule in row.composition), empty="– ohne Zuordnung –"
    )


def rule_label(rule: CompositionRule) -> str:
    """A rule as a choice: "Fachkräfte (5 Sitze)"."""
    seats = "1 Sitz" if rule.count == 1 else f"{rule.count} Sitze"
    return f"{rule.label} ({seats}{'' if rule.voting_right else ', ohne Stimme'})"


def is_known(persons: list[Person], family_name: str | None, given_name: str | None) -> bool:
    """Whether somebody of that name is among the persons."""
    name = (in_order((family_name or "").strip()), in_order((given_name or "").strip()))
    return any((in_order(one.family_name), in_order(one.given_name)) == name for one in persons)


def offer_persons(field: SelectField, persons: list[Person], *, empty: str = "") -> None:
    """Let a select offer the persons, by family name."""
    listed = sorted(persons, key=lambda one: (in_order(one.sort_name), one.id))
    field.choices = options(((one.id, one.sort_name) for one in listed), empty=empty)


def offer_organizations(field: SelectField, rows: list[Organization], *, empty: str = "") -> None:
    """Let a select offer the organisations, by name."""
    listed = sorted(rows, key=lambda one: (in_order(one.name), one.id))
    field.choices = options(((one.id, one.name) for one in listed), empty=empty)
