"""Minutes of some sixty pages as plain blocks, the same for every engine that sets them."""

from collections.abc import Iterator
from dataclasses import dataclass

ITEMS = 58
SPEECH = (
    "Die Vorsitzende erläutert die Beschlussvorlage und verweist auf die Stellungnahme der "
    "Rechnungsprüfung. Herr Çelik fragt nach den Auswirkungen auf die Haushaltssatzung und den "
    "Stellenplan; die Kämmerin sagt eine schriftliche Beantwortung bis zur nächsten Sitzung zu. "
    "Mehrere Mitglieder bitten um eine Gegenüberstellung der Betriebskosten, insbesondere bei den "
    "Kindertageseinrichtungen und der Straßenunterhaltung. "
)
MEMBERS = tuple(f"{name}, {first}" for name in ("Albrecht", "Łukasz", "Müller-Großkopf") for first
                in ("Jutta", "Wolfgang", "Ĺudmila", "Sabine"))  # fmt: skip


@dataclass(frozen=True)
class Block:
    """A heading ("h1" to "h3"), a paragraph ("p"), a box, fields ("kv") or a table with a head."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks() -> Iterator[Block]:
    """Yield the minutes from top to bottom."""
    yield Block("h1", "Niederschrift")
    yield Block("kv", rows=(("Gremium", "Kreistag"), ("Datum", "Mittwoch, 19. April 2017")))
    yield Block("h2", "Öffentlicher Teil")
    for number in range(1, ITEMS + 1):
        yield Block("h3", f"Ö {number} Fortschreibung des Integrationskonzeptes, Teil {number}")
        yield Block("kv", rows=(("Vorlage", f"2017/FB3/{number:04}"), ("Art", "Beschlussvorlage")))
        for part in range(3):
            yield Block("p", SPEECH * (1 + (number + part) % 3))
        yield Block(
            "box", f"Der Kreistag beschließt die Fortschreibung, Teil {number}, wie vorgelegt."
        )
        votes = tuple((name, ("Ja", "Nein", "Enthaltung")[(number + place) % 3])
                      for place, name in enumerate(MEMBERS))  # fmt: skip
        yield Block("table", rows=(("Name", "Stimme"), *votes))
