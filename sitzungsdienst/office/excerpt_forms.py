"""The form of a certified copy."""

from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from sitzungsdienst.acts.excerpts import CopyFacts
from sitzungsdienst.office.forms import OfficeForm, options

FULL, PUBLIC = "full", "public"


class CopyForm(OfficeForm):
    """Who certifies which version for whom."""

    certified_by = StringField(
        "Beglaubigt durch",
        [InputRequired("Bitte geben Sie an, wer beglaubigt."), Length(max=200)],
    )
    recipient = StringField(
        "Ausgestellt für",
        [Length(max=200)],
        description="Zum Beispiel eine Behörde, ein Notariat oder eine Person.",
    )
    full = RadioField(
        "Fassung",
        [InputRequired("Bitte wählen Sie die Fassung.")],
        choices=options(
            (
                (PUBLIC, "öffentlich – ohne das, was nur das Haus angeht"),
                (FULL, "vollständig – nicht für die Öffentlichkeit"),
            )
        ),
        default=PUBLIC,
    )

    def facts(self) -> CopyFacts:
        """What the act needs."""
        return CopyFacts(
            certified_by=self.certified_by.data or "",
            recipient=self.recipient.data or "",
            full=self.full.data == FULL,
        )
