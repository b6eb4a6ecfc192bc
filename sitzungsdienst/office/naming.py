"""A meeting's usual name, made from its committees: "ordentliche Sitzung des Kreistages"."""

from collections.abc import Sequence

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


def _genitive(name: str) -> str:
    """A committee's name after "Sitzung", e.g. "des Jugendhilfeausschusses"; "" where unknown."""
    words = name.split()
    for place, word in enumerate(words):
        for ending, article, suffix in _NOUNS:
            if word.casefold().endswith(ending.casefold()):
                before = [_declined(one) for one in words[:place]]
                return " ".join([article, *before, word + suffix, *words[place + 1 :]])
    return ""


def _declined(word: str) -> str:
    return f"{word[:-2]}en" if word in _ADJECTIVES else word
