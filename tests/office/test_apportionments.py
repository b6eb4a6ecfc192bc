"""The pages of shared-out seats: the work sheet, the lots, the chairs, and those that are kept."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.documents.seat_picture import picture
from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.bodies import Body, OrganizationKind
from sitzungsdienst.record.elections import Apportionment
from tests.support import standards
from tests.support.browser import OfficeClient, text_of
from tests.support.builders import Builder
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.pdf import words_of
from tests.support.planning import error_at, faults_of

NEW = "/sitzverteilungen/neu"


@pytest.fixture
def build(session: Session, cast: Cast) -> Builder:
    """A clerk of Niedersachsen, in 2017: Hare-Niemeyer, lots for equal remainders."""
    session.get_one(Body, cast.boerde).land = "NI"
    session.commit()
    return Builder(session, Actor.of(session.get_one(OfficeUser, cast.clerk)))


def groups(*strengths: tuple[str, Any]) -> dict[str, str]:
    found = {}
    for place, (name, strength) in enumerate(strengths):
        found[f"groups-{place}-name"] = name
        found[f"groups-{place}-strength"] = str(strength)
    return found


HERZLAKE = groups(("CDU", 11), ("SPD", 2), ("UWG", 2))


def rows(build: Builder) -> list[Apportionment]:
    build.session.rollback()
    return list(build.session.scalars(select(Apportionment)))


def council(build: Builder) -> int:
    """A council of five: three of one group, one of another, one of none."""
    committee = build.organization("Kreistag", seats=5)
    cdu = build.organization("CDU-Fraktion", kind=OrganizationKind.GROUP)
    spd = build.organization("SPD-Fraktion", kind=OrganizationKind.GROUP)
    for place in range(5):
        person = build.person()
        build.seat(committee, person, voting_right=True)
        if place < 4:
            build.seat(cdu if place < 3 else spd, person)
    return committee


def test_the_sheet_begins_with_the_groups_of_the_council_and_the_lawful_method(
    clerk: OfficeClient, build: Builder
) -> None:
    committee = council(build)
    assert f"{NEW}?gremium={committee}" in clerk.get(f"/gremien/{committee}").get_data(as_text=True)
    page = clerk.get(f"{NEW}?gremium={committee}")
    assert faults_of(page) == []
    found = fields_of(page)
    assert (found["groups-0-name"], found["groups-0-strength"]) == (["CDU-Fraktion"], ["3"])
    assert (found["groups-1-name"], found["groups-1-strength"]) == (["SPD-Fraktion"], ["1"])
    assert (found["method"], found["seats"]) == (["hare_niemeyer"], ["5"])
    assert found["organization_id"] == [str(committee)]
    assert "§" in text_of(page)


def test_strengths_are_counted_anew_for_another_day(clerk: OfficeClient, build: Builder) -> None:
    council(build)
    answer = fill(clerk, NEW, fill="1", council_id="", seats="6")
    assert answer.status_code == 200
    assert fields_of(answer)["groups-0-strength"] == ["3"]
    assert fields_of(answer)["seats"] == ["6"]
    assert rows(build) == []


def test_working_out_shows_every_number_and_keeps_nothing(
    clerk: OfficeClient, build: Builder
) -> None:
    page = fill(clerk, NEW, **HERZLAKE, seats="6", method="hare_niemeyer", chairs="3", work="1")
    assert page.status_code == 200
    assert faults_of(page) == []
    text = text_of(page)
    assert "Verteilung von 6 Sitzen nach Hare-Niemeyer: CDU 4, SPD 1, UWG 1." in text
    assert "CDU 11 4,4 4 0,4 4" in text
    assert "SPD 1 0 + Los 1" in text, "all three methods side by side"
    assert "1 CDU 11 2 CDU 5,5 3 CDU 3 2/3" in text
    shown = page.get_data(as_text=True)
    assert shown.count("<circle") == 6
    assert 'aria-label="Sitze im Halbrund: CDU 4, SPD 1, UWG 1."' in shown
    assert rows(build) == []


def test_a_lot_is_asked_for_and_kept(clerk: OfficeClient, build: Builder) -> None:
    typed = HERZLAKE | {"seats": "6", "method": "dhondt", "decided_on": "2022-01-10"}
    asked = fill(clerk, NEW, **typed)
    assert asked.status_code == 422
    assert "Zwischen SPD und UWG entscheidet das Los" in error_at(asked, "winners")
    assert faults_of(asked) == []
    assert asked.get_data(as_text=True).count("el-seat--open") == 1
    assert "nach den Stimmen der Wahl" not in text_of(asked), "the law says by lot"
    sent = fields_of(asked) | {"winners": ["UWG"]}
    unsaid = clerk.post(NEW, data=sent)
    assert "wer das Los gezogen" in error_at(unsaid, "settled_by")
    answer = clerk.post(NEW, data=sent | {"settled_by": "Ratsvorsitz", "acknowledged": "y"})
    (row,) = rows(build)
    assert answer.location == f"/sitzverteilungen/{row.id}"
    assert json.loads(row.result) == {"CDU": 5, "SPD": 0, "UWG": 1}
    page = clerk.get(answer.location)
    assert faults_of(page) == []
    text = text_of(page)
    assert "Sitze: Zwischen SPD und UWG durch Los entschieden für UWG (Ratsvorsitz)." in text
    assert "11 : 1 = 11 (Sitz)" in text
    assert "Ohne Sitz bleibt: SPD" in text
    assert "CDU 5, SPD 0, UWG 1" in text_of(clerk.get("/sitzverteilungen"))


def test_the_order_of_chairs_is_drawn_where_it_is_equal(
    clerk: OfficeClient, build: Builder
) -> None:
    typed = groups(("A", 6), ("B", 6), ("C", 3)) | {
        "seats": "5", "method": "hare_niemeyer", "chairs": "2",
    }  # fmt: skip
    asked = fill(clerk, NEW, **typed)
    assert asked.status_code == 422
    assert "Um die Reihenfolge der Vorsitze ist zwischen A und B zu losen" in text_of(asked)
    assert faults_of(asked) == []
    drawn = {"pick_1": "B", "pick_2": "A", "chairs_drawn_by": "Vorsitz"}
    assert clerk.post(NEW, data=fields_of(asked) | drawn).status_code == 303
    (row,) = rows(build)
    assert json.loads(row.chairs) == ["B", "A"]
    path = f"/sitzverteilungen/{row.id}"
    assert "1 B 6 2 A 6" in text_of(clerk.get(path))
    assert fields_of(clerk.get(f"{path}/bearbeiten"))["pick_1"] == ["B"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"seats": ""}, "seats", "wie viele Sitze"),
        ({"seats": "0"}, "seats", "Zahl von 1 bis 999"),
        ({"seats": "viele"}, "seats", "ganze Zahl"),
        ({"method": ""}, "method", "Verfahren"),
        ({"decided_on": ""}, "decided_on", "Tag der Sitzung"),
        ({"groups-1-name": ""}, "groups-1-name", "Namen der Fraktion"),
        ({"groups-1-name": "CDU"}, "groups-1-name", "mehrfach"),
        ({"groups-1-strength": ""}, "groups-1-strength", "Stärke"),
        ({"groups-1-strength": "-2"}, "groups-1-strength", "Zahl von 0"),
        ({"seats": "90"}, "acknowledged", "Mehr Sitze als Mitglieder"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    clerk: OfficeClient, build: Builder, typed: dict[str, str], field: str, sentence: str
) -> None:
    whole = HERZLAKE | {"seats": "6", "method": "hare_niemeyer", "remark": "Rat"} | typed
    answer = fill(clerk, NEW, **whole)
    assert answer.status_code == 422
    assert sentence in error_at(answer, field)
    assert faults_of(answer) == []
    assert fields_of(answer)["remark"] == ["Rat"]
    assert rows(build) == []
    looked = fill(clerk, NEW, **whole, work="1")
    assert looked.status_code in (200, 422)


def test_a_method_of_another_day_is_told(clerk: OfficeClient, build: Builder) -> None:
    del build
    for day, told in (("2026-10-31", False), ("2026-11-01", True)):
        typed = HERZLAKE | {"seats": "7", "method": "dhondt", "decided_on": day, "work": "1"}
        text = text_of(fill(clerk, NEW, **typed))
        assert ("Am Tag der Sitzung gilt das Verfahren Sainte-Laguë" in text) is told


def test_votes_of_the_election_settle_a_tie_where_the_law_leaves_it_open(
    clerk: OfficeClient, build: Builder
) -> None:
    build.session.scalars(select(Body)).first().land = "BY"  # type: ignore[union-attr]  # there is one
    build.session.commit()
    tied = groups(("A", 10), ("B", 10)) | {"seats": "3", "method": "sainte_lague"}
    asked = fill(clerk, NEW, **tied)
    assert "Stimmenzahl der Wahl" in error_at(asked, "winners")
    unsaid = clerk.post(
        NEW,
        data=fields_of(asked) | {"how": "election_votes", "winners": ["A"], "settled_by": "Amt"},
    )
    assert "Stimmen der Wahl" in error_at(unsaid, "how")
    votes = {"how": "election_votes", "settled_by": "Amt"}
    votes |= {"groups-0-votes": "700", "groups-1-votes": "800"}
    assert clerk.post(NEW, data=fields_of(asked) | votes).status_code == 303
    assert json.loads(rows(build)[0].result) == {"A": 1, "B": 2}


def kept(clerk: OfficeClient, build: Builder) -> Apportionment:
    answer = fill(clerk, NEW, **HERZLAKE, seats="6", method="hare_niemeyer")
    assert answer.status_code == 303
    return rows(build)[0]


def test_a_kept_one_is_corrected_and_removed(clerk: OfficeClient, build: Builder) -> None:
    path = f"/sitzverteilungen/{kept(clerk, build).id}"
    first, second = (fields_of(clerk.get(f"{path}/bearbeiten")) for _ in range(2))
    assert clerk.post(f"{path}/bearbeiten", data=first | {"remark": "Rat"}).status_code == 303
    late = clerk.post(f"{path}/bearbeiten", data=second | {"remark": "Kreistag"})
    assert late.status_code == 409
    assert "Kreistag" in late.get_data(as_text=True)
    assert "Rat" in text_of(late)
    assert fill(clerk, f"{path}/entfernen").status_code == 303
    assert rows(build) == []
    assert "noch keine Sitzverteilung" in text_of(clerk.get("/sitzverteilungen"))


def test_a_result_that_the_rules_of_now_would_not_give_is_shown_as_it_was_kept(
    clerk: OfficeClient, build: Builder
) -> None:
    row = kept(clerk, build)
    row.result = json.dumps({"CDU": 6, "SPD": 0, "UWG": 0})
    build.session.commit()
    text = text_of(clerk.get(f"/sitzverteilungen/{row.id}"))
    assert "gespeichert ist, was damals galt" in text
    assert "CDU 11 6" in text


def test_a_kept_one_is_printed_with_its_half_round(
    clerk: OfficeClient,
    member: OfficeClient,
    stranger: OfficeClient,
    build: Builder,
    tmp_path: Path,
) -> None:
    path = f"/sitzverteilungen/{kept(clerk, build).id}/sitzverteilung.pdf"
    answer = clerk.get(path)
    assert answer.mimetype == "application/pdf"
    words = words_of(answer.data, tmp_path)
    assert "Sitzverteilung" in words
    assert "1 CDU 11" in words
    assert standards.faults_of(answer.data) == []
    assert member.get(path).status_code == stranger.get(path).status_code == 404


def test_members_and_other_bodies_find_no_seats(
    clerk: OfficeClient, member: OfficeClient, stranger: OfficeClient, build: Builder
) -> None:
    path = f"/sitzverteilungen/{kept(clerk, build).id}"
    for one in (path, f"{path}/bearbeiten", f"{path}/entfernen"):
        assert clerk.get(one).status_code == 200
        assert faults_of(clerk.get(one)) == []
        assert member.get(one).status_code == 404
        assert stranger.get(one).status_code == 404
    assert member.get("/sitzverteilungen").status_code == 404
    assert member.get(NEW).status_code == 404
    assert "CDU" not in text_of(stranger.get("/sitzverteilungen"))
    committee = build.organization("Bauausschuss")
    assert stranger.get(f"{NEW}?gremium={committee}").status_code == 404
    foreign = fill(stranger, NEW, **HERZLAKE, seats="6", method="dhondt", organization_id=committee)
    assert foreign.status_code == 422


@pytest.mark.parametrize("total", [1, 2, 5, 6, 7, 11, 20, 45, 60, 120, 250, 999])
def test_the_half_round_has_a_place_for_every_seat_within_its_frame(total: int) -> None:
    drawn = picture([total // 2, total - total // 2])
    assert len(drawn.seats) == total
    assert drawn.radius > 0
    for seat in drawn.seats:
        assert drawn.radius <= seat.x + 0.1 <= drawn.width - drawn.radius + 0.2
        assert drawn.radius <= seat.y + 0.1 <= drawn.height
    left = [seat.x for seat in drawn.seats if seat.group == 1]
    right = [seat.x for seat in drawn.seats if seat.group == 2]
    if left:
        assert sum(left) / len(left) < sum(right) / len(right)


def test_an_empty_half_round_has_no_seats() -> None:
    assert picture([0, 0]).seats == ()
