"""What a correction in the room does to the ballots and rounds of elections recorded already.

Who was there, who was recused and when an item was dealt with decide who could vote. Changing any
of it lists the ballots it touches with their numbers before and after, asks, and lets them follow;
it refuses only what cannot have been, and says where to correct first.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from sitzungsdienst.acts.election_counts import presence
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.presence import Numbers, Room, load_room
from sitzungsdienst.acts.timeline import seats
from sitzungsdienst.acts.transaction import Run
from sitzungsdienst.record.elections import Election, ElectionRound
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.proceedings import Ballot


@dataclass(frozen=True, slots=True)
class Touched:
    """A ballot that a correction changes: its item, its subject or result, its numbers.

    `ballot_id` is None for a round of an election.
    """

    ballot_id: int | None
    item: str
    subject: str
    before: Numbers
    after: Numbers


class Unconfirmed(RuleBroken):
    """The correction touches recorded ballots, and nobody has said yet that it shall."""

    def __init__(self, touched: tuple[Touched, ...]) -> None:
        super().__init__(
            "",
            "Diese Berichtigung ändert, wie viele bei schon erfassten Abstimmungen anwesend waren."
            " Bitte prüfen Sie die Liste und bestätigen Sie die Änderung.",
        )
        self.touched = touched


def correct(
    run: Run, meeting: Meeting, change: Callable[[], None], *, acknowledged: bool
) -> tuple[Touched, ...]:
    """Make a change in the room and let the recorded ballots follow; gives those it touched.

    Raises Unconfirmed where it touches some and `acknowledged` is not set, RuleBroken where a
    ballot could not have been held so; the act undoes the change then.
    """
    load_room(run.session, meeting)
    ballots, rounds = _ballots(run, meeting), _rounds(run, meeting)
    before, electing = _reckoned(meeting, ballots), _electing(rounds)
    change()
    after, elected = _reckoned(meeting, ballots), _electing(rounds)
    room = Room(meeting)
    changed = [(row, _followed(row, before[row.id], after[row.id])) for row in ballots]
    _refuse_impossible(room, changed)
    touched = tuple(
        Touched(row.id, item_name(row.agenda_item), row.subject or row.result_text, now, then)
        for row, then in changed
        if (now := _numbers(row, before[row.id])) != then
    )
    moved = [(row, _moved(row, electing[row.id], elected[row.id])) for row in rounds]
    touched += _touched_rounds(moved)
    if touched and not acknowledged:
        raise Unconfirmed(touched)
    for row, then in changed:
        if _numbers(row, before[row.id]) != then:
            row.entitled, row.present, row.recused = then.entitled, then.present, then.recused
    for one, (entitled, present) in moved:
        one.entitled, one.present = entitled, present
    return touched


def _rounds(run: Run, meeting: Meeting) -> list[ElectionRound]:
    chosen = select(ElectionRound).join(ElectionRound.election).join(Election.agenda_item)
    order = (AgendaItem.position, AgendaItem.id, Election.position, ElectionRound.number)
    query = chosen.where(AgendaItem.meeting_id == meeting.id).order_by(*order)
    return list(run.session.scalars(query))


def _electing(rounds: list[ElectionRound]) -> dict[int, tuple[int, int]]:
    return {row.id: presence(row.election, row.taken_at) for row in rounds}


def _moved(
    row: ElectionRound, before: tuple[int, int], after: tuple[int, int]
) -> tuple[int | None, int]:
    """The round's entitled and present after the change; a lower number typed stays."""
    entitled = after[0] if row.entitled == before[0] else row.entitled
    present = after[1] if row.present == before[1] else min(row.present, after[1])
    return entitled, present


def _touched_rounds(
    moved: list[tuple[ElectionRound, tuple[int | None, int]]],
) -> tuple[Touched, ...]:
    found = []
    for row, (entitled, present) in moved:
        name = f"{row.election.office}, {row.number}. Wahlgang"
        if row.handed_in > present:
            raise RuleBroken(
                "",
                f"Nach diesen Angaben hätten bei der Wahl zu {item_name(row.election.agenda_item)}"
                f" ({row.number}. Wahlgang) {row.handed_in} gewählt, aber nur {present}"
                " Stimmberechtigte waren da. Bitte prüfen Sie die Zeiten, oder berichtigen Sie"
                " zuerst den Wahlgang.",
            )
        if (entitled, present) != (row.entitled, row.present):
            now = Numbers(row.entitled or 0, row.present, 0)
            then = Numbers(entitled or 0, present, 0)
            found.append(Touched(None, item_name(row.election.agenda_item), name, now, then))
    return tuple(found)


def item_name(item: AgendaItem) -> str:
    """How the office calls an item: its number, else its title."""
    return item.number or item.title


def _ballots(run: Run, meeting: Meeting) -> list[Ballot]:
    chosen = select(Ballot).join(Ballot.agenda_item).where(AgendaItem.meeting_id == meeting.id)
    item = contains_eager(Ballot.agenda_item)
    whole = (
        item.selectinload(AgendaItem.treatment),
        item.selectinload(AgendaItem.recusals),
        selectinload(Ballot.votes),
        selectinload(Ballot.stances),
    )
    order = (AgendaItem.part, AgendaItem.position, AgendaItem.id, Ballot.position)
    return list(run.session.scalars(chosen.options(*whole).order_by(*order)))


def _reckoned(meeting: Meeting, ballots: list[Ballot]) -> dict[int, Numbers]:
    room = Room(meeting)
    return {row.id: room.numbers_of(row) for row in ballots}


def _numbers(row: Ballot, reckoned: Numbers) -> Numbers:
    """What a ballot says; who was entitled may not have been recorded in older ones."""
    entitled = reckoned.entitled if row.entitled is None else row.entitled
    return Numbers(entitled, row.present, row.recused)


def _followed(row: Ballot, before: Numbers, after: Numbers) -> Numbers:
    """The ballot's numbers after the change; a lower presence that somebody typed stays."""
    present = after.present if row.present == before.present else min(row.present, after.present)
    recused = after.recused if row.recused == before.recused else row.recused
    entitled = after.entitled if row.entitled in (None, before.entitled) else row.entitled
    return Numbers(entitled, present, recused)


def _refuse_impossible(room: Room, changed: list[tuple[Ballot, Numbers]]) -> None:
    """Refuse what cannot have been: more votes than voters, a vote of somebody who was away."""
    crowded = []
    for row, numbers in changed:
        able = room.voters(row.agenda_item, row.taken_at, row.organization_id)
        persons = {one.person for one in able}
        named = {vote.person_id for vote in row.votes}
        called = [one for one in able if one.person in named]
        if not named <= persons or len(seats(called)) < len(called):
            raise RuleBroken(
                "",
                f"Zu {item_name(row.agenda_item)} hat jemand namentlich abgestimmt, der nach diesen"
                " Angaben nicht anwesend oder nicht stimmberechtigt ist. Bitte berichtigen Sie"
                " zuerst die Abstimmung oder ihre Uhrzeit.",
            )
        if not {one.person_id for one in row.stances if one.person_id} <= persons:
            raise RuleBroken(
                "",
                f"Das Ergebnis zu {item_name(row.agenda_item)} nennt jemanden, der nach diesen"
                " Angaben nicht anwesend oder nicht stimmberechtigt ist. Bitte berichtigen Sie"
                " zuerst die Abstimmung.",
            )
        if max(1, votes_cast(row)) > numbers.voting:
            crowded.append((item_name(row.agenda_item), votes_cast(row), numbers.voting))
    if crowded:
        told = ", ".join(f"{name} ({cast} bei {able})" for name, cast, able in crowded)
        raise RuleBroken(
            "",
            "Nach diesen Angaben hätten mehr abgestimmt, als stimmberechtigt anwesend waren:"
            f" {told}. Bitte prüfen Sie die Zeiten, oder berichtigen Sie zuerst die Abstimmung.",
        )


def votes_cast(row: Ballot) -> int:
    """How many votes and abstentions a ballot counts; 0 where it was only told."""
    counts = (row.yes, row.no, row.abstentions, row.invalid)
    return sum(one or 0 for one in counts)
