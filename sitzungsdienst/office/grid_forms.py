"""The form of many votes on one item at once: a row each, as in the weighing of objections."""

from typing import Any

from wtforms import FieldList, Form, FormField, IntegerField, StringField, TimeField
from wtforms.validators import Length, Optional

from sitzungsdienst.acts.ballots import BallotFacts
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.text import TITLE_LIMIT
from sitzungsdienst.office.ballot_fields import BallotFields
from sitzungsdienst.office.ballot_forms import NUMBER
from sitzungsdienst.office.messages import German
from sitzungsdienst.record.meetings import Meeting

ROWS = 6


class GridRow(Form):
    """One vote; a row in which nothing is typed is left out."""

    class Meta:
        """WTForms' settings."""

        def get_translations(self, form: Any) -> German:
            """Return our German instead of the browser's language."""
            del form
            return German()

    subject = StringField("Gegenstand", [Optional(), Length(max=TITLE_LIMIT)])
    yes = IntegerField("Ja", [Optional()], render_kw=NUMBER)
    no = IntegerField("Nein", [Optional()], render_kw=NUMBER)
    abstentions = IntegerField("Enthaltung", [Optional()], render_kw=NUMBER)
    difference = StringField("Erklärung, wenn Stimmen fehlen", [Optional(), Length(max=500)])

    @property
    def typed(self) -> bool:
        """Whether the row says anything."""
        return any(field.raw_data and field.raw_data[0].strip() for field in self)


class GridForm(BallotFields):
    """Many counted votes, in the order they were taken."""

    rows = FieldList(FormField(GridRow), min_entries=ROWS, max_entries=60)
    present = IntegerField(
        "Anwesende Stimmberechtigte",
        [Optional()],
        description="Leer lassen, dann zählt die erfasste Anwesenheit.",
        render_kw=NUMBER,
    )
    taken_at = TimeField("Uhrzeit der Abstimmungen", [Optional()])

    def more(self) -> None:
        """Add as many rows again."""
        for _ in range(ROWS):
            self.rows.append_entry({})

    def written(self) -> list[GridRow]:
        """The rows in which something is typed."""
        return [entry.form for entry in self.rows if entry.form.typed]

    def facts(self, meeting: Meeting) -> tuple[BallotFacts, ...]:
        """What is to be recorded."""
        common = self.common(meeting)
        return tuple(
            BallotFacts(
                **common
                | {
                    "subject": row.subject.data or "",
                    "yes": row.yes.data,
                    "no": row.no.data,
                    "abstentions": row.abstentions.data,
                    "difference": row.difference.data or "",
                    "present": self.present.data,
                }
            )
            for row in self.written()
        )

    def refuse(self, error: RuleBroken) -> None:
        """Show what is wrong with a row at its field."""
        kind, _, rest = error.field.partition("-")
        number, _, name = rest.partition("-")
        rows = self.written()
        if kind == "rows" and number.isdecimal() and int(number) < len(rows):
            row = rows[int(number)]
            field = getattr(row, name or "yes", row.yes)
            field.errors = [*field.errors, error.sentence]
            return
        if kind == "rows":
            self.form_errors.append(error.sentence)
        else:
            super().refuse(error)
