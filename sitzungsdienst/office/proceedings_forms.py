"""The forms of the session room: what was said on an item, and when the meeting ended."""

from datetime import datetime
from typing import Any

from wtforms import DateField, SelectField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.proceedings import TreatmentFacts
from sitzungsdienst.gate.wording import DECISION
from sitzungsdienst.office.forms import VersionedForm, VersionField, options
from sitzungsdienst.office.local_time import SKIPPED, is_skipped, moment
from sitzungsdienst.office.room import clock_of, moment_in
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.proceedings import Decision, Treatment


class DayField(DateField):
    """A day that must be typed."""

    data: Any  # a date once the form is valid


class ClockField(TimeField):
    """A time that must be typed."""

    data: Any  # a time once the form is valid


class TreatmentForm(VersionedForm):
    """Deliberation and resolution of an item; without a version while nothing is recorded."""

    version = VersionField(widget=HiddenInput(), validators=[Optional()])
    deliberation = TextAreaField("Beratung")
    resolution_text = TextAreaField("Beschluss", description="Der Wortlaut, wie er gefasst wurde.")
    decision = SelectField(
        "Beschlussart",
        choices=options(
            ((one.value, word) for one, word in DECISION.items()), empty="– noch offen –"
        ),
        default="",
    )
    internal_note = TextAreaField(
        "Interner Vermerk", description="Nur für den Sitzungsdienst; steht in keinem Dokument."
    )
    began_at = TimeField(
        "Aufgerufen um",
        [Optional()],
        description="Mit den Uhrzeiten zählt bei Abstimmungen, wer währenddessen da war.",
    )
    ended_at = TimeField("Abgeschlossen um", [Optional()])

    def facts(self, meeting: Meeting) -> TreatmentFacts:
        """What is to be recorded."""
        return TreatmentFacts(
            deliberation=self.deliberation.data or "",
            resolution_text=self.resolution_text.data or "",
            decision=Decision(self.decision.data) if self.decision.data else None,
            internal_note=self.internal_note.data or "",
            began_at=moment_in(meeting, self.began_at.data),
            ended_at=moment_in(meeting, self.ended_at.data),
        )

    def adopt(self, proposed: str) -> None:
        """Put a proposed resolution into the resolution, below what stands there already."""
        typed = (self.resolution_text.data or "").strip()
        if proposed.strip() not in typed:
            self.resolution_text.data = f"{typed}\n\n{proposed}" if typed else proposed


def stored(row: Treatment | None) -> dict[str, Any]:
    """What is recorded of an item, by the form's names."""
    if row is None:
        return {}
    names = ("version", "deliberation", "resolution_text", "internal_note")
    return {
        **{name: getattr(row, name) for name in names},
        "decision": row.decision.value if row.decision else "",
        "began_at": clock_of(row.began_at),
        "ended_at": clock_of(row.ended_at),
    }


class ClosingForm(VersionedForm):
    """When a meeting ended."""

    end = ClockField(
        "Uhrzeit",
        [InputRequired("Bitte geben Sie an, wann die Sitzung endete, zum Beispiel 18:55.")],
    )
    end_date = DayField(
        "Datum",
        [InputRequired("Bitte geben Sie an, an welchem Tag die Sitzung endete.")],
        description="Nach Mitternacht: der Tag danach.",
    )

    def moment(self) -> datetime:
        """The end as a moment. Raises RuleBroken for a time that the day does not have."""
        if is_skipped(self.end_date.data, self.end.data):
            raise RuleBroken("end", SKIPPED)
        return moment(self.end_date.data, self.end.data)
