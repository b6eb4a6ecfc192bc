"""The forms of the minutes: who signs them, each step of their way, objections to them."""

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from sitzungsdienst.acts.minutes import MinutesFacts, SignatureFacts
from sitzungsdienst.acts.objections import ObjectionDecision, ObjectionFacts
from sitzungsdienst.gate.sentences import OBJECTION_STATE
from sitzungsdienst.office.forms import OfficeForm, VersionedForm, number_or_none, options
from sitzungsdienst.office.proceedings_forms import DayField
from sitzungsdienst.record.minutes import ObjectionState

NAME = Length(max=200)


class _MinutesFields:
    """Who signs, and a remark."""

    chair_name = StringField(
        "Vorsitz",
        [InputRequired("Bitte geben Sie an, wer den Vorsitz führte."), NAME],
        description="Wer die Sitzung geleitet hat.",
    )
    clerk_name = StringField(
        "Schriftführung",
        [InputRequired("Bitte geben Sie an, wer Schrift führte."), NAME],
    )
    member_names = TextAreaField(
        "Mitglieder, die unterschreiben",
        [Optional()],
        description="Ein Name je Zeile. Sie können die Namen auch bei der Unterschrift eintragen.",
    )
    remark = TextAreaField(
        "Interner Vermerk", description="Nur für den Sitzungsdienst; steht in keinem Dokument."
    )


class DraftForm(OfficeForm, _MinutesFields):
    """Minutes to be drafted."""


class MinutesForm(VersionedForm, _MinutesFields):
    """A draft to be changed."""


def facts(form: DraftForm | MinutesForm) -> MinutesFacts:
    """What the act needs of either form."""
    typed = form.member_names.data if "member_names" in form else ""
    return MinutesFacts(
        chair_name=form.chair_name.data or "",
        clerk_name=form.clerk_name.data or "",
        remark=form.remark.data or "",
        member_names=tuple(line.strip() for line in (typed or "").splitlines() if line.strip()),
    )


class PresentingForm(VersionedForm):
    """When the draft was presented."""

    presented_on = DayField(
        "Vorgelegt am", [InputRequired("Bitte geben Sie das Datum der Vorlage an.")]
    )


class SigningForm(VersionedForm):
    """When the minutes were signed by all who must."""

    signed_on = DayField(
        "Unterzeichnet am", [InputRequired("Bitte geben Sie das Datum der Unterschrift an.")]
    )


class SignatureForm(VersionedForm):
    """One signature: whose, and when."""

    name = StringField("Name", [InputRequired("Bitte geben Sie an, wer unterschrieben hat."), NAME])
    signed_on = DayField(
        "Unterzeichnet am", [InputRequired("Bitte geben Sie das Datum der Unterschrift an.")]
    )

    def facts(self, signature_id: int) -> SignatureFacts:
        """What is to be noted for that place."""
        return SignatureFacts(
            signature_id=signature_id, name=self.name.data or "", signed_on=self.signed_on.data
        )


class ApprovalForm(VersionedForm):
    """When the minutes were approved, in which meeting and under which item."""

    approved_on = DayField(
        "Genehmigt am", [InputRequired("Bitte geben Sie das Datum der Genehmigung an.")]
    )
    approved_item_id = SelectField(
        "Unter dem Punkt",
        coerce=number_or_none,
        description="Der Punkt einer späteren Sitzung, unter dem abgestimmt wurde.",
    )
    approved_in_id = SelectField(
        "In der Sitzung",
        coerce=number_or_none,
        description="Nur nötig, wenn Sie keinen Punkt auswählen.",
    )


class ClosingForm(VersionedForm):
    """When the minutes were closed."""

    closed_on = DayField(
        "Abgeschlossen am", [InputRequired("Bitte geben Sie das Datum des Abschlusses an.")]
    )


class _ObjectionFields:
    """Who objects to what, when and in which words."""

    raised_by = StringField(
        "Erhoben von", [InputRequired("Bitte geben Sie an, wer die Einwendung erhebt."), NAME]
    )
    raised_on = DayField(
        "Erhoben am", [InputRequired("Bitte geben Sie das Datum der Einwendung an.")]
    )
    agenda_item_id = SelectField(
        "Betrifft",
        coerce=number_or_none,
        description="Der Punkt, oder die Niederschrift als Ganze.",
    )
    text = TextAreaField(
        "Einwendung", [InputRequired("Bitte geben Sie den Wortlaut der Einwendung ein.")]
    )


class ObjectionForm(OfficeForm, _ObjectionFields):
    """A new objection."""


class EditObjectionForm(VersionedForm, _ObjectionFields):
    """An objection to be corrected."""


def objection_facts(form: ObjectionForm | EditObjectionForm) -> ObjectionFacts:
    """What the act needs of either form."""
    return ObjectionFacts(
        raised_by=form.raised_by.data or "",
        raised_on=form.raised_on.data,
        text=form.text.data or "",
        agenda_item_id=form.agenda_item_id.data,
    )


class DecisionForm(VersionedForm):
    """What became of an objection."""

    state = SelectField(
        "Entscheidung",
        [InputRequired("Bitte wählen Sie, wie entschieden wurde.")],
        choices=options(
            (
                (one.value, word[:1].upper() + word[1:])
                for one, word in OBJECTION_STATE.items()
                if one is not ObjectionState.OPEN
            ),
            empty="– bitte wählen –",
        ),
    )
    decided_on = DayField(
        "Entschieden am", [InputRequired("Bitte geben Sie das Datum der Entscheidung an.")]
    )
    decided_item_id = SelectField(
        "Unter dem Punkt",
        coerce=number_or_none,
        description="Der Punkt einer späteren Sitzung, unter dem darüber entschieden wurde.",
    )
    remark = TextAreaField(
        "Bemerkung",
        description="Steht in der vollständigen Niederschrift, nicht in der öffentlichen.",
    )

    def facts(self) -> ObjectionDecision:
        """What is to be recorded."""
        return ObjectionDecision(
            state=ObjectionState(self.state.data),
            decided_on=self.decided_on.data,
            decided_item_id=self.decided_item_id.data,
            remark=self.remark.data or "",
        )


class ProposalForm(OfficeForm):
    """The later meeting on whose agenda the minutes are put."""

    meeting_id = SelectField(
        "Auf die Tagesordnung setzen",
        [InputRequired("Bitte wählen Sie eine Sitzung.")],
        coerce=number_or_none,
        description="Spätere Sitzungen des Gremiums, zu denen noch nicht geladen ist.",
    )
