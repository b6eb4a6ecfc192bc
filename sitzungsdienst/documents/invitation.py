"""The summons: the invitation for members, the public notice of the meeting for everyone."""

from collections.abc import Sequence

from sitzungsdienst.documents.conformance import Attachment
from sitzungsdienst.documents.parts import bare, running_head, when_and_where
from sitzungsdienst.documents.seal_field import SEALED
from sitzungsdienst.documents.story import Facts, Story, build
from sitzungsdienst.documents.values import Audience, Invitation, Letterhead
from sitzungsdienst.german import long_date, plain_date


def print_invitation(
    invitation: Invitation, *, attachments: Sequence[Attachment] = (), sealable: bool = False
) -> bytes:
    """Return the PDF of `invitation`; a `sealable` one says that it is sealed, and is to be.

    For the public it is the notice of the meeting (Bekanntmachung): of the non-public part it
    bears numbers and released titles only, never a paper. With a heading of its own it is a
    supplement (Nachtrag) to either.
    """
    for_members = invitation.audience is Audience.MEMBERS
    name = invitation.heading.strip() or ("Einladung" if for_members else "Bekanntmachung")
    warning = ", enthält nichtöffentliche Teile"
    story = Story(
        Facts(
            kind=f"{name}{warning if for_members and invitation.nonpublic_agenda else ''}",
            title=f"{name}, {running_head(invitation.head)}",
            running_head=running_head(invitation.head),
            letterhead=invitation.letterhead,
            issued_on=invitation.issued_on,
            check_address=invitation.check_address,
            is_letter=for_members,
            recipient=("An die Mitglieder", *invitation.head.committees),
            attachments=tuple(attachments),
            sealable=sealable,
        )
    )
    if not for_members:
        story.note(_place_and_date(invitation))
    story.heading(name)
    story.subtitle(invitation.head.name)
    for sentence in _opening(invitation):
        story.paragraph(sentence)
    story.key_values(when_and_where(invitation.head, long_date(invitation.head.start)))
    if for_members and invitation.remark.strip():
        story.paragraph(invitation.remark)
    _add_agenda(story, invitation)
    if for_members:
        _close_for_members(story, invitation)
    else:
        _close_for_public(story, invitation)
    if sealable:
        story.note(SEALED)
    return build(story)


def _opening(invitation: Invitation) -> tuple[str, ...]:
    supplement = bool(invitation.heading.strip())
    if invitation.audience is Audience.PUBLIC:
        if supplement:
            return ("Die Bekanntmachung der folgenden Sitzung wird hiermit ergänzt.",)
        return ("Die folgende Sitzung wird hiermit öffentlich bekannt gemacht.",)
    if supplement:
        said = "zu der folgenden Sitzung ergänze ich die Tagesordnung, wie unten aufgeführt."
    else:
        said = "zu der folgenden Sitzung lade ich Sie hiermit ein."
    return ("Sehr geehrte Damen und Herren,", said)


def _place_and_date(invitation: Invitation) -> str:
    day = plain_date(invitation.issued_on)
    place = invitation.letterhead.locality.strip()
    return f"{place}, {day}" if place else day


def _add_agenda(story: Story, invitation: Invitation) -> None:
    hidden = invitation.nonpublic_agenda
    if invitation.audience is Audience.PUBLIC:
        hidden = tuple(bare(line) for line in hidden)
    if invitation.public_agenda or hidden:
        story.heading("Ergänzte Punkte" if invitation.heading.strip() else "Tagesordnung", 2)
    for title, lines in (
        ("Öffentlicher Teil", invitation.public_agenda),
        ("Nichtöffentlicher Teil", hidden),
    ):
        if lines:
            story.heading(title, 3)
            story.agenda(lines)


def _close_for_members(story: Story, invitation: Invitation) -> None:
    if invitation.nonpublic_agenda:
        story.paragraph(
            "Bitte behandeln Sie die Angaben und Unterlagen zum nichtöffentlichen Teil vertraulich."
        )
    story.paragraph(
        f"Sollten Sie verhindert sein, teilen Sie dies bitte rechtzeitig mit"
        f"{_reachable(invitation.letterhead)}."
    )
    story.closing("Mit freundlichen Grüßen", _chair(invitation))


def _chair(invitation: Invitation) -> str:
    return "\n".join(part for part in (invitation.chair_name.strip(), "Vorsitz") if part)


def _reachable(letterhead: Letterhead) -> str:
    ways = [f"Telefon {letterhead.phone}"] if letterhead.phone.strip() else []
    ways += [letterhead.email] if letterhead.email.strip() else []
    return f" ({', '.join(ways)})" if ways else ""


def _close_for_public(story: Story, invitation: Invitation) -> None:
    welcome = "Zuhörende sind im öffentlichen Teil der Sitzung willkommen."
    sentence = welcome if invitation.public_agenda else ""
    if invitation.chair_name.strip():
        story.closing(sentence, _chair(invitation))
    else:
        story.paragraph(sentence)
