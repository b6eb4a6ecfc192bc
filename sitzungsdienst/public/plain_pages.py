"""Pages about the site itself: facts from the settings and the Bodies, and no claims."""

from dataclasses import dataclass

from flask import url_for

from sitzungsdienst.config import Settings
from sitzungsdienst.public import parts
from sitzungsdienst.public.frame import Frame, surroundings
from sitzungsdienst.public.parts import Field, Link
from sitzungsdienst.public.shelf import Shelf


@dataclass(frozen=True, slots=True)
class ImprintPage:
    """Who runs the site and whose meetings it shows; empty where the operator told nothing."""

    operator: tuple[Field, ...]
    bodies: tuple[tuple[Field, ...], ...]


@dataclass(frozen=True, slots=True)
class AccessibilityPage:
    """To whom barriers can be reported; empty where the operator told nothing."""

    operator: str
    email: Link


def imprint(shelf: Shelf, settings: Settings) -> tuple[ImprintPage, Frame]:
    """Compose the imprint."""
    around = surroundings(shelf)
    operator = parts.filled(
        parts.field("Betrieb", settings.operator_name), _email(settings.operator_email)
    )
    bodies = tuple(
        parts.filled(
            parts.field("Körperschaft", body.name),
            parts.field("Sitz", body.seat),
            parts.field("Ansprechstelle", body.contact_name),
            _email(body.contact_email),
            parts.linked_field("Internet", (_website(body.website),)),
        )
        for body in around.bodies.values()
    )
    return ImprintPage(operator, bodies), around.frame("", (Link("Impressum"),))


def accessibility(shelf: Shelf, settings: Settings) -> tuple[AccessibilityPage, Frame]:
    """Compose the page on accessibility."""
    around = surroundings(shelf)
    email = _email(settings.operator_email).values
    page = AccessibilityPage(settings.operator_name, email[0] if email else Link(""))
    return page, around.frame("", (Link("Barrierefreiheit"),))


def _email(address: str) -> Field:
    return parts.linked_field("E-Mail", (Link(address, f"mailto:{address}"),) if address else ())


def _website(address: str) -> Link:
    """The address as a link only where it is one of the web: other schemes could be a trap."""
    return Link(address, address if address.startswith(("https://", "http://")) else "")


def footer_links() -> tuple[Link, ...]:
    """The links below every page."""
    return (
        Link("Kalender abonnieren", url_for("public.calendar") + "#abonnieren"),
        Link("Offene Daten (OParl)", url_for("oparl.system")),
        Link("Echtheit prüfen", url_for("public.check")),
        Link("Barrierefreiheit", url_for("public.accessibility_page")),
        Link("Impressum", url_for("public.imprint_page")),
    )
