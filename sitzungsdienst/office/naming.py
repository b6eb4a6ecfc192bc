"""A meeting's usual name, made of its kind, number and committees.

"26. ordentliche Sitzung des Kreistages", "gemeinsame Sitzung des Bauausschusses und des …".
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sitzungsdienst.record.meetings import MeetingKind

# Ending of the noun that a committee is called by → its article in the genitive, and the ending.
_NOUNS = (
    ("ausschuss", "des", "es"),
    ("ausschuß", "des", "es"),
    ("tag", "des", "es"),
    ("rat", "des", "es"),
    ("vorstand", "des", "es"),
    ("senat", "des", "s"),
    ("gremium", "des", "s"),
    ("kollegium", "des", "s"),
    ("präsidium", "des", "s"),
    ("parlament", "des", "s"),
    ("forum", "des", "s"),
    ("versammlung", "der", ""),
    ("vertretung", "der", ""),
    ("kommission", "der", ""),
    ("konferenz", "der", ""),
    ("gruppe", "der", ""),
    ("fraktion", "der", ""),
)
_ADJECTIVES = frozenset(
    {
        "Beratender",
        "Beschließender",
        "Gemeinsamer",
        "Ständiger",
        "Vorberatender",
        "Zeitweiliger",
    }
)


WORDS = {
    MeetingKind.ORDINARY: "ordentliche Sitzung",
    MeetingKind.EXTRAORDINARY: "außerordentliche Sitzung",
    MeetingKind.CONSTITUENT: "konstituierende Sitzung",
    MeetingKind.CONTINUATION: "Fortsetzung der Sitzung",
}


class Joining(NamedTuple):
    """A committee that meets with the leading one, and up to which item ("TOP 3")."""

    name: str
    until: str = ""


class _Noun(NamedTuple):
    article: str
    words: list[str]
    place: int
    suffix: str


def usual_name(committees: Sequence[str]) -> str:
    """The name of a usual meeting of these committees, the leading one first; "" for none."""
    if not committees:
        return ""
    kind = "ordentliche Sitzung" if len(committees) == 1 else "gemeinsame Sitzung"
    told = [_genitive(name) for name in committees]
    if not all(told):
        return f"{kind}: {', '.join(committees)}"
    last = f" und {told[-1]}" if len(told) > 1 else ""
    return f"{kind} {', '.join(told[:-1] or told)}{last}"


def proposed_name(
    leading: str,
    joining: Sequence[Joining] = (),
    kind: MeetingKind = MeetingKind.ORDINARY,
    number: int | None = None,
) -> str:
    """The name a meeting would usually bear: by kind and number, with those who join it."""
    plain = kind is MeetingKind.ORDINARY and number is None
    if plain and not any(one.until for one in joining):
        return usual_name([leading, *(one.name for one in joining)])
    counted = number is not None and kind is not MeetingKind.CONSTITUENT
    head = f"{number}. {WORDS[kind]}" if counted else WORDS[kind]
    owner = _genitive(leading)
    first = f"{head} {owner}" if owner else f"{head}: {leading}"
    return f"{first} {_with(joining)}" if joining else first


def continuation_name(name: str) -> str:
    """The name of the meeting that continues the one of this name."""
    inflected, count = re.subn(r"\b(\w+e) Sitzung\b", r"\1n Sitzung", name, count=1)
    return f"Fortsetzung der {inflected}" if count else f"Fortsetzung: {name}"


def _with(joining: Sequence[Joining]) -> str:
    """Those who join: "gemeinsam mit dem A sowie dem B bis TOP 3"."""
    common = {one.until for one in joining}
    each = len(common) > 1
    told = [
        f"{_dative(one.name)} bis {one.until}" if each and one.until else _dative(one.name)
        for one in joining
    ]
    last = f" sowie {told[-1]}" if len(told) > 1 else ""
    until = common.pop() if not each else ""
    together = f"gemeinsam mit {', '.join(told[:-1] or told)}{last}"
    return f"{together} bis {until}" if until else together


def _genitive(name: str) -> str:
    """A committee's name after "Sitzung", e.g. "des Jugendhilfeausschusses"; "" where unknown."""
    noun = _noun(name)
    return _phrase(noun, noun.article, noun.suffix) if noun else ""


def _dative(name: str) -> str:
    """A committee's name after "mit", e.g. "dem Jugendhilfeausschuss"; bare where unknown."""
    noun = _noun(name)
    return _phrase(noun, "dem" if noun.article == "des" else "der", "") if noun else name


def _phrase(noun: _Noun, article: str, suffix: str) -> str:
    before = [_declined(one) for one in noun.words[: noun.place]]
    rest = noun.words[noun.place + 1 :]
    return " ".join([article, *before, noun.words[noun.place] + suffix, *rest])


def _noun(name: str) -> _Noun | None:
    """The word that the committee is called by, with its article and ending in the genitive."""
    words = name.split()
    for place, word in enumerate(words):
        for ending, article, suffix in _NOUNS:
            if word.casefold().endswith(ending.casefold()):
                return _Noun(article, words, place, suffix)
    return None


def _declined(word: str) -> str:
    return f"{word[:-2]}en" if word in _ADJECTIVES else word
