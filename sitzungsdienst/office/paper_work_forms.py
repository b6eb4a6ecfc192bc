"""The forms of what is done with papers: kinds, path, relations, co-signatures, versions."""

from collections.abc import Iterable

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from sitzungsdienst.acts.cosignatures import Answer
from sitzungsdienst.acts.paper_kinds import KindFacts
from sitzungsdienst.gate.wording import CONSULTATION_ROLE
from sitzungsdienst.office.forms import (
    CheckboxesField,
    OfficeForm,
    VersionedForm,
    number_or_none,
    options,
)
from sitzungsdienst.office.searching import in_order
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.paper_work import CosignatureState, RelationKind
from sitzungsdienst.record.papers import ConsultationRole

#: A relation seen from the paper that has it, and from the other one.
RELATIONS = {
    RelationKind.SUPERSEDES: ("ersetzt", "wird ersetzt durch"),
    RelationKind.AMENDS: ("ändert", "wird geändert durch"),
    RelationKind.ANSWERS: ("beantwortet", "wird beantwortet durch"),
}

COSIGNATURE_STATE = {
    CosignatureState.REQUESTED: "angefordert",
    CosignatureState.SIGNED: "mitgezeichnet",
    CosignatureState.REFUSED: "abgelehnt",
}

ROLES = [(role.value, CONSULTATION_ROLE[role]) for role in ConsultationRole]


class StepForm(OfficeForm):
    """A step of the path: which committee, with which role."""

    organization_id = SelectField(
        "Gremium", [InputRequired("Bitte wählen Sie das Gremium.")], coerce=number_or_none
    )
    role = SelectField(
        "Zuständigkeit",
        choices=options(ROLES),
        coerce=ConsultationRole,
        default=ConsultationRole.PRELIMINARY,
    )


class StepChangeForm(VersionedForm):
    """A step of the path to be changed."""

    role = SelectField("Zuständigkeit", choices=options(ROLES), coerce=ConsultationRole)
    result_note = StringField(
        "Ergebnis einer Beratung außerhalb dieses Systems",
        [Length(max=300)],
        description="Zum Beispiel: Ortschaftsrat am 2. Mai, einstimmig empfohlen. Steht die Vorlage"
        " hier auf einer Tagesordnung, ergibt sich das Ergebnis aus der Beratung.",
    )


class KindFields:
    """A kind of paper."""

    name = StringField(
        "Bezeichnung",
        [InputRequired("Bitte geben Sie die Bezeichnung ein."), Length(max=60)],
        description="Wie sie gedruckt wird, zum Beispiel: Beschlussvorlage.",
    )
    code = StringField(
        "Kürzel",
        [Length(max=20)],
        description="Steht für {kind} in Vorlagennummern, zum Beispiel: BV.",
    )
    needs_clearance = BooleanField(
        "Freigabe nötig",
        description="Vorlagen dieser Art kommen erst nach ihrer Freigabe auf eine Tagesordnung.",
    )
    active = BooleanField(
        "In Gebrauch",
        default=True,
        description="Sonst wird die Art bei neuen Vorlagen nicht mehr angeboten; Vorlagen, die sie"
        " tragen, behalten sie.",
    )


class NewKindForm(OfficeForm, KindFields):
    """A kind to be added."""


class KindForm(VersionedForm, KindFields):
    """A kind to be changed."""


def kind_facts(form: NewKindForm | KindForm) -> KindFacts:
    """The command's facts from a sound form."""
    return KindFacts(
        name=form.name.data or "",
        code=form.code.data or "",
        active=form.active.data,
        needs_clearance=form.needs_clearance.data,
    )


class RelationForm(OfficeForm):
    """What a paper is to another one."""

    kind = SelectField(
        "Diese Vorlage",
        choices=options((kind.value, words[0]) for kind, words in RELATIONS.items()),
        coerce=RelationKind,
    )
    other_reference = StringField(
        "Nummer der anderen Vorlage",
        [InputRequired("Bitte geben Sie die Nummer der anderen Vorlage ein."), Length(max=60)],
        description="Genau wie sie dort steht, zum Beispiel: 2017/FB3/0433.",
    )


class VersionForm(VersionedForm):
    """Why the paper as it stands is kept as a version."""

    reason = StringField(
        "Anlass",
        [InputRequired("Bitte geben Sie an, warum Sie die Fassung festhalten."), Length(max=300)],
        description="Zum Beispiel: Stand der Vorberatung im Dezernat.",
    )


class CosigningForm(OfficeForm):
    """Who is asked to co-sign."""

    unit_ids = CheckboxesField("Mitzeichnung anfordern bei", [Optional()], coerce=int)

    def offer(self, units: Iterable[Organization]) -> None:
        """Let the form offer these units, by name."""
        listed = sorted(units, key=lambda one: (in_order(one.name), one.id))
        self.unit_ids.choices = options((one.id, one.name) for one in listed)


class AnswerForm(VersionedForm):
    """What a unit answered."""

    state = RadioField(
        "Antwort",
        [InputRequired("Bitte wählen Sie, ob mitgezeichnet oder abgelehnt wurde.")],
        choices=options(
            (one.value, COSIGNATURE_STATE[one])
            for one in (CosignatureState.SIGNED, CosignatureState.REFUSED)
        ),
        coerce=lambda value: CosignatureState(value) if value else None,
    )
    signed_by = StringField(
        "Gezeichnet von",
        [InputRequired("Bitte geben Sie an, wer gezeichnet hat."), Length(max=200)],
        description="Wie gedruckt, zum Beispiel: Sommer, Kämmerei.",
    )
    remark = TextAreaField(
        "Bemerkung", [Length(max=2000)], description="Bei einer Ablehnung nötig: der Grund."
    )


def answer_of(form: AnswerForm) -> Answer:
    """The command from a sound form."""
    return Answer(
        state=form.state.data,
        signed_by=form.signed_by.data or "",
        remark=form.remark.data or "",
    )
