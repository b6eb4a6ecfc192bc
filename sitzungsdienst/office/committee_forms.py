"""The forms around an organisation: its names and end, its composition, substitutes, offices."""

from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Optional

from sitzungsdienst.acts.composition import MOST_RULES, Rule
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.institutions import InstitutionFacts
from sitzungsdienst.acts.people import RoleChange
from sitzungsdienst.acts.substitutes import SubstituteFacts
from sitzungsdienst.gate.wording import MEMBERSHIP_ROLE
from sitzungsdienst.office.forms import OfficeForm, VersionedForm, number_or_none, options, text
from sitzungsdienst.record.bodies import CompositionRule
from sitzungsdienst.record.people import MembershipRole

ROLES = options((role.value, word) for role, word in MEMBERSHIP_ROLE.items())
SPARE_ROWS = 3


class RenameForm(VersionedForm):
    """A new name from a day on."""

    name = StringField("Neuer Name", [InputRequired("Bitte geben Sie den neuen Namen ein.")])
    short_name = StringField("Neuer Kurzname")
    valid_from = DateField(
        "Gilt ab",
        [InputRequired("Bitte geben Sie ein, ab wann der neue Name gilt.")],
        description="Der bisherige Name bleibt mit seinem letzten Tag, dem Tag davor, sichtbar.",
    )


class EndForm(VersionedForm):
    """The last day of an organisation."""

    end_date = DateField("Letzter Tag", [InputRequired("Bitte geben Sie den letzten Tag ein.")])
    with_seats = BooleanField("Was darin noch läuft, am selben Tag beenden", default=True)


class RoleChangeForm(VersionedForm):
    """Another function from a day on."""

    valid_from = DateField(
        "Gilt ab",
        [InputRequired("Bitte geben Sie den ersten Tag der neuen Funktion ein.")],
        description="Am Tag davor endet die bisherige Funktion.",
    )
    role = SelectField("Neue Funktion", choices=ROLES, coerce=MembershipRole)
    voting_right = BooleanField("Stimmberechtigt")
    on_behalf_of_id = SelectField("Entsandt von", [Optional()], coerce=number_or_none)
    composition_rule_id = SelectField(
        "Sitz nach der Zusammensetzung", [Optional()], coerce=number_or_none
    )

    def change(self) -> RoleChange:
        """The command's facts from a sound form, which has a day."""
        if self.valid_from.data is None:
            raise RuleBroken("valid_from", "Bitte geben Sie den ersten Tag ein.")
        return RoleChange(
            valid_from=self.valid_from.data,
            role=self.role.data,
            voting_right=self.voting_right.data,
            on_behalf_of_id=self.on_behalf_of_id.data,
            composition_rule_id=self.composition_rule_id.data,
        )


class RuleForm(Form):
    """One line of a composition."""

    class Meta(OfficeForm.Meta):
        """As in all forms; the token is the whole form's."""

        csrf = False

    rule_id = HiddenField()
    label = StringField("Wer")
    count = IntegerField("Sitze", [Optional()], render_kw={"inputmode": "numeric"})
    voting_right = BooleanField("Stimmrecht", default=True)
    on_behalf_of = StringField("Auf Vorschlag von")


class CompositionForm(VersionedForm):
    """The rules of a composition; rows without a name and a number count for nothing."""

    rules = FieldList(
        FormField(RuleForm),
        "Zusammensetzung",
        max_entries=MOST_RULES,
        description="Eine Zeile für jede Gruppe von Sitzen, zum Beispiel: Migrantinnen und"
        " Migranten, 13 Sitze, mit Stimmrecht. Leere Zeilen zählen nicht.",
    )

    def fill(self, rules: Iterable[CompositionRule]) -> None:
        """Show the kept rules, and empty rows below."""
        for rule in rules:
            row: dict[str, Any] = {
                "rule_id": rule.id,
                "label": rule.label,
                "count": rule.count,
                "voting_right": rule.voting_right,
                "on_behalf_of": rule.on_behalf_of,
            }
            self.rules.append_entry(row)
        self.add_rows()

    def add_rows(self) -> None:
        """Add empty rows, as far as there is room for them."""
        for _ in range(min(SPARE_ROWS, MOST_RULES - len(self.rules))):
            self.rules.append_entry()

    def written(self) -> list[RuleForm]:
        """The rows that say something."""
        return [
            one.form
            for one in self.rules
            if text(one.form.label).strip()
            or one.form.count.data is not None
            or text(one.form.on_behalf_of).strip()
        ]

    def facts(self) -> tuple[Rule, ...]:
        """The command's rules from a sound form."""
        return tuple(
            Rule(
                label=text(one.label),
                count=one.count.data,
                voting_right=one.voting_right.data,
                on_behalf_of=text(one.on_behalf_of),
                rule_id=_number(one.rule_id.data),
            )
            for one in self.written()
        )

    def refuse(self, error: RuleBroken) -> None:
        """Show what is wrong with a row at that row: "rules-2-count" counts written rows."""
        place, _, name = error.field.removeprefix("rules-").partition("-")
        if not name:
            super().refuse(RuleBroken("", error.message, error.norm))
            return
        row = self.written()[int(place)]
        row[name].errors = [*row[name].errors, error.sentence]
        # The list looked at its rows before the act did.
        self.rules.errors = [row.errors]


class SubstituteFields:
    """Who stands in, and for whom."""

    person_id = SelectField(
        "Person", [InputRequired("Bitte wählen Sie eine Person.")], coerce=number_or_none
    )
    for_person_id = SelectField(
        "Vertritt",
        [Optional()],
        coerce=number_or_none,
        description="Ein bestimmtes Mitglied. Ohne Auswahl steht die Person auf der allgemeinen"
        " Liste, in deren Reihenfolge vertreten wird.",
    )
    on_behalf_of_id = SelectField(
        "Nur für Mitglieder von",
        [Optional()],
        coerce=number_or_none,
        description="Die Fraktion, deren Mitglieder die Person vertreten darf.",
    )
    start_date = DateField("Beginn", [Optional()], description="Leer, wenn er nicht bekannt ist.")
    end_date = DateField("Ende", [Optional()], description="Der letzte Tag; leer, solange es gilt.")

    def facts(self) -> SubstituteFacts:
        """The command's facts from a sound form."""
        return SubstituteFacts(
            person_id=self.person_id.data,
            for_person_id=self.for_person_id.data,
            on_behalf_of_id=self.on_behalf_of_id.data,
            start_date=self.start_date.data,
            end_date=self.end_date.data,
        )


class NewSubstituteForm(OfficeForm, SubstituteFields):
    """A substitute to be entered."""


class SubstituteForm(VersionedForm, SubstituteFields):
    """A substitute to be changed."""


class InstitutionFields:
    """An office or organisation as a member."""

    name = StringField(
        "Name", description="Wie gedruckt, zum Beispiel: Ausländerbehörde. Leer: wie in der Liste."
    )
    member_organization_id = SelectField(
        "Geführt als",
        [Optional()],
        coerce=number_or_none,
        description="Wenn die Stelle hier als Gremium oder Verwaltungseinheit angelegt ist.",
    )
    represented_by_id = SelectField(
        "Vertreten durch",
        [Optional()],
        coerce=number_or_none,
        description="Wer für die Stelle spricht, wenn es feststeht.",
    )
    role = SelectField(
        "Funktion", choices=ROLES, coerce=MembershipRole, default=MembershipRole.MEMBER
    )
    voting_right = BooleanField("Stimmberechtigt")
    composition_rule_id = SelectField(
        "Sitz nach der Zusammensetzung", [Optional()], coerce=number_or_none
    )
    start_date = DateField("Beginn", [Optional()], description="Leer, wenn er nicht bekannt ist.")
    end_date = DateField("Ende", [Optional()], description="Der letzte Tag; leer, solange es gilt.")

    def facts(self) -> InstitutionFacts:
        """The command's facts from a sound form."""
        return InstitutionFacts(
            name=self.name.data or "",
            member_organization_id=self.member_organization_id.data,
            represented_by_id=self.represented_by_id.data,
            role=self.role.data,
            voting_right=self.voting_right.data,
            composition_rule_id=self.composition_rule_id.data,
            start_date=self.start_date.data,
            end_date=self.end_date.data,
        )


class NewInstitutionForm(OfficeForm, InstitutionFields):
    """An office or organisation to be seated."""


class InstitutionForm(VersionedForm, InstitutionFields):
    """A seat of an office or organisation to be changed."""


def _number(typed: str | None) -> int | None:
    """The number in a hidden field; what no page of ours wrote is nobody's row."""
    if not typed:
        return None
    return int(typed) if typed.isascii() and typed.isdigit() else 0
