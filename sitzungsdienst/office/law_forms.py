"""The forms of a Body's own rules: each value is asked for in the way of its kind."""

import json
from typing import Any

from wtforms import (
    DateField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from sitzungsdienst.acts import local_rules
from sitzungsdienst.acts.local_rules import LocalRuleFacts
from sitzungsdienst.law.local_keys import LARGEST_NUMBER, LOCAL_KEYS, Input, LocalKey, input_text
from sitzungsdienst.law.telling import LAYER_NAMES
from sitzungsdienst.law.values import Layer
from sitzungsdienst.office.forms import (
    CheckboxesField,
    OfficeForm,
    VersionedForm,
    options,
    text,
)
from sitzungsdienst.record.local_rules import LocalLayer, LocalRule

LAYERS = tuple((one.value, LAYER_NAMES[Layer(one.value)]) for one in LocalLayer)


class RuleFields:
    """Where a rule stands, and when it holds; `value` is added by the kind of its key."""

    layer = RadioField(
        "Steht in",
        [InputRequired("Bitte wählen Sie, wo die Regel steht.")],
        choices=options(LAYERS),
    )
    norm = StringField(
        "Fundstelle",
        [
            InputRequired("Bitte geben Sie an, wo die Regel steht."),
            Length(max=local_rules.LINE_LIMIT),
        ],
        description="Zum Beispiel: § 3 Abs. 1 Geschäftsordnung des Kreistages.",
    )
    source = StringField(
        "Quelle",
        [Optional(), Length(max=local_rules.LINE_LIMIT)],
        description="Wo Sie den Text gelesen haben, zum Beispiel: Amtsblatt 7/2024. Ohne Quelle"
        " gilt die Regel als wahrscheinlich, nicht als gesichert.",
    )
    as_of = DateField(
        "Stand des Textes",
        [InputRequired("Bitte geben Sie den Stand des Textes an.")],
        description="An welchem Tag Sie ihn gelesen haben.",
    )
    wording = TextAreaField(
        "Die Regel in einem Satz",
        [Optional(), Length(max=local_rules.TEXT_LIMIT)],
        description="Wie sie auf der Seite des geltenden Rechts stehen soll.",
    )
    valid_from = DateField("Gilt ab", [InputRequired("Bitte geben Sie den ersten Tag ein.")])
    valid_until = DateField(
        "Gilt bis",
        [Optional()],
        description="Der letzte Tag; leer, solange die Regel weiter gilt.",
    )


class RuleForm(VersionedForm, RuleFields):
    """A rule to be corrected."""

    value: Field


class NewRuleForm(OfficeForm, RuleFields):
    """A rule to be entered."""

    value: Field


class EndForm(VersionedForm):
    """The last day of a rule."""

    valid_until = DateField(
        "Gilt bis",
        [InputRequired("Bitte geben Sie den letzten Tag ein.")],
        description="Der letzte Tag, an dem die Regel gilt.",
    )


def new_form(key: str, **data: Any) -> NewRuleForm:
    """The form for a new rule of the key."""
    kind = type("NewRuleFormOfKey", (NewRuleForm,), {"value": value_field(LOCAL_KEYS[key])})
    form: NewRuleForm = kind(**data)
    return form


def change_form(row: LocalRule) -> RuleForm:
    """The form for a kept rule, filled with what is kept."""
    kind = type("RuleFormOfKey", (RuleForm,), {"value": value_field(LOCAL_KEYS[row.key])})
    form: RuleForm = kind(obj=row, data=saved(row))
    return form


def saved(row: LocalRule) -> dict[str, object]:
    """What is kept, under the names of the form's fields, as these fields hold it."""
    value = json.loads(row.value)
    shown: object = input_text(row.key, value)
    match LOCAL_KEYS[row.key].input:
        case Input.NUMBER | Input.WORD | Input.WORDS:
            shown = value
        case Input.TEXTS:
            shown = "\n".join(value)
    return {"value": shown, "layer": row.layer.value}


def value_field(known: LocalKey) -> Field:
    """The field for a value: number, yes or no, one word of several, several words, or text."""
    label, words = known.label, options(known.words)
    needed = InputRequired(f"{label}: Bitte geben Sie einen Wert an.")
    hint = f"{known.hint[0].upper()}{known.hint[1:]}."
    match known.input:
        case Input.NUMBER:
            limit = NumberRange(0, LARGEST_NUMBER)
            attributes = {"min": "0", "max": str(LARGEST_NUMBER), "inputmode": "numeric"}
            unit = " in Tagen" if "days" in known.key else ""
            return IntegerField(
                f"{label}{unit}", [needed, limit], description=hint, render_kw=attributes
            )
        case Input.YES_NO:
            answers = options((one, one) for one in ("ja", "nein"))
            return RadioField(label, [needed], choices=answers, description=hint)
        case Input.WORD:
            first = options(known.words, empty="Bitte wählen")
            return SelectField(label, [needed], choices=first, description=hint)
        case Input.WORDS:
            return CheckboxesField(label, [needed], choices=words, description=hint)
        case Input.TEXTS:
            more = f"{hint} Jede Angabe auf einer eigenen Zeile."
            return TextAreaField(label, [needed], description=more)
        case Input.SHARE:
            return StringField(label, [needed], description=f"{hint} Zum Beispiel: 1/4.")


def facts(form: NewRuleForm | RuleForm) -> LocalRuleFacts:
    """The command of a valid form."""
    return LocalRuleFacts(
        layer=LocalLayer(form.layer.data),
        value=_typed(form.value.data),
        norm=text(form.norm),
        source=text(form.source),
        as_of=form.as_of.data,
        wording=text(form.wording),
        valid_from=form.valid_from.data,
        valid_until=form.valid_until.data,
    )


def _typed(data: object) -> str:
    """What the value's field holds, as the text that the law reads: a list parted by commas."""
    if isinstance(data, list):
        return ", ".join(str(one) for one in data)
    return ", ".join(str(data).splitlines())
