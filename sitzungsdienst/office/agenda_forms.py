"""The forms of the agenda: adding, pasting, changing items, releasing anew."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from sitzungsdienst.acts.agenda import ItemFacts
from sitzungsdienst.gate.agenda import AgendaRow
from sitzungsdienst.gate.wording import CONSULTATION_ROLE, PART, paper_status
from sitzungsdienst.law.values import Part
from sitzungsdienst.office.database import db
from sitzungsdienst.office.forms import (
    CheckboxesField,
    OfficeForm,
    VersionedForm,
    number_or_none,
    options,
)
from sitzungsdienst.office.meetings_forms import PUBLIC_REASON
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, ItemKind, Meeting
from sitzungsdienst.record.papers import Consultation

PARTS = options((part.value, f"{PART[part]}er Teil") for part in Part)
ITEM_KINDS = options(
    (
        (ItemKind.ITEM.value, "Punkt, der beraten wird"),
        (ItemKind.HEADING.value, "Überschrift: nummeriert, ohne Beratung und Vorlage"),
    )
)


class ItemFields:
    """Where an item stands and which papers it deals with."""

    part = RadioField(
        "Teil", [InputRequired("Bitte wählen Sie den Teil.")], choices=PARTS, default=Part.PUBLIC
    )
    parent_id = SelectField("Unterpunkt von", [Optional()], coerce=number_or_none)
    kind = RadioField("Art", [Optional()], choices=ITEM_KINDS, default=ItemKind.ITEM.value)
    consultation_ids = CheckboxesField(
        "Vorlagen",
        [Optional()],
        coerce=int,
        description="Offene Beratungsschritte vor dem Gremium dieser Sitzung.",
    )


class NewItemForm(OfficeForm, ItemFields):
    """A new item, at the end of its siblings."""

    title = StringField(
        "Betreff",
        [Optional()],
        description="Bleibt das Feld leer, steht hier der Betreff der gewählten Vorlage.",
    )


class ItemForm(VersionedForm, ItemFields):
    """An item to be changed. `disclosure` and `public_title` are a non-public item's."""

    title = StringField("Betreff", [InputRequired("Bitte geben Sie den Betreff ein.")])
    disclosure = RadioField(
        "In der öffentlichen Tagesordnung",
        [Optional()],
        choices=options(
            (
                (Disclosure.HIDDEN, "nicht nennen: Der Punkt erscheint öffentlich gar nicht."),
                (
                    Disclosure.NEUTRAL,
                    "öffentlich nennen: mit Nummer und öffentlichem Betreff, sonst nichts.",
                ),
            )
        ),
        default=Disclosure.HIDDEN,
    )
    public_title = StringField(
        "Öffentlicher Betreff",
        [Optional()],
        description="Diese Worte liest die Öffentlichkeit, zum Beispiel: Grundstücksangelegenheit."
        " Keine Namen, Beträge oder Anschriften.",
    )


class PasteForm(OfficeForm):
    """A whole agenda as text."""

    part = RadioField(
        "Teil", [InputRequired("Bitte wählen Sie den Teil.")], choices=PARTS, default=Part.PUBLIC
    )
    lines = TextAreaField(
        "Tagesordnungspunkte",
        [InputRequired("Bitte fügen Sie die Punkte ein, jeden in einer eigenen Zeile.")],
        description="Jede Zeile wird ein Punkt, eingerückte Zeilen werden Unterpunkte. Stehen vor"
        " allen Zeilen Nummern, fallen sie weg: Nummeriert wird von selbst.",
    )


class PlaceForm(VersionedForm):
    """Another place for an item."""

    place = SelectField("Neuer Platz", [InputRequired("Bitte wählen Sie den Platz.")])


class LeftOverForm(OfficeForm):
    """Adjourned items that wait for an agenda."""

    item_ids = CheckboxesField("Vertagte Punkte", [Optional()], coerce=int)


class ReleaseForm(OfficeForm):
    """The released agenda, anew."""

    reason = StringField(
        "Grund der Änderung",
        [InputRequired("Bitte geben Sie den Grund an.")],
        description=PUBLIC_REASON,
    )


def open_steps(meeting: Meeting, item: AgendaItem | None = None) -> list[Consultation]:
    """The steps before the meeting's committees that stand on no agenda, or on this item."""
    committees = [one.id for one in meeting.organizations]
    free = Consultation.agenda_item_id.is_(None)
    query = select(Consultation).where(
        Consultation.organization_id.in_(committees),
        free if item is None else free | (Consultation.agenda_item_id == item.id),
    )
    found = db.session.scalars(query.options(joinedload(Consultation.paper)))
    return sorted(found, key=lambda one: (one.paper.reference, one.id))


def fill(
    form: NewItemForm | ItemForm, rows: Iterable[AgendaRow], steps: Iterable[Consultation]
) -> None:
    """Give the selects their choices: possible parents and papers."""
    form.parent_id.choices = options(
        ((row.item.id, f"{row.number} {_cut(row.item.title)}") for row in rows),
        empty="– eigener Punkt –",
    )
    form.consultation_ids.choices = options((one.id, step_label(one)) for one in steps)


def step_label(step: Consultation) -> str:
    """A paper as it is chosen: number, title, what is asked, and whether it is public."""
    paper = step.paper
    return (
        f"{paper.reference} {_cut(paper.title)}"
        f" ({CONSULTATION_ROLE[step.role]}, {paper_status(public=paper.public)})"
    )


def _cut(title: str) -> str:
    return title if len(title) <= 90 else f"{title[:89].rstrip()}…"


def new_facts(form: NewItemForm, steps: Iterable[Consultation]) -> ItemFacts:
    """The command of a valid form for a new item.

    An empty title is the paper's, but never a non-public paper's on a public item: the paper's
    title would go out with the agenda.
    """
    part = Part(form.part.data)
    chosen = tuple(form.consultation_ids.data or ())
    title = (form.title.data or "").strip()
    if not title:
        papers = [one.paper for one in steps if one.id in chosen]
        usable = [one for one in papers if one.public or part is Part.NONPUBLIC]
        title = usable[0].title if usable else ""
    return ItemFacts(
        title=title,
        part=part,
        kind=ItemKind(form.kind.data),
        parent_id=form.parent_id.data,
        consultation_ids=chosen,
    )


def item_facts(form: ItemForm, row: AgendaItem) -> ItemFacts:
    """The command of a valid form for a known item; what the form lacks stays as it is."""
    part = Part(form.part.data) if "part" in form else row.part
    told = "disclosure" in form
    return ItemFacts(
        title=form.title.data or "",
        part=part,
        kind=ItemKind(form.kind.data) if "kind" in form else row.kind,
        parent_id=form.parent_id.data if "parent_id" in form else row.parent_id,
        public_title=(form.public_title.data or "") if told else row.public_title,
        disclosure=Disclosure(form.disclosure.data) if told else row.disclosure,
        consultation_ids=tuple(form.consultation_ids.data or ()),
    )
