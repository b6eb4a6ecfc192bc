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
from sitzungsdienst.acts.presence import voters_present
from sitzungsdienst.acts.text import TITLE_LIMIT
from sitzungsdienst.gate.wording import BALLOT_KIND, BALLOT_OUTCOME, CHOICE
from sitzungsdienst.office.forms import VersionedForm, VersionField, options
from sitzungsdienst.office.messages import German
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.proceedings import Ballot, BallotKind, BallotOutcome, Choice

RESULT_LIMIT = 500
UNANIMOUS = "einstimmig"

NUMBER = {"inputmode": "numeric", "min": "0", "max": "999"}


def _kind() -> RadioField:
    kinds = (BallotKind.OPEN, BallotKind.SECRET)
    return RadioField(
        "Art der Abstimmung",
        [InputRequired("Bitte wählen Sie die Art der Abstimmung.")],
        choices=options((one.value, BALLOT_KIND[one]) for one in kinds),
    )


class BallotForm(VersionedForm):
    """What every ballot has; a new one has no version."""

    version = VersionField(widget=HiddenInput(), validators=[Optional()])
    subject = StringField(
        "Gegenstand",
        [Optional(), Length(max=TITLE_LIMIT)],
        description="Nur nötig, wenn zu diesem Punkt mehrmals abgestimmt wird.",
    )

    @abstractmethod
    def facts(self) -> BallotFacts:
        """What is to be recorded; each way of voting has its own form."""


class ToldForm(BallotForm):
    """A result without numbers."""

    kind = _kind()
    result_text = StringField(
        "Ergebnis in Worten",
        [Optional(), Length(max=RESULT_LIMIT)],
        description="Zum Beispiel: einstimmig, mehrheitlich, einstimmig bei wenigen Enthaltungen.",
    )
    outcome = RadioField(
        "Der Antrag ist",
        [InputRequired("Bitte geben Sie an, ob der Antrag angenommen ist.")],
        choices=options((one.value, word) for one, word in BALLOT_OUTCOME.items()),
    )

    def facts(self) -> BallotFacts:
        """What is to be recorded."""
        return BallotFacts(
            kind=BallotKind(self.kind.data),
            subject=self.subject.data or "",
            outcome=BallotOutcome(self.outcome.data),
            result_text=self.result_text.data or "",
        )


class _NumberedForm(BallotForm):
    """Ballots whose numbers are known."""

    present = IntegerField(
        "Anwesende Stimmberechtigte",
        [InputRequired("Bitte geben Sie an, wie viele Stimmberechtigte im Raum waren.")],
        description="Vorbelegt aus der Anwesenheit; ändern Sie die Zahl, wenn jemand fehlte.",
        render_kw=NUMBER,
    )
    recused = IntegerField(
        "davon ausgeschlossen",
        [Optional()],
        description="Wer wegen Befangenheit nicht mitwirken durfte (Mitwirkungsverbot).",
        render_kw=NUMBER,
    )
    outcome = SelectField(
        "Ergebnis",
        choices=options(
            ((one.value, word) for one, word in BALLOT_OUTCOME.items()),
            empty="aus den Stimmen ermitteln",
        ),
        default="",
        description="Abweichend nur, wenn eine größere Mehrheit nötig war.",
    )
    result_text = StringField(
        "Ergebnis in Worten",
        [Optional(), Length(max=RESULT_LIMIT)],
        description="Leer lassen, dann steht dort zum Beispiel: mehrheitlich angenommen.",
    )

    def _outcome(self) -> BallotOutcome | None:
        return BallotOutcome(self.outcome.data) if self.outcome.data else None


class CountedForm(_NumberedForm):
    """A result with its numbers."""

    kind = _kind()
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

    def facts(self) -> BallotFacts:
        """What is to be recorded."""
        return BallotFacts(
            kind=BallotKind(self.kind.data),
            subject=self.subject.data or "",
            yes=self.yes.data,
            no=self.no.data,
            abstentions=self.abstentions.data,
            invalid=self.invalid.data,
            present=self.present.data,
            recused=self.recused.data or 0,
            outcome=self._outcome(),
            result_text=self.result_text.data or "",
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

    def facts(self) -> BallotFacts:
        """What is to be recorded."""
        return BallotFacts(
            kind=BallotKind.ROLL_CALL,
            subject=self.subject.data or "",
            present=self.present.data,
            recused=self.recused.data or 0,
            outcome=self._outcome(),
            result_text=self.result_text.data or "",
            votes=self.cast(),
        )


WORDS, COUNTS, NAMES = "worte", "zahlen", "namentlich"
FORMS: dict[str, type[BallotForm]] = {COUNTS: CountedForm, WORDS: ToldForm, NAMES: RollCallForm}


def way_of(row: Ballot) -> str:
    """Which of the forms a recorded ballot was entered with."""
    if row.kind is BallotKind.ROLL_CALL:
        return NAMES
    return WORDS if row.yes is None else COUNTS


def empty(way: str, meeting: Meeting) -> BallotForm:
    """The form of a new ballot: open, with everybody who was recorded as present."""
    data: dict[str, Any] = {"kind": BallotKind.OPEN.value, "version": None, "recused": 0}
    return _made(way, meeting, data, {})


def filled(way: str, row: Ballot) -> BallotForm:
    """The form of a recorded ballot, also where it is told in another way from now on."""
    meeting = row.agenda_item.meeting
    data = {name: getattr(row, name) for name in ("subject", "recused", "version", "result_text")}
    data |= {name: getattr(row, name) for name in ("yes", "no", "abstentions", "invalid")}
    data["kind"] = (BallotKind.OPEN if row.kind is BallotKind.ROLL_CALL else row.kind).value
    data["outcome"] = row.outcome.value
    data["present"] = row.present
    cast = {vote.person_id: vote.choice.value for vote in row.votes}
    return _made(way, meeting, data, cast)


def _made(way: str, meeting: Meeting, data: dict[str, Any], cast: dict[int, str]) -> BallotForm:
    voters = [one.person_id for one in voters_present(meeting)]
    data.setdefault("present", len(voters) or None)
    if way == NAMES:
        data["votes"] = [
            {"person_id": one, "choice": cast.get(one, "")}
            for one in dict.fromkeys([*voters, *cast])
        ]
    return FORMS[way](data=data)
