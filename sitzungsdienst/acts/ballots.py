"""Acts on ballots: one vote on an item, counted, called by name, secret, or only told."""

from collections import Counter
from datetime import datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks, secrecy
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.ballot_facts import BallotFacts, StanceFacts
from sitzungsdienst.acts.ballot_results import set_result, typed_counts
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.holding import demand_within, hold_meeting, open_for_recording
from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.acts.presence import Numbers, Room, load_room, recused
from sitzungsdienst.acts.sealing import seals
from sitzungsdienst.acts.timeline import Stay, seats
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.german import local_day
from sitzungsdienst.law.ballots import LARGEST_COUNT, Counts
from sitzungsdienst.law.stances import follows_genitive, group_label, member_label
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.people import Person
from sitzungsdienst.record.proceedings import (
    Ballot,
    BallotKind,
    BallotOutcome,
    Choice,
    Motion,
    Stance,
    Vote,
)

__all__ = [
    "BallotFacts",
    "StanceFacts",
    "edit_ballot",
    "move_ballot",
    "record_ballot",
    "record_ballots",
    "remove_ballot",
]

MOST_AT_ONCE = 60


def record_ballot(
    session: Session, actor: Actor, item_id: int, facts: BallotFacts, now: datetime
) -> int:
    """Record one more vote on an item; gives the ballot's id."""
    with act(session, actor, "record_ballot", now) as run:
        item = run.fetch(AgendaItem, item_id)
        row = _record(run, item, facts)
        run.about(row)
        session.flush()
        return row.id


def record_ballots(
    session: Session, actor: Actor, item_id: int, rows: tuple[BallotFacts, ...], now: datetime
) -> tuple[int, ...]:
    """Record several votes on an item at once, all or none; gives their ids.

    Raises RuleBroken with the field "rows-<n>-<field>" (n from 0) for what is wrong in a row.
    """
    with act(session, actor, "record_ballots", now) as run:
        item = run.about(run.fetch(AgendaItem, item_id))
        if not rows:
            raise RuleBroken("rows", "Bitte tragen Sie mindestens eine Abstimmung ein.")
        if len(rows) > MOST_AT_ONCE:
            raise RuleBroken("rows", f"Auf einmal sind höchstens {MOST_AT_ONCE} möglich.")
        made = []
        for number, facts in enumerate(rows):
            try:
                made.append(_record(run, item, facts))
            except RuleBroken as broken:
                where = f"rows-{number}-{broken.field}" if broken.field else ""
                raise RuleBroken(where, broken.message, broken.norm) from broken
        session.flush()
        return tuple(one.id for one in made)


def _record(run: Run, item: AgendaItem, facts: BallotFacts) -> Ballot:
    others = tuple(item.ballots)
    row = Ballot(agenda_item_id=item.id, position=_place(run, others, facts))
    row.agenda_item = item
    _set_ballot(run, row, facts)
    _demand_another(row, others)
    run.session.add(row)
    return row


def _place(run: Run, others: tuple[Ballot, ...], facts: BallotFacts) -> int:
    """The ballot's place: amendments and procedural motions go before the main one, else last."""
    last = max((one.position for one in others), default=0) + 1
    mains = [one for one in others if one.motion is Motion.MAIN]
    alone = len(mains) == 1 and mains[0].position == last - 1
    if facts.motion is Motion.MAIN or not alone:
        return last
    mains[0].position = last
    run.session.flush()
    return last - 1


def _demand_another(row: Ballot, others: tuple[Ballot, ...]) -> None:
    """Refuse what a double click sends: a ballot that no reader could tell from a recorded one."""

    def told(one: Ballot) -> tuple[object, ...]:
        counts = (one.yes, one.no, one.abstentions, one.invalid)
        names = frozenset((vote.person_id, vote.choice) for vote in one.votes)
        what = (one.kind, one.motion, one.organization_id, one.subject)
        return (*what, counts, one.outcome, one.result_text, names)

    if told(row) in [told(one) for one in others]:
        raise RuleBroken(
            "subject",
            "Genau diese Abstimmung ist zu diesem Punkt schon erfasst. Wurde noch einmal"
            " abgestimmt, geben Sie bitte den Gegenstand an.",
        )


@seals
def edit_ballot(
    session: Session, actor: Actor, row_id: int, version: int, facts: BallotFacts, now: datetime
) -> None:
    """Correct a recorded vote; one that turns out to be secret forgets every name.

    So does one that named somebody and does no longer. Raises RuleBroken while the public reads
    the vote, or a certified copy tells of it.
    """
    with act(session, actor, "edit_ballot", now) as run:
        row = run.about(run.fetch(Ballot, row_id, version=version))
        before, named = row.kind, secrecy.tells_names(row)
        _set_ballot(run, row, facts)
        turned = row.kind is BallotKind.SECRET and before is not BallotKind.SECRET
        if turned or (named and not secrecy.tells_names(row)):
            secrecy.forget_prints(run, row.agenda_item)


@seals
def remove_ballot(session: Session, actor: Actor, row_id: int, version: int, now: datetime) -> None:
    """Take a vote off the record that was entered by mistake, and what names voters of it."""
    with act(session, actor, "remove_ballot", now) as run:
        row = run.about(run.fetch(Ballot, row_id, version=version))
        item = row.agenda_item
        open_for_recording(hold_meeting(run, item))
        named = secrecy.tells_names(row)
        item.ballots.remove(row)
        session.delete(row)
        if named:
            secrecy.forget_prints(run, item)


def move_ballot(
    session: Session, actor: Actor, row_id: int, version: int, *, up: bool, now: datetime
) -> None:
    """Put a ballot before its neighbour, or after it: the order is that of the votes taken."""
    with act(session, actor, "move_ballot", now) as run:
        row = run.about(run.fetch(Ballot, row_id, version=version))
        open_for_recording(hold_meeting(run, row.agenda_item))
        ordered = sorted(row.agenda_item.ballots, key=lambda one: one.position)
        place = ordered.index(row)
        target = place - 1 if up else place + 1
        if 0 <= target < len(ordered):
            ordered.insert(target, ordered.pop(place))
        for position, one in enumerate(ordered, start=1):
            one.position = position


def _set_ballot(run: Run, row: Ballot, facts: BallotFacts) -> None:
    meeting = hold_meeting(run, row.agenda_item)
    open_for_recording(meeting)
    load_room(run.session, meeting)
    room = Room(meeting)
    row.organization_id = _committee(room, row.agenda_item, facts.organization_id)
    demand_within(meeting, taken_at=facts.taken_at)
    row.taken_at = facts.taken_at
    numbers = room.numbers(row.agenda_item, row.taken_at, row.organization_id)
    able = room.voters(row.agenda_item, row.taken_at, row.organization_id)
    row.kind, row.motion, row.requirement = facts.kind, facts.motion, facts.requirement
    row.subject = checks.line("subject", facts.subject)
    row.moved_by = checks.line("moved_by", facts.moved_by, limit=300)
    called = facts.kind is BallotKind.ROLL_CALL
    counts = None if called else typed_counts(facts)
    if called:
        counts = _votes(row, facts, able)
    else:
        # A vote that turns out not to be a roll call forgets who voted how.
        row.votes.clear()
    _set_presence(row, facts, numbers)
    if facts.kind is BallotKind.SECRET:
        secrecy.refuse_names(meeting, facts)
    row.outcome = facts.outcome or BallotOutcome.ACCEPTED
    _set_stances(run, row, facts, able)
    set_result(row, facts, counts, rules_on(meeting.body, local_day(meeting.start)))


def _committee(room: Room, item: AgendaItem, chosen: int | None) -> int | None:
    """The committee that votes; in a joint meeting somebody has to say which."""
    here = [one.id for one in room.committees_at(item)]
    if chosen is not None and chosen not in here:
        raise RuleBroken(
            "organization_id", "Dieses Gremium nimmt an diesem Punkt nicht teil. Bitte wählen Sie."
        )
    if len(room.meeting.committees) == 1:
        return None
    if chosen is None and len(here) > 1:
        raise RuleBroken(
            "organization_id",
            "Mehrere Gremien tagen gemeinsam. Bitte wählen Sie, welches von ihnen abstimmt.",
        )
    return chosen or (here[0] if here else None)


def _set_presence(row: Ballot, facts: BallotFacts, numbers: Numbers) -> None:
    there = numbers.present
    if not there:
        raise RuleBroken(
            "",
            "Es ist noch niemand Stimmberechtigtes als anwesend erfasst. Bitte erfassen Sie"
            " zuerst die Anwesenheit.",
        )
    present = there if facts.present is None else facts.present
    checks.within("present", present, 0, LARGEST_COUNT)
    if present > there:
        raise RuleBroken(
            "present",
            f"Als anwesend sind {there} Stimmberechtigte erfasst, nicht {present}. Bitte prüfen"
            " Sie die Anwesenheit.",
        )
    checks.within("recused", facts.recused, 0, LARGEST_COUNT)
    if facts.recused is not None and facts.recused != numbers.recused:
        known = f"sind {numbers.recused}" if numbers.recused != 1 else "ist 1"
        raise RuleBroken(
            "recused",
            f"Zu diesem Punkt {known} der Anwesenden ausgeschlossen, nicht {facts.recused}. Bitte"
            " erfassen Sie beim Punkt, wer einem Mitwirkungsverbot unterlag.",
        )
    if numbers.recused >= present:
        raise RuleBroken(
            "present", "Es bliebe niemand, der abstimmen darf. Bitte prüfen Sie die Anwesenheit."
        )
    row.present, row.recused = present, numbers.recused
    row.entitled = numbers.entitled


def _votes(row: Ballot, facts: BallotFacts, able: tuple[Stay, ...]) -> Counts:
    names = {vote.person_id: vote for vote in row.votes}
    twice = [
        one for one, count in Counter(person for person, _ in facts.votes).items() if count > 1
    ]
    if twice:
        raise RuleBroken("votes", "Eine Person hat zweimal abgestimmt. Bitte prüfen Sie die Liste.")
    if not facts.votes:
        raise RuleBroken("votes", "Bitte tragen Sie ein, wer wie gestimmt hat.")
    out = recused(row.agenda_item)
    persons = {one.person for one in able}
    for person_id, chosen in facts.votes:
        if person_id in out:
            raise RuleBroken(
                "votes", "Es stimmt jemand ab, der von der Mitwirkung ausgeschlossen ist."
            )
        if person_id not in persons:
            raise RuleBroken(
                "votes", "Es stimmt jemand ab, der nicht anwesend oder nicht stimmberechtigt ist."
            )
        vote = names.pop(person_id, None)
        if vote is None:
            row.votes.append(Vote(person_id=person_id, choice=chosen))
        else:
            vote.choice = chosen
    for gone in names.values():
        row.votes.remove(gone)
    cast = [one for one in able if one.person in dict(facts.votes)]
    if len(seats(cast)) < len(cast):
        raise RuleBroken(
            "votes", "Ein Mitglied und seine Vertretung haben zusammen nur eine Stimme."
        )
    tally = Counter(chosen for _, chosen in facts.votes)
    return Counts(tally[Choice.YES], tally[Choice.NO], tally[Choice.ABSTENTION])


def _set_stances(run: Run, row: Ballot, facts: BallotFacts, able: tuple[Stay, ...]) -> None:
    row.stances.clear()
    if not facts.stances:
        return
    if facts.kind is BallotKind.SECRET:
        raise RuleBroken(
            "stances",
            "Bei geheimer Abstimmung wird nicht festgehalten, wie jemand gestimmt hat, auch nicht"
            " nach Fraktionen. Bitte streichen Sie diese Angaben.",
        )
    for position, one in enumerate(facts.stances, start=1):
        row.stances.append(_stance(run, row, one, position, able, facts.named_on_demand))
    keys = [(one.organization_id, one.person_id) for one in row.stances]
    if len(set(keys)) < len(keys):
        raise RuleBroken("stances", "Jemand ist zweimal genannt. Bitte prüfen Sie die Angaben.")


def _stance(
    run: Run,
    row: Ballot,
    facts: StanceFacts,
    position: int,
    able: tuple[Stay, ...],
    named_on_demand: bool,
) -> Stance:
    yes, no = facts.choice is Choice.YES, facts.choice is Choice.NO
    accepted = row.outcome is BallotOutcome.ACCEPTED
    genitive = follows_genitive(accepted=accepted, yes=yes, no=no)
    stance = Stance(position=position, choice=facts.choice)
    if facts.organization_id is not None and facts.person_id is None:
        group = run.fetch(Organization, facts.organization_id)
        if group.kind is not OrganizationKind.GROUP:
            raise RuleBroken("stances", "Bitte wählen Sie eine Fraktion oder ein Mitglied.")
        stance.organization = group
        stance.organization_id = group.id
        usual = group_label(group.name, genitive=genitive)
    elif facts.person_id is not None and facts.organization_id is None:
        person = run.fetch(Person, facts.person_id)
        _demand_nameable(person.id, able, named_on_demand)
        stance.person = person
        stance.person_id = person.id
        name = person.family_name if person.form_of_address else person.name
        title = person.title if person.form_of_address else ""
        usual = member_label(person.form_of_address, title, name, genitive=genitive)
    else:
        raise RuleBroken("stances", "Bitte wählen Sie eine Fraktion oder ein Mitglied.")
    stance.label = checks.line("stances", facts.label, limit=200) or usual
    return stance


def _demand_nameable(person_id: int, able: tuple[Stay, ...], named_on_demand: bool) -> None:
    if person_id not in {one.person for one in able}:
        raise RuleBroken(
            "stances", "Es ist jemand genannt, der nicht anwesend oder nicht stimmberechtigt ist."
        )
    if not named_on_demand:
        raise RuleBroken(
            "named_on_demand",
            "Ein einzelnes Mitglied wird nur genannt, wenn es das selbst verlangt. Bitte bestätigen"
            " Sie das, oder nennen Sie nur Fraktionen.",
        )
