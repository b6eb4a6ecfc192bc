"""What is printed of resolutions: of which time, of whom, in which version. Sent by GET."""

from collections.abc import Iterable, Sequence

from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from sitzungsdienst.law.values import Part
from sitzungsdienst.office.followup_forms import FollowUpFilter
from sitzungsdienst.office.forms import OfficeForm, number_or_none, options
from sitzungsdienst.record.bodies import LegislativeTerm, Organization

FULL, PUBLIC = "vollstaendig", "oeffentlich"
PDF, SHEET, ISSUE = "pdf", "xlsx", "ausstellen"
TERM = "wp"
PARTS = {
    "alle": frozenset(Part),
    "oeffentlich": frozenset({Part.PUBLIC}),
    "nichtoeffentlich": frozenset({Part.NONPUBLIC}),
}


class BookForm(OfficeForm):
    """Which resolutions the book holds; by itself those of the newest year, in full."""

    class Meta(OfficeForm.Meta):
        """Nothing is changed by printing."""

        csrf = False

    zeitraum = SelectField("Zeitraum", [Optional()])
    fuer = SelectField("Gremium", [Optional()], coerce=number_or_none)
    fassung = RadioField(
        "Fassung",
        choices=options(
            [
                (FULL, "vollständig, nur für das Haus"),
                (PUBLIC, "öffentlicher Teil, nur was veröffentlicht ist"),
            ]
        ),
        default=FULL,
    )

    def offer(
        self,
        years: Sequence[int],
        terms: Iterable[LegislativeTerm],
        committees: Iterable[Organization],
    ) -> None:
        """Fill the choices, the newest first."""
        self.zeitraum.choices = [
            *options((str(year), f"Jahr {year}") for year in years),
            *options((f"{TERM}{one.id}", one.name) for one in terms),
        ]
        self.fuer.choices = options(((one.id, one.name) for one in committees), empty="alle")
        if not self.zeitraum.data:
            self.zeitraum.data = str(years[0])
        if not self.fassung.data:
            self.fassung.data = FULL


class ReportForm(FollowUpFilter):
    """Which resolutions the report tells of, and in which parts."""

    teil = SelectField(
        "Teil",
        [Optional()],
        choices=options(
            [
                ("alle", "beide, getrennt"),
                ("oeffentlich", "nur öffentlich gefasste"),
                ("nichtoeffentlich", "nur nichtöffentlich gefasste"),
            ]
        ),
        default="alle",
    )
