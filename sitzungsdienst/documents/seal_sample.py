"""A page that says nothing, to try the electronic seal on."""

from datetime import date

from sitzungsdienst.documents.seal_field import SEALED
from sitzungsdienst.documents.story import Facts, Story, build
from sitzungsdienst.documents.values import Letterhead
from sitzungsdienst.german import plain_date


def print_sample(day: date) -> bytes:
    """Return a PDF of one page with the empty field for the seal."""
    title = "Probe des elektronischen Siegels"
    story = Story(Facts("Probe", title, title, Letterhead("Sitzungsdienst"), day, sealable=True))
    story.heading(title)
    story.paragraph(
        f"Diese Seite wurde am {plain_date(day)} angelegt, um das elektronische Siegel zu prüfen."
        " Sie hat keinen weiteren Inhalt."
    )
    story.note(SEALED)
    return build(story)
