"""What stands around every page: whose site it is, the way through it, the way here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from sitzungsdienst.public.parts import Link
from sitzungsdienst.public.shelf import Shelf
from sitzungsdienst.publication.types import PublicBody

SITE = "Bürgerinformation"
STEP = 80


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A link of the navigation; `current` where the page belongs to it."""

    text: str
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a page. `trail` leads from the start to the page itself, which comes last."""

    site: str
    owner: str
    navigation: tuple[NavigationLink, ...]
    trail: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The Bodies of this site, read once for each page."""

    bodies: Mapping[str, PublicBody]

    @property
    def several_names(self) -> Mapping[str, str]:
        """The Bodies' names by uid where a reader must tell them apart, else nothing."""
        if len(self.bodies) < 2:
            return {}
        return {uid: body.short_name or body.name for uid, body in self.bodies.items()}

    def frame(self, section: str, trail: Iterable[Link], body: str = "") -> Frame:
        """The frame of a page of `section`, an endpoint such as "public.papers".

        It bears the name of the Body whose object the page shows, or of the only one there is.
        """
        names = [one.name for uid, one in self.bodies.items() if body in ("", uid)]
        owner = names[0] if len(names) == 1 else ""
        return Frame(
            site=f"{SITE} {owner}".strip(),
            owner=owner,
            navigation=tuple(
                NavigationLink(text, url_for(endpoint), endpoint == section)
                for text, endpoint in (
                    ("Sitzungen", "public.calendar"),
                    ("Vorlagen", "public.papers"),
                    ("Gremien", "public.organizations"),
                )
            ),
            trail=tuple(Link(_cut(step.text), step.address) for step in trail),
        )


def _cut(text: str) -> str:
    """A title as a step of the way: its beginning is enough, the page has all of it."""
    if len(text) <= STEP:
        return text
    return f"{text[:STEP].rsplit(' ', 1)[0]} …"


def surroundings(shelf: Shelf) -> Surroundings:
    """Read the Bodies."""
    return Surroundings({body.uid: body for body in shelf.listing(PublicBody)})
