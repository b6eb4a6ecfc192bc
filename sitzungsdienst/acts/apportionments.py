"""Acts on seats shared out: a committee's seats by the strength of the groups, and its chairs."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.apportioning import (
    ApportionmentFacts,
    WorkedOut,
    settlements,
    work_out,
)
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.law.seats import and_list
from sitzungsdienst.law.values import Severity
from sitzungsdienst.record.bodies import Body, Organization, OrganizationKind
from sitzungsdienst.record.elections import Apportionment
from sitzungsdienst.record.people import Membership


@dataclass(frozen=True, slots=True)
class Strengths:
    """The groups' strengths as the memberships of a day tell them.

    `members` is how many sit in the council they were counted in, `ungrouped` how many of these
    belong to no group; both None where no council was named.
    """

    groups: tuple[tuple[str, int], ...]
    members: int | None = None
    ungrouped: int | None = None


def record_apportionment(
    session: Session, actor: Actor, facts: ApportionmentFacts, now: datetime
) -> int:
    """Keep how seats were shared out; gives its id. Raises RuleBroken while a lot is open."""
    with act(session, actor, "record_apportionment", now) as run:
        row = Apportionment(body_id=_body(actor))
        _set_apportionment(run, row, facts)
        run.about(row)
        session.flush()
        return row.id


def edit_apportionment(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    facts: ApportionmentFacts,
    now: datetime,
) -> None:
    """Correct how seats were shared out. Raises RuleBroken, Stale, Unknown."""
    with act(session, actor, "edit_apportionment", now) as run:
        row = run.about(run.fetch(Apportionment, row_id, version=version))
        _set_apportionment(run, row, facts)


def remove_apportionment(
    session: Session, actor: Actor, row_id: int, version: int, now: datetime
) -> None:
    """Take one off that was kept by mistake."""
    with act(session, actor, "remove_apportionment", now) as run:
        session.delete(run.about(run.fetch(Apportionment, row_id, version=version)))


def strengths_on(
    session: Session, body_id: int, day: date, council: Organization | None
) -> Strengths:
    """Count the groups of a day by their members in the council, else by all their members.

    A member of the council belongs to the group it was sent by, else to the one it sits in.
    """
    groups = session.scalars(
        select(Organization)
        .where(Organization.body_id == body_id, Organization.kind == OrganizationKind.GROUP)
        .options(selectinload(Organization.memberships))
        .order_by(Organization.name, Organization.id)
    ).all()
    running = [one for one in groups if _runs(one, day)]
    persons = {
        one.id: {seat.person_id for seat in one.memberships if seat.runs_on(day)} for one in running
    }
    if council is None:
        return Strengths(_ranked(running, {one: len(who) for one, who in persons.items()}))
    seats = [one for one in council.memberships if one.voting_right and one.runs_on(day)]
    counted = Counter(_group_of(seat, persons) for seat in _by_person(seats))
    ungrouped = counted.pop(None, 0)
    told = {one: number for one, number in counted.items() if one is not None}
    return Strengths(_ranked(running, told), sum(counted.values()) + ungrouped, ungrouped)


def _runs(row: Organization, day: date) -> bool:
    begun = row.start_date is None or row.start_date <= day
    return begun and (row.end_date is None or day <= row.end_date)


def _by_person(seats: Sequence[Membership]) -> list[Membership]:
    """One seat each, for who sits there twice."""
    return list({one.person_id: one for one in seats}.values())


def _group_of(seat: Membership, persons: dict[int, set[int]]) -> int | None:
    if seat.on_behalf_of_id in persons:
        return seat.on_behalf_of_id
    return next((one for one, who in persons.items() if seat.person_id in who), None)


def _ranked(groups: Sequence[Organization], counted: dict[int, int]) -> tuple[tuple[str, int], ...]:
    """The groups with members, the strongest first."""
    found = [(one.name, counted.get(one.id, 0)) for one in groups]
    return tuple(sorted((one for one in found if one[1]), key=lambda one: -one[1]))


def _body(actor: Actor) -> int:
    if actor.body_id is None:
        raise Unknown("Apportionment")
    return actor.body_id


def _set_apportionment(run: Run, row: Apportionment, facts: ApportionmentFacts) -> None:
    body = run.session.get_one(Body, row.body_id)
    row.organization = None
    row.organization_id = None
    if facts.organization_id is not None:
        row.organization = run.fetch(Organization, facts.organization_id)
        row.organization_id = row.organization.id
    found = work_out(body, facts)
    _demand_settled(found)
    _demand_read(found, facts)
    row.decided_on, row.method, row.seats = facts.decided_on, facts.method, facts.seats
    row.body_members = facts.body_members
    row.strengths = _json({one.party: one.strength for one in found.allocation.shares})
    row.result = _json(found.allocation.seats)
    row.chairs = _json(found.chairs.picks if found.chairs else [])
    row.lots = _json(settlements(found, facts))
    row.remark = checks.text("remark", facts.remark, limit=2000)


def _demand_settled(found: WorkedOut) -> None:
    if not found.allocation.complete:
        tie = found.allocation.ties[0]
        told = found.tie.message if found.tie else f"Zu losen ist zwischen {and_list(tie.parties)}."
        norm = found.tie.norm if found.tie else ""
        raise RuleBroken("winners", told, norm)
    turn = found.chairs.open_turn if found.chairs else None
    if turn is not None:
        raise RuleBroken(
            "picks",
            f"Um die Reihenfolge der Vorsitze ist zwischen {and_list(turn.parties)} zu losen. Bitte"
            " tragen Sie für jeden Platz ein, auf wen das Los fiel.",
        )


def _demand_read(found: WorkedOut, facts: ApportionmentFacts) -> None:
    """Certain rules forbid at the method, others want to have been read."""
    warnings = [one for one in found.findings if one.severity is not Severity.NOTE]
    for one in warnings:
        if one.severity is Severity.BLOCK:
            raise RuleBroken("method", one.message, one.norm)
    if warnings and not facts.acknowledged:
        told = " ".join(
            f"{one.message} ({one.norm})" if one.norm else one.message for one in warnings
        )
        raise RuleBroken("acknowledged", told)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
