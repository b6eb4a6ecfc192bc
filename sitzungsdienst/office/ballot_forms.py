"""The forms of a ballot: told in words, counted, or called by name."""

from abc import abstractmethod
from typing import Any

from wtforms import (
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from sitzungsdienst.acts.ballots import BallotFacts
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.presence import Room
from sitzungsdienst.gate.wording import BALLOT_KIND, BALLOT_OUTCOME, CHOICE
from sitzungsdienst.office.ballot_fields import (
    BallotFields,
    StanceFields,
    offer_committees,
    requirement_field,
    stance_rows,
)
from sitzungsdienst.office.forms import options
from sitzungsdienst.office.messages import German
from sitzungsdienst.office.room import clock_of
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.proceedings import (
    Ballot,
    BallotKind,
    BallotOutcome,
    Choice,
    Requirement,
)

RESULT_LIMIT = 500
UNANIMOUS = "einstimmig"

NUMBER = {"inputmode": "numeric", "min": "0", "max": "999"}

TOLD_KINDS = (
    BallotKind.OPEN,
    BallotKind.WITHOUT_DISSENT,
    BallotKind.ACCLAMATION,
    BallotKind.SECRET,
)


def _kind(*kinds: BallotKind) -> RadioField:
    return RadioField(
        "Art der Abstimmung",
        [InputRequired("Bitte wählen Sie die Art der Abstimmung.")],
        choices=options((one.value, BALLOT_KIND[one]) for one in kinds),
    )


class BallotForm(BallotFields):
    """What every ballot has; each way of voting has its own form."""

    @abstractmethod
    def facts(self, meeting: Meeting) -> BallotFacts:
        """What is to be recorded."""


class ToldForm(BallotForm, StanceFields):
    """A result without numbers."""

    kind = _kind(*TOLD_KINDS)
    result_text = StringField(
        "Ergebnis in Worten",
        [Optional(), Length(max=RESULT_LIMIT)],
        description="Zum Beispiel: einstimmig, mehrheitlich, einstimmig bei wenigen Enthaltungen."
        " Leer lassen, wenn unten Fraktionen genannt sind.",
    )
    outcome = RadioField(
        "Der Antrag ist",
        [InputRequired("Bitte geben Sie an, ob der Antrag angenommen ist.")],
        choices=options((one.value, word) for one, word in BALLOT_OUTCOME.items()),
    )

    def facts(self, meeting: Meeting) -> BallotFacts:
        """What is to be recorded."""
        return BallotFacts(
            **self.common(meeting),
            **self.stood(),
            kind=BallotKind(self.kind.data),
            outcome=BallotOutcome(self.outcome.data),
            result_text=self.result_text.data or "",
        )


class _NumberedForm(BallotForm):
    """Ballots whose numbers are known."""

    present = IntegerField(
        "Anwesende Stimmberechtigte",
        [Optional()],
        description="Leer lassen, dann zählt die erfasste Anwesenheit. Eine kleinere Zahl, wenn"
        " jemand kurz fehlte.",
        render_kw=NUMBER,
    )
    recused = IntegerField(
        "davon ausgeschlossen",
        [Optional()],
        description="Leer lassen: Die Zahl ergibt sich aus den Mitwirkungsverboten zum Punkt.",
        render_kw=NUMBER,
    )
    difference = StringField(
        "Erklärung, wenn Stimmen fehlen",
        [Optional(), Length(max=RESULT_LIMIT)],
        description="Zum Beispiel: eine Person nahm nicht teil.",
    )
    requirement = requirement_field()
    outcome = SelectField(
        "Ergebnis",
        choices=options(
            ((one.value, word) for one, word in BALLOT_OUTCOME.items()),
            empty="aus den Stimmen ermitteln",
        ),
        default="",
        description="Abweichend nur, wenn die Leitung anders festgestellt hat.",
    )
    result_text = StringField(
        "Ergebnis in Worten",
        [Optional(), Length(max=RESULT_LIMIT)],
        description="Leer lassen, dann steht dort zum Beispiel: mehrheitlich angenommen.",
    )

    def numbered(self) -> dict[str, Any]:
        """What these fields tell the act."""
        return {
            "present": self.present.data,
            "recused": self.recused.data,
            "difference": self.difference.data or "",
            "requirement": Requirement(self.requirement.data),
            "outcome": BallotOutcome(self.outcome.data) if self.outcome.data else None,
            "result_text": self.result_text.data or "",
        }


class CountedForm(_NumberedForm, StanceFields):
    """A result with its numbers."""

    kind = _kind(BallotKind.OPEN, BallotKind.SECRET)
    yes = IntegerField("Ja-Stimmen", [Optional()], render_kw=NUMBER)
    no = IntegerField("Nein-Stimmen", [Optional()], render_kw=NUMBER)
    abstentions = IntegerField("Enthaltungen", [Optional()], render_kw=NUMBER)
    invalid = IntegerField("Ungültige Stimmen", [Optional()], render_kw=NUMBER)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check also that there are numbers at all."""
        sound = super().validate(extra_validators)
        counts = (self.yes, self.no, self.abstentions)
        if all(one.data is None and not one.errors for one in counts):
            sentence = (
                "Bitte geben Sie die Stimmenzahlen an. Ist nur das Ergebnis bekannt, wählen Sie"
                " oben »In Worten«."
            )
            self.yes.errors = [*self.yes.errors, sentence]
            return False
        return bool(sound)

    def facts(self, meeting: Meeting) -> BallotFacts:
        """What is to be recorded."""
        return BallotFacts(
            **self.common(meeting),
            **self.numbered(),
            **self.stood(),
            kind=BallotKind(self.kind.data),
            yes=self.yes.data,
            no=self.no.data,
            abstentions=self.abstentions.data,
            invalid=self.invalid.data,
        )


class VoteForm(Form):
    """One member's vote in a roll call."""

    class Meta:
        """WTForms' settings."""

        def get_translations(self, form: Any) -> German:
            """Return our German instead of the browser's language."""
            del form
            return German()

    person_id = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    choice = RadioField(
        "Stimme",
        [Optional()],
        choices=options(
            [*((one.value, word) for one, word in CHOICE.items()), ("", "nicht abgestimmt")]
        ),
    )


class RollCallForm(_NumberedForm):
    """A roll call: the numbers follow from the names."""

    votes = FieldList(FormField(VoteForm))

    vote_errors: tuple[str, ...] = ()

    def refuse(self, error: RuleBroken) -> None:
        """Show what is wrong with the list above it, and in the summary."""
        if error.field == "votes":
            self.vote_errors = (*self.vote_errors, error.sentence)
            self.form_errors.append(error.sentence)
        else:
            super().refuse(error)

    def shown_fields(self) -> list[Any]:
        """Return the fields of a comparison; the names are compared beside them."""
        return [one for one in super().shown_fields() if one is not self.votes]

    def everybody_yes(self) -> None:
        """Set everybody who has not been called yet to yes."""
        for entry in self.votes:
            if not entry.form.choice.data:
                entry.form.choice.data = Choice.YES.value

    def cast(self) -> tuple[tuple[int, Choice], ...]:
        """Who voted, and how; a person that is no number is nobody's."""
        return tuple(
            (entry.form.person_id.data or 0, Choice(entry.form.choice.data))
            for entry in self.votes
            if entry.form.choice.data
        )

    def facts(self, meeting: Meeting) -> BallotFacts:
        """What is to be recorded."""
        return BallotFacts(
            **self.common(meeting),
            **self.numbered(),
            kind=BallotKind.ROLL_CALL,
            votes=self.cast(),
        )


WORDS, COUNTS, NAMES = "worte", "zahlen", "namentlich"
FORMS: dict[str, type[BallotForm]] = {COUNTS: CountedForm, WORDS: ToldForm, NAMES: RollCallForm}


def way_of(row: Ballot) -> str:
    """Which of the forms a recorded ballot was entered with."""
    if row.kind is BallotKind.ROLL_CALL:
        return NAMES
    return WORDS if row.yes is None else COUNTS


def empty(way: str, item: AgendaItem) -> BallotForm:
    """The form of a new ballot: open, with everybody who was recorded as present."""
    data: dict[str, Any] = {"kind": BallotKind.OPEN.value, "version": None}
    return _made(way, item, data, {})


def filled(way: str, row: Ballot) -> BallotForm:
    """The form of a recorded ballot, also where it is told in another way from now on."""
    item = row.agenda_item
    data = stored(row) | {"version": row.version}
    numbers = Room(item.meeting).numbers_of(row)
    data["present"] = None if row.present == numbers.present else row.present
    data["named_on_demand"] = any(one.person_id for one in row.stances)
    cast = {vote.person_id: vote.choice.value for vote in row.votes}
    return _made(way, item, data, cast)


def stored(row: Ballot) -> dict[str, Any]:
    """What a ballot's fields hold, by the forms' names."""
    names = ("subject", "result_text", "moved_by", "difference", "organization_id")
    data: dict[str, Any] = {name: getattr(row, name) for name in names}
    data |= {name: getattr(row, name) for name in ("yes", "no", "abstentions", "invalid")}
    data["kind"] = (BallotKind.OPEN if row.kind is BallotKind.ROLL_CALL else row.kind).value
    data["outcome"] = row.outcome.value
    data["motion"], data["requirement"] = row.motion.value, row.requirement.value
    data["taken_at"] = clock_of(row.taken_at)
    data["stances"] = stance_rows(row)
    return data


def _made(way: str, item: AgendaItem, data: dict[str, Any], cast: dict[int, str]) -> BallotForm:
    able = {one.person for one in Room(item.meeting).voters(item)}
    # In the order of the list of those present.
    voters = [one.person_id for one in item.meeting.attendances if one.person_id in able]
    if way == NAMES:
        data["votes"] = [
            {"person_id": one, "choice": cast.get(one, "")}
            for one in dict.fromkeys([*voters, *cast])
        ]
    form = FORMS[way](data=data)
    offer_committees(form, item)
    if isinstance(form, StanceFields) and not form.is_submitted():
        form.more_stances()
    return form
