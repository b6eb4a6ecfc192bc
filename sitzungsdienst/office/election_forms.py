"""The forms of elections: who stands, what was counted and declared, whom a lot fell on."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from sitzungsdienst.acts.election_law import judged
from sitzungsdienst.acts.elections import CandidateFacts, ElectionFacts, LotFacts, RoundFacts
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.law.seats import METHOD_NAMES
from sitzungsdienst.law.tree import SeatMethod
from sitzungsdienst.office.ballot_forms import NUMBER
from sitzungsdienst.office.election_words import KIND, OUTCOME
from sitzungsdienst.office.forms import (
    CheckboxesField,
    VersionedForm,
    VersionField,
    number_or_none,
    options,
)
from sitzungsdienst.office.messages import German
from sitzungsdienst.office.room import clock_of, moment_in
from sitzungsdienst.record.elections import (
    Candidate,
    Election,
    ElectionKind,
    ElectionRound,
    RoundOutcome,
)
from sitzungsdienst.record.meetings import Meeting

ROWS = 4
ACKNOWLEDGED = "Ich habe die Hinweise gelesen; die Angaben stimmen."

Choices = Sequence[tuple[str, str]]


class _Row(Form):
    """A small form in German."""

    class Meta:
        """WTForms' settings."""

        def get_translations(self, form: Any) -> German:
            """Return our German instead of the browser's language."""
            del form
            return German()


class CandidateRow(_Row):
    """Somebody, or a list; a row in which nothing is typed or chosen is left out."""

    candidate_id = IntegerField(widget=HiddenInput(), validators=[Optional()])
    name = StringField("Name", [Optional(), Length(max=200)])
    who = SelectField("Aus dem Verzeichnis", [Optional()], default="")

    @property
    def typed(self) -> bool:
        """Whether the row says anything."""
        return bool((self.name.data or "").strip() or self.who.data)

    def facts(self) -> CandidateFacts:
        """What is to be recorded."""
        kind, _, number = (self.who.data or "").partition("-")
        chosen = int(number) if number else None
        return CandidateFacts(
            name=self.name.data or "",
            candidate_id=self.candidate_id.data,
            person_id=chosen if kind == "p" else None,
            organization_id=chosen if kind == "o" else None,
        )


class ElectionForm(VersionedForm):
    """An election; a new one has no version."""

    version = VersionField(widget=HiddenInput(), validators=[Optional()])
    office = StringField(
        "Gewählt wird",
        [InputRequired("Bitte geben Sie an, wozu gewählt wird."), Length(max=300)],
        description="Zum Beispiel: Vorsitz des Kreistages, Mitglieder des Hauptausschusses.",
    )
    kind = RadioField(
        "Art der Wahl",
        [InputRequired("Bitte wählen Sie die Art der Wahl.")],
        choices=options((one.value, word) for one, word in KIND.items()),
    )
    secret = RadioField(
        "Wie gewählt wird",
        [InputRequired("Bitte geben Sie an, wie gewählt wird.")],
        choices=options([("1", "geheim mit Stimmzetteln"), ("0", "offen")]),
    )
    organization_id = SelectField("Gremium, das wählt", coerce=number_or_none)
    seats = IntegerField(
        "Zahl der Sitze",
        [Optional()],
        description="Nur bei einer Wahl nach Listen.",
        render_kw=NUMBER | {"min": "1"},
    )
    method = SelectField(
        "Verfahren der Sitzverteilung",
        choices=options(
            ((one.value, METHOD_NAMES[one]) for one in SeatMethod), empty="wie das Gesetz sagt"
        ),
        default="",
        description="Nur bei einer Wahl nach Listen, und nur wo das Gesetz es offen lässt.",
    )
    candidates = FieldList(FormField(CandidateRow), "Wahlvorschläge", max_entries=60)
    acknowledged = BooleanField(ACKNOWLEDGED)

    candidate_errors: tuple[str, ...] = ()

    def more(self, number: int = ROWS) -> None:
        """Add empty rows."""
        for _ in range(min(number, 60 - len(self.candidates))):
            self.candidates.append_entry({})

    def offer(self, committees: Choices, persons: Choices, groups: Choices) -> None:
        """Fill the selections."""
        self.organization_id.choices = options(committees, empty="Bitte wählen")
        chosen = options(persons, empty="niemand", group=None)
        for entry in self.candidates:
            entry.form.who.choices = [*chosen, *options(groups)]

    def written(self) -> list[CandidateRow]:
        """The rows that say something."""
        return [entry.form for entry in self.candidates if entry.form.typed]

    def facts(self) -> ElectionFacts:
        """What is to be recorded."""
        lists = self.kind.data == ElectionKind.LISTS.value
        return ElectionFacts(
            office=self.office.data or "",
            kind=ElectionKind(self.kind.data),
            seats=(self.seats.data or 0) if lists else 1,
            secret=self.secret.data == "1",
            method=SeatMethod(self.method.data) if lists and self.method.data else None,
            organization_id=self.organization_id.data,
            candidates=tuple(one.facts() for one in self.written()),
            acknowledged=self.acknowledged.data,
        )

    def refuse(self, error: RuleBroken) -> None:
        """Show what is wrong with a candidate at its row."""
        number = error.field.removeprefix("candidates-").removesuffix("-name")
        if error.field == "candidates":
            self.candidate_errors = (*self.candidate_errors, error.sentence)
            self.form_errors.append(error.sentence)
        elif error.field.startswith("candidates-") and number.isdecimal():
            field = self.written()[int(number)].name
            field.errors = [*field.errors, error.sentence]
            self.candidates.errors = [one.errors for one in self.candidates]
        else:
            super().refuse(error)

    def shown_fields(self) -> list[Any]:
        """Return the fields of a comparison; the candidates are compared beside them."""
        return [one for one in super().shown_fields() if one is not self.candidates]


def election_form(row: Election | None, *, secret: bool) -> ElectionForm:
    """The form of an election, filled with the stored one."""
    data: dict[str, Any] = {"kind": ElectionKind.PERSONS.value, "secret": "1" if secret else "0"}
    if row is not None:
        data = stored(row) | {"version": row.version}
        data["candidates"] = [
            {"candidate_id": one.id, "name": one.name, "who": _who(one)} for one in row.candidates
        ]
    form = ElectionForm(data=data)
    if not form.is_submitted():
        form.more(1 if row else ROWS)
    return form


def stored(row: Election) -> dict[str, Any]:
    """What an election's fields hold, by the form's names."""
    return {
        "office": row.office,
        "kind": row.kind.value,
        "secret": "1" if row.secret else "0",
        "organization_id": row.organization_id,
        "seats": row.seats if row.kind is ElectionKind.LISTS else None,
        "method": row.method.value if row.method else "",
    }


def _who(one: Candidate) -> str:
    if one.person_id:
        return f"p-{one.person_id}"
    return f"o-{one.organization_id}" if one.organization_id else ""


class VotesRow(_Row):
    """The votes for one candidate; empty for who did not stand."""

    candidate_id = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    votes = IntegerField("Stimmen", [Optional()], render_kw=NUMBER)


class RoundForm(VersionedForm):
    """A round: the version is the election's for a new one, else the round's."""

    votes = FieldList(FormField(VotesRow), max_entries=60)
    no = IntegerField("Nein-Stimmen", [Optional()], render_kw=NUMBER)
    abstentions = IntegerField("Enthaltungen", [Optional()], render_kw=NUMBER)
    invalid = IntegerField("Ungültige Stimmen", [Optional()], render_kw=NUMBER)
    handed_in = IntegerField(
        "Abgegebene Stimmzettel",
        [Optional()],
        description="Leer lassen, dann gilt die Summe der gezählten Stimmen.",
        render_kw=NUMBER,
    )
    present = IntegerField(
        "Anwesende Stimmberechtigte",
        [Optional()],
        description="Leer lassen, dann zählt die erfasste Anwesenheit.",
        render_kw=NUMBER,
    )
    taken_at = TimeField(
        "Uhrzeit des Wahlgangs",
        [Optional()],
        description="Danach richtet sich, wer anwesend war.",
    )
    outcome = SelectField(
        "Feststellung des Vorsitzes",
        choices=options(
            ((one.value, word) for one, word in OUTCOME.items()), empty="wie die Zahlen ergeben"
        ),
        default="",
    )
    elected_id = SelectField("Gewählt ist", coerce=number_or_none)
    result_text = TextAreaField(
        "Ergebnis in Worten",
        [Optional(), Length(max=1000)],
        description="Leer lassen, dann setzt das Programm den Satz zum Ergebnis ein.",
    )
    acknowledged = BooleanField(ACKNOWLEDGED)

    def name_rows(self, names: Mapping[int, str]) -> None:
        """Call each row as the candidate, and offer them as elected."""
        for entry in self.votes:
            entry.form.votes.label.text = names.get(entry.form.candidate_id.data or 0, "unbekannt")
        self.elected_id.choices = options(names.items(), empty="wie die Zahlen ergeben")

    def facts(self, meeting: Meeting) -> RoundFacts:
        """What is to be recorded."""
        return RoundFacts(
            votes=tuple(
                (entry.form.candidate_id.data or 0, entry.form.votes.data) for entry in self.votes
            ),
            no=self.no.data,
            abstentions=self.abstentions.data,
            invalid=self.invalid.data,
            handed_in=self.handed_in.data,
            present=self.present.data,
            taken_at=moment_in(meeting, self.taken_at.data),
            outcome=RoundOutcome(self.outcome.data) if self.outcome.data else None,
            elected_id=self.elected_id.data,
            result_text=self.result_text.data or "",
            acknowledged=self.acknowledged.data,
        )

    def refuse(self, error: RuleBroken) -> None:
        """Show what is wrong with somebody's votes at their row."""
        kind, _, number = error.field.partition("-")
        if kind == "votes" and number.isdecimal() and int(number) < len(self.votes):
            field = self.votes[int(number)].form.votes
            field.errors = [*field.errors, error.sentence]
            self.votes.errors = [one.errors for one in self.votes]
        else:
            super().refuse(error)

    def shown_fields(self) -> list[Any]:
        """Return the fields of a comparison; the votes are compared beside them."""
        return [one for one in super().shown_fields() if one is not self.votes]


def round_form(election: Election, row: ElectionRound | None, *, reckoned: int) -> RoundForm:
    """The form of a round, filled with the stored one; `reckoned` is who is there by attendance.

    What follows from the numbers stays empty, so that it follows from corrected numbers too.
    """
    data: dict[str, Any] = {"version": election.version}
    cast: dict[int, int] = {}
    if row is not None:
        data = {name: getattr(row, name) for name in ("version", "no", "abstentions", "invalid")}
        data["handed_in"] = row.handed_in
        data["present"] = None if row.present == reckoned else row.present
        data["taken_at"] = clock_of(row.taken_at)
        data |= _declared(election, row)
        cast = {one.candidate_id: one.votes for one in row.tallies}
    data["votes"] = [
        {"candidate_id": one.id, "votes": cast.get(one.id)} for one in election.candidates
    ]
    form = RoundForm(data=data)
    form.name_rows({one.id: one.name for one in election.candidates})
    return form


def _declared(election: Election, row: ElectionRound) -> dict[str, Any]:
    """What people declared of a round, as far as it is not what the numbers say."""
    verdict = judged(election)[row.number - 1].verdict
    own = row.result_text != verdict.sentence
    won = {one.id: one.seats_won for one in election.candidates if one.seats_won}
    told: dict[str, Any] = {"result_text": row.result_text if own else ""}
    same = row.outcome is verdict.outcome and won == dict(verdict.seats or {})
    if not same:
        told["outcome"] = row.outcome.value
        persons = election.kind is ElectionKind.PERSONS
        told["elected_id"] = next(iter(won), None) if persons else None
    return told


class LotForm(VersionedForm):
    """A lot as it was drawn."""

    winners = CheckboxesField("Das Los fiel auf", coerce=int)
    drawn_by = StringField(
        "Gezogen von",
        [InputRequired("Bitte tragen Sie ein, wer das Los gezogen hat."), Length(max=200)],
        description="Name oder Funktion der Person, die das Los gezogen hat.",
    )

    def facts(self) -> LotFacts:
        """What is to be recorded."""
        return LotFacts(winners=tuple(self.winners.data or ()), drawn_by=self.drawn_by.data or "")
