"""The excerpt from the minutes (Auszug): one item with its paper, deliberation and resolution."""

from collections.abc import Sequence
from dataclasses import replace

from sitzungsdienst.documents.conformance import Attachment
from sitzungsdienst.documents.parts import add_proceedings, committees, running_head
from sitzungsdienst.documents.seal_field import SEALED
from sitzungsdienst.documents.story import Facts, Story, build
from sitzungsdienst.documents.values import (
    Audience,
    Certification,
    Excerpt,
    PaperFacts,
    Signature,
)
from sitzungsdienst.german import plain_date, short_date, time_field


def print_excerpt(
    excerpt: Excerpt, *, sealable: bool = False, attachments: Sequence[Attachment] = ()
) -> bytes:
    """Return the PDF of `excerpt`: for everyone, for the office, or certified.

    One that is `sealable` says that it is sealed, and is to be sealed before anybody gets it.
    """
    head, line = excerpt.head, excerpt.item.line
    facts = replace(_facts(excerpt), sealable=sealable, attachments=tuple(attachments))
    story = Story(facts)
    copy = "Beglaubigter Auszug" if excerpt.certification else "Auszug"
    story.heading(f"{copy} aus der Niederschrift")
    story.subtitle(head.name)
    story.key_values(
        [
            ("TOP", line.number),
            ("Gremium", committees(head)),
            ("Datum", short_date(head.start)),
            ("Status", head.publicity),
            ("Behandelt", excerpt.part),
            ("Zeit", time_field(head.start, head.end)),
            ("Raum", head.room),
            ("Ort", head.place),
            ("Anwesenheit", excerpt.presence),
        ]
    )
    story.heading(line.title, 2)
    for paper in excerpt.item.papers:
        _add_paper(story, paper)
    add_proceedings(story, excerpt.item, level=3)
    story.rule()
    story.note(_standing(excerpt.standing))
    if excerpt.certification:
        _certify(story, excerpt, excerpt.certification, sealable=sealable)
    else:
        story.note(f"Ausgefertigt am {plain_date(excerpt.issued_on)}.")
    if sealable:
        story.note(SEALED)
    return build(story)


def _standing(told: str) -> str:
    """Return a word such as "vorläufig" as a sentence; sentences stay."""
    alone = told.strip().isalpha()
    return f"Stand der Niederschrift: {told.strip()}." if alone else told


def _facts(excerpt: Excerpt) -> Facts:
    number = f" {excerpt.item.line.number}" if excerpt.item.line.number else ""
    kind = f"Auszug{number}"
    if excerpt.certification:
        kind = f"Beglaubigte Abschrift Nr. {excerpt.certification.number}"
    warning = ", nicht für die Öffentlichkeit" if excerpt.audience is Audience.MEMBERS else ""
    return Facts(
        kind=f"{kind}{warning}",
        title=f"Auszug{number}, {running_head(excerpt.head)}",
        running_head=running_head(excerpt.head),
        letterhead=excerpt.letterhead,
        issued_on=excerpt.issued_on,
        check_address=excerpt.check_address,
    )


def _certify(story: Story, excerpt: Excerpt, certified: Certification, *, sealable: bool) -> None:
    """Add the clause of certification, on paper with room for the signature and the seal."""
    story.heading("Beglaubigungsvermerk", 2)
    day = plain_date(excerpt.head.start)
    story.paragraph(
        f"Hiermit wird beglaubigt, dass dieser Auszug mit der Niederschrift über die Sitzung vom"
        f" {day} übereinstimmt."
    )
    place = excerpt.letterhead.locality.strip()
    story.key_values(
        [
            ("Nummer", certified.number),
            ("Ausgestellt für", certified.recipient),
            ("Ort, Datum", ", ".join(filter(None, (place, plain_date(certified.certified_on))))),
            ("Beglaubigt durch", certified.certified_by if sealable else ""),
        ],
        keep=True,
    )
    if sealable:
        return
    story.signatures(
        [
            Signature("Unterschrift", certified.certified_by),
            Signature("Raum für den Abdruck", "Dienstsiegel"),
        ]
    )


def _add_paper(story: Story, paper: PaperFacts) -> None:
    story.key_values(
        [
            ("Vorlage", f"{paper.reference}\n{paper.title}".strip()),
            ("Status", paper.status),
            ("Vorlage-Art", paper.paper_type),
            ("Einreicher", "\n".join(paper.submitted_by)),
            ("Federführend", paper.responsible_unit),
            ("Bearbeiter/-in", paper.handled_by),
        ]
    )
