"""The Beschlusskontrolle: planning, progress, reports, reminders, and the list over all."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from sitzungsdienst.acts import followup, resolutions
from sitzungsdienst.database import statement_counter
from sitzungsdienst.office.database import db
from sitzungsdienst.office.followup_forms import months_after
from sitzungsdienst.office.followup_list import slices
from sitzungsdienst.record.proceedings import Decision
from sitzungsdienst.record.resolutions import Progress
from tests.conftest import Clock
from tests.support import cast as people
from tests.support.browser import OfficeClient, text_of
from tests.support.builders import pdf
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.planning import error_at, faults_of
from tests.support.resolved import LATER, Resolved, upload

TODAY = "2017-05-02"


@pytest.fixture
def now() -> datetime:
    """After the meeting."""
    return LATER


@pytest.fixture
def resolved(session: Session, cast: Cast) -> Resolved:
    return Resolved.of(session, cast)


@pytest.fixture
def concept(resolved: Resolved) -> int:
    """The resolution on Ö 1."""
    return resolved.number(resolved.concept)[0]


@pytest.fixture
def here(concept: int) -> str:
    return f"/beschluesse/{concept}"


def plan(resolved: Resolved, resolution: int, **facts: object) -> None:
    wanted = followup.ExecutionFacts(**facts)  # type: ignore[arg-type]  # the test's own facts
    version = resolved.row(resolution).version
    build = resolved.build
    followup.plan_execution(build.session, build.actor, resolution, version, wanted, LATER)


# --- Planning and progress


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2019, 2, 27), 18, date(2020, 8, 27)),
        (date(2019, 2, 28), 12, date(2020, 2, 28)),
        (date(2017, 8, 31), 6, date(2018, 2, 28)),
        (date(2017, 12, 15), 1, date(2018, 1, 15)),
        (date(2017, 4, 19), 240, date(2037, 4, 19)),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(day: date, months: int, due: date) -> None:
    assert months_after(day, months) == due


def test_a_duration_in_months_becomes_the_day_it_is_due(
    clerk: OfficeClient, resolved: Resolved, concept: int, here: str
) -> None:
    page = clerk.get(f"{here}/umsetzung")
    assert faults_of(page) == []
    assert fields_of(page)["unit_id"] == [str(resolved.unit)]
    both = fill(clerk, f"{here}/umsetzung", months="18", due_on="2018-01-01")
    assert error_at(both, "months")
    assert error_at(fill(clerk, f"{here}/umsetzung", months="0"), "months")
    assert fill(clerk, f"{here}/umsetzung", months="18").status_code == 303
    assert resolved.row(concept).due_on == date(2018, 10, 19)
    assert "Frist 19.10.2018" in text_of(clerk.get(here))


def test_the_laws_period_is_proposed_and_stops_the_carrying_out(
    clerk: OfficeClient, resolved: Resolved, concept: int, here: str
) -> None:
    path = f"{here}/umsetzung"
    taken = fill(clerk, path, take="1", in_charge="getippt")
    assert taken.status_code == 200
    assert fields_of(taken)["suspended_until"] == ["2017-05-03"]
    assert fields_of(taken)["in_charge"] == ["getippt"]
    assert "nicht gesichert" in text_of(taken)
    assert clerk.post(path, data=fields_of(taken) | {"take": []}).status_code == 303
    assert "Vollzug ausgesetzt bis 03.05.2017" in text_of(clerk.get(here))
    sent = {"version": str(resolved.row(concept).version), "progress": "running"}
    refused = clerk.submit(f"{here}/stand", sent, page=here)
    assert refused.status_code == 422
    assert "bis 03.05.2017 ausgesetzt" in text_of(refused)
    assert faults_of(refused) == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"due_on": "2017-04-18"}, "due_on"),
        ({"suspended_until": TODAY, "suspension_reason": ""}, "suspension_reason"),
        ({"due_on": "gestern"}, "due_on"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_its_field(
    clerk: OfficeClient, here: str, typed: dict[str, str], field: str
) -> None:
    answer = fill(clerk, f"{here}/umsetzung", in_charge="bleibt stehen", **typed)
    assert answer.status_code == 422
    assert error_at(answer, field)
    assert "bleibt stehen" in answer.get_data(as_text=True)


def test_a_second_tab_sees_what_the_first_planned(clerk: OfficeClient, here: str) -> None:
    path = f"{here}/umsetzung"
    stale = fields_of(clerk.get(path))
    fill(clerk, path, in_charge="Frau Sommer")
    answer = clerk.post(path, data=stale | {"in_charge": "Herr Winter"})
    assert answer.status_code == 409
    assert "Frau Sommer" in text_of(answer)
    assert "Herr Winter" in answer.get_data(as_text=True)


def test_a_resolution_is_begun_ended_and_taken_up_again(
    clerk: OfficeClient, resolved: Resolved, concept: int, here: str
) -> None:
    version = str(resolved.row(concept).version)
    sent = {"version": version, "progress": "running"}
    assert clerk.submit(f"{here}/stand", sent, page=here).status_code == 303
    assert clerk.submit(f"{here}/stand", sent, page=here).status_code == 409
    assert clerk.submit(f"{here}/stand", {"progress": "x"}, page=here).status_code == 422
    assert error_at(fill(clerk, f"{here}/erledigung", completed_on="2017-05-03"), "completed_on")
    assert fill(clerk, f"{here}/erledigung", note="Fertig").status_code == 303
    text = text_of(clerk.get(here))
    assert "Abgeschlossen am 02.05.2017" in text
    assert "Stand der Umsetzung: in Arbeit → erledigt" in text
    assert error_at(fill(clerk, f"{here}/wiederaufnahme"), "reason")
    assert fill(clerk, f"{here}/wiederaufnahme", reason="Nachbesserung").status_code == 303
    assert error_at(fill(clerk, f"{here}/verzicht"), "reason")
    assert fill(clerk, f"{here}/verzicht", reason="Überholt").status_code == 303
    row = resolved.row(concept)
    assert (row.progress, row.completion_note) == (Progress.DROPPED, "Überholt")
    assert faults_of(clerk.get(here)) == []


# --- Reports


def test_reports_are_read_in_order_with_their_pdf(
    clerk: OfficeClient, member: OfficeClient, here: str
) -> None:
    path = f"{here}/berichte/neu"
    assert faults_of(clerk.get(path)) == []
    sent = {"reported_on": TODAY, "reported_by": "Amt", "text": "Auftakt im Rathaus"}
    assert upload(clerk, path, pdf("Stand"), "Stand.pdf", **sent).status_code == 303
    assert fill(clerk, path, text="Vergabe", reported_on="2017-04-20").status_code == 303
    for reader in (clerk, member):
        shown = reader.get(here)
        assert faults_of(shown) == []
        text = text_of(shown)
        assert text.index("Vergabe") < text.index("Auftakt im Rathaus")
        given = reader.get("/beschluesse/berichte/1/datei")
        assert given.data == pdf("Stand")
        assert given.mimetype == "application/pdf"
        assert reader.get("/beschluesse/berichte/2/datei").status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x", "reported_on": ""}, "reported_on"),
        ({"text": "x", "reported_on": "2017-05-03"}, "reported_on"),
        ({"text": "x", "reported_on": "2017-04-18"}, "reported_on"),
    ],
)
def test_a_report_that_cannot_be_is_refused_at_its_field(
    clerk: OfficeClient, resolved: Resolved, concept: int, here: str, typed: dict[str, str],
    field: str,
) -> None:  # fmt: skip
    answer = fill(clerk, f"{here}/berichte/neu", reported_by="bleibt stehen", **typed)
    assert answer.status_code == 422
    assert error_at(answer, field)
    assert "bleibt stehen" in answer.get_data(as_text=True)
    assert resolved.row(concept).reports == []


def test_what_is_no_pdf_is_refused_and_the_text_kept(clerk: OfficeClient, here: str) -> None:
    sent = {"reported_on": TODAY, "text": "Auftakt im Rathaus"}
    answer = upload(clerk, f"{here}/berichte/neu", b"MZ", "stand.exe", **sent)
    assert error_at(answer, "file")
    assert "Auftakt im Rathaus" in answer.get_data(as_text=True)
    large = upload(
        clerk, f"{here}/berichte/neu", b"%PDF-" + bytes(26 * 1024 * 1024), "gross.pdf", **sent
    )
    assert "höchstens 25 MB" in error_at(large, "file")


def test_a_report_is_corrected_and_removed_after_a_question(
    clerk: OfficeClient, resolved: Resolved, concept: int, here: str
) -> None:
    fill(clerk, f"{here}/berichte/neu", text="Auftakt")
    path = "/beschluesse/berichte/1"
    stale = fields_of(clerk.get(path))
    assert fill(clerk, path, text="Auftakt im Mai", public="y").status_code == 303
    assert resolved.row(concept).reports[0].public
    assert clerk.post(path, data=stale | {"text": "Auftakt im Juni"}).status_code == 409
    assert fill(clerk, f"{path}/entfernung").status_code == 303
    assert resolved.row(concept).reports == []
    assert clerk.get(path).status_code == 404


# --- Reminders


def test_a_reminder_comes_back_on_its_day(
    clerk: OfficeClient, resolved: Resolved, concept: int, here: str, clock: Clock
) -> None:
    refused = clerk.submit(
        f"{here}/wiedervorlagen", {"remind_on": "2017-05-01", "note": "bleibt"}, page=here
    )
    assert error_at(refused, "remind_on")
    assert 'value="bleibt"' in refused.get_data(as_text=True)
    assert faults_of(refused) == []
    sent = {"remind_on": "2017-05-03", "note": "Nachfragen"}
    assert clerk.submit(f"{here}/wiedervorlagen", sent, page=here).status_code == 303
    assert "ist fällig" not in text_of(clerk.get("/"))
    clock.moment = datetime(2017, 5, 3, 6, tzinfo=UTC)
    clerk.sign_in(people.CLERK, people.PASSWORD)
    assert "1 Wiedervorlage ist fällig" in text_of(clerk.get("/"))
    listed = clerk.get("/beschluesse/wiedervorlagen")
    assert faults_of(listed) == []
    assert "03.05.2017 fällig" in text_of(listed)
    done = clerk.submit(
        f"{here}/wiedervorlagen/1/erledigung", {"list": "1"}, page="/beschluesse/wiedervorlagen"
    )
    assert done.location == "/beschluesse/wiedervorlagen"
    assert "keine Wiedervorlage gesetzt" in text_of(clerk.get("/beschluesse/wiedervorlagen"))
    assert clerk.submit(f"{here}/wiedervorlagen/1/entfernung", page=here).status_code == 303
    assert resolved.row(concept).reminders == []
    assert clerk.submit(f"{here}/wiedervorlagen/1/entfernung", page=here).status_code == 404


# --- The list


def listed(clerk: OfficeClient, query: str = "") -> list[str]:
    """The numbers on the list, in order."""
    page = clerk.get(f"/beschluesse{query}").get_data(as_text=True)
    return [one.split("<")[0] for one in page.split('<span class="fu-number">')[1:]]


def test_the_overdue_come_first_then_what_is_due_next(
    clerk: OfficeClient, resolved: Resolved
) -> None:
    build = resolved.build
    made = []
    for subject in "ABCDE":
        facts = resolutions.ResolutionFacts(subject=subject, decision=Decision.ADOPTED)
        made.append(
            resolutions.add_resolution(build.session, build.actor, resolved.concept, facts, LATER)
        )
    plan(resolved, made[0], due_on=date(2018, 1, 1))
    plan(resolved, made[1], due_on=date(2017, 5, 1))
    plan(resolved, made[2], due_on=date(2017, 4, 20))
    plan(
        resolved, made[3], due_on=date(2017, 4, 20), suspended_until=LATER.date(),
        suspension_reason="Widerspruch",
    )  # fmt: skip
    version = resolved.row(made[4]).version
    followup.complete_resolution(
        build.session, build.actor, made[4], version, LATER.date(), "", LATER
    )
    assert listed(clerk) == ["3/2017", "2/2017", "4/2017", "1/2017", "5/2017"]
    assert listed(clerk, "?stand=ueberfaellig") == ["3/2017", "2/2017"]
    assert listed(clerk, "?stand=ausgesetzt") == ["4/2017"]
    assert listed(clerk, "?stand=offen") == ["3/2017", "2/2017", "4/2017", "1/2017"]
    assert listed(clerk, "?stand=done") == ["5/2017"]
    assert listed(clerk, "?frist=2017-05-01") == ["3/2017", "2/2017", "4/2017"]
    assert listed(clerk, f"?stelle={resolved.unit}&suche=E") == ["5/2017"]
    assert listed(clerk, "?suche=gibt+es+nicht") == []
    text = text_of(clerk.get("/beschluesse"))
    assert "2 Beschlüsse sind überfällig" in text
    for told in ("überfällig: 2", "Vollzug ausgesetzt: 1", "noch nicht begonnen: 1", "erledigt: 1"):
        assert told in text


def test_the_list_is_narrowed_to_a_committee(
    clerk: OfficeClient, resolved: Resolved, cast: Cast, concept: int
) -> None:
    other = resolved.build.organization("Bauausschuss")
    assert listed(clerk, f"?gremium={cast.committee}") == ["1/2017"]
    assert listed(clerk, f"?gremium={other}") == []
    assert clerk.get("/beschluesse?gremium=999").status_code == 422


def test_the_picture_says_in_words_what_it_shows(clerk: OfficeClient, concept: int) -> None:
    page = clerk.get("/beschluesse")
    assert faults_of(page) == []
    drawn = page.get_data(as_text=True)
    svg = ElementTree.fromstring(  # noqa: S314 - our own page
        drawn[drawn.index("<svg") : drawn.index("</svg>") + 6]
    )
    assert svg.attrib["role"] == "img"
    assert svg.findtext("title") == "Stand der Umsetzung: 1 noch nicht begonnen"
    assert [one.attrib["width"] for one in svg.iter("rect")] == ["100.0"]


def test_the_parts_of_the_picture_fill_the_whole_bar() -> None:
    found = slices({"ueberfaellig": 1, "open": 2, "done": 4, "nothing_to_do": 9})
    assert sum(one.width for one in found) == pytest.approx(100, abs=0.01)
    assert [one.left for one in found if one.count] == [0, 14.286, 42.857]
    assert slices({}) == ()
    assert slices({"nothing_to_do": 3}) == ()


def test_the_list_costs_the_same_few_statements_whatever_it_holds(
    office_app: Flask, clerk: OfficeClient, resolved: Resolved
) -> None:
    build = resolved.build
    totals = []
    for _ in range(2):
        for subject in "ABCDEFGH":
            facts = resolutions.ResolutionFacts(subject=subject, decision=Decision.ADOPTED)
            resolutions.add_resolution(build.session, build.actor, resolved.concept, facts, LATER)
        with office_app.app_context(), statement_counter(db.engine) as count:
            assert clerk.get("/beschluesse").status_code == 200
        totals.append(len(count.seen))
    assert totals[0] == totals[1] < 18
    for _ in range(3):
        for subject in "ABCDEFGH":
            facts = resolutions.ResolutionFacts(subject=subject, decision=Decision.ADOPTED)
            resolutions.add_resolution(build.session, build.actor, resolved.concept, facts, LATER)
    assert len(listed(clerk)) == 30
    assert len(listed(clerk, "?seite=2&stand=offen")) == 10
    assert "Seite 2 von 2" in text_of(clerk.get("/beschluesse?seite=9"))


def test_a_members_list_has_no_errands(member: OfficeClient, resolved: Resolved) -> None:
    resolved.number(resolved.concept, resolved.secret)
    page = member.get("/beschluesse")
    assert faults_of(page) == []
    text = text_of(page)
    assert "2 Beschlüsse" in text
    for kept in ("bekannt zu geben", "Bekanntgabe offen", "Noch ohne Nummer"):
        assert kept not in text
