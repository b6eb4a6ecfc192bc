"""Acts on elections: opening one on an item, who stands, correcting and taking it off again."""

from collections import Counter
from datetime import datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.election_facts import (
    CandidateFacts,
    ElectionFacts,
    LotFacts,
    RoundFacts,
)
from sitzungsdienst.acts.election_law import rules_of
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.holding import hold_meeting, open_for_recording
from sitzungsdienst.acts.presence import Room, load_room
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.law.election_checks import election_form
from sitzungsdienst.law.seat_methods import LARGEST_SEATS
from sitzungsdienst.law.seats import METHOD_NAMES
from sitzungsdienst.law.tree import ElectionMode
from sitzungsdienst.law.values import Severity
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.elections import Candidate, Election, ElectionKind
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.people import Person

__all__ = [
    "CandidateFacts",
    "ElectionFacts",
    "LotFacts",
    "RoundFacts",
    "edit_election",
    "open_election",
    "remove_election",
]

MOST_CANDIDATES = 60


def open_election(
    session: Session, actor: Actor, item_id: int, facts: ElectionFacts, now: datetime
) -> int:
    """Open an election on an item; gives its id. Raises RuleBroken, Unknown."""
    with act(session, actor, "open_election", now) as run:
        item = run.fetch(AgendaItem, item_id)
        last = max((one.position for one in item.elections), default=0)
        row = Election(agenda_item_id=item.id, position=last + 1)
        row.agenda_item = item
        _set_election(run, row, facts)
        run.about(row)
        session.flush()
        return row.id


def edit_election(
    session: Session, actor: Actor, row_id: int, version: int, facts: ElectionFacts, now: datetime
) -> None:
    """Correct an election; who stood in a recorded round stays. Raises Stale, RuleBroken."""
    with act(session, actor, "edit_election", now) as run:
        row = run.about(run.fetch(Election, row_id, version=version))
        if row.rounds and (facts.kind, facts.seats) != (row.kind, row.seats):
            raise RuleBroken(
                "kind" if facts.kind is not row.kind else "seats",
                "Es ist schon ein Wahlgang erfasst. Nehmen Sie ihn zuerst zurück, wenn sich die"
                " Art der Wahl oder die Zahl der Sitze ändert.",
            )
        _set_election(run, row, facts)


def remove_election(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Take an election off the record that was entered by mistake, before any round."""
    with act(session, actor, "remove_election", now) as run:
        row = run.about(run.fetch(Election, row_id, version=version))
        open_for_recording(hold_meeting(run, row.agenda_item))
        if row.rounds:
            raise RuleBroken(
                "", "Zu dieser Wahl sind Wahlgänge erfasst. Nehmen Sie zuerst diese zurück."
            )
        row.agenda_item.elections.remove(row)
        session.delete(row)


def _set_election(run: Run, row: Election, facts: ElectionFacts) -> None:
    meeting = hold_meeting(run, row.agenda_item)
    open_for_recording(meeting)
    row.office = checks.line(
        "office", facts.office, needed="Bitte geben Sie an, wozu gewählt wird.", limit=300
    )
    row.kind = facts.kind
    row.seats = 1
    if facts.kind is ElectionKind.LISTS:
        checks.within("seats", facts.seats, 1, LARGEST_SEATS)
        row.seats = facts.seats
    row.organization_id = _committee(run, row, facts.organization_id)
    _set_method(row, facts)
    _set_candidates(run, row, facts.candidates)
    _check_form(row, facts)
    row.secret = facts.secret


def _committee(run: Run, row: Election, chosen: int | None) -> int | None:
    """The committee that elects; in a joint meeting somebody has to say which."""
    meeting = row.agenda_item.meeting
    if len(meeting.organizations) == 1:
        return None
    load_room(run.session, meeting)
    here = [one.id for one in Room(meeting).committees_at(row.agenda_item)]
    if chosen is None and len(here) == 1:
        return here[0]
    if chosen not in here:
        raise RuleBroken(
            "organization_id",
            "Mehrere Gremien tagen gemeinsam. Bitte wählen Sie, welches von ihnen wählt.",
        )
    return chosen


def _set_method(row: Election, facts: ElectionFacts) -> None:
    row.method = None
    if facts.kind is not ElectionKind.LISTS or facts.method is None:
        return
    rules = rules_of(row)
    asked = rules.seats.method if rules is not None else None
    if asked is not None and asked.value is not None:
        if asked.value is not facts.method:
            raise RuleBroken(
                "method",
                f"Am Tag der Sitzung gilt das Verfahren {METHOD_NAMES[asked.value]}. Bitte wählen"
                " Sie dieses.",
                asked.norm,
            )
        return
    row.method = facts.method


def _check_form(row: Election, facts: ElectionFacts) -> None:
    """Refuse an open election where the law demands a secret one, or ask where it may be open."""
    rules = rules_of(row)
    if facts.secret or rules is None:
        return
    found = election_form(
        rules, agreed_unanimously=facts.acknowledged, candidates=len(row.candidates)
    )
    if not found.secret:
        return
    if rules.election.mode.value is ElectionMode.SECRET_UNLESS_UNANIMOUS:
        raise RuleBroken("acknowledged", found.sentence, found.norm)
    if found.severity is Severity.BLOCK:
        raise RuleBroken("secret", found.sentence, found.norm)
    if not facts.acknowledged:
        raise RuleBroken("acknowledged", found.sentence, found.norm)


def _set_candidates(run: Run, row: Election, facts: tuple[CandidateFacts, ...]) -> None:
    if not facts:
        raise RuleBroken("candidates", "Bitte tragen Sie ein, wer zur Wahl steht.")
    if len(facts) > MOST_CANDIDATES:
        raise RuleBroken("candidates", f"Höchstens {MOST_CANDIDATES} Wahlvorschläge sind möglich.")
    stood = {one.candidate_id for held in row.rounds for one in held.tallies}
    known = {one.id: one for one in row.candidates}
    kept: set[int] = set()
    for place, one in enumerate(facts):
        candidate = known.get(one.candidate_id or 0)
        if candidate is None or candidate.id in kept:
            candidate = Candidate(seats_won=0)
            row.candidates.append(candidate)
        else:
            kept.add(candidate.id)
        _set_candidate(run, candidate, one, place, fixed=candidate.id in stood)
    for gone in [one for one_id, one in known.items() if one_id not in kept]:
        if gone.id in stood:
            raise RuleBroken(
                "candidates",
                f"„{gone.name}“ stand in einem erfassten Wahlgang. Nehmen Sie ihn zuerst zurück.",
            )
        row.candidates.remove(gone)
    _demand_distinct(facts, row)


def _set_candidate(
    run: Run, row: Candidate, facts: CandidateFacts, place: int, *, fixed: bool
) -> None:
    field = f"candidates-{place}-name"
    row.person = run.fetch(Person, facts.person_id) if facts.person_id else None
    row.organization = (
        run.fetch(Organization, facts.organization_id) if facts.organization_id else None
    )
    usual = row.person.name if row.person else row.organization.name if row.organization else ""
    name = checks.line(
        field,
        facts.name or usual,
        needed="Bitte tragen Sie einen Namen ein oder wählen Sie eine Person.",
        limit=200,
    )
    if fixed and name != row.name:
        raise RuleBroken(
            field,
            f"„{row.name}“ stand in einem erfassten Wahlgang. Nehmen Sie ihn zuerst zurück, wenn"
            " der Name nicht stimmt.",
        )
    row.name, row.position = name, place + 1


def _demand_distinct(facts: tuple[CandidateFacts, ...], row: Election) -> None:
    """The votes are told by name, so no two may be called alike."""
    ordered = sorted(row.candidates, key=lambda one: one.position)
    counted = Counter(one.name for one in ordered)
    for place, _ in enumerate(facts):
        if counted[ordered[place].name] > 1:
            raise RuleBroken(
                f"candidates-{place}-name",
                f"„{ordered[place].name}“ steht zweimal da. Bitte unterscheiden Sie die Namen oder"
                " streichen Sie einen.",
            )
