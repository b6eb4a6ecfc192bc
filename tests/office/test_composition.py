"""How seats are made up: the board of 26 with 25 votes, and seats that are offices'."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import composition, institutions
from sitzungsdienst.acts.composition import Rule
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.record.bodies import CompositionRule, Organization, OrganizationKind
from sitzungsdienst.record.people import InstitutionalMembership, Membership, MembershipRole
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.registry import Registry

TODAY = date(2017, 4, 3)
BOARD = (
    Rule(label="Oberbürgermeister", count=1),
    Rule(label="Integrationsbeauftragter", count=1),
    Rule(label="Koordinierungsstelle/Geschäftsstelle", count=1, voting_right=False),
    Rule(label="Stadtratsmitglieder", count=5, on_behalf_of="Fraktionen"),
    Rule(label="Fachkräfte", count=5),
    Rule(label="Migrantinnen und Migranten", count=13),
)
STEERING_GROUP = (
    "Ausländerbehörde", "Amt für Jugendarbeit", "Amt für Integration", "Integrationsbeirat",
    "Koordinationszentrum Bürgerschaftliches Engagement", "Schule", "Jugend und Verbände",
    "Koordinationsstelle Seniorenpolitisches Gesamtkonzept", "Migrationsberatungsstellen",
    "Referat Jugend, Schule und Soziales", "Integrationsbeauftragte des Stadtrates",
    "Kultur und Gesellschaft", "Arbeitsmarkt",
)  # fmt: skip


@pytest.fixture
def board(registry: Registry) -> int:
    return registry.organization("Integrationsbeirat", seats=26)


def row_of(session: Session, organization: int) -> Organization:
    session.rollback()
    session.expire_all()
    return session.get_one(Organization, organization)


def compose(registry: Registry, board: int, *rules: Rule) -> list[int]:
    version = row_of(registry.session, board).version
    composition.set_composition(
        registry.session, registry.actor, board, version, rules, registry.now
    )
    return [one.id for one in row_of(registry.session, board).composition]


def typed(*rows: tuple[str, str, bool]) -> dict[str, str]:
    """The rows as a browser sends them, below those that stand there."""
    sent = {}
    for place, (label, count, votes) in enumerate(rows):
        sent |= {f"rules-{place}-label": label, f"rules-{place}-count": count}
        if votes:
            sent[f"rules-{place}-voting_right"] = "y"
    return sent


def test_the_board_of_26_has_25_votes(
    clerk: OfficeClient, registry: Registry, session: Session, board: int
) -> None:
    path = f"/gremien/{board}/zusammensetzung"
    form = {name: value for name, value in fields_of(clerk.get(path)).items() if "-" not in name}
    rows = typed(*((one.label, str(one.count), one.voting_right) for one in BOARD))
    assert clerk.post(path, data=form | rows).status_code == 303
    row = row_of(session, board)
    assert [one.count for one in row.composition] == [1, 1, 1, 5, 5, 13]
    assert row.voting_seats == 25
    page = text_of(clerk.get(f"/gremien/{board}"))
    assert "26 Sitze von 26, davon 25 mit Stimmrecht." in page
    assert "Migrantinnen und Migranten 13 0 13 frei ja" in page


def test_the_page_counts_who_sits_against_what_is_planned(
    clerk: OfficeClient, registry: Registry, session: Session, board: int, cast: Cast
) -> None:
    rules = compose(registry, board, *BOARD)
    registry.seat(board, cast.nehring, composition_rule_id=rules[0], role=MembershipRole.CHAIR)
    registry.seat(board, registry.person("Zwei"), composition_rule_id=rules[0])
    registry.seat(
        board, registry.person("Früher"), composition_rule_id=rules[5], end_date=date(2016, 1, 1)
    )
    registry.seat(board, registry.person("Gast"), voting_right=False)
    office = institutions.InstitutionFacts(name="Geschäftsstelle", composition_rule_id=rules[2])
    institutions.add_institution(session, registry.actor, board, office, registry.now)
    found = composition.composition_on(row_of(session, board), TODAY)
    assert [one.taken for one in found.rules] == [2, 0, 1, 0, 0, 0]
    assert (found.planned, found.votes, found.taken) == (26, 25, 3)
    assert (found.votes_taken, found.unassigned, found.adds_up) == (2, 1, True)
    page = text_of(clerk.get(f"/gremien/{board}"))
    assert "Oberbürgermeister 1 2 1 zu viel" in page
    assert "Stimmen haben zurzeit 2 Mitglieder. 1 Mitglied ist keiner Zeile zugeordnet." in page


def test_a_sum_that_is_not_the_number_of_seats_is_told(
    clerk: OfficeClient, registry: Registry, board: int
) -> None:
    compose(registry, board, *BOARD[:5])
    page = text_of(clerk.get(f"/gremien/{board}"))
    assert "Die Zusammensetzung ergibt 13 Sitze, angegeben sind 26" in page


def test_empty_rows_count_for_nothing_and_more_can_be_had(
    clerk: OfficeClient, registry: Registry, session: Session, board: int
) -> None:
    compose(registry, board, *BOARD)
    path = f"/gremien/{board}/zusammensetzung"
    before = fields_of(clerk.get(path))
    assert len([name for name in before if name.endswith("-label")]) == 9
    more = clerk.post(path, data=before | {"rules-0-label": "OB", "mehr": "ja"})
    assert more.status_code == 200
    after = fields_of(more)
    assert len([name for name in after if name.endswith("-label")]) == 12
    assert after["rules-0-label"] == ["OB"]
    assert row_of(session, board).composition[0].label == "Oberbürgermeister"
    assert clerk.post(path, data=after).status_code == 303
    labels = [one.label for one in row_of(session, board).composition]
    assert (labels[0], len(labels)) == ("OB", 6)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("", "3", True), "rules-0-label"),
        (("Wer", "", True), "rules-0-count"),
        (("Wer", "0", True), "rules-0-count"),
        (("Wer", "1000", True), "rules-0-count"),
        (("Wer", "drei", True), "rules-0-count"),
        (("x" * 1_001, "3", True), "rules-0-label"),
    ],
)
def test_each_error_stands_at_its_row_and_the_rest_is_kept(
    clerk: OfficeClient, session: Session, board: int, row: tuple[str, str, bool], field: str
) -> None:
    path = f"/gremien/{board}/zusammensetzung"
    sent = fields_of(clerk.get(path)) | typed(row, ("Fachkräfte", "5", True))
    answer = clerk.post(path, data=sent)
    assert answer.status_code == 422
    assert f'id="{field}-fehler"' in answer.text
    assert 'value="Fachkräfte"' in answer.text
    assert row_of(session, board).composition == []


def test_a_rule_keeps_its_seats_and_one_with_seats_is_not_removed(
    registry: Registry, session: Session, board: int, cast: Cast
) -> None:
    rules = compose(registry, board, *BOARD)
    seat = registry.seat(board, cast.nehring, composition_rule_id=rules[4])
    with pytest.raises(RuleBroken, match="sind Sitze besetzt"):
        compose(registry, board, Rule(label="Neu", count=26))
    kept = Rule(label="Fachleute", count=6, rule_id=rules[4])
    assert compose(registry, board, kept) == [rules[4]]
    assert session.get_one(Membership, seat).composition_rule_id == rules[4]
    assert len(session.scalars(select(CompositionRule)).all()) == 1


def test_a_seat_without_vote_gives_none_and_votes_are_not_taken_by_the_way(
    registry: Registry, board: int, cast: Cast
) -> None:
    rules = compose(registry, board, *BOARD)
    with pytest.raises(RuleBroken) as told:
        registry.seat(board, cast.nehring, composition_rule_id=rules[2])
    assert told.value.field == "voting_right"
    registry.seat(board, cast.nehring, composition_rule_id=rules[0])
    silent = Rule(label="Oberbürgermeister", count=1, voting_right=False, rule_id=rules[0])
    with pytest.raises(RuleBroken) as told:
        compose(registry, board, silent)
    assert told.value.field == "rules-0-voting_right"


def test_a_rule_of_another_committee_is_no_seat_here(
    registry: Registry, board: int, cast: Cast
) -> None:
    rules = compose(registry, board, *BOARD)
    with pytest.raises(RuleBroken) as told:
        registry.seat(cast.committee, registry.person("X"), composition_rule_id=rules[0])
    assert told.value.field == "composition_rule_id"


def test_a_composition_in_a_second_tab_is_told_with_both_texts(
    clerk: OfficeClient, registry: Registry, board: int
) -> None:
    path = f"/gremien/{board}/zusammensetzung"
    form = fields_of(clerk.get(path)) | typed(("Zweiter", "5", True))
    compose(registry, board, Rule(label="Erster", count=1))
    answer = clerk.post(path, data=form)
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Erster, 1, ja" in page
    assert "Zweiter, 5, ja" in page


def test_a_seat_is_assigned_to_a_rule_on_its_page(
    clerk: OfficeClient, registry: Registry, session: Session, board: int, cast: Cast
) -> None:
    rules = compose(registry, board, *BOARD)
    path = f"/gremien/{board}/mitglieder/neu"
    page = clerk.get(path)
    assert "Koordinierungsstelle/Geschäftsstelle (1 Sitz, ohne Stimme)" in text_of(page)
    sent = {"person_id": str(cast.nehring), "composition_rule_id": str(rules[5])}
    assert fill(clerk, path, **sent).status_code == 303
    assert "Nehring, Jürgen Mitglied ja Migrantinnen und Migranten" in text_of(
        clerk.get(f"/gremien/{board}")
    )


# --- Offices and organisations as members ------------------------------------------------------


def test_the_steering_group_is_made_of_offices_and_organisations(
    clerk: OfficeClient, registry: Registry, session: Session
) -> None:
    group = registry.organization("Steuerungsgruppe", OrganizationKind.OTHER, statutory=False)
    unit = registry.organization("Amt für Integration", OrganizationKind.UNIT)
    path = f"/gremien/{group}/stellen/neu"
    for name in STEERING_GROUP:
        link = str(unit) if name == "Amt für Integration" else ""
        sent = {"name": "" if link else name, "member_organization_id": link, "weiteres": "ja"}
        assert fill(clerk, path, **sent).location == path
    page = text_of(clerk.get(f"/gremien/{group}"))
    assert [name for name in STEERING_GROUP if name not in page] == []
    rows = session.scalars(select(InstitutionalMembership)).all()
    assert len(rows) == 13
    assert {one.member_organization_id for one in rows} == {None, unit}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 1_001}, "name"),
        ({"name": "Schule"}, "name"),
        ({"role": "king"}, "role"),
        ({"start_date": "2014-07-01", "end_date": "2014-06-30"}, "end_date"),
        ({"start_date": "gestern"}, "start_date"),
        ({"member_organization_id": "999"}, "member_organization_id"),
        ({"represented_by_id": "999"}, "represented_by_id"),
    ],
)
def test_each_error_of_an_offices_seat_stands_at_its_field(
    clerk: OfficeClient, registry: Registry, cast: Cast, change: dict[str, str], field: str
) -> None:
    facts = institutions.InstitutionFacts(name="Schule")
    institutions.add_institution(
        registry.session, registry.actor, cast.committee, facts, registry.now
    )
    sent = {"name": "Jugendamt"} | change
    answer = fill(clerk, f"/gremien/{cast.committee}/stellen/neu", **sent)
    assert answer.status_code == 422
    assert f'id="{field}-fehler"' in answer.text
    registry.session.rollback()
    assert len(registry.session.scalars(select(InstitutionalMembership)).all()) == 1


def test_an_offices_seat_is_changed_ended_and_removed_if_it_was_a_mistake(
    clerk: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    facts = institutions.InstitutionFacts(name="Schule")
    seat = institutions.add_institution(
        session, registry.actor, cast.committee, facts, registry.now
    )
    path, here = f"/stellen/{seat}", f"/gremien/{cast.committee}"
    old = fields_of(clerk.get(path))
    assert fill(clerk, path, represented_by_id=str(cast.nehring)).status_code == 303
    assert "Schule Mitglied nein Nehring, Jürgen" in text_of(clerk.get(here))
    stale = clerk.post(path, data=old | {"name": "Schulen"})
    assert stale.status_code == 409
    assert "Schulen" in text_of(stale)
    assert fill(clerk, path, end_date="2016-01-01").status_code == 303
    assert "Frühere Mitglieder (1)" in text_of(clerk.get(here))
    assert fill(clerk, f"{path}/entfernung").status_code == 303
    session.rollback()
    assert session.get(InstitutionalMembership, seat) is None


def test_an_organisation_is_not_its_own_member(
    registry: Registry, session: Session, cast: Cast
) -> None:
    facts = institutions.InstitutionFacts(member_organization_id=cast.committee)
    with pytest.raises(RuleBroken) as told:
        institutions.add_institution(session, registry.actor, cast.committee, facts, registry.now)
    assert told.value.field == "member_organization_id"


def test_offices_seats_are_the_own_offices_business(
    stranger: OfficeClient, member: OfficeClient, registry: Registry, session: Session, cast: Cast
) -> None:
    facts = institutions.InstitutionFacts(name="Schule")
    seat = institutions.add_institution(
        session, registry.actor, cast.committee, facts, registry.now
    )
    paths = (f"/gremien/{cast.committee}/stellen/neu", f"/stellen/{seat}",
             f"/stellen/{seat}/entfernung")  # fmt: skip
    for client in (stranger, member):
        for path in paths:
            assert client.get(path).status_code == 404, path
            sent = client.submit(path, {"version": "1", "name": "X"}, page="/konto")
            assert sent.status_code == 404, path
    # A member of the committee reads who sits there.
    assert "Schule" in text_of(member.get(f"/gremien/{cast.committee}"))
