"""The form of a redaction: each line of its text names a page and what is blackened there."""

import re
from collections.abc import Sequence

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.redaction import Rectangle, Redaction
from sitzungsdienst.office.forms import OfficeForm

WHOLE = "ganz"
MOST_LINES = 1_200
_NUMBER = r"(\d{1,4}(?:[.,]\d{1,2})?)"
_LINE = re.compile(
    rf"(?:Seite\s+)?(\d{{1,4}})\s*:\s*(?:({WHOLE})|{_NUMBER}\s+{_NUMBER}\s+{_NUMBER}\s+{_NUMBER})",
    re.IGNORECASE,
)


class RedactionForm(OfficeForm):
    """What is blackened, and which page is shown meanwhile."""

    page = IntegerField("Seite", [Optional()])
    areas = TextAreaField(
        "Schwärzungen",
        [Length(max=40_000)],
        description="Eine je Zeile: Seite, dann links, oben, rechts und unten in Millimetern vom"
        " linken und oberen Rand, zum Beispiel »3: 20 45 120 52«; eine ganze Seite mit »5: ganz«."
        " Eine Zeile zu löschen nimmt die Schwärzung zurück.",
        render_kw={"spellcheck": "false", "data-areas": True},
    )
    name = StringField(
        "Bezeichnung",
        [Length(max=200)],
        description="Die Öffentlichkeit liest sie; sie darf nicht verraten, was geschwärzt ist."
        " Bleibt das Feld leer, heißt die Anlage »Geschwärzte Fassung«.",
    )


def plan_of(form: RedactionForm) -> Redaction:
    """The command's facts from the form. Raises RuleBroken, naming the line."""
    areas: dict[int, list[Rectangle]] = {}
    whole: set[int] = set()
    for number, line in enumerate((form.areas.data or "").splitlines(), start=1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None or number > MOST_LINES:
            raise RuleBroken(
                "areas",
                f"Zeile {number} ist nicht zu verstehen. Schreiben Sie zum Beispiel"
                " »3: 20 45 120 52« oder »5: ganz«.",
            )
        page = int(found[1])
        if found[2]:
            whole.add(page)
        else:
            areas.setdefault(page, []).append(_rectangle(found.groups()[2:]))
    return Redaction(areas, frozenset(whole), form.name.data or "")


def areas_on(text: str, page: int, size: tuple[float, float]) -> list[Rectangle]:
    """What the lines say of one page, for its picture; lines that say nothing are passed over."""
    found = []
    for line in text.splitlines()[:MOST_LINES]:
        read = _LINE.fullmatch(line.strip())
        if read is None or int(read[1]) != page:
            continue
        found.append((0.0, 0.0, *size) if read[2] else _rectangle(read.groups()[2:]))
    return [one for one in found if one[0] < one[2] and one[1] < one[3]]


def _rectangle(numbers: Sequence[str]) -> Rectangle:
    left, top, right, bottom = (float(one.replace(",", ".")) for one in numbers)
    return left, top, right, bottom
