"""A result told by groups and single members, as councils tell it without counting.

"mehrheitlich gegen die CDU-Fraktion bei Enthaltung der FDP-Fraktion und Herrn Schöppe": the
sentence is put together from who stood where, and no number is invented.
"""

from collections.abc import Sequence

# Words that say by themselves that a group is meant, wherever they stand in its name.
GROUP_WORDS = ("fraktion", "gruppe", "gemeinschaft")


def told_result(
    *,
    accepted: bool,
    yes: Sequence[str] = (),
    no: Sequence[str] = (),
    abstaining: Sequence[str] = (),
    unanimous: bool | None = None,
) -> str:
    """Return the sentence; the labels are taken as they are to be printed in their place.

    `yes` and `abstaining` follow a genitive ("der FDP-Fraktion"), `no` an accusative ("die
    CDU-Fraktion"). `unanimous` is what counts say; None where there are none: then the result is
    unanimous as far as nobody is told to have stood on the losing side.
    """
    against = no if accepted else yes
    if unanimous is None:
        told_apart = bool(against) or bool(yes if accepted else no)
        unanimous = not told_apart
    lead = "einstimmig" if unanimous else "mehrheitlich"
    parts = [lead if accepted else f"{lead} abgelehnt"]
    if accepted:
        parts += _part("mit den Stimmen", yes) + _part("gegen", no)
    else:
        parts += _part("mit den Stimmen", no) + _part("bei Zustimmung", yes)
    return " ".join([*parts, *_part("bei Enthaltung", abstaining)])


def follows_genitive(*, accepted: bool, yes: bool, no: bool) -> bool:
    """Whether a label stands after a genitive: all but who is told to be "gegen" something.

    `yes` and `no` say how the group or member stood; neither means that they abstained.
    """
    return yes or not (no and accepted)


def group_label(name: str, *, genitive: bool) -> str:
    """Return a parliamentary group as a sentence names it: "die CDU-Fraktion".

    A name that does not say that it is a group gets the word: "CDU" is "die CDU-Fraktion", "Freie
    Wähler" is "die Fraktion Freie Wähler".
    """
    name = name.strip()
    if not any(word in name.casefold() for word in GROUP_WORDS):
        name = f"Fraktion {name}" if " " in name else f"{name}-Fraktion"
    return f"{'der' if genitive else 'die'} {name}"


def member_label(form_of_address: str, title: str, name: str, *, genitive: bool) -> str:
    """Return a single member as a sentence names them: "Herrn Schöppe", "Frau Dr. Meier".

    `name` is the family name where the form of address is known, else the whole name; without a
    form of address a genitive is put with "von".
    """
    address = {"Herr": "Herrn"}.get(form_of_address.strip(), form_of_address.strip())
    whole = " ".join(part for part in (address, title.strip(), name.strip()) if part)
    return f"von {whole}" if genitive and not address else whole


def _part(words: str, labels: Sequence[str]) -> list[str]:
    return [f"{words} {_listed(labels)}"] if labels else []


def _listed(labels: Sequence[str]) -> str:
    *first, last = labels
    return f"{', '.join(first)} und {last}" if first else last
