"""Which values of law a body's own rules may set, how they are asked for, and what they may change.

A form asks for a local value by `LOCAL_KEYS`; `parse_local` reads what was typed into plain data
(whole number, text, yes or no, list of texts) that any database can keep.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import get_args, get_origin

from sitzungsdienst.law.reading import Plain, converter, kind_of, value_types
from sitzungsdienst.law.telling import LABELS, WORDS, in_words


class Input(StrEnum):
    """How a local value is asked for."""

    NUMBER = "number"
    YES_NO = "yes_no"
    WORD = "word"
    WORDS = "words"
    TEXTS = "texts"
    SHARE = "share"


class Direction(StrEnum):
    """What a local value may do to a statutory one.

    FREE: set it where the Land leaves it open or its value is not certain. LONGER, SHORTER: only
    lengthen or shorten a period. ADDING: only add to a list. AMONG: only choose from a list.
    """

    FREE = "free"
    LONGER = "longer"
    SHORTER = "shorter"
    ADDING = "adding"
    AMONG = "among"


HINTS = {
    Direction.FREE: "soweit das Land es offenlässt",
    Direction.LONGER: "nicht weniger, als das Land verlangt",
    Direction.SHORTER: "nicht mehr, als das Land erlaubt",
    Direction.ADDING: "zusätzlich zu dem, was das Land verlangt",
    Direction.AMONG: "aus dem, was das Land zulässt",
}
# Words that only say that nobody decided; nobody decides by them.
NOT_CHOSEN = frozenset({"local", "unknown"})


class LocalValueUnreadable(ValueError):
    """What was typed is no value for this key; the German message says what to type."""


@dataclass(frozen=True, slots=True)
class LocalKey:
    """One value that local rules may set: its German label and how a form asks for it.

    `words` are the choices as (word in the data, German); empty for numbers and free texts.
    """

    key: str
    label: str
    input: Input
    words: tuple[tuple[str, str], ...]
    direction: Direction

    @property
    def hint(self) -> str:
        """What the value may do, in German, for a line below the field."""
        return HINTS[self.direction]


def _input_of(key: str) -> Input:
    kind = kind_of(value_types()[key])
    if get_origin(kind) is tuple:
        return Input.TEXTS if get_args(kind)[0] is str else Input.WORDS
    if issubclass(kind, StrEnum):
        return Input.WORD
    return {int: Input.NUMBER, bool: Input.YES_NO}.get(kind, Input.SHARE)


def _words_of(key: str) -> tuple[tuple[str, str], ...]:
    kind = kind_of(value_types()[key])
    kind = get_args(kind)[0] if get_origin(kind) is tuple else kind
    return tuple(
        (word, german) for word, german in WORDS.get(kind, {}).items() if word not in NOT_CHOSEN
    )


def _local_key(key: str, direction: Direction) -> LocalKey:
    return LocalKey(key, LABELS[key], _input_of(key), _words_of(key), direction)


LOCAL_KEYS: Mapping[str, LocalKey] = MappingProxyType(
    {
        key: _local_key(key, direction)
        for key, direction in {
            "notice.days": Direction.LONGER,
            "notice.urgent_days": Direction.LONGER,
            "notice.first_meeting_days": Direction.LONGER,
            "notice.start": Direction.FREE,
            "notice.form": Direction.AMONG,
            "public_notice.days_before": Direction.LONGER,
            "agenda.extension": Direction.FREE,
            "procedure.secret_vote": Direction.FREE,
            "procedure.secret_share": Direction.FREE,
            "procedure.roll_call_share": Direction.FREE,
            "procedure.roll_call_number": Direction.FREE,
            "procedure.roll_call_group": Direction.FREE,
            "seats.method": Direction.FREE,
            "seats.tie": Direction.FREE,
            "seats.chairs": Direction.FREE,
            "minutes.contents": Direction.ADDING,
            "minutes.sign": Direction.ADDING,
            "minutes.approval": Direction.FREE,
            "minutes.due_days": Direction.SHORTER,
            "minutes.recording": Direction.FREE,
        }.items()
    }
)
LARGEST_NUMBER = 999


def parse_local(key: str, text: str) -> Plain:
    """Return what was typed for `key` as plain data: int, bool, str or list of str.

    Words may be typed in German ("Los") or as in the data ("lot"), a list with commas, a share as
    "1/4". Raises LocalValueUnreadable with a German message.
    """
    known = LOCAL_KEYS.get(key)
    if known is None:
        raise LocalValueUnreadable(not_local(key))
    typed = text.strip()
    if not typed.strip(" ,"):
        raise LocalValueUnreadable(f"{known.label}: Bitte geben Sie einen Wert an.")
    match known.input:
        case Input.NUMBER:
            return _number(known, typed)
        case Input.YES_NO:
            return _yes_no(known, typed)
        case Input.WORD:
            return _word(known, typed)
        case Input.WORDS:
            return [_word(known, one) for one in _split(typed)]
        case Input.TEXTS:
            return _split(typed)
        case Input.SHARE:
            return _share(known, typed)


def input_text(key: str, value: Plain) -> str:
    """Return a local value as a form shows it again; `parse_local` reads the same value from it."""
    typed = converter(value_types()[key])(value)
    if LOCAL_KEYS[key].input is Input.NUMBER:
        return str(typed)
    return in_words(key, typed)


def not_local(key: str) -> str:
    """The German sentence for a key that local rules may not set."""
    label = LABELS.get(key, key)
    return f"{label}: Darüber bestimmen Hauptsatzung und Geschäftsordnung nicht."


def _number(known: LocalKey, typed: str) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", typed):
        raise LocalValueUnreadable(
            f"{known.label}: Bitte geben Sie eine ganze Zahl von 0 bis {LARGEST_NUMBER} ein."
        )
    return int(typed)


def _yes_no(known: LocalKey, typed: str) -> bool:
    answer = {"ja": True, "nein": False}.get(typed.casefold())
    if answer is None:
        raise LocalValueUnreadable(f"{known.label}: Bitte geben Sie „ja“ oder „nein“ ein.")
    return answer


def _word(known: LocalKey, typed: str) -> str:
    wanted = typed.casefold()
    for word, german in known.words:
        if wanted in (word, german.casefold()):
            return word
    choices = "; ".join(german for _, german in known.words)
    raise LocalValueUnreadable(f"{known.label}: Bitte wählen Sie eines von: {choices}.")


def _share(known: LocalKey, typed: str) -> str:
    found = re.fullmatch(r"([0-9]{1,3})\s*/\s*([0-9]{1,3})", typed)
    above, below = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 0 < above <= below:
        raise LocalValueUnreadable(
            f"{known.label}: Bitte geben Sie einen Bruchteil wie „1/4“ ein, höchstens das Ganze."
        )
    return f"{above}/{below}"


def _split(typed: str) -> list[str]:
    return [one.strip() for one in typed.split(",") if one.strip()]
