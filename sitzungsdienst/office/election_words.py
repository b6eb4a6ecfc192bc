"""An election as the office's pages tell it: its rounds, how it stands, what is to be done next."""

from dataclasses import dataclass

from sitzungsdienst.acts.election_counts import presence
from sitzungsdienst.acts.election_law import FURTHER, Judged, judged, rules_of
from sitzungsdienst.gate import compose_votes
from sitzungsdienst.law.election_checks import candidate_may_vote, election_form
from sitzungsdienst.law.seats import METHOD_NAMES
from sitzungsdienst.law.values import Finding, Severity
from sitzungsdienst.record.elections import (
    Candidate,
    Election,
    ElectionKind,
    ElectionRound,
    RoundOutcome,
)
from sitzungsdienst.record.meetings import AgendaItem

KIND = {
    ElectionKind.PERSONS: "Personenwahl",
    ElectionKind.LISTS: "Wahl nach Listen",
}
OUTCOME = {
    RoundOutcome.ELECTED: "gewählt",
    RoundOutcome.NEXT_ROUND: "weiterer Wahlgang",
    RoundOutcome.LOT: "Los steht aus",
    RoundOutcome.REPEAT: "zu wiederholen",
    RoundOutcome.NOT_ELECTED: "niemand gewählt",
}
COLOURS = {
    RoundOutcome.ELECTED: "success",
    RoundOutcome.LOT: "warning",
    RoundOutcome.NOT_ELECTED: "neutral",
}


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in words; `rest` are the other counts, `tallies` (name, votes, seats or "")."""

    id: int
    title: str
    outcome: str
    colour: str
    tallies: tuple[tuple[str, int, str], ...]
    rest: str
    result: str
    lots: tuple[str, ...]
    last: bool
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ElectionLine:
    """An election in words; `step` is what comes next: "round", "lot" or "" once it is over."""

    id: int
    office: str
    about: str
    candidates: tuple[str, ...]
    rounds: tuple[RoundLine, ...]
    state: str
    colour: str
    step: str
    has_seats: bool

    @property
    def last(self) -> RoundLine | None:
        """The last round; None before the first."""
        return self.rounds[-1] if self.rounds else None


def lines(item: AgendaItem) -> list[ElectionLine]:
    """The elections of an item, in their order."""
    return [line(one) for one in item.elections]


def line(row: Election) -> ElectionLine:
    """An election in words."""
    told = compose_votes.election(row)
    rounds = []
    for held, public in zip(row.rounds, told.rounds, strict=True):
        rounds.append(
            RoundLine(
                id=held.id,
                title=f"{held.number}. Wahlgang",
                outcome=OUTCOME[held.outcome],
                colour=COLOURS.get(held.outcome, "info"),
                tallies=tuple(
                    (one.name, one.votes, "" if one.seats is None else str(one.seats))
                    for one in public.tallies
                ),
                rest=_rest(held),
                result=held.result_text,
                lots=public.lots,
                last=held is row.rounds[-1],
            )
        )
    outcome = row.rounds[-1].outcome if row.rounds else None
    return ElectionLine(
        id=row.id,
        office=row.office,
        about=about(row),
        candidates=tuple(one.name for one in row.candidates),
        rounds=tuple(rounds),
        state=OUTCOME[outcome] if outcome else "noch kein Wahlgang",
        colour=COLOURS.get(outcome, "info") if outcome else "neutral",
        step=step(row),
        has_seats=row.kind is ElectionKind.LISTS and outcome is RoundOutcome.ELECTED,
    )


def step(row: Election) -> str:
    """What comes next: a round, a lot, or nothing."""
    if not row.rounds or row.rounds[-1].outcome in FURTHER:
        return "round"
    return "lot" if row.rounds[-1].outcome is RoundOutcome.LOT else ""


def about(row: Election) -> str:
    """How it is held: "geheime Personenwahl"."""
    mode = "geheim" if row.secret else "offen"
    told = f"{KIND[row.kind]}, {mode}"
    if row.kind is ElectionKind.LISTS:
        told += ", 1 Sitz" if row.seats == 1 else f", {row.seats} Sitze"
    if row.method is not None:
        told += f" nach {METHOD_NAMES[row.method]}"
    return told


def hints(row: Election) -> tuple[Finding, ...]:
    """What the law says before the votes: how they are given, and who gives them."""
    rules = rules_of(row)
    if rules is None:
        return ()
    form = election_form(rules, objected=row.secret, candidates=len(row.candidates))
    found = [Finding(Severity.NOTE, form.sentence, form.norm)]
    if row.kind is ElectionKind.PERSONS:
        first = rules.election.first_round
        found.append(Finding(Severity.NOTE, first.wording, first.norm))
    if candidate_may_vote(rules):
        rule = rules.recusal.applies_to_elections
        found.append(Finding(Severity.NOTE, "Wer zur Wahl steht, wählt mit.", rule.norm))
    return tuple(found)


def presence_findings(row: Election) -> dict[int, Finding]:
    """Rounds in which more voted than the attendance as it is now would allow, by number."""
    found = {}
    for held in row.rounds:
        _, there = presence(row, held.taken_at)
        if held.present > there:
            message = (
                f"Nach der Anwesenheit sind {there} Stimmberechtigte da, in diesem Wahlgang stehen"
                f" {held.present}. Bitte prüfen Sie beides."
            )
            found[held.number] = Finding(Severity.WARN, message, "")
    return found


def standing(row: Election, state: Judged | None) -> list[Candidate]:
    """Who may stand in the round after `state`, then the others."""
    allowed = state.standing if state else ()
    return [one for one in row.candidates if not allowed or one.id in allowed]


def next_title(row: Election, number: int) -> str:
    """What the next round is called."""
    found = judged(row, before=number)
    if found and found[-1].row.outcome is RoundOutcome.REPEAT:
        return f"{number}. Wahlgang (Wiederholung)"
    return f"{number}. Wahlgang"


def _rest(row: ElectionRound) -> str:
    told = [
        f"{row.present} Stimmberechtigte anwesend",
        f"{row.handed_in} Stimmzettel abgegeben",
    ]
    counts = (("Nein", row.no), ("Enthaltungen", row.abstentions), ("ungültig", row.invalid))
    told += [f"{word} {number}" for word, number in counts if number]
    return "; ".join(told)
