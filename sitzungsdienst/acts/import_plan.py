"""What a list of persons and memberships would change, row by row, without changing anything.

Pure: the record comes in as plain values and leaves as they would be afterwards. A second run with
the same list changes nothing: the plan is tried twice, and a row that would change something again
is refused, since it contradicts another one.
"""

from dataclasses import replace
from datetime import date

from sitzungsdienst.acts import checks
from sitzungsdienst.acts.import_rows import (
    HEADINGS,
    PERSON_COLUMNS,
    ROLES,
    VOTING_ROLES,
    Problem,
    Row,
    folded,
)
from sitzungsdienst.acts.import_values import (
    Change,
    Effect,
    Known,
    KnownOrganization,
    Outcome,
    Plan,
    Seat,
)
from sitzungsdienst.german import plain_date
from sitzungsdienst.record.people import MembershipRole


def plan(rows: list[Row], persons: list[Known], organizations: list[KnownOrganization]) -> Plan:
    """Plan the rows against the record. `persons` are changed on the way: give copies."""
    outcomes = _Planner(persons, organizations).run(rows)
    if all(one.effect is not Effect.WRONG for one in outcomes):
        again = _Planner(persons, organizations).run(rows)
        outcomes = [
            one if second.effect is Effect.UNCHANGED else _ambiguous(one)
            for one, second in zip(outcomes, again, strict=True)
        ]
    return Plan(tuple(outcomes), tuple(persons))


def _ambiguous(one: Outcome) -> Outcome:
    message = (
        "Die Zeile ergibt zusammen mit anderen Zeilen kein eindeutiges Ergebnis. Bitte geben Sie in"
        " den Zeilen dieser Person Kennung und Beginn an."
    )
    return replace(one, person=Effect.WRONG, problems=(*one.problems, Problem("", message)))


class _Planner:
    """One run over the rows; what a row says is seen by the rows after it."""

    def __init__(self, persons: list[Known], organizations: list[KnownOrganization]) -> None:
        self.persons = persons
        self.organizations = organizations
        self.by_key: dict[tuple[str, str], list[Known]] = {}
        self.by_external: dict[str, Known] = {}
        # What a row has said of a column, so that no later row says something else.
        self.said: dict[tuple[int, str], tuple[int, object]] = {}
        for one in persons:
            self._index(one)

    def run(self, rows: list[Row]) -> list[Outcome]:
        """Plan all rows: the persons first, since memberships depend on who is who."""
        found = []
        for source in rows:
            row = replace(source, problems=list(source.problems))
            changes: list[Change] = []
            person, effect = (None, Effect.WRONG) if row.problems else self._person(row, changes)
            found.append((row, person, effect, changes))
        several = self._several([(row, person) for row, person, _, _ in found])
        return [
            self._outcome(row, person, effect, changes, several)
            for row, person, effect, changes in found
        ]

    def _outcome(
        self,
        row: Row,
        person: Known | None,
        effect: Effect,
        changes: list[Change],
        several: set[tuple[int, int]],
    ) -> Outcome:
        seat = None
        if row.organization and person is not None:
            seat = self._seat(row, person, changes, several)
        elif row.organization and (organization := self._organization(row)):
            # Nothing is planned any more, but all that is wrong is told at once.
            self._wanted(row, organization)
        names = (row.person.get("family_name", ""), row.person.get("given_name", ""))
        return Outcome(
            number=row.number,
            name=", ".join(part for part in names if part),
            organization=row.organization,
            person=Effect.WRONG if row.problems else effect,
            seat=seat,
            changes=tuple(changes),
            problems=tuple(row.problems),
        )

    # --- Persons -------------------------------------------------------------------------------

    def _index(self, one: Known) -> None:
        self.by_key.setdefault(one.key, []).append(one)
        if one.values["external_id"]:
            self.by_external[one.values["external_id"]] = one

    def _person(self, row: Row, changes: list[Change]) -> tuple[Known | None, Effect]:
        person = self._find(row)
        if row.problems:
            return None, Effect.WRONG
        if person is None:
            person = Known(dict.fromkeys(PERSON_COLUMNS, "") | row.person, changed=True)
            self.persons.append(person)
            self._index(person)
            for column, value in row.person.items():
                self._say(row, person, column, value)
            return person, Effect.NEW
        key, before = person.key, person.values["external_id"]
        for column, value in row.person.items():
            if self._say(row, person, column, value) and person.values[column] != value:
                changes.append(Change(HEADINGS[column], person.values[column], value))
                person.values[column] = value
        person.changed = person.changed or bool(changes)
        if (key, before) != (person.key, person.values["external_id"]):
            self.by_key[key].remove(person)
            self._index(person)
        return person, Effect.CHANGED if changes else Effect.UNCHANGED

    def _find(self, row: Row) -> Known | None:
        """The person of a row: by their key in the list, else by the whole name."""
        external = row.person.get("external_id", "")
        if external in self.by_external:
            return self.by_external[external]
        key = folded(row.person["family_name"]), folded(row.person.get("given_name", ""))
        found = self.by_key.get(key, [])
        if external:
            # Who has another key is another person.
            found = [one for one in found if not one.values["external_id"]]
        if len(found) > 1:
            row.refuse(
                "external_id" if external else "family_name",
                "Es gibt mehrere Personen dieses Namens. Bitte tragen Sie bei ihnen Kennungen ein"
                " und nennen Sie die Kennung auch in der Liste.",
            )
        return found[0] if len(found) == 1 else None

    def _say(self, row: Row, about: object, column: str, value: object) -> bool:
        """Note what a row says; False where an earlier row said something else."""
        number, earlier = self.said.setdefault((id(about), column), (row.number, value))
        if earlier != value:
            row.refuse(
                column,
                f"Das widerspricht Zeile {number} derselben Liste. Bitte entscheiden Sie, was"
                " gilt.",
            )
        return earlier == value

    # --- Memberships ---------------------------------------------------------------------------

    def _several(self, rows: list[tuple[Row, Known | None]]) -> set[tuple[int, int]]:
        """The pairs of person and organisation that the list names more than once."""
        seen: set[tuple[int, int]] = set()
        twice: set[tuple[int, int]] = set()
        for row, person in rows:
            if person is not None and row.organization:
                for one in self._named(row.organization):
                    key = (id(person), one.row_id)
                    (twice if key in seen else seen).add(key)
        return twice

    def _seat(
        self, row: Row, person: Known, changes: list[Change], several: set[tuple[int, int]]
    ) -> Effect:
        organization = self._organization(row)
        if organization is None:
            return Effect.WRONG
        if row.start_date is None and (id(person), organization.row_id) in several:
            row.refuse(
                "start_date",
                "Die Person kommt in diesem Gremium mehrmals vor. Bitte geben Sie in jeder dieser"
                " Zeilen den Beginn an.",
            )
        wanted = self._wanted(row, organization)
        if row.problems:
            return Effect.WRONG
        mine = [one for one in person.seats if one.organization_id == organization.row_id]
        seat = _match(row, mine)
        if row.problems:
            return Effect.WRONG
        effect = Effect.UNCHANGED
        if seat is None:
            seat, effect = _new_seat(row, organization, wanted), Effect.NEW
            person.seats.append(seat)
            for column, value in wanted.items():
                self._say(row, seat, column, value)
        elif self._change(row, seat, wanted, changes):
            effect = Effect.CHANGED
        _check(row, seat, mine, organization)
        return Effect.WRONG if row.problems else effect

    def _organization(self, row: Row) -> KnownOrganization | None:
        found = self._named(row.organization)
        if len(found) == 1:
            return found[0]
        row.refuse(
            "organization",
            f"»{row.organization}« gibt es mehrmals. Bitte schreiben Sie den ganzen Namen."
            if found
            else f"»{row.organization}« kennen wir nicht. Bitte legen Sie es zuerst unter »Gremien«"
            " an oder prüfen Sie die Schreibweise.",
        )
        return None

    def _named(self, typed: str) -> list[KnownOrganization]:
        """The organisations of that name; short names count where no name is meant."""
        word = folded(typed)
        by_name = [one for one in self.organizations if folded(one.name) == word]
        return by_name or [one for one in self.organizations if folded(one.short_name) == word]

    def _wanted(self, row: Row, organization: KnownOrganization) -> dict[str, object]:
        """What the row says of the membership, by the columns of the record."""
        wanted: dict[str, object] = {}
        for column in ("role", "voting_right", "start_date", "end_date"):
            if getattr(row, column) is not None:
                wanted[column] = getattr(row, column)
        if row.on_behalf_of:
            groups = [one for one in self._named(row.on_behalf_of) if one.is_group]
            if len(groups) != 1:
                row.refuse(
                    "on_behalf_of",
                    f"Die Fraktion »{row.on_behalf_of}« kennen wir nicht. Bitte legen Sie sie"
                    " zuerst unter »Gremien« → »Fraktionen« an.",
                )
            else:
                wanted["on_behalf_of_id"] = groups[0].row_id
        if row.composition_rule:
            word = folded(row.composition_rule)
            rules = [one for one in organization.rules if folded(one.label) == word]
            if len(rules) != 1:
                row.refuse(
                    "composition_rule",
                    f"»{row.composition_rule}« steht nicht in der Zusammensetzung des Gremiums.",
                )
            else:
                wanted["composition_rule_id"] = rules[0].row_id
        return wanted

    def _change(
        self, row: Row, seat: Seat, wanted: dict[str, object], changes: list[Change]
    ) -> bool:
        changed = False
        for column, value in wanted.items():
            before = getattr(seat, column)
            if self._say(row, seat, column, value) and before != value:
                heading = HEADINGS[column.removesuffix("_id")]
                told = self._told(column, before), self._told(column, value)
                changes.append(Change(heading, *told))
                setattr(seat, column, value)
                changed = True
        seat.changed = seat.changed or changed
        return changed

    def _told(self, column: str, value: object) -> str:
        """A value of a membership in words."""
        if value is None:
            return ""
        if isinstance(value, MembershipRole):
            return ROLES[value][0]
        if isinstance(value, bool):
            return "ja" if value else "nein"
        if isinstance(value, date):
            return plain_date(value)
        if column == "on_behalf_of_id":
            return next((one.name for one in self.organizations if one.row_id == value), "")
        rules = (rule for one in self.organizations for rule in one.rules)
        return next((rule.label for rule in rules if rule.row_id == value), "")


def _match(row: Row, mine: list[Seat]) -> Seat | None:
    """The membership that a row speaks of; None for a new one. Notes where that is not clear."""
    if row.start_date is not None:
        exact = [one for one in mine if one.start_date == row.start_date]
        # The record may not know yet since when somebody sits.
        unknown = [
            one
            for one in mine
            if one.start_date is None
            and (one.end_date is None or row.end_date in (None, one.end_date))
            and (one.end_date is None or row.start_date <= one.end_date)
        ]
        return next(iter(exact or unknown), None)
    fitting = [one for one in mine if one.end_date in (None, row.end_date)]
    if len(fitting) > 1 or (mine and not fitting):
        row.refuse(
            "start_date",
            "Die Person hat in diesem Gremium mehrere oder nur beendete Mitgliedschaften. Bitte"
            " geben Sie den Beginn der gemeinten an.",
        )
    return fitting[0] if len(fitting) == 1 else None


def _new_seat(row: Row, organization: KnownOrganization, wanted: dict[str, object]) -> Seat:
    role = row.role or MembershipRole.MEMBER
    votes = role in VOTING_ROLES and all(
        rule.voting_right
        for rule in organization.rules
        if rule.row_id == wanted.get("composition_rule_id")
    )
    seat = Seat(organization.row_id, role, votes, changed=True)
    for column, value in wanted.items():
        setattr(seat, column, value)
    return seat


def _check(row: Row, seat: Seat, mine: list[Seat], organization: KnownOrganization) -> None:
    """The rules that every membership keeps, told at the columns of the list."""
    if seat.start_date and seat.end_date and seat.end_date < seat.start_date:
        row.refuse("end_date", "Das Ende liegt vor dem Beginn der Mitgliedschaft.")
    elif any(one is not seat and checks.overlap(one, seat) for one in mine):
        row.refuse(
            "start_date",
            "Die Person ist in dieser Zeit schon Mitglied. Bitte prüfen Sie Beginn und Ende.",
        )
    silent = {rule.row_id for rule in organization.rules if not rule.voting_right}
    if seat.voting_right and seat.composition_rule_id in silent:
        row.refuse("voting_right", "Der Sitz hat nach der Zusammensetzung kein Stimmrecht.")
