"""The forms of the release: what the public may read from now on, and what no longer."""

from wtforms import StringField, SubmitField
from wtforms.validators import InputRequired, Length

from sitzungsdienst.office.forms import CheckboxesField, OfficeForm

REASON = Length(max=500)


class ReleaseMinutesForm(OfficeForm):
    """The public minutes, with every excerpt."""

    reason = StringField(
        "Grund der Änderung",
        [REASON],
        description="Nötig, sobald etwas davon schon veröffentlicht war. Der Grund steht öffentlich"
        " bei der neuen Fassung.",
    )


class ReleaseForm(ReleaseMinutesForm):
    """Items whose excerpts are released."""

    item_ids = CheckboxesField("Auszüge", coerce=int)
    everything = SubmitField("Alle möglichen Auszüge freigeben")


class WithdrawForm(OfficeForm):
    """Something that the public may no longer read."""

    reason = StringField(
        "Grund",
        [
            InputRequired(
                "Bitte geben Sie den Grund an; er steht öffentlich an der Stelle des Dokuments."
            ),
            REASON,
        ],
        description="Der Grund steht öffentlich an der Stelle des Dokuments. Nennen Sie darin"
        " nichts, was nichtöffentlich ist.",
    )
