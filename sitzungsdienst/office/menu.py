"""The main menu: what the signed-in user may open."""

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for

from sitzungsdienst.office.permissions import Permission, may

ENTRIES = (
    ("Sitzungen", "meetings.index", Permission.MEETINGS_READ),
    ("Vorlagen", "papers.index", Permission.PAPERS_READ),
    ("Beschlüsse", "resolutions.index", Permission.RESOLUTIONS_READ),
    ("Gremien", "organizations.index", Permission.ORGANIZATIONS_READ),
    ("Personen", "people.index", Permission.PEOPLE_READ),
    ("Räume", "locations.index", Permission.LOCATIONS_EDIT),
    ("Körperschaft", "terms.index", Permission.TERMS_EDIT),
    ("Geltendes Recht", "law.index", Permission.LAW_READ),
    ("Benutzer", "users.index", Permission.ACCOUNTS_MANAGE),
    ("Körperschaften", "bodies.index", Permission.BODIES_MANAGE),
    ("Protokoll", "audit.index", Permission.AUDIT_READ),
)


# Blueprints that belong to the area of another one's entry.
AREAS = {
    "agenda": "meetings",
    "announcements": "resolutions",
    "apportionments": "organizations",
    "ballots": "meetings",
    "cancelling": "meetings",
    "deadlines": "meetings",
    "changes": "meetings",
    "election_rounds": "meetings",
    "elections": "meetings",
    "followup": "resolutions",
    "followup_reports": "resolutions",
    "history": "organizations",
    "imports": "people",
    "institutions": "organizations",
    "memberships": "organizations",
    "minutes": "meetings",
    "next_meetings": "meetings",
    "paper_cosigning": "papers",
    "paper_history": "papers",
    "paper_kinds": "papers",
    "paper_parts": "papers",
    "packets": "meetings",
    "proceedings": "meetings",
    "releases": "meetings",
    "series": "meetings",
    "standing": "organizations",
    "substitutes": "organizations",
    "summons": "meetings",
    "supplements": "meetings",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu."""

    label: str
    href: str
    current: bool


def entries() -> list[Entry]:
    """Return the entries for the signed-in user; the current one is the page's own area."""
    here = AREAS.get(request.blueprint or "", request.blueprint)
    return [
        Entry(label, url_for(endpoint), here == endpoint.split(".", 1)[0])
        for label, endpoint, permission in ENTRIES
        if may(permission) and endpoint in current_app.view_functions
    ]


def register(app: Flask) -> None:
    """Give the templates of `app` the function `menu()`."""
    app.add_template_global(entries, "menu")
