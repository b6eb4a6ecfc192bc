"""How the seats of an organisation are made up: rules, and what has become of them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.record.bodies import CompositionRule, Organization
from sitzungsdienst.record.people import InstitutionalMembership, Membership

MOST_RULES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of a composition: "13 Migrantinnen und Migranten", with or without a vote.

    `rule_id` is that of the kept rule it replaces; None, or another one, makes a new rule.
    """

    label: str
    count: int | None
    voting_right: bool = True
    on_behalf_of: str = ""
    rule_id: int | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A rule with how many of its seats are taken on a day."""

    rule: CompositionRule
    taken: int


@dataclass(frozen=True, slots=True)
class Composition:
    """A composition against what is: `planned` and `votes` count its seats, `taken` those filled.

    `votes_taken` are the votes that members have on the day, `unassigned` the members that no
    rule counts. `seats` is the number of seats the organisation was given, None if unknown.
    """

    rules: tuple[Filled, ...]
    seats: int | None
    planned: int
    votes: int
    taken: int
    votes_taken: int
    unassigned: int

    @property
    def adds_up(self) -> bool:
        """Whether the rules give the number of seats; true where that is unknown."""
        return self.seats is None or self.seats == self.planned


def set_composition(
    session: Session,
    actor: Actor,
    organization_id: int,
    version: int,
    rules: tuple[Rule, ...],
    now: datetime,
) -> None:
    """Give an organisation these rules, in this order. Raises RuleBroken, Stale, Unknown.

    A rule that seats hang on stays; it may be renamed and counted anew.
    """
    with act(session, actor, "set_composition", now) as run:
        row = run.about(run.fetch(Organization, organization_id, version=version))
        if len(rules) > MOST_RULES:
            raise RuleBroken("rules", f"Höchstens {MOST_RULES} Zeilen sind möglich.")
        kept = {one.id: one for one in row.composition}
        wanted = [_rule(run, kept, position, rule) for position, rule in enumerate(rules)]
        for rule_id, old in kept.items():
            if old not in wanted and _seats(session, rule_id):
                raise RuleBroken(
                    "rules",
                    f"Nach »{old.label}« sind Sitze besetzt; die Zeile lässt sich nicht entfernen."
                    " Ordnen Sie diese Mitglieder zuerst anders zu.",
                )
        row.composition = wanted
        # Even where only rules changed, the organisation is another one for a second tab.
        flag_modified(row, "modified_at")


def composition_on(row: Organization, day: date) -> Composition:
    """How an organisation is made up on a day, its rules against its members."""
    sitting: list[Membership | InstitutionalMembership] = [
        *row.memberships,
        *row.institutional_members,
    ]
    members = [one for one in sitting if one.runs_on(day)]
    filled = tuple(
        Filled(rule, sum(one.composition_rule_id == rule.id for one in members))
        for rule in row.composition
    )
    return Composition(
        rules=filled,
        seats=row.seats,
        planned=sum(rule.count for rule in row.composition),
        votes=sum(rule.count for rule in row.composition if rule.voting_right),
        taken=sum(one.taken for one in filled),
        votes_taken=sum(one.voting_right for one in members),
        unassigned=sum(one.composition_rule_id is None for one in members),
    )


def rule_for(
    run: Run, row: Organization, rule_id: int | None, *, voting_right: bool
) -> CompositionRule | None:
    """The rule a seat of the organisation fills. Raises RuleBroken where it cannot."""
    if rule_id is None:
        return None
    rule = run.session.get(CompositionRule, rule_id)
    if rule is None or rule.organization_id != row.id:
        raise RuleBroken("composition_rule_id", "Bitte wählen Sie eine Zeile der Zusammensetzung.")
    if voting_right and not rule.voting_right:
        raise RuleBroken(
            "voting_right",
            f"»{rule.label}« ist nach der Zusammensetzung ein Sitz ohne Stimmrecht.",
        )
    return rule


def _rule(run: Run, kept: dict[int, CompositionRule], position: int, rule: Rule) -> CompositionRule:
    # A rule that somebody else removed meanwhile is entered anew.
    old = None if rule.rule_id is None else kept.get(rule.rule_id)
    row = old or CompositionRule()
    row.label = checks.line(
        f"rules-{position}-label", rule.label, needed="Bitte geben Sie an, für wen die Sitze sind."
    )
    if rule.count is None:
        raise RuleBroken(f"rules-{position}-count", "Bitte geben Sie die Zahl der Sitze ein.")
    checks.within(f"rules-{position}-count", rule.count, 1, 999)
    if old is not None and old.voting_right and not rule.voting_right:
        _refuse_votes(run, row, position)
    row.position, row.count, row.voting_right = position, rule.count, rule.voting_right
    row.on_behalf_of = checks.line(f"rules-{position}-on_behalf_of", rule.on_behalf_of, limit=200)
    return row


def _refuse_votes(run: Run, row: CompositionRule, position: int) -> None:
    """A seat that somebody votes from keeps its vote."""
    for kind in (Membership, InstitutionalMembership):
        voting = select(func.count()).where(
            kind.composition_rule_id == row.id, kind.voting_right, kind.end_date.is_(None)
        )
        if run.session.scalar(voting):
            raise RuleBroken(
                f"rules-{position}-voting_right",
                f"Auf Sitzen nach »{row.label}« sitzen Stimmberechtigte. Ändern Sie zuerst deren"
                " Stimmrecht.",
            )


def _seats(session: Session, rule_id: int) -> int:
    return sum(
        session.scalar(select(func.count()).where(kind.composition_rule_id == rule_id)) or 0
        for kind in (Membership, InstitutionalMembership)
    )
