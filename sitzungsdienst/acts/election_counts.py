"""The numbers of a round as somebody types them: checked, completed from the record, judged."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.election_facts import RoundFacts
from sitzungsdienst.acts.election_law import (
    Counted,
    Judged,
    Verdict,
    judged,
    propose,
    round_count,
    rules_of,
)
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.presence import Room, load_room
from sitzungsdienst.law.ballots import LARGEST_COUNT
from sitzungsdienst.law.election_checks import candidate_may_vote, check_round
from sitzungsdienst.law.procedure import check_hybrid_election
from sitzungsdienst.law.rules import Rules
from sitzungsdienst.law.values import Finding, ImpossibleNumbersError, Severity
from sitzungsdienst.record.elections import Election, ElectionKind


def preview(session: Session, election: Election, facts: RoundFacts, number: int) -> Verdict:
    """What the law would say to a round, without recording it. Raises RuleBroken."""
    with session.no_autoflush:
        load_room(session, election.agenda_item.meeting)
        counted = counted_as_typed(election, facts, number)
        return proposed(election, counted, last(judged(election, before=number)))


def presence(election: Election, taken_at: datetime | None) -> tuple[int, int]:
    """How many have a vote in the election, and how many of them are there then.

    Where the law lets nobody be excluded from elections, who is recused from the item votes here.
    """
    room = Room(election.agenda_item.meeting)
    numbers = room.numbers(election.agenda_item, taken_at, election.organization_id)
    rules = rules_of(election)
    everybody = rules is not None and candidate_may_vote(rules) is True
    return numbers.entitled, numbers.present if everybody else numbers.voting


def counted_as_typed(election: Election, facts: RoundFacts, number: int) -> Counted:
    """The numbers as typed, each checked at its field, and those that follow from the record."""
    for place, (_, typed) in enumerate(facts.votes):
        checks.within(f"votes-{place}", typed, 0, LARGEST_COUNT)
    for field in ("no", "abstentions", "invalid", "handed_in", "present"):
        checks.within(field, getattr(facts, field), 0, LARGEST_COUNT)
    known = {one.id for one in election.candidates}
    votes = {one: count for one, count in facts.votes if count is not None and one in known}
    if not votes:
        raise RuleBroken("votes-0", "Bitte tragen Sie ein, wie viele Stimmen auf wen entfielen.")
    entitled, there = presence(election, facts.taken_at)
    if not there:
        raise RuleBroken(
            "",
            "Es ist noch niemand Stimmberechtigtes als anwesend erfasst. Bitte erfassen Sie"
            " zuerst die Anwesenheit.",
        )
    present = there if facts.present is None else facts.present
    if present > there:
        raise RuleBroken(
            "present",
            f"Als anwesend sind {there} Stimmberechtigte erfasst, nicht {present}. Bitte prüfen"
            " Sie die Anwesenheit.",
        )
    found = Counted(
        number=number,
        entitled=entitled,
        present=present,
        handed_in=0,
        votes=votes,
        no=facts.no or 0,
        abstentions=facts.abstentions or 0,
        invalid=facts.invalid or 0,
    )
    handed_in = found.total if facts.handed_in is None else facts.handed_in
    return replace(found, handed_in=handed_in)


def proposed(election: Election, counted: Counted, previous: Judged | None) -> Verdict:
    """What the law says to the numbers. Raises RuleBroken where no round can have them."""
    _demand_sums(election, counted, previous)
    try:
        return propose(election, counted, previous)
    except ImpossibleNumbersError as error:
        raise RuleBroken("", str(error)) from error


def _demand_sums(election: Election, counted: Counted, previous: Judged | None) -> None:
    """Refuse numbers that no round can have, at the field they belong to."""
    if counted.handed_in > counted.present:
        raise RuleBroken(
            "handed_in",
            f"Abgegeben sind {counted.handed_in} Stimmzettel, anwesend {counted.present}"
            " Stimmberechtigte. Bitte berichtigen Sie die Zahlen oder die Anwesenheit.",
        )
    rules = rules_of(election)
    if rules is None or election.kind is ElectionKind.LISTS:
        if counted.total != counted.handed_in or not counted.total:
            raise RuleBroken(
                "handed_in",
                f"Abgegeben sind {counted.handed_in} Stimmzettel, ausgezählt {counted.total}."
                " Bitte zählen Sie noch einmal.",
            )
        return
    after = previous.after if previous else None
    if previous is not None and after is None:
        return
    for finding in check_round(rules, round_count(election, counted), after):
        if finding.severity is Severity.BLOCK:
            field = _strange(election, counted, previous) or "handed_in"
            raise RuleBroken(field, finding.message, finding.norm)


def _strange(election: Election, counted: Counted, previous: Judged | None) -> str:
    """The field of the first who has votes and may not stand in this round; "" for none."""
    if previous is None or not previous.standing:
        return ""
    place = {one.id: place for place, one in enumerate(election.candidates)}
    strange = [one for one in counted.votes if one not in previous.standing]
    return f"votes-{place[strange[0]]}" if strange else ""


def warnings(
    election: Election, counted: Counted, verdict: Verdict, previous: Judged | None
) -> tuple[Finding, ...]:
    """Everything that people have to have read before the round is recorded."""
    found = [one for one in verdict.findings if one.severity is not Severity.NOTE]
    rules = rules_of(election)
    if rules is not None:
        found += _video(election, rules)
        if election.kind is ElectionKind.LISTS:
            missing = counted.present - counted.total
            if missing:
                message = (
                    f"{counted.total} Stimmen bei {counted.present} anwesenden Stimmberechtigten."
                    " Bitte prüfen Sie, ob jemand nicht gewählt hat."
                )
                found.append(Finding(Severity.WARN, message, ""))
    standing = previous.standing if previous else ()
    names = {one.id: one.name for one in election.candidates}
    for gone in [one for one in standing if one not in counted.votes]:
        message = (
            f"„{names[gone]}“ stünde in diesem Wahlgang zur Wahl und hat keine Zahl. Bitte"
            " bestätigen Sie, dass der Wahlvorschlag zurückgezogen ist."
        )
        found.append(Finding(Severity.WARN, message, ""))
    return tuple(found)


def _video(election: Election, rules: Rules) -> list[Finding]:
    """What the law says where somebody is connected by video."""
    if not any(one.by_video for one in election.agenda_item.meeting.attendances):
        return []
    found = check_hybrid_election(rules, secret=election.secret)
    return [found] if found is not None and found.severity is not Severity.NOTE else []


def last(found: tuple[Judged, ...]) -> Judged | None:
    """The last of the rounds; None before the first."""
    return found[-1] if found else None
