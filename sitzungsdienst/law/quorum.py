"""The quorum (Beschlussfähigkeit): computed from who is there, apart from the legal fiction."""

from dataclasses import dataclass
from typing import NamedTuple

from sitzungsdienst.law.tree import Fiction, MassRecusal, QuorumRules, Rules
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


def quorum(
    *,
    members: int,
    present_entitled: int,
    rules: Rules,
    recused: int = 0,
    second_summons_with_hint: bool = False,
    all_summoned: bool = True,
    determined_at_start: bool | None = None,
    challenged: bool = False,
) -> QuorumFinding:
    """Say whether a body is able to decide, for a meeting or (with `recused`) for one item.

    `members` is the number of members with a vote that the Land counts from
    (`rules.quorum.base`), advisory members left out: a board of 26 with 25 voting members has 25.
    `present_entitled` counts those present who have a vote; `recused` of them are excluded from
    this item. `second_summons_with_hint`: summoned again to the same item, with express notice
    that no number is needed. `determined_at_start`: what the chair determined at the opening
    (None: nothing). `challenged`: since then the lack of a quorum was objected to or established.

    Raises ImpossibleNumbersError for numbers no meeting can have.
    """
    _refuse_impossible(members, present_entitled, recused)
    law = rules.quorum
    counted = present_entitled if law.recused_count.value else present_entitled - recused
    needed = members // 2 + 1
    if law.all_must_be_summoned.value and not all_summoned:
        rule = law.all_must_be_summoned
        lead = "Nicht beschlussfähig, weil nicht alle Mitglieder ordnungsgemäß geladen sind"
        verdict = _Verdict(False, lead, rule.norm, rule.severity)
    elif counted >= needed:
        verdict = _Verdict(True, "Beschlussfähig", law.base.norm, None)
    elif second_summons_with_hint and law.second_summons.value:
        severity = _warning(law.second_summons.severity)
        lead = "Beschlussfähig ohne Mindestzahl nach zweiter Ladung mit Hinweis"
        verdict = _Verdict(True, lead, law.second_summons.norm, severity)
    else:
        mass_recusal = 2 * recused > members
        deemed = not challenged and _deemed(law.fiction.value, determined_at_start)
        verdict = _with_too_few(law, mass_recusal, deemed)
    return QuorumFinding(
        quorate=verdict.quorate,
        needed=needed,
        counted=counted,
        statutory=members,
        deemed=verdict.deemed,
        sentence=f"{verdict.lead}: {_tally(members, present_entitled, recused, needed)}",
        norm=verdict.norm,
        severity=verdict.severity,
    )


class _Verdict(NamedTuple):
    quorate: bool
    lead: str
    norm: str
    severity: Severity | None
    deemed: bool = False


def _with_too_few(law: QuorumRules, mass_recusal: bool, deemed: bool) -> _Verdict:
    if mass_recusal and law.mass_recusal.value is MassRecusal.QUORATE_WITH_APPROVAL:
        lead = (
            "Beschlussfähig, weil mehr als die Hälfte der Mitglieder ausgeschlossen ist; "
            "der Beschluss braucht die Genehmigung der Kommunalaufsicht"
        )
        return _Verdict(True, lead, law.mass_recusal.norm, Severity.WARN)
    if deemed:
        lead = (
            "Gilt als beschlussfähig, solange die Beschlussunfähigkeit nicht gerügt "
            "oder festgestellt wird"
        )
        return _Verdict(True, lead, law.fiction.norm, Severity.WARN, deemed=True)
    return _Verdict(False, "Nicht beschlussfähig", law.base.norm, law.base.severity)


def _deemed(fiction: Fiction, determined_at_start: bool | None) -> bool:
    match fiction:
        case Fiction.UNTIL_FOUND_INQUORATE:
            return determined_at_start is not False
        case Fiction.UNTIL_CHALLENGED_AFTER_START:
            return determined_at_start is True
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


def _refuse_impossible(members: int, present: int, recused: int) -> None:
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
