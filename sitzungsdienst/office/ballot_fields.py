"""What the forms of a ballot have in common: who moved it, when it was taken, who stood where."""

from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    SelectField,
    StringField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag behind
from wtforms.validators import Length, Optional
from wtforms.widgets import HiddenInput

from sitzungsdienst.acts.ballots import StanceFacts
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.presence import Room
from sitzungsdienst.acts.text import TITLE_LIMIT
from sitzungsdienst.gate.wording import CHOICE, MOTION, REQUIREMENT
from sitzungsdienst.office.forms import VersionedForm, VersionField, number_or_none, options
from sitzungsdienst.office.messages import German
from sitzungsdienst.office.room import moment_in
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.proceedings import Ballot, Choice, Motion, Requirement, Stance

SPARE_STANCES = 3
GROUP, MEMBER = "fraktion", "mitglied"


class StanceForm(Form):
    """How a group or a single member stood to the vote; a row without either is left out."""

    class Meta:
        """WTForms' settings."""

        def get_translations(self, form: Any) -> German:
            """Return our German instead of the browser's language."""
            del form
            return German()

    who = SelectField("Fraktion oder Mitglied", validate_choice=False, default="")
    choice = SelectField(
        "Haltung",
        choices=options(
            [
                (Choice.NO.value, "dagegen"),
                (Choice.ABSTENTION.value, "enthält sich"),
                (Choice.YES.value, "dafür"),
            ]
        ),
        default=Choice.NO.value,
    )
    label = StringField("Wortlaut", [Optional(), Length(max=200)])

    def facts(self) -> StanceFacts | None:
        """The row for the act; None where nobody is chosen."""
        kind, _, number = (self.who.data or "").partition("-")
        if not number.isdecimal():
            return None
        return StanceFacts(
            choice=Choice(self.choice.data),
            organization_id=int(number) if kind == GROUP else None,
            person_id=int(number) if kind == MEMBER else None,
            label=self.label.data or "",
        )


class BallotFields(VersionedForm):
    """The fields of every ballot; a new one has no version."""

    version = VersionField(widget=HiddenInput(), validators=[Optional()])
    subject = StringField(
        "Gegenstand",
        [Optional(), Length(max=TITLE_LIMIT)],
        description="Nur nötig, wenn zu diesem Punkt mehrmals abgestimmt wird.",
    )
    organization_id = SelectField(
        "Gremium",
        coerce=number_or_none,
        description="Mehrere Gremien tagen gemeinsam; jedes stimmt für sich ab.",
        validate_choice=False,
    )
    motion = SelectField(
        "Abgestimmt wird über",
        choices=options((one.value, MOTION[one] or "die Sache selbst") for one in Motion),
        default=Motion.MAIN.value,
    )
    moved_by = StringField("Antrag von", [Optional(), Length(max=300)])
    taken_at = TimeField(
        "Uhrzeit der Abstimmung",
        [Optional()],
        description="Dann zählt genau, wer in diesem Augenblick da war.",
    )

    def common(self, meeting: Meeting) -> dict[str, Any]:
        """What these fields tell the act."""
        return {
            "subject": self.subject.data or "",
            "organization_id": self.organization_id.data,
            "motion": Motion(self.motion.data),
            "moved_by": self.moved_by.data or "",
            "taken_at": moment_in(meeting, self.taken_at.data),
        }


class StanceFields(BallotFields):
    """Ballots whose result tells of groups and single members."""

    stances = FieldList(
        FormField(StanceForm),
        label="Nach Fraktionen und Mitgliedern",
        description="Zum Beispiel: gegen die CDU-Fraktion bei Enthaltung der FDP-Fraktion. Der Satz"
        " entsteht daraus, wenn das Ergebnis in Worten leer bleibt.",
    )
    named_on_demand = BooleanField(
        "Die genannten einzelnen Mitglieder haben das selbst verlangt",
        description="Ohne ihr Verlangen wird niemand einzeln genannt.",
    )

    stance_errors: tuple[str, ...] = ()

    def refuse(self, error: RuleBroken) -> None:
        """Show what is wrong with the rows above them, and in the summary."""
        if error.field == "stances":
            self.stance_errors = (*self.stance_errors, error.sentence)
            self.form_errors.append(error.sentence)
        else:
            super().refuse(error)

    def stood(self) -> dict[str, Any]:
        """The stances for the act."""
        rows = (entry.form.facts() for entry in self.stances)
        return {
            "stances": tuple(one for one in rows if one is not None),
            "named_on_demand": bool(self.named_on_demand.data),
        }

    def more_stances(self) -> None:
        """Add spare rows, so that there are always some to fill."""
        for _ in range(SPARE_STANCES):
            self.stances.append_entry({})


def requirement_field() -> SelectField:
    """Which majority the vote needs."""
    return SelectField(
        "Nötige Mehrheit",
        choices=options(
            (one.value, REQUIREMENT[one] or "einfache Mehrheit") for one in Requirement
        ),
        default=Requirement.SIMPLE.value,
    )


def offer_committees(form: BallotFields, item: AgendaItem) -> None:
    """Offer the committees that vote on the item; none to choose from where there is one."""
    here = Room(item.meeting).committees_at(item)
    form.organization_id.choices = options(
        ((one.id, one.name) for one in here), empty="– bitte wählen –"
    )


def joint(item: AgendaItem) -> bool:
    """Whether somebody must say which committee votes."""
    return len(item.meeting.committees) > 1


def offer_stances(form: StanceFields, groups: Iterable[Organization], item: AgendaItem) -> None:
    """Offer the groups of the Body and the members who could vote."""
    able = {one.person for one in Room(item.meeting).voters(item)}
    members = sorted(
        (one.person for one in item.meeting.attendances if one.person_id in able),
        key=lambda one: one.sort_name.casefold(),
    )
    choices: list[SelectChoice] = [
        *options([], empty="– niemand –"),
        *options(((f"{GROUP}-{one.id}", one.name) for one in groups), group="Fraktionen"),
        *options(((f"{MEMBER}-{one.id}", one.sort_name) for one in members), group="Mitglieder"),
    ]
    for entry in form.stances:
        entry.form.who.choices = choices


def groups_of(rows: Iterable[Organization]) -> list[Organization]:
    """The parliamentary groups among organisations, by name."""
    found = [one for one in rows if one.kind is OrganizationKind.GROUP]
    return sorted(found, key=lambda one: one.name.casefold())


def stance_rows(row: Ballot) -> list[dict[str, str]]:
    """The recorded stances as the form's rows."""
    return [
        {"who": _who(one), "choice": one.choice.value, "label": one.label} for one in row.stances
    ]


def _who(stance: Stance) -> str:
    if stance.organization_id is not None:
        return f"{GROUP}-{stance.organization_id}"
    return f"{MEMBER}-{stance.person_id}"


def choice_words(row: Ballot) -> tuple[tuple[str, str], ...]:
    """(label, choice) of the stances, for a page."""
    return tuple((one.label, CHOICE[one.choice]) for one in row.stances)
