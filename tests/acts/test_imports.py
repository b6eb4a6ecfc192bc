"""Lists of persons and memberships: previewed row by row, taken in whole, twice the same."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from sitzungsdienst.acts import composition, import_files, imports, people
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.import_plan import plan
from sitzungsdienst.acts.import_rows import PERSON_COLUMNS, columns_of, is_heading, rows_of
from sitzungsdienst.acts.import_values import Effect, Known, KnownOrganization, Outcome, Seat
from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.bodies import Organization, OrganizationKind
from sitzungsdienst.record.people import Membership, MembershipRole, Person
from tests.support.builders import Builder
from tests.support.cast import Cast

LIST = """Kennung;Nachname;Vorname;Titel;Telefon;Gremium;Funktion;Beginn
7;Kratzsch;Vanessa;Dr.;03904 7240;ABSK;Vorsitz;01.07.2014
8;Öztürk;Ömer;;;ABSK;beratendes Mitglied;2014-07-01
;Nehring;Jürgen;;03904 1;ABSK;;01.07.2014
"""


def rows(build: Builder, text: str | bytes) -> tuple[Outcome, ...]:
    content = text.encode() if isinstance(text, str) else text
    return imports.preview(build.session, build.actor, content).plan.outcomes


def effects(build: Builder, text: str | bytes) -> list[str]:
    return [one.effect.value for one in rows(build, text)]


def take_in(build: Builder, text: str | bytes) -> None:
    content = text.encode() if isinstance(text, str) else text
    digest = imports.preview(build.session, build.actor, content).digest
    imports.import_people(build.session, build.actor, content, digest, build.now)
    build.session.rollback()


def problems(build: Builder, text: str | bytes) -> list[tuple[str, str]]:
    return [(one.column, one.message) for row in rows(build, text) for one in row.problems]


def persons(build: Builder) -> dict[str, Person]:
    build.session.rollback()
    return {one.family_name: one for one in build.session.scalars(select(Person))}


def test_a_list_is_previewed_row_by_row_and_taken_in_as_it_was_shown(
    build: Builder, cast: Cast
) -> None:
    found = rows(build, LIST)
    assert [one.effect for one in found] == [Effect.NEW, Effect.NEW, Effect.CHANGED]
    assert [(one.column, one.before, one.after) for one in found[2].changes] == [
        ("Telefon", "", "03904 1")
    ]
    assert list(persons(build)) == ["Nehring"]
    take_in(build, LIST)
    known = persons(build)
    assert (known["Kratzsch"].title, known["Kratzsch"].external_id) == ("Dr.", "7")
    assert known["Nehring"].phone == "03904 1"
    seat = known["Kratzsch"].memberships[0]
    assert (seat.organization_id, seat.role) == (cast.committee, MembershipRole.CHAIR)
    assert seat.voting_right
    assert seat.start_date == date(2014, 7, 1)
    assert not known["Öztürk"].memberships[0].voting_right


def test_the_same_list_changes_nothing_the_second_time(build: Builder) -> None:
    take_in(build, LIST)
    assert effects(build, LIST) == ["unchanged"] * 3
    digest = imports.preview(build.session, build.actor, LIST.encode()).digest
    with pytest.raises(RuleBroken, match="nichts, was sich übernehmen"):
        imports.import_people(build.session, build.actor, LIST.encode(), digest, build.now)


def test_taking_in_is_one_act_about_the_body(build: Builder) -> None:
    take_in(build, LIST)
    entry = build.session.scalars(select(AuditEntry)).one()
    assert (entry.act, entry.subject_kind, entry.body_id) == ("import_people", "Body", 1)
    assert "Kratzsch" in entry.changes


def test_a_record_that_changed_meanwhile_asks_for_a_new_preview(build: Builder, cast: Cast) -> None:
    digest = imports.preview(build.session, build.actor, LIST.encode()).digest
    version = build.version(Person, cast.nehring)
    facts = people.PersonFacts(family_name="Nehring", given_name="Jürgen", phone="1")
    people.edit_person(build.session, build.actor, cast.nehring, version, facts, build.now)
    with pytest.raises(Stale):
        imports.import_people(build.session, build.actor, LIST.encode(), digest, build.now)
    assert list(persons(build)) == ["Nehring"]


def test_another_file_than_the_previewed_one_is_refused(build: Builder) -> None:
    digest = imports.preview(build.session, build.actor, LIST.encode()).digest
    other = LIST.replace("03904 7240", "03904 7241").encode()
    with pytest.raises(Stale):
        imports.import_people(build.session, build.actor, other, digest, build.now)


def test_a_confirmed_list_is_taken_in_once_however_often_it_is_confirmed(build: Builder) -> None:
    digest = imports.preview(build.session, build.actor, LIST.encode()).digest
    imports.import_people(build.session, build.actor, LIST.encode(), digest, build.now)
    with pytest.raises(Stale):
        imports.import_people(build.session, build.actor, LIST.encode(), digest, build.now)
    assert build.session.scalar(select(func.count()).select_from(Person)) == 3


def test_a_wrong_row_stops_the_whole_list(build: Builder) -> None:
    wrong = LIST + "9;Muster;Max;;;Unbekannt;;\n"
    assert effects(build, wrong)[3] == "wrong"
    found = imports.preview(build.session, build.actor, wrong.encode())
    assert not found.applicable
    with pytest.raises(RuleBroken):
        imports.import_people(build.session, build.actor, wrong.encode(), found.digest, build.now)
    assert list(persons(build)) == ["Nehring"]


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (";;Max;;;;;", "Nachname", "Bitte geben Sie den Nachnamen ein"),
        (";Muster;Max;;;Unbekannt;;", "Gremium", "»Unbekannt« kennen wir nicht"),
        (";Muster;Max;;;;Vorsitz;", "Gremium", "Bitte geben Sie das Gremium an"),
        (";Muster;Max;;;ABSK;König;", "Funktion", "»König« kennen wir nicht"),
        (";Muster;Max;;;ABSK;;31.02.2014", "Beginn", "Den Tag »31.02.2014« gibt es nicht"),
        (";Muster;Max;;;ABSK;;1.7.14", "Beginn", "ist kein Datum"),
        (";Muster;Max;;;ABSK;;01.07.1014", "Beginn", "prüfen Sie das Jahr"),
        (";Nehring;Jürgen;;;ABSK;;01.07.2016", "Beginn", "in dieser Zeit schon Mitglied"),
        (";Muster;Max;" + "x" * 101 + ";;;;", "Titel", "Höchstens 100 Zeichen"),
        (";=1+1;Max;;;;;", "Nachname", "Formel"),
        (";Muster;Max;;;;;;;zu viel", "", "mehr Felder als Überschriften"),
    ],
)
def test_each_error_names_its_column_and_says_what_to_do(
    build: Builder, row: str, column: str, message: str
) -> None:
    [(found, told)] = problems(build, LIST.splitlines()[0] + "\n" + row + "\n")
    assert found == column
    assert message in told


def test_an_end_before_the_beginning_is_told(build: Builder) -> None:
    text = "Nachname;Gremium;Beginn;Ende\nMuster;ABSK;01.07.2014;30.06.2014\n"
    assert problems(build, text) == [
        ("Ende", "Das Ende liegt vor dem Beginn. Bitte prüfen Sie beide Daten.")
    ]


def test_two_rows_that_contradict_each_other_are_told(build: Builder) -> None:
    text = "Nachname;Telefon\nMuster;1\nMuster;2\n"
    [(column, told)] = problems(build, text)
    assert column == "Telefon"
    assert "widerspricht Zeile 2" in told


def test_a_person_seated_twice_needs_to_be_told_apart_by_the_beginning(build: Builder) -> None:
    text = "Nachname;Gremium;Beginn\nMuster;ABSK;01.07.2014\nMuster;ABSK;\n"
    [(column, told)] = problems(build, text)
    assert (column, "mehrmals" in told) == ("Beginn", True)


def test_two_persons_of_a_name_are_told_apart_by_their_keys(build: Builder) -> None:
    take_in(build, "Kennung;Nachname\n1;Müller\n2;Müller\n")
    assert effects(build, "Kennung;Nachname;Telefon\n2;Müller;77\n") == ["changed"]
    [(column, told)] = problems(build, "Nachname;Telefon\nMüller;77\n")
    assert column == "Nachname"
    assert "mehrere Personen dieses Namens" in told


def test_a_key_is_given_to_the_person_of_that_name_who_has_none(build: Builder, cast: Cast) -> None:
    take_in(build, "Kennung;Nachname;Vorname\n17;NEHRING;Jürgen\n")
    assert build.session.get_one(Person, cast.nehring).external_id == "17"


def test_rows_that_would_mean_somebody_else_the_second_time_are_told(build: Builder) -> None:
    found = rows(build, "Kennung;Nachname\n;Müller\n1;Müller\n2;Müller\n")
    assert found[0].effect is Effect.WRONG
    assert "kein eindeutiges Ergebnis" in found[0].problems[0].message


def test_an_empty_cell_changes_nothing(build: Builder) -> None:
    take_in(build, LIST)
    assert effects(build, "Kennung;Nachname;Telefon\n7;Kratzsch;\n") == ["unchanged"]


def test_a_membership_ends_by_a_list_and_the_second_time_nothing_happens(build: Builder) -> None:
    text = "Nachname;Vorname;Gremium;Ende\nNehring;Jürgen;ABSK;30.06.2019\n"
    assert effects(build, text) == ["changed"]
    take_in(build, text)
    assert build.session.scalars(select(Membership)).one().end_date == date(2019, 6, 30)
    assert effects(build, text) == ["unchanged"]


def test_a_person_returns_with_a_second_membership(build: Builder) -> None:
    text = (
        "Nachname;Vorname;Gremium;Beginn;Ende\nNehring;Jürgen;ABSK;01.07.2014;30.06.2019\n"
        "Nehring;Jürgen;ABSK;01.07.2024;\n"
    )
    assert effects(build, text) == ["changed", "new"]
    take_in(build, text)
    assert effects(build, text) == ["unchanged", "unchanged"]
    assert build.session.scalar(select(func.count()).select_from(Membership)) == 2


def test_a_group_and_a_rule_of_composition_are_found_by_name(build: Builder, cast: Cast) -> None:
    group = build.organization("Fraktion Grün", OrganizationKind.GROUP)
    rules = (composition.Rule(label="Geschäftsstelle", count=1, voting_right=False),)
    version = build.version(Organization, cast.committee)
    composition.set_composition(
        build.session, build.actor, cast.committee, version, rules, build.now
    )
    head = "Nachname;Gremium;Fraktion;Zusammensetzung;Stimmrecht\n"
    take_in(build, head + "Muster;ABSK;fraktion  grün;geschäftsstelle;\n")
    seat = persons(build)["Muster"].memberships[0]
    assert (seat.on_behalf_of_id, seat.composition_rule_id) == (group, 1)
    assert not seat.voting_right
    wrong = head + "Muster;ABSK;ABSK;Beirat;\nMeier;ABSK;;Geschäftsstelle;ja\n"
    assert [column for column, _ in problems(build, wrong)] == [
        "Fraktion", "Zusammensetzung", "Stimmrecht",
    ]  # fmt: skip


def test_lists_of_another_body_stay_apart(build: Builder, stranger: Builder) -> None:
    take_in(stranger, "Nachname;Vorname;Telefon\nNehring;Jürgen;1\n")
    both = build.session.scalars(select(Person).order_by(Person.id)).all()
    assert [one.body_id for one in both] == [1, 2]
    assert both[0].phone == ""
    assert problems(stranger, "Nachname;Gremium\nX;ABSK\n")


def test_the_template_has_every_column_and_is_a_list_without_rows(build: Builder) -> None:
    sheet = import_files.read_sheet(imports.template(), is_heading)
    columns = columns_of(sheet)
    assert columns.unknown == ()
    assert len(columns.places) == 19
    with pytest.raises(RuleBroken, match="keine Zeilen"):
        imports.preview(build.session, build.actor, imports.template())


# --- Whatever the list says ------------------------------------------------------------------

NAMES = st.sampled_from(["Müller", "Meier", "müller"])
BEGINNINGS = st.sampled_from(["", "01.07.2014", "2014-07-01", "01.07.2019"])
ENDS = st.sampled_from(["", "", "", "30.06.2019", "30.06.2024"])
CELLS = st.fixed_dictionaries(
    {
        "Kennung": st.sampled_from(["", "", "1", "2"]),
        "Nachname": NAMES,
        "Vorname": st.sampled_from(["", "Petra"]),
        "Telefon": st.sampled_from(["", "", "0391"]),
        "Gremium": st.sampled_from(["Rat", "Kreistag", "RAT", "Stadtrat"]),
        "Funktion": st.sampled_from(["", "", "", "Vorsitz"]),
        "Stimmrecht": st.sampled_from(["", "", "", "nein"]),
        "Beginn": BEGINNINGS,
        "Ende": ENDS,
    }
)
RECORD = st.lists(
    st.tuples(
        NAMES,
        st.sampled_from(["", "1", "2"]),
        st.sampled_from([None, date(2014, 7, 1), date(2019, 7, 1)]),
        st.sampled_from([None, date(2019, 6, 30)]),
    ),
    max_size=4,
)


def record_of(drawn: list[tuple[str, str, date | None, date | None]]) -> list[Known]:
    found: dict[str, Known] = {}
    for number, (name, key, start, end) in enumerate(drawn, start=1):
        values = dict.fromkeys(PERSON_COLUMNS, "") | {"family_name": name, "external_id": key}
        sitting = end is None or start is None or start <= end
        seats = [Seat(1, MembershipRole.MEMBER, True, None, None, start, end, number)]
        found.setdefault(key or f"#{number}", Known(values, seats if sitting else [], number))
    return list(found.values())


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.lists(CELLS, min_size=1, max_size=5), RECORD)
def test_what_a_sound_list_leaves_it_does_not_change_again(
    cells: list[dict[str, str]], drawn: list[tuple[str, str, date | None, date | None]]
) -> None:
    text = "\n".join(
        ";".join(row.values()) for row in [dict(zip(cells[0], cells[0], strict=True)), *cells]
    )
    sheet = import_files.read_sheet(text.encode(), is_heading)
    rows = rows_of(sheet, columns_of(sheet))
    councils = [
        KnownOrganization(1, "Stadtrat", "Rat", False),
        KnownOrganization(2, "Kreistag", "", False),
    ]
    first = plan(rows, record_of(drawn), councils)
    if not first.sound:
        return
    second = plan(rows, list(first.persons), councils)
    assert second.count(Effect.UNCHANGED) == len(rows)
    for one in first.persons:
        spans = [seat for seat in one.seats if seat.organization_id == 1]
        for place, seat in enumerate(spans):
            touched = [other for other in spans[place + 1 :] if seat.changed or other.changed]
            assert not any(import_overlap(seat, other) for other in touched)


def import_overlap(one: Seat, other: Seat) -> bool:
    latest = max(one.start_date or date.min, other.start_date or date.min)
    return latest <= min(one.end_date or date.max, other.end_date or date.max)
