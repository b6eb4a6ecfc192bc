"""What a released item tells of its outcome, beyond one vote: on the pages as people read them."""

from dataclasses import replace
from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import Engine

from sitzungsdienst.publication.results import (
    PublicAnnouncement,
    PublicBallot,
    PublicElection,
    PublicReport,
    PublicResolution,
    PublicRound,
    PublicTally,
)
from sitzungsdienst.publication.types import PublicInstitution, PublicSeats
from tests.public.reading import fields, text
from tests.support import public_data as county_data

PAGE = f"/auszuege/{county_data.COUNTED.uid}"
MEETING = f"/sitzungen/{county_data.MEETING.uid}"
WEIGHED = (
    ("Berücksichtigung Bürger 1", 3, 6),
    ("Berücksichtigung Bürger 2", 3, 6),
    ("Landesamt für Denkmalpflege und Archäologie", 6, 3),
    ("SG Ordnung (teilweise)", 6, 3),
)


def test_many_counted_votes_stand_in_one_table(client: FlaskClient, county: Engine) -> None:
    ballots = tuple(
        PublicBallot(
            subject=subject, kind="offen", outcome="angenommen" if yes > no else "abgelehnt",
            result_text="", yes=yes, no=no, abstentions=1, invalid=0, present=10, recused=0,
        )
        for subject, yes, no in WEIGHED
    )  # fmt: skip
    county_data.file(county, replace(county_data.COUNTED, ballots=ballots))
    page = client.get(PAGE).text
    assert page.count("sd-counts") == 0
    words = text(page)
    assert "Berücksichtigung Bürger 1 3 6 1 abgelehnt" in words
    assert "SG Ordnung (teilweise) 6 3 1 angenommen" in words
    assert "Mitwirkungsverbot" not in words


def test_a_vote_with_names_or_remarks_stays_a_block_of_its_own(
    client: FlaskClient, county: Engine
) -> None:
    ballot = replace(
        county_data.COUNTED.ballots[0], committee="Kreisausschuss", motion="Änderungsantrag",
        moved_by="Herr Zabel", requirement="Mehrheit der Mitglieder", entitled=25,
    )  # fmt: skip
    county_data.file(county, replace(county_data.COUNTED, ballots=(ballot,) * 3))
    page = text(client.get(PAGE).text)
    assert "Kreisausschuss" in page
    assert "Änderungsantrag von Herr Zabel" in page
    assert "Nötig: Mehrheit der Mitglieder" in page
    assert fields(client.get(PAGE).text)["Mitglieder"] == "25"


def test_an_election_is_told_round_by_round_with_its_lot(
    client: FlaskClient, county: Engine
) -> None:
    tallies = (PublicTally(name="A", votes=15), PublicTally(name="B", votes=15))
    election = PublicElection(
        office="Vorsitz",
        mode="geheim",
        rounds=(
            PublicRound(
                number=1, present=30, handed_in=30, tallies=tallies, result_text="Niemand gewählt"
            ),
            PublicRound(
                number=2, present=30, handed_in=30, tallies=tallies, result_text="B ist gewählt",
                lots=("Das Los zwischen A und B fiel auf B; gezogen von der Vorsitzenden.",),
            ),
        ),
    )  # fmt: skip
    county_data.file(county, replace(county_data.COUNTED, elections=(election,)))
    page = text(client.get(PAGE).text)
    assert "Vorsitz (geheime Wahl)" in page
    assert page.index("1. Wahlgang") < page.index("2. Wahlgang") < page.index("fiel auf B")
    assert "Anwesend: 30, Abgegeben: 30" in page
    assert "Ungültig" not in page


def test_seats_stand_beside_the_votes_of_lists(client: FlaskClient, county: Engine) -> None:
    tallies = (PublicTally(name="Liste 1", votes=32, seats=9),)
    election = PublicElection(
        office="Ausschuss",
        rounds=(PublicRound(handed_in=38, tallies=tallies, result_text="verteilt"),),
    )
    county_data.file(county, replace(county_data.COUNTED, elections=(election,)))
    page = text(client.get(PAGE).text)
    assert "Sitze" in page
    assert "Liste 1 32 9" in page
    assert "1. Wahlgang" not in page


def test_a_resolution_tells_its_number_and_how_it_is_carried_out(
    client: FlaskClient, county: Engine
) -> None:
    resolution = PublicResolution(uid="x", number="12/2017", subject="Konzept", decision="ja")
    county_data.file(county, replace(county_data.COUNTED, resolutions=(resolution,)))
    page = client.get(PAGE).text
    assert fields(page)["Beschluss-Nr."] == "12/2017"
    assert "Umsetzung" not in text(page)
    followed = replace(
        resolution,
        progress="erledigt",
        unit="Amt für Integration",
        completed_on=date(2018, 10, 1),
        reports=(PublicReport(dated=date(2017, 6, 27), text="Auftaktveranstaltung"),),
    )
    county_data.file(county, replace(county_data.COUNTED, resolutions=(followed,)))
    page = client.get(PAGE).text
    assert fields(page)["Umsetzung"] == "erledigt am 01.10.2018"
    assert "zuständig: Amt für Integration" in text(page)
    assert "27.06.2017 Auftaktveranstaltung" in text(page)


def test_an_announcement_names_the_resolution_and_its_public_words(
    client: FlaskClient, county: Engine
) -> None:
    told = PublicAnnouncement(number="3/2017", text="Das Grundstück ist verkauft.")
    county_data.file(county, replace(county_data.COUNTED, announcements=(told,)))
    page = text(client.get(PAGE).text)
    assert "Bekanntgabe nichtöffentlicher Beschlüsse" in page
    assert "Beschluss 3/2017 Das Grundstück ist verkauft." in page


def test_an_item_moved_behind_closed_doors_stays_in_its_place_without_an_excerpt(
    client: FlaskClient, county: Engine
) -> None:
    plain = county_data.PLAIN["Ö 5.2"]
    moved = replace(
        plain, public=False, moved=True, changes=("in den nichtöffentlichen Teil verwiesen",)
    )
    county_data.file(county, moved)
    page = text(client.get(MEETING).text)
    assert page.count("Öffentlicher Teil") == 1
    assert "in den nichtöffentlichen Teil verwiesen" in page
    assert client.get(PAGE).status_code == 404


def test_all_papers_of_an_item_are_named(client: FlaskClient, county: Engine) -> None:
    both = replace(
        county_data.EXCERPT,
        consultation=county_data.COUNCIL_STEP.uid,
        further_consultation=(county_data.STEP.uid,),
    )
    county_data.file(county, both)
    assert "Vorlagen" in text(client.get(f"/auszuege/{both.uid}").text)


def test_a_joint_meeting_tells_who_stays_how_long(client: FlaskClient, county: Engine) -> None:
    joint = replace(
        county_data.MEETING, kind="ordentliche Sitzung", participation=("Bauausschuss bis Ö 3",)
    )
    county_data.file(county, joint)
    found = fields(client.get(MEETING).text)
    assert (found["Anlass"], found["Teilnahme"]) == ("ordentliche Sitzung", "Bauausschuss bis Ö 3")


def test_papers_name_what_they_supersede_and_by_what_they_are(
    client: FlaskClient, county: Engine
) -> None:
    newer = replace(
        county_data.PAPER, uid=county_data.uid("newer"), reference="2018/1", name="Neufassung",
        supersedes=(county_data.PAPER.uid,), facts="So ist es.", financial_effects="keine",
        further_units=("Fachbereich 2",),
    )  # fmt: skip
    county_data.file(county, newer)
    own = fields(client.get(f"/vorlagen/{newer.uid}").text)
    assert own["Ersetzt"].startswith("2017/FB3/0433")
    assert (own["Sachverhalt"], own["Finanzielle Auswirkungen"]) == ("So ist es.", "keine")
    assert own["Beteiligt"] == "Fachbereich 2"
    old = fields(client.get(f"/vorlagen/{county_data.PAPER.uid}").text)
    assert old["Ersetzt durch"] == "2018/1 Neufassung"


def test_a_board_shows_its_composition_and_the_offices_that_are_members(
    client: FlaskClient, county: Engine
) -> None:
    board = replace(
        county_data.COMMITTEE,
        composition=(PublicSeats(label="Geschäftsstelle", count=1),),
        institutions=(PublicInstitution(name="Ausländerbehörde", role="Mitglied"),),
        former_names=("Ausländerbeirat (bis 28.09.2014)",),
    )
    county_data.file(county, board)
    page = client.get(f"/gremien/{board.uid}").text
    assert "1 Geschäftsstelle ohne Stimmrecht" in text(page)
    assert fields(page)["Mitgliedsstelle"] == "Ausländerbehörde"
    assert fields(page)["Frühere Namen"] == "Ausländerbeirat (bis 28.09.2014)"


def test_a_person_shows_contact_data_only_where_it_is_filed(
    client: FlaskClient, county: Engine
) -> None:
    address = f"/personen/{county_data.PEOPLE[0].uid}"
    assert "Kontakt" not in fields(client.get(address).text)
    county_data.file(county, replace(county_data.PEOPLE[0], email=("a@rat.example",), phone=("1",)))
    found = fields(client.get(address).text)
    assert (found["E-Mail"], found["Telefon"]) == ("a@rat.example", "1")
    assert "Anschrift" not in found
