"""The quorum (Beschlussfähigkeit): computed from who is there, apart from the legal fiction."""

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from sitzungsdienst.law.tree import Fiction, MassRecusal, QuorumRules, QuorumShare, Rules
from sitzungsdienst.law.values import ImpossibleNumbersError, Severity


@dataclass(frozen=True, slots=True)
class QuorumFinding:
    """Whether a body can decide, with the numbers and a German sentence for the minutes.

    `needed` of `statutory` must be there, `counted` are; `deemed` says that only the law's fiction
    makes the body quorate. `severity` is None when it is quorate by number, else how hard the
    finding may speak.
    """

    quorate: bool
    needed: int
    counted: int
    statutory: int
    deemed: bool
    sentence: str
    norm: str
    severity: Severity | None = None


def quorum(  # noqa: PLR0913 - each is a fact of the meeting that some Land asks for
    *,
    members: int,
    present_entitled: int,
    rules: Rules,
    recused: int = 0,
    excluded: int | None = None,
    second_summons_with_hint: bool = False,
    all_summoned: bool = True,
    no_objection_to_summons: bool = False,
    determined_at_start: bool | None = None,
    challenged: bool = False,
) -> QuorumFinding:
    """Say whether a body is able to decide, for a meeting or (with `recused`) for one item.

    `members` is the number of members with a vote that the Land counts from
    (`rules.quorum.base`), advisory members left out: a board of 26 with 25 voting members has 25.
    `present_entitled` counts those present who have a vote; `recused` of them are excluded from
    this item. `excluded`: all members excluded from it by law, the absent ones too (None: only
    those recused here). `second_summons_with_hint`: summoned again to the same item, with express
    notice that no number is needed. `no_objection_to_summons`: nobody objects to a faulty summons.
    `determined_at_start`: what the chair determined at the opening (None: nothing). `challenged`:
    since then the lack of a quorum was objected to or established.

    Raises ImpossibleNumbersError for numbers no meeting can have.
    """
    excluded = recused if excluded is None else excluded
    _refuse_impossible(members, present_entitled, recused, excluded)
    law = rules.quorum
    counted = present_entitled if law.recused_count.value else present_entitled - recused
    healed = law.all_present.value and no_objection_to_summons and present_entitled == members
    if law.all_must_be_summoned.value and not all_summoned and not healed:
        verdict = _not_all_summoned(law, members)
    else:
        case = _Case(members, counted, excluded)
        deemed = not challenged and _deemed(law, case, determined_at_start)
        verdict = (
            _by_number(law, case)
            or _nobody(law, case)
            or _after_second_summons(law, case, second_summons_with_hint)
            or _mass_recusal(law, case, second_summons_with_hint)
            or (_by_fiction(law, members) if deemed else None)
            or _inquorate(law, case, second_summons_with_hint)
        )
    return QuorumFinding(
        quorate=verdict.quorate,
        needed=verdict.needed,
        counted=counted,
        statutory=members,
        deemed=verdict.deemed,
        sentence=f"{verdict.lead}: {_tally(members, present_entitled, recused, verdict.needed)}",
        norm=verdict.norm,
        severity=verdict.severity,
    )


class _Case(NamedTuple):
    members: int
    counted: int
    excluded: int

    @property
    def mass_recusal(self) -> bool:
        return 2 * self.excluded > self.members


class _Verdict(NamedTuple):
    quorate: bool
    needed: int
    lead: str
    norm: str
    severity: Severity | None
    deemed: bool = False


def needed_members(law: QuorumRules, members: int) -> int:
    """How many of `members` must be there by the ordinary rule of the Land."""
    if law.share.value is QuorumShare.AT_LEAST_HALF:
        return (members + 1) // 2
    return members // 2 + 1


def _not_all_summoned(law: QuorumRules, members: int) -> _Verdict:
    rule = law.all_must_be_summoned
    lead = "Nicht beschlussfähig, weil nicht alle Mitglieder ordnungsgemäß geladen sind"
    return _Verdict(False, needed_members(law, members), lead, rule.norm, rule.severity)


def _by_number(law: QuorumRules, case: _Case) -> _Verdict | None:
    needed = needed_members(law, case.members)
    if case.counted < needed:
        return None
    return _Verdict(True, needed, "Beschlussfähig", law.base.norm, None)


def _nobody(law: QuorumRules, case: _Case) -> _Verdict | None:
    """No rule of law makes an empty room able to decide."""
    return None if case.counted else _inquorate(law, case, second=False)


def _after_second_summons(law: QuorumRules, case: _Case, with_hint: bool) -> _Verdict | None:
    minimum = law.second_minimum.value
    if not with_hint or not law.second_summons.value or case.counted < minimum:
        return None
    severity = _warning(law.second_summons.severity)
    number = "mit der geringeren Mindestzahl" if minimum else "ohne Mindestzahl"
    lead = f"Beschlussfähig {number} nach zweiter Ladung mit Hinweis"
    needed = minimum or needed_members(law, case.members)
    return _Verdict(True, needed, lead, law.second_summons.norm, severity)


def _mass_recusal(law: QuorumRules, case: _Case, second: bool) -> _Verdict | None:
    """More than half are excluded by law: each Land helps in its own way, or not at all."""
    if not case.mass_recusal:
        return None
    rule = law.mass_recusal
    needed = needed_members(law, case.members)
    lead = "Beschlussfähig, weil mehr als die Hälfte der Mitglieder ausgeschlossen ist"
    match rule.value:
        case MassRecusal.NONE:
            return None
        case MassRecusal.QUORATE:
            return _Verdict(True, needed, lead, rule.norm, _warning(rule.severity))
        case MassRecusal.QUORATE_WITH_APPROVAL:
            lead += "; der Beschluss braucht die Genehmigung der Kommunalaufsicht"
            return _Verdict(True, needed, lead, rule.norm, Severity.WARN)
        case MassRecusal.QUARTER:
            return _by_a_quarter(law, case, second)


def _by_a_quarter(law: QuorumRules, case: _Case, second: bool) -> _Verdict | None:
    rule = law.mass_recusal
    quarter = -(-case.members // 4)
    if case.counted >= quarter:
        lead = (
            "Beschlussfähig, weil mehr als die Hälfte der Mitglieder ausgeschlossen ist "
            "und ein Viertel der Mitglieder genügt"
        )
        return _Verdict(True, quarter, lead, rule.norm, _warning(rule.severity))
    if second:
        # The smaller number of the second meeting is then the one that was missed.
        return None
    lead = (
        "Nicht beschlussfähig, obwohl mehr als die Hälfte der Mitglieder ausgeschlossen ist "
        "und ein Viertel genügte"
    )
    return _Verdict(False, quarter, lead, rule.norm, rule.severity)


def _by_fiction(law: QuorumRules, members: int) -> _Verdict:
    lead = (
        "Gilt als beschlussfähig, solange die Beschlussunfähigkeit nicht gerügt "
        "oder festgestellt wird"
    )
    needed = needed_members(law, members)
    return _Verdict(True, needed, lead, law.fiction.norm, Severity.WARN, deemed=True)


def _inquorate(law: QuorumRules, case: _Case, second: bool) -> _Verdict:
    minimum = law.second_minimum
    if second and law.second_summons.value and minimum.value:
        lead = "Nicht beschlussfähig auch nach zweiter Ladung mit Hinweis"
        if case.members - case.excluded < minimum.value:
            lead += ", weil zu wenige stimmberechtigt sind; bitte prüfen Sie, wer dann entscheidet"
        return _Verdict(False, minimum.value, lead, minimum.norm, minimum.severity)
    needed = needed_members(law, case.members)
    return _Verdict(False, needed, "Nicht beschlussfähig", law.base.norm, law.base.severity)


def _deemed(law: QuorumRules, case: _Case, determined_at_start: bool | None) -> bool:
    match law.fiction.value:
        case Fiction.UNTIL_FOUND_INQUORATE:
            return determined_at_start is not False
        case Fiction.UNTIL_CHALLENGED_AFTER_START:
            return determined_at_start is True
        case Fiction.UNTIL_MOTION_ABOVE_FLOOR:
            floor = law.fiction_floor.value or Fraction(0)
            return determined_at_start is not False and case.counted >= floor * case.members
        case Fiction.NONE:
            return False


def _warning(severity: Severity) -> Severity | None:
    return None if severity is Severity.BLOCK else severity


def _tally(members: int, present: int, recused: int, needed: int) -> str:
    excluded = f", davon {recused} von der Mitwirkung ausgeschlossen" if recused else ""
    return (
        f"anwesend sind {present} von {members} stimmberechtigten Mitgliedern{excluded}; "
        f"nötig sind {needed}."
    )


def _refuse_impossible(members: int, present: int, recused: int, excluded: int) -> None:
    if members < 1:
        raise ImpossibleNumbersError(
            "Das Gremium hat keine stimmberechtigten Mitglieder. Bitte tragen Sie sie ein."
        )
    if not 0 <= present <= members:
        raise ImpossibleNumbersError(
            f"Anwesend können 0 bis {members} stimmberechtigte Mitglieder sein, nicht {present}."
        )
    if not 0 <= recused <= present:
        raise ImpossibleNumbersError(
            f"Ausgeschlossen können 0 bis {present} der Anwesenden sein, nicht {recused}."
        )
    if not recused <= excluded <= members:
        raise ImpossibleNumbersError(
            f"Ausgeschlossen können {recused} bis {members} Mitglieder sein, nicht {excluded}."
        )
