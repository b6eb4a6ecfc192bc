"""The work sheet of shared-out seats: strengths, seats, method, then the lots and the chairs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from sitzungsdienst.acts.apportioning import ApportionmentFacts, GroupFacts
from sitzungsdienst.acts.apportionments import Strengths
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.law.chairs import ChairOrder
from sitzungsdienst.law.seats import METHOD_NAMES, SettledBy
from sitzungsdienst.law.tree import SeatMethod
from sitzungsdienst.office.apportionment_words import HOW
from sitzungsdienst.office.forms import (
    CheckboxesField,
    VersionedForm,
    VersionField,
    number_or_none,
    options,
)
from sitzungsdienst.office.messages import German

ROWS = 3
MOST = 40
NUMBER = {"inputmode": "numeric", "min": "0"}


class GroupRow(Form):
    """A group or list; a row in which nothing is typed is left out."""

    class Meta:
        """WTForms' settings."""

        def get_translations(self, form: Any) -> German:
            """Return our German instead of the browser's language."""
            del form
            return German()

    name = StringField("Fraktion oder Liste", [Optional(), Length(max=200)])
    strength = IntegerField("Stärke", [Optional()], render_kw=NUMBER)
    votes = IntegerField("Stimmen der letzten Wahl", [Optional()], render_kw=NUMBER)

    @property
    def typed(self) -> bool:
        """Whether the row says anything."""
        return bool((self.name.data or "").strip()) or self.strength.data is not None

    def facts(self) -> GroupFacts:
        """What is to be recorded."""
        return GroupFacts(
            name=self.name.data or "", strength=self.strength.data, votes=self.votes.data
        )


class ApportionmentForm(VersionedForm):
    """Seats to be shared out; a new one has no version."""

    version = VersionField(widget=HiddenInput(), validators=[Optional()])
    organization_id = SelectField(
        "Gremium, dessen Sitze verteilt werden",
        coerce=number_or_none,
        description="Leer lassen für eine Verteilung, die zu keinem Gremium gehört.",
    )
    decided_on = DateField(
        "Tag der Sitzung",
        [InputRequired("Bitte geben Sie den Tag der Sitzung an.")],
        description="Das Recht dieses Tages entscheidet über das Verfahren.",
    )
    council_id = SelectField(
        "Stärken zählen aus",
        coerce=number_or_none,
        description="Gezählt werden die stimmberechtigten Mitglieder dieses Tages nach Fraktionen.",
    )
    groups = FieldList(FormField(GroupRow), "Stärken", max_entries=MOST)
    seats = IntegerField(
        "Zahl der Sitze",
        [InputRequired("Bitte geben Sie an, wie viele Sitze zu verteilen sind.")],
        render_kw=NUMBER | {"min": "1"},
    )
    method = SelectField(
        "Verfahren",
        [InputRequired("Bitte wählen Sie das Verfahren.")],
        choices=options(
            ((one.value, METHOD_NAMES[one]) for one in SeatMethod), empty="Bitte wählen"
        ),
    )
    body_members = IntegerField(
        "Mitglieder der Vertretung",
        [Optional()],
        description="Für die Mehrheitsklausel; leer lassen, dann zählt die Summe der Stärken.",
        render_kw=NUMBER | {"min": "1"},
    )
    how = RadioField(
        "Wie entschieden wurde",
        [Optional()],
        choices=options((one.value, word) for one, word in HOW.items()),
        default=SettledBy.LOT.value,
    )
    winners = CheckboxesField("Einen Sitz mehr erhält")
    settled_by = StringField(
        "Gezogen oder festgehalten von",
        [Optional(), Length(max=200)],
        description="Name oder Funktion.",
    )
    chairs = IntegerField(
        "Zahl der Vorsitze",
        [Optional()],
        description="Nur wenn zugleich Ausschussvorsitze im Zugriff verteilt werden.",
        render_kw=NUMBER,
    )
    chairs_drawn_by = StringField("Los gezogen von", [Optional(), Length(max=200)])
    remark = TextAreaField("Bemerkung", [Optional(), Length(max=2000)])
    acknowledged = BooleanField("Ich habe die Hinweise gelesen; die Angaben stimmen.")

    group_errors: tuple[str, ...] = ()
    pick_errors: tuple[str, ...] = ()

    def more(self, number: int = ROWS) -> None:
        """Add empty rows."""
        for _ in range(min(number, MOST - len(self.groups))):
            self.groups.append_entry({})

    def count(self, found: Strengths) -> None:
        """Replace the rows by the strengths that were counted."""
        while len(self.groups):
            self.groups.pop_entry()
        for name, strength in found.groups[:MOST]:
            self.groups.append_entry({"name": name, "strength": strength})
        members = found.members if found.groups else None
        self.body_members.data, self.body_members.raw_data = members, None
        self.more(2)

    def offer(self, committees: Sequence[tuple[int, str]]) -> None:
        """Fill the selections."""
        self.organization_id.choices = options(committees, empty="kein Gremium")
        self.council_id.choices = options(committees, empty="allen Mitgliedern der Fraktionen")
        self.winners.choices = self.winners.choices or []

    def written(self) -> list[GroupRow]:
        """The rows that say something."""
        return [entry.form for entry in self.groups if entry.form.typed]

    def picks(self) -> dict[str, Any]:
        """The selections of places for which a lot was drawn, by place."""
        return {
            name.removeprefix("pick_"): field
            for name, field in self._fields.items()
            if name.startswith("pick_")
        }

    def facts(self) -> ApportionmentFacts:
        """What is to be recorded."""
        number = self.chairs.data or 0
        drawn = {int(place): field.data or "" for place, field in self.picks().items()}
        picks = tuple(drawn.get(place, "") for place in range(1, max(number, 0) + 1))
        return ApportionmentFacts(
            decided_on=self.decided_on.data or date.min,
            method=SeatMethod(self.method.data),
            seats=self.seats.data or 0,
            groups=tuple(one.facts() for one in self.written()),
            organization_id=self.organization_id.data,
            body_members=self.body_members.data,
            how=SettledBy(self.how.data or SettledBy.LOT.value),
            winners=tuple(self.winners.data or ()),
            settled_by=self.settled_by.data or "",
            chairs=number,
            picks=picks if any(picks) else (),
            chairs_drawn_by=self.chairs_drawn_by.data or "",
            remark=self.remark.data or "",
            acknowledged=self.acknowledged.data,
        )

    def refuse(self, error: RuleBroken) -> None:
        """Show what is wrong with a group at its row."""
        kind, _, rest = error.field.partition("-")
        number, _, name = rest.partition("-")
        rows = self.written()
        if error.field == "groups":
            self.group_errors = (*self.group_errors, error.sentence)
            self.form_errors.append(error.sentence)
        elif error.field == "picks":
            self.pick_errors = (*self.pick_errors, error.sentence)
            self.form_errors.append(error.sentence)
        elif kind == "groups" and number.isdecimal() and int(number) < len(rows):
            field = rows[int(number)][name]
            field.errors = [*field.errors, error.sentence]
            self.groups.errors = [one.errors for one in self.groups]
        else:
            super().refuse(error)


def stored(facts: ApportionmentFacts) -> dict[str, Any]:
    """What the fields of a kept one hold, by the form's names."""
    data: dict[str, Any] = {
        "organization_id": facts.organization_id,
        "decided_on": facts.decided_on,
        "groups": [
            {"name": one.name, "strength": one.strength, "votes": one.votes} for one in facts.groups
        ],
        "seats": facts.seats,
        "method": facts.method.value,
        "body_members": facts.body_members,
        "how": facts.how.value,
        "winners": list(facts.winners),
        "settled_by": facts.settled_by,
        "chairs": facts.chairs or None,
        "chairs_drawn_by": facts.chairs_drawn_by,
        "remark": facts.remark,
    }
    data |= {f"pick_{place}": one for place, one in enumerate(facts.picks, start=1)}
    return data


def form_for(order: ChairOrder | None) -> type[ApportionmentForm]:
    """The form with a selection for each place of the chairs about which a lot was drawn."""
    fields = {
        f"pick_{place}": SelectField(
            f"Platz {place}",
            [Optional()],
            choices=options(((one, one) for one in turn.parties), empty="noch offen"),
        )
        for turn in (order.turns if order is not None else ())
        if turn.needs_lot
        for place in range(turn.first, turn.last + 1)
    }
    return type("ApportionmentForm", (ApportionmentForm,), fields)
