"""Acts on recusals (Mitwirkungsverbot): who takes no part in an item, and how that was settled."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.corrections import correct
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.holding import demand_within, hold_meeting, open_for_recording
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.proceedings import Recusal, RecusalBasis, Whereabouts

REASON_LIMIT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecusalFacts:
    """Who takes no part in an item, or was found to take part after all.

    `decided` tells how the body decided, in words; `reason` never leaves the office. Times are
    aware, and given only where they are known.
    """

    person_id: int
    basis: RecusalBasis = RecusalBasis.DECLARED
    whereabouts: Whereabouts = Whereabouts.LEFT_ROOM
    left_at: datetime | None = None
    returned_at: datetime | None = None
    decided: str = ""
    reason: str = ""


def record_recusal(
    session: Session,
    actor: Actor,
    item_id: int,
    facts: RecusalFacts,
    now: datetime,
    *,
    acknowledged: bool = False,
) -> int:
    """Record that somebody takes no part in an item; gives the recusal's id.

    Raises Unconfirmed where recorded ballots would follow and `acknowledged` is not set.
    """
    with act(session, actor, "record_recusal", now) as run:
        item = run.fetch(AgendaItem, item_id)
        meeting = _hold(run, item)
        if facts.person_id in {one.person_id for one in item.recusals}:
            raise RuleBroken(
                "person_id",
                "Für diese Person ist zu diesem Punkt schon ein Mitwirkungsverbot erfasst."
                " Bitte ändern Sie es dort.",
            )
        listed = {one.person_id: one.person for one in meeting.attendances}
        if facts.person_id not in listed:
            raise RuleBroken(
                "person_id", "Bitte wählen Sie jemanden, der auf der Anwesenheitsliste steht."
            )
        row = Recusal(agenda_item_id=item.id, person=listed[facts.person_id])
        row.person_id = facts.person_id
        _set(row, facts, meeting)

        def change() -> None:
            item.recusals.append(row)

        correct(run, meeting, change, acknowledged=acknowledged)
        run.about(row)
        session.flush()
        return row.id


def edit_recusal(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    facts: RecusalFacts,
    now: datetime,
    *,
    acknowledged: bool = False,
) -> None:
    """Correct a recusal; the person stays who they are."""
    with act(session, actor, "edit_recusal", now) as run:
        row = run.about(run.fetch(Recusal, row_id, version=version))
        meeting = _hold(run, row.agenda_item)
        if facts.person_id != row.person_id:
            raise Unknown(f"Recusal {row_id}")

        def change() -> None:
            _set(row, facts, meeting)

        correct(run, meeting, change, acknowledged=acknowledged)


def remove_recusal(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    now: datetime,
    *,
    acknowledged: bool = False,
) -> None:
    """Take a recusal off the record that was entered by mistake."""
    with act(session, actor, "remove_recusal", now) as run:
        row = run.about(run.fetch(Recusal, row_id, version=version))
        meeting = _hold(run, row.agenda_item)

        def change() -> None:
            row.agenda_item.recusals.remove(row)

        correct(run, meeting, change, acknowledged=acknowledged)
        session.delete(row)


def _hold(run: Run, item: AgendaItem) -> Meeting:
    meeting = hold_meeting(run, item)
    open_for_recording(meeting)
    flag_modified(meeting, "modified_at")
    return meeting


def _set(row: Recusal, facts: RecusalFacts, meeting: Meeting) -> None:
    demand_within(meeting, left_at=facts.left_at, returned_at=facts.returned_at)
    if facts.left_at and facts.returned_at and facts.returned_at <= facts.left_at:
        raise RuleBroken(
            "returned_at", "Die Rückkehr liegt vor dem Gehen. Bitte prüfen Sie die Zeiten."
        )
    decided = checks.line("decided", facts.decided, limit=500)
    if facts.basis is not RecusalBasis.DECLARED and not decided:
        raise RuleBroken(
            "decided", "Bitte geben Sie an, wie das Gremium ohne die Person entschieden hat."
        )
    row.basis = facts.basis
    row.whereabouts = facts.whereabouts
    row.left_at, row.returned_at = facts.left_at, facts.returned_at
    row.decided = decided
    row.reason = checks.text("reason", facts.reason, limit=REASON_LIMIT)
