"""The form of a recusal: who takes no part in an item, and how that was settled."""

from dataclasses import dataclass
from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from sitzungsdienst.acts.recusals import REASON_LIMIT, RecusalFacts
from sitzungsdienst.german import clock
from sitzungsdienst.office.forms import VersionedForm, VersionField, number_or_none, options
from sitzungsdienst.office.room import clock_of, moment_in
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.proceedings import (
    AttendanceKind,
    Recusal,
    RecusalBasis,
    Whereabouts,
)

BASIS = {
    RecusalBasis.DECLARED: "selbst angezeigt",
    RecusalBasis.DECIDED: "vom Gremium festgestellt",
    RecusalBasis.DENIED: "vom Gremium verneint – die Person wirkt mit",
}
WHEREABOUTS = {
    Whereabouts.LEFT_ROOM: "hat den Raum verlassen",
    Whereabouts.AUDIENCE: "saß bei den Zuhörenden",
}


class RecusalForm(VersionedForm):
    """Who takes no part; a new one has no version, a recorded one keeps its person."""

    version = VersionField(widget=HiddenInput(), validators=[Optional()])
    person_id = SelectField(
        "Person",
        [InputRequired("Bitte wählen Sie die Person.")],
        coerce=number_or_none,
        validate_choice=False,
    )
    basis = RadioField(
        "Wie es festgestellt wurde",
        [InputRequired("Bitte wählen Sie, wie es festgestellt wurde.")],
        choices=options((one.value, word) for one, word in BASIS.items()),
        default=RecusalBasis.DECLARED.value,
    )
    decided = StringField(
        "Entscheidung des Gremiums in Worten",
        [Optional(), Length(max=500)],
        description="Zum Beispiel: mit 7 Ja-Stimmen, ohne Mitwirkung der Person.",
    )
    whereabouts = RadioField(
        "Während des Punktes",
        [InputRequired("Bitte wählen Sie, wo die Person war.")],
        choices=options((one.value, word) for one, word in WHEREABOUTS.items()),
        default=Whereabouts.LEFT_ROOM.value,
    )
    left_at = TimeField("hinaus um", [Optional()])
    returned_at = TimeField("zurück um", [Optional()])
    reason = TextAreaField(
        "Grund",
        [Optional(), Length(max=REASON_LIMIT)],
        description="Nur für den Sitzungsdienst. Er steht in keiner öffentlichen Fassung.",
    )

    def facts(self, meeting: Meeting, person_id: int) -> RecusalFacts:
        """What is to be recorded."""
        return RecusalFacts(
            person_id=person_id,
            basis=RecusalBasis(self.basis.data),
            whereabouts=Whereabouts(self.whereabouts.data),
            left_at=moment_in(meeting, self.left_at.data),
            returned_at=moment_in(meeting, self.returned_at.data),
            decided=self.decided.data or "",
            reason=self.reason.data or "",
        )

    def offer(self, item: AgendaItem) -> None:
        """Offer who was there and is not recorded yet, members with a vote first."""
        known = {one.person_id for one in item.recusals}
        rows = sorted(
            (
                one
                for one in item.meeting.attendances
                if one.kind is AttendanceKind.PRESENT and one.person_id not in known
            ),
            key=lambda one: (not one.voting_right, one.person.sort_name.casefold()),
        )
        self.person_id.choices = options(
            ((one.person_id, one.person.sort_name) for one in rows), empty="– bitte wählen –"
        )


def stored(row: Recusal) -> dict[str, Any]:
    """What is recorded, by the form's names."""
    return {
        "version": row.version,
        "person_id": row.person_id,
        "basis": row.basis.value,
        "decided": row.decided,
        "whereabouts": row.whereabouts.value,
        "left_at": clock_of(row.left_at),
        "returned_at": clock_of(row.returned_at),
        "reason": row.reason,
    }


@dataclass(frozen=True, slots=True)
class RecusalLine:
    """A recusal as the item's page tells it; never with its reason."""

    id: int
    name: str
    excludes: bool
    words: str


def lines(item: AgendaItem) -> list[RecusalLine]:
    """The recusals of an item in words."""
    return [
        RecusalLine(one.id, one.person.name, one.excludes, _words(one)) for one in item.recusals
    ]


def _words(row: Recusal) -> str:
    times = [
        f"{word} {clock(at)} Uhr"
        for word, at in (("von", row.left_at), ("bis", row.returned_at))
        if at is not None
    ]
    where = [WHEREABOUTS[row.whereabouts]] if row.excludes else []
    decided = [row.decided] if row.decided else []
    return ", ".join([BASIS[row.basis], *decided, *where, " ".join(times)]).rstrip(", ")
