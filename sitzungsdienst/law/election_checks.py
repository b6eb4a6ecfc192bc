"""Before a round is judged: do its numbers fit, does the one before ask for it, how is it held."""

from collections.abc import Iterator
from dataclasses import dataclass

from sitzungsdienst.law.ballots import LARGEST_COUNT
from sitzungsdienst.law.elections import (
    ElectionOutcome,
    RoundCount,
    RoundResult,
)
from sitzungsdienst.law.seats import and_list
from sitzungsdienst.law.tree import ElectionMode, Rules, SecondRound
from sitzungsdienst.law.values import Finding, Severity

FURTHER = (ElectionOutcome.NEXT_ROUND, ElectionOutcome.REPEAT)


@dataclass(frozen=True, slots=True)
class ElectionForm:
    """How votes are given: by secret paper or openly, with the sentence that says why."""

    secret: bool
    sentence: str
    norm: str
    severity: Severity


def check_round(
    rules: Rules, count: RoundCount, previous: RoundResult | None = None
) -> tuple[Finding, ...]:
    """Compare a round with who was there and with the round before; empty when all fits.

    Impossible numbers, more papers than voters, a round nobody asked for and votes for somebody who
    may not stand block; missing papers warn.
    """
    wrong = tuple(_impossible(count))
    if wrong:
        return wrong
    return (*_order(rules, count, previous), *_papers(rules, count))


def election_form(
    rules: Rules, *, objected: bool = False, agreed_unanimously: bool = False, candidates: int = 2
) -> ElectionForm:
    """Say how an election is held; `objected`: a member objects to open voting or asks for secrecy.

    `agreed_unanimously`: the body resolved beforehand, all in favour, to vote otherwise than
    secretly.
    """
    mode = rules.election.mode
    secret, sentence = _form(mode.value, objected, agreed_unanimously, candidates)
    return ElectionForm(secret, sentence, mode.norm, mode.severity)


def candidate_may_vote(rules: Rules) -> bool | None:
    """Whether a candidate votes in its own election; None where nobody has looked it up."""
    excluded = rules.recusal.applies_to_elections.value
    return None if excluded is None else not excluded


def _form(
    mode: ElectionMode, objected: bool, agreed_unanimously: bool, candidates: int
) -> tuple[bool, str]:
    on_demand = mode is ElectionMode.WRITTEN_SECRET_ON_DEMAND
    if mode is ElectionMode.ALWAYS_SECRET:
        found = True, "Gewählt wird geheim mit Stimmzetteln."
    elif mode is ElectionMode.SECRET_UNLESS_UNANIMOUS and agreed_unanimously:
        found = False, "Gewählt wird offen, denn das Gremium hat es vorher einstimmig beschlossen."
    elif mode is ElectionMode.SECRET_UNLESS_UNANIMOUS:
        found = True, "Gewählt wird geheim, wenn nicht vorher einstimmig anders beschlossen wird."
    elif objected:
        why = "verlangt es" if on_demand else "widerspricht der offenen Wahl"
        found = True, f"Gewählt wird geheim mit Stimmzetteln, denn ein Mitglied {why}."
    elif on_demand and candidates == 1:
        found = False, "Bei nur einem Vorschlag wird durch Zuruf gewählt."
    elif on_demand:
        found = False, "Gewählt wird schriftlich, auf Verlangen eines Mitglieds geheim."
    else:
        found = False, "Gewählt wird offen, solange niemand widerspricht."
    return found


def _impossible(count: RoundCount) -> Iterator[Finding]:
    if not count.votes:
        yield _block("Es steht niemand zur Wahl. Bitte tragen Sie die Vorgeschlagenen ein.")
    named = (
        *count.votes.items(),
        ("Nein-Stimmen", count.no),
        ("Enthaltungen", count.abstentions),
        ("Ungültige Stimmen", count.invalid),
        ("Leere Stimmzettel", count.blank),
        ("Abgegebene Stimmzettel", 0 if count.cast is None else count.cast),
        ("Anwesende", count.present_entitled),
        ("Mitglieder", count.members),
    )
    for name, number in named:
        if not 0 <= number <= LARGEST_COUNT:
            yield _block(
                f"{name}: {number} ist nicht möglich. Bitte geben Sie 0 bis {LARGEST_COUNT} ein."
            )
    if count.present_entitled > count.members:
        yield _block(
            f"{count.present_entitled} Anwesende sind mehr als die {count.members} Mitglieder. "
            "Bitte berichtigen Sie die Anwesenheit."
        )


def _order(rules: Rules, count: RoundCount, previous: RoundResult | None) -> Iterator[Finding]:
    if previous is None:
        if count.round_no != 1:
            yield _block("Es fehlt der Wahlgang davor. Bitte tragen Sie zuerst ihn ein.")
        return
    if previous.lot is not None:
        yield _block("Über den Wahlgang davor ist noch zu losen. Bitte tragen Sie das Los ein.")
    elif previous.outcome not in FURTHER:
        yield _block(
            "Die Wahl ist mit dem Wahlgang davor beendet; ein weiterer findet nicht statt."
        )
    if count.round_no != previous.round_no + 1:
        yield _block(
            f"Auf Wahlgang {previous.round_no} folgt Wahlgang {previous.round_no + 1}. "
            "Bitte berichtigen Sie die Zählung."
        )
    strangers = [name for name in count.votes if name not in previous.standing]
    if previous.standing and strangers:
        yield _strangers(rules, strangers, previous.standing)


def _strangers(rules: Rules, strangers: list[str], standing: tuple[str, ...]) -> Finding:
    rule = rules.election.second_round
    verb = "steht" if len(strangers) == 1 else "stehen"
    message = (
        f"{and_list(strangers)} {verb} in diesem Wahlgang nicht zur Wahl, sondern nur "
        f"{and_list(standing)}. Bitte zählen Sie solche Stimmen zu den ungültigen."
    )
    # Only a run-off is closed to others by the law's own words; elsewhere people judge.
    closed = rule.value is SecondRound.RUNOFF_TOP_TWO
    return Finding(rule.severity if closed else Severity.WARN, message, rule.norm)


def _papers(rules: Rules, count: RoundCount) -> Iterator[Finding]:
    norm = rules.election.first_round.norm
    total, present = count.total, count.present_entitled
    if not total:
        yield _block(
            "Es ist nicht gewählt: keine einzige Stimme ist eingetragen. Bitte tragen Sie das "
            "Ergebnis ein oder streichen Sie den Wahlgang.",
            norm,
        )
    elif total > present:
        yield _block(
            f"Es sind {total - present} zu viel: {total} Stimmen bei {present} anwesenden "
            "Stimmberechtigten. Bitte berichtigen Sie die Zahlen oder die Anwesenheit.",
            norm,
        )
    elif count.cast is not None and count.cast != total:
        yield _block(
            f"Abgegeben sind {count.cast} Stimmzettel, ausgezählt {total}. "
            "Bitte zählen Sie noch einmal.",
            norm,
        )
    elif total < present:
        message = (
            f"Es sind {present - total} zu wenig: {total} Stimmen bei {present} anwesenden "
            "Stimmberechtigten. Bitte prüfen Sie, ob jemand nicht gewählt hat."
        )
        yield Finding(Severity.WARN, message, norm)


def _block(message: str, norm: str = "") -> Finding:
    return Finding(Severity.BLOCK, message, norm)
