"""The rules of a Body on a day as text for a terminal, and as data for a program."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from sitzungsdienst.german import plain_date
from sitzungsdienst.law.layers import Effective, ToldValue
from sitzungsdienst.law.rules import land_name
from sitzungsdienst.law.telling import CERTAINTY_NAMES, LABELS, LAYER_NAMES
from sitzungsdienst.record.bodies import Body


def law_as_text(body: Body, day: date, effective: Effective) -> str:
    """The rules section by section: value, wording, norm, source, and what they lie over."""
    return "\n".join(_lines(body, day, effective))


def _lines(body: Body, day: date, effective: Effective) -> Iterator[str]:
    yield f"Geltendes Recht am {plain_date(day)}: {body.name} ({land_name(body.land)})"
    for section, values in groupby(effective.told, lambda one: one.section):
        yield from ("", section)
        for told in values:
            yield from _told(told)
    if effective.refused:
        yield from ("", "Örtliche Regeln, die nicht gelten")
    for one in effective.refused:
        label = LABELS.get(one.local.key, one.local.key)
        yield f"  {label} ({LAYER_NAMES[one.local.layer]}, {one.local.norm})"
        yield f"    {one.finding.message}"
    if effective.notes:
        yield from ("", "Bitte prüfen")
    for note in effective.notes:
        yield f"  {note.message}"


def _told(told: ToldValue) -> Iterator[str]:
    yield f"  {told.label}: {told.value}"
    yield f"    {told.wording}"
    source = told.source or "ohne Quelle"
    yield f"    {where(told)} – {CERTAINTY_NAMES[told.certainty]}"
    yield f"    Quelle: {source} (Stand {plain_date(told.as_of)})"
    for one in told.over:
        yield f"    Darunter {where(one)}: {one.value}"


def where(told: ToldValue) -> str:
    """Where a value stands: "Landesrecht, § 53 KVG LSA", "Geschäftsordnung § 3 Abs. 1"."""
    return told.norm if told.layer_name in told.norm else f"{told.layer_name}, {told.norm}"


def law_as_data(body: Body, day: date, effective: Effective) -> dict[str, Any]:
    """The same as plain data: keys in English, values in the German words of the text."""
    return {
        "body": {"id": body.id, "name": body.name, "ags": body.ags, "land": body.land},
        "date": day.isoformat(),
        "rules": [_data(told) for told in effective.told],
        "refused": [
            {
                "key": one.local.key,
                "layer": one.local.layer.value,
                "value": one.local.value,
                "norm": one.local.norm,
                "reason": one.finding.message,
                "reason_norm": one.finding.norm,
            }
            for one in effective.refused
        ],
        "notes": [{"message": one.message, "norm": one.norm} for one in effective.notes],
    }


def _data(told: ToldValue) -> dict[str, Any]:
    return {
        "key": told.key,
        "section": told.section,
        "label": told.label,
        "value": told.value,
        "layer": told.layer.value,
        "norm": told.norm,
        "source": told.source,
        "as_of": told.as_of.isoformat(),
        "certainty": told.certainty.value,
        "wording": told.wording,
        "over": [_data(one) for one in told.over],
    }
