"""What the public sees of a committee or a paper now, and what a release would show."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, flash
from sqlalchemy.orm import Session
from wtforms import StringField

from sitzungsdienst.gate import decision
from sitzungsdienst.gate import desk as gate
from sitzungsdienst.gate.desk import Desk
from sitzungsdienst.gate.wording import CONSULTATION_ROLE
from sitzungsdienst.german import plain_date
from sitzungsdienst.office.forms import ConfirmForm, OfficeForm
from sitzungsdienst.publication.types import (
    PublicFile,
    PublicMembership,
    PublicOrganization,
    PublicPaper,
)
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.papers import Attachment, Paper
from sitzungsdienst.record.people import Membership

NAME_ONLY = (
    "Öffentlich ist nur der Name, weil ihn eine veröffentlichte Sitzung oder Vorlage nennt; die"
    " Mitglieder sind es nicht."
)


class ReleaseForm(OfficeForm):
    """A release; the reason is needed where it replaces what the public could read before."""

    reason = StringField(
        "Grund der neuen Fassung",
        description="Steht öffentlich bei der neuen Fassung, zum Beispiel: Tippfehler berichtigt.",
    )


class WithdrawalForm(ConfirmForm):
    """A withdrawal with its reason."""

    reason = StringField(
        "Grund der Rücknahme",
        description="Steht öffentlich an der Stelle, an der das Zurückgenommene stand.",
    )


@dataclass(frozen=True, slots=True)
class Publicity:
    """How something stands before the public, for the box on its page.

    `since` and `version` are of what the public reads now, None and 0 where that is nothing.
    `refused` says why it may not be released. `changed` tells whether a release would show
    something else than now. `shown` and `kept` list what a release shows and what it leaves out.
    `note` tells what is only partly public.
    """

    address: str
    since: datetime | None
    version: int
    reason_needed: bool
    changed: bool
    refused: str
    shown: tuple[str, ...]
    kept: tuple[str, ...] = ()
    note: str = ""

    @property
    def public(self) -> bool:
        """Whether the public can open it now."""
        return self.since is not None


def of_organization(session: Session, row: Organization, seats: list[Membership]) -> Publicity:
    """The publicity of an organisation with its memberships, all of which are passed."""
    desk = Desk(session)
    filed = desk.reader.get(PublicOrganization, row.uid)
    before = bool(desk.known(PublicMembership, (one.uid for one in seats)))
    gate.put_members(desk, row)
    living = filed is not None and not filed.deleted
    return Publicity(
        address=_public_page("gremien", row.uid),
        since=filed.modified if filed and living else None,
        version=filed.version if filed and living else 0,
        reason_needed=before,
        changed=desk.differs(),
        refused="",
        shown=(
            "Name, Art und Zeitraum der Organisation",
            f"{_count(len(seats))} mit Name, Funktion, Stimmrecht, Fraktion und Zeitraum",
        ),
        kept=("Telefon, E-Mail-Adresse und Notizen der Personen",),
        note=NAME_ONLY if living and seats and not before else "",
    )


def of_paper(session: Session, row: Paper) -> Publicity:
    """The publicity of a paper with its attachments and its path."""
    desk = Desk(session)
    filed = desk.reader.get(PublicPaper, row.uid)
    living = filed is not None and not filed.deleted
    verdict = decision.paper(row)
    if verdict.allowed:
        gate.put_paper_text(desk, row)
    files = [(one.name, one.public) for one in row.attachments]
    return Publicity(
        address=_public_page("vorlagen", row.uid),
        since=filed.modified if filed and living else None,
        version=filed.version if filed and living else 0,
        reason_needed=living,
        changed=desk.differs(),
        refused=verdict.reason,
        shown=(
            "Nummer, Betreff, Vorlage-Art, Datum und Status",
            *_paper_parts(row),
            *(f"Anlage: {name}" for name, public in files if public),
            *(
                f"Beratungsfolge: {step.organization.name} ({CONSULTATION_ROLE[step.role]})"
                for step in row.consultations
            ),
        ),
        kept=(
            *(f"Anlage: {name} (nichtöffentlich)" for name, public in files if not public),
            *(["interner Vermerk"] if row.internal_note else []),
        ),
    )


def tell_minutes_gone(session: Session, meeting_ids: tuple[int, ...]) -> None:
    """Tell the clerk which public minutes went with a withdrawal, and what to do."""
    for meeting_id in meeting_ids:
        day = plain_date(session.get_one(Meeting, meeting_id).start)
        flash(
            f"Auch die öffentliche Niederschrift der Sitzung vom {day} ist zurückgenommen: Seit"
            " ihrer Freigabe hat sich in der Akte etwas geändert, das noch nicht freigegeben ist."
            " Bitte prüfen Sie sie und geben Sie sie auf der Seite »Freigabe« der Sitzung neu"
            " frei.",
            "warning",
        )


def public_files(session: Session, rows: list[Attachment]) -> set[str]:
    """The uids of those attachments that the public can open."""
    return Desk(session).known(PublicFile, (one.uid for one in rows))


def _paper_parts(row: Paper) -> list[str]:
    """The parts of a paper that have text, in the words of its page."""
    parts = (
        (row.originators, "Einreicher: " + "; ".join(one.label for one in row.originators)),
        (row.responsible_unit, "federführender Bereich"),
        (row.further_units, "Beteiligt"),
        (row.handled_by, "Bearbeiter/-in"),
        (row.addressed_to, "Empfänger"),
        (row.proposed_resolution, "Beschlussvorschlag"),
        (row.facts, "Sachverhalt"),
        (row.reasons, "Begründung"),
        (row.financial_effects, "Finanzielle Auswirkungen"),
        (row.relations, "Bezüge zu veröffentlichten Vorlagen"),
    )
    return [label for content, label in parts if content]


def _count(number: int) -> str:
    return "1 Mitgliedschaft" if number == 1 else f"{number} Mitgliedschaften"


def _public_page(area: str, uid: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}/{area}/{uid}"
