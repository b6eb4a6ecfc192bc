"""The forms of papers. Fields are named as in the acts' commands."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from sitzungsdienst.acts.attachments import AttachmentFacts
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.papers import Originator, PaperFacts
from sitzungsdienst.acts.uploads import MAX_BYTES, MEDIA_TYPES
from sitzungsdienst.config import MIB
from sitzungsdienst.office.forms import (
    CheckboxesField,
    OfficeForm,
    VersionedForm,
    number_or_none,
    options,
)
from sitzungsdienst.office.searching import in_order
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.papers import Attachment, Paper, PaperOriginator
from sitzungsdienst.record.people import Person

FIRST_ROWS = 4
MOST_ROWS = 40
PERSON, ORGANIZATION = "person", "organization"
OPEN_PATH, WITHOUT_AGENDA, NOT_CLEARED = "offen", "ohne-tagesordnung", "ohne-freigabe"

# Group of a select's choices, and the choices as (value, label).
Choices = tuple[str, Sequence[tuple[object, str]]]


def is_true(value: object) -> bool:
    """Coerce the answer to a question with two radio buttons; everything unknown is no."""
    return str(value) == "True"


class OriginatorForm(Form):
    """One row: who submits, as printed, and perhaps who that is in the office's lists.

    `link` is "person:12" or "organization:5".
    """

    class Meta(OfficeForm.Meta):
        """As in all forms; the token is the whole form's."""

        csrf = False

    label = StringField("Wie gedruckt", [Length(max=300)])
    link = SelectField("Person oder Fraktion", [Optional()])


class PaperFields:
    """What a paper says."""

    reference = StringField(
        "Vorlagennummer",
        description="Wie Ihre Verwaltung sie vergibt, zum Beispiel: 2017/FB3/0433. Sie bleibt, wie"
        " Sie sie eingeben.",
    )
    title = StringField("Betreff", [InputRequired("Bitte geben Sie den Betreff ein.")])
    paper_type = SelectField("Vorlage-Art", [InputRequired("Bitte wählen Sie die Vorlage-Art.")])
    dated = DateField("Datum", [Optional()], description="Das Datum, das auf der Vorlage steht.")
    public = RadioField(
        "Status",
        choices=options([(False, "nichtöffentlich"), (True, "öffentlich")]),
        coerce=is_true,
        default=False,
        validators=[InputRequired("Bitte wählen Sie den Status.")],
        description="Wie die Vorlage behandelt werden soll. Veröffentlicht wird damit nichts.",
    )
    originators = FieldList(
        FormField(OriginatorForm),
        "Einreicher",
        min_entries=FIRST_ROWS,
        max_entries=MOST_ROWS,
        description="Jede Zeile wird so gedruckt, wie sie hier steht, zum Beispiel: Kratzsch,"
        " Integrationskoordinatorin. Leere Zeilen zählen nicht. Mit einer Verknüpfung und ohne"
        " Text steht dort der Name.",
    )
    responsible_unit_id = SelectField(
        "Federführend",
        [Optional()],
        coerce=number_or_none,
        description="Fehlt der Bereich, legen Sie ihn unter »Gremien« → »Verwaltungseinheiten« an.",
    )
    further_unit_ids = CheckboxesField("Beteiligt", [Optional()], coerce=int)
    handled_by = StringField(
        "Bearbeiter/-in", description="Wie gedruckt, zum Beispiel: Brummunt, Erdmute."
    )
    addressed_to = StringField("Empfänger")
    proposed_resolution = TextAreaField("Beschlussvorschlag")
    facts = TextAreaField("Sachverhalt")
    reasons = TextAreaField("Begründung")
    financial_effects = TextAreaField("Finanzielle Auswirkungen")
    internal_note = TextAreaField(
        "Interner Vermerk", description="Nur für den Sitzungsdienst; wird nie veröffentlicht."
    )


class OriginatorRows(OfficeForm):
    """What both forms of a paper do with the rows of originators."""

    def refuse(self, error: RuleBroken) -> None:
        """Show a broken rule; rows have no place of their own for what concerns them all."""
        if error.field == "originators":
            self.form_errors.append(f"Einreicher: {error.sentence}")
        else:
            super().refuse(error)

    def offer_originators(self, choices: Sequence[Choices]) -> None:
        """Let every row offer persons and organisations to link to."""
        for row in self._fields["originators"]:
            row.form.link.choices = options((), empty="– keine Verknüpfung –")
            for heading, pairs in choices:
                row.form.link.choices += options(pairs, group=heading)

    def add_rows(self, number: int) -> None:
        """Add empty rows for originators, as long as there is room."""
        rows = self._fields["originators"]
        for _ in range(min(number, MOST_ROWS - len(rows))):
            rows.append_entry()


class NewPaperForm(OriginatorRows, PaperFields):
    """A paper to be entered."""


class PaperForm(VersionedForm, OriginatorRows, PaperFields):
    """A paper to be changed."""


def paper_values(row: Paper) -> dict[str, Any]:
    """What the form shows of a paper."""
    names = (
        "version", "reference", "title", "paper_type", "dated", "public", "responsible_unit_id",
        "handled_by", "addressed_to", "proposed_resolution", "facts", "reasons",
        "financial_effects", "internal_note",
    )  # fmt: skip
    return {name: getattr(row, name) for name in names} | paper_rows(row)


def paper_rows(row: Paper) -> dict[str, Any]:
    """What the form shows of a paper's rows: who submits it, who takes part."""
    return {
        "originators": [{"label": one.label, "link": _link(one)} for one in row.originators],
        "further_unit_ids": [one.organization_id for one in row.further_units],
    }


def paper_facts(form: NewPaperForm | PaperForm, names: dict[str, str]) -> PaperFacts:
    """The command's facts from a sound form; `names` are the labels of links, for empty ones."""
    rows = [(row["label"] or "", row["link"] or "") for row in form.originators.data]
    return PaperFacts(
        reference=form.reference.data or "",
        title=form.title.data or "",
        paper_type=form.paper_type.data or "",
        dated=form.dated.data,
        public=form.public.data,
        originators=tuple(
            _originator(label.strip() or names.get(link, ""), link)
            for label, link in rows
            if label.strip() or link
        ),
        responsible_unit_id=form.responsible_unit_id.data,
        further_unit_ids=tuple(form.further_unit_ids.data or ()),
        handled_by=form.handled_by.data or "",
        addressed_to=form.addressed_to.data or "",
        proposed_resolution=form.proposed_resolution.data or "",
        facts=form.facts.data or "",
        reasons=form.reasons.data or "",
        financial_effects=form.financial_effects.data or "",
        internal_note=form.internal_note.data or "",
    )


def originator_choices(persons: Sequence[Person], rows: Sequence[Organization]) -> list[Choices]:
    """Who may be linked as originator: persons, then groups and units, then committees."""
    listed = sorted(rows, key=lambda one: (in_order(one.name), one.id))
    people = sorted(persons, key=lambda one: (in_order(one.sort_name), one.id))
    committees: list[tuple[object, str]] = []
    groups: list[tuple[object, str]] = []
    for one in listed:
        pairs = committees if one.kind is OrganizationKind.COMMITTEE else groups
        pairs.append((f"{ORGANIZATION}:{one.id}", one.name))
    return [
        ("Personen", [(f"{PERSON}:{one.id}", one.sort_name) for one in people]),
        ("Fraktionen und Verwaltung", groups),
        ("Gremien", committees),
    ]


def _link(row: PaperOriginator) -> str:
    if row.person_id is not None:
        return f"{PERSON}:{row.person_id}"
    return f"{ORGANIZATION}:{row.organization_id}" if row.organization_id is not None else ""


def _originator(label: str, link: str) -> Originator:
    kind, _, number = link.partition(":")
    return Originator(
        label=label,
        person_id=int(number) if kind == PERSON else None,
        organization_id=int(number) if kind == ORGANIZATION else None,
    )


class AttachmentFields:
    """How an attachment is called, and whether it is meant for the public."""

    name = StringField(
        "Bezeichnung",
        description="Zum Beispiel: Anlage 1 – Zeitplan. Bleibt das Feld leer, gilt der Dateiname.",
    )
    public = BooleanField(
        "Die Anlage ist öffentlich",
        description="Sie wird erst zusammen mit der Vorlage veröffentlicht.",
    )
    redacts_id = SelectField(
        "Geschwärzte Fassung von",
        [Optional()],
        coerce=number_or_none,
        description="Die geschwärzte Fassung darf öffentlich sein, ihr Original bleibt"
        " nichtöffentlich.",
    )


class NewAttachmentForm(OfficeForm, AttachmentFields):
    """A file to be attached."""

    file = FileField(
        "Datei",
        description=f"PDF, höchstens {MAX_BYTES // MIB} MB, ohne Kennwort, Skripte und eingebettete"
        " Dateien. Nichtöffentlich auch Word (.docx), Excel (.xlsx) und OpenDocument-Text (.odt),"
        " ohne Makros.",
        render_kw={"accept": ",".join(MEDIA_TYPES)},
    )


class AttachmentForm(VersionedForm, AttachmentFields):
    """An attachment to be changed."""

    name = StringField("Bezeichnung", [InputRequired("Bitte geben Sie eine Bezeichnung ein.")])


def attachment_facts(form: NewAttachmentForm | AttachmentForm) -> AttachmentFacts:
    """The command's facts from a sound form."""
    return AttachmentFacts(
        name=form.name.data or "", public=form.public.data, redacts_id=form.redacts_id.data
    )


def offer_originals(
    form: NewAttachmentForm | AttachmentForm, rows: Sequence[Attachment], row: Attachment | None
) -> None:
    """Let the form offer the paper's other attachments that are no redacted copies themselves."""
    form.redacts_id.choices = options(
        ((one.id, one.name) for one in rows if one is not row and one.redacts_id is None),
        empty="– nein, eine eigene Anlage –",
    )


class PaperFilter(OfficeForm):
    """What is looked for in the list of papers; sent by GET, so without a token."""

    class Meta(OfficeForm.Meta):
        """Nothing is changed by looking."""

        csrf = False

    suche = StringField("Suche, auch in Anlagen", [Length(max=200)])
    art = SelectField("Vorlage-Art", [Optional()])
    status = SelectField(
        "Status",
        [Optional()],
        choices=options(
            [("oeffentlich", "öffentlich"), ("nichtoeffentlich", "nichtöffentlich")], empty="alle"
        ),
    )
    einheit = SelectField("Federführend oder beteiligt", [Optional()], coerce=number_or_none)
    stand = SelectField(
        "Stand",
        [Optional()],
        choices=options(
            [
                (OPEN_PATH, "Beratungsfolge offen"),
                (WITHOUT_AGENDA, "auf keiner Tagesordnung"),
                (NOT_CLEARED, "Mitzeichnung oder Freigabe fehlt"),
            ],
            empty="alle",
        ),
    )
    jahr = SelectField("Jahr", [Optional()], coerce=number_or_none)
