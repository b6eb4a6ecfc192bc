"""The pages that print the book of resolutions and the report on carrying them out."""

import io
import re
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from sitzungsdienst.acts import followup, releases, resolutions
from sitzungsdienst.acts.resolution_issues import ReportFacts, issue_report
from sitzungsdienst.database import statement_counter
from sitzungsdienst.law.values import Part
from sitzungsdienst.office.database import db
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.proceedings import Decision
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fill
from tests.support.pdf import words_of
from tests.support.planning import faults_of
from tests.support.resolved import LATER, PROPOSED, SECRET, Resolved
from tests.support.standards import faults_of as faults_of_pdf

BOOK = "/beschluesse/beschlussbuch"
REPORT = "/beschluesse/beschlusskontrolle"
PAGE = "/beschluesse/drucke"


@pytest.fixture
def now() -> datetime:
    """After the meeting."""
    return LATER


@pytest.fixture
def resolved(session: Session, cast: Cast) -> Resolved:
    found = Resolved.of(session, cast)
    found.number(found.concept, found.rejected, found.secret)
    return found


def get(client: OfficeClient, address: str, folder: Path) -> str:
    """The words of the PDF at an address."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    return words_of(answer.data, folder, "-raw")


def rows_of(answer: TestResponse, sheet: str) -> list[list[object]]:
    """The rows of a sheet below its head."""
    book = load_workbook(io.BytesIO(answer.data))
    return [[cell.value for cell in row] for row in book[sheet].iter_rows(min_row=2)]


# --- The page


def test_the_list_leads_to_the_prints_with_what_was_chosen(
    clerk: OfficeClient, resolved: Resolved
) -> None:
    listed = clerk.get("/beschluesse?stand=offen")
    assert f"{PAGE}?stand=offen" in listed.text
    page = clerk.get(f"{PAGE}?stand=offen&stelle={resolved.unit}")
    assert faults_of(page) == []
    assert "Beschlussbuch und Bericht" in text_of(page)
    assert '<option selected value="offen">' in page.text
    assert f'<option selected value="{resolved.unit}">' in page.text
    assert "Jahr 2017" in text_of(page)


def test_without_resolutions_the_book_of_this_year_is_empty(
    clerk: OfficeClient, cast: Cast, tmp_path: Path
) -> None:
    assert clerk.get(PAGE).status_code == 200
    assert "keinen Beschluss" in get(clerk, BOOK, tmp_path)


def test_members_and_administrators_print_nothing(
    member: OfficeClient, administrator: OfficeClient, resolved: Resolved
) -> None:
    for client in (member, administrator):
        for address in (PAGE, BOOK, REPORT):
            assert client.get(address).status_code == 404
    assert PAGE not in member.get("/beschluesse").text


@pytest.mark.parametrize(
    "query", ["zeitraum=1999", "zeitraum=wp999", "zeitraum=x", "fuer=999", "fassung=x"]
)
def test_what_is_not_offered_is_not_printed(
    clerk: OfficeClient, resolved: Resolved, query: str
) -> None:
    answer = clerk.get(f"{BOOK}?{query}")
    assert answer.status_code == 422
    assert faults_of(answer) == []


def test_a_report_on_what_is_not_offered_is_refused(
    clerk: OfficeClient, resolved: Resolved
) -> None:
    for query in ("teil=x", "stand=x", "stelle=999", "frist=gestern"):
        assert clerk.get(f"{REPORT}?{query}").status_code == 422, query


# --- The book


def test_the_book_holds_both_parts_apart(
    clerk: OfficeClient, resolved: Resolved, tmp_path: Path
) -> None:
    answer = clerk.get(BOOK)
    assert faults_of_pdf(answer.data) == []
    assert answer.headers["Content-Disposition"].endswith("Beschlussbuch_2017_Vorschau.pdf")
    words = words_of(answer.data, tmp_path, "-raw")
    assert PROPOSED in words
    assert "Vorschau, nicht ausgestellt" in words
    assert words.index(PROPOSED) < words.rindex("Nichtöffentliche Beschlüsse")
    assert words.rindex("Nichtöffentliche Beschlüsse") < words.index("Für 100.000 Euro.")
    assert "Zuschüsse" in words
    assert "Amt für Integration" in words
    assert answer.data == clerk.get(BOOK).data


def test_a_void_number_is_marked_in_the_book(
    clerk: OfficeClient, resolved: Resolved, tmp_path: Path
) -> None:
    made = resolved.number(resolved.noted)[0]
    version = resolved.row(made).version
    build = resolved.build
    resolutions.void_resolution(build.session, build.actor, made, version, "verzählt", LATER)
    assert "Ungültig seit dem 02.05.2017: verzählt" in get(clerk, BOOK, tmp_path)
    assert "Bericht" not in get(clerk, REPORT, tmp_path).replace("Berichte", "")


def test_the_book_is_of_one_committee_and_one_time(
    clerk: OfficeClient, resolved: Resolved, cast: Cast, tmp_path: Path
) -> None:
    other = resolved.build.organization("Bauausschuss")
    resolved.build.session.rollback()
    words = get(clerk, f"{BOOK}?fuer={other}", tmp_path)
    assert "Bauausschuss, Jahr 2017" in words
    assert PROPOSED not in words
    assert PROPOSED in get(clerk, f"{BOOK}?fuer={cast.committee}&zeitraum=2017", tmp_path)


def test_the_public_version_holds_what_is_released_and_nothing_else(
    clerk: OfficeClient, resolved: Resolved, tmp_path: Path
) -> None:
    public = f"{BOOK}?fassung=oeffentlich"
    before = get(clerk, public, tmp_path)
    assert PROPOSED not in before
    build = resolved.build
    items = (resolved.concept,)
    releases.release_excerpts(build.session, build.actor, resolved.meeting, items, "", LATER)
    build.session.rollback()
    answer = clerk.get(public)
    assert faults_of_pdf(answer.data) == []
    words = words_of(answer.data, tmp_path, "-raw")
    assert PROPOSED in words
    for hidden in (SECRET, "100.000", "Zuschüsse", "ichtöffentlich", "nicht für die"):
        assert hidden not in words
    assert "oeffentlich_Vorschau.pdf" in answer.headers["Content-Disposition"]


def test_what_is_void_by_now_leaves_the_public_version(
    clerk: OfficeClient, resolved: Resolved, tmp_path: Path
) -> None:
    build, row = resolved.build, resolved.number(resolved.noted)[0]
    items = (resolved.noted,)
    releases.release_excerpts(build.session, build.actor, resolved.meeting, items, "", LATER)
    build.session.rollback()
    number = resolved.row(row).number
    assert f"{number} Bericht" in get(clerk, f"{BOOK}?fassung=oeffentlich", tmp_path)
    version = resolved.row(row).version
    resolutions.void_resolution(build.session, build.actor, row, version, "verzählt", LATER)
    assert f"{number} Bericht" not in get(clerk, f"{BOOK}?fassung=oeffentlich", tmp_path)


def test_another_bodys_clerk_prints_nothing_of_this_one(
    stranger: OfficeClient, resolved: Resolved, tmp_path: Path
) -> None:
    assert PROPOSED not in get(stranger, BOOK, tmp_path)
    assert "Konzept" not in get(stranger, REPORT, tmp_path)


# --- The report


def plan(resolved: Resolved, item: int, **facts: object) -> None:
    build = resolved.build
    build.session.rollback()
    row = build.session.get_one(AgendaItem, item).resolutions[0]
    wanted = followup.ExecutionFacts(**facts)  # type: ignore[arg-type]  # the test's own facts
    followup.plan_execution(build.session, build.actor, row.id, row.version, wanted, LATER)


def test_the_report_tells_what_is_late_in_both_forms(
    clerk: OfficeClient, resolved: Resolved, tmp_path: Path
) -> None:
    plan(resolved, resolved.concept, unit_id=resolved.unit, due_on=date(2017, 5, 1))
    words = get(clerk, REPORT, tmp_path)
    assert "überfällig, noch nicht begonnen" in words
    assert words.index("Konzept") < words.index("Nichtöffentliche Beschlüsse")
    assert words.index("Nichtöffentliche Beschlüsse") < words.index(SECRET)
    assert "Zuschüsse" not in words  # rejected: nothing to do
    answer = clerk.get(f"{REPORT}?als=xlsx")
    assert answer.headers["Content-Disposition"].endswith("Beschlusskontrolle_2017-05-02.xlsx")
    (late,) = rows_of(answer, "Öffentlich")
    assert late[7] == "überfällig"
    assert str(late[6]) == "2017-05-01 00:00:00"
    (secret,) = rows_of(answer, "Nichtöffentlich")
    assert secret[1] == SECRET
    assert answer.data == clerk.get(f"{REPORT}?als=xlsx").data


def test_a_suspended_resolution_is_not_overdue_in_the_report(
    clerk: OfficeClient, resolved: Resolved, tmp_path: Path
) -> None:
    plan(
        resolved,
        resolved.concept,
        due_on=date(2017, 5, 1),
        suspended_until=date(2017, 5, 2),
        suspension_reason="Widerspruch",
    )
    words = get(clerk, REPORT, tmp_path)
    assert "ausgesetzt, noch nicht begonnen" in words
    assert "Vollzug ausgesetzt bis 02.05.2017: Widerspruch" in words
    assert "überfällig" not in words


def test_one_part_alone_tells_nothing_of_the_other(
    clerk: OfficeClient, resolved: Resolved, tmp_path: Path
) -> None:
    words = get(clerk, f"{REPORT}?teil=oeffentlich", tmp_path)
    assert SECRET not in words
    assert "Konzept" in words
    answer = clerk.get(f"{REPORT}?teil=oeffentlich&als=xlsx")
    assert load_workbook(io.BytesIO(answer.data)).sheetnames == ["Öffentlich"]
    assert "Konzept" not in get(clerk, f"{REPORT}?teil=nichtoeffentlich", tmp_path)


def test_the_report_says_to_what_it_is_narrowed(
    clerk: OfficeClient, resolved: Resolved, cast: Cast, tmp_path: Path
) -> None:
    query = f"stelle={resolved.unit}&gremium={cast.committee}&stand=offen&suche=Konzept"
    words = get(clerk, f"{REPORT}?{query}&frist=2030-01-01", tmp_path)
    for told in ("noch umzusetzen", "Amt für Integration", "Konzept", "01.01.2030"):
        assert told in words
    assert "Zuschüsse" in get(clerk, f"{REPORT}?stand=nothing_to_do", tmp_path)


def test_more_resolutions_cost_no_more_statements(
    clerk: OfficeClient, office_app: Flask, resolved: Resolved
) -> None:
    build, totals = resolved.build, []
    for _ in range(2):
        for subject in "ABCDEFGH":
            facts = resolutions.ResolutionFacts(subject=subject, decision=Decision.ADOPTED)
            resolutions.add_resolution(build.session, build.actor, resolved.concept, facts, LATER)
        counts = []
        for address in (BOOK, REPORT, f"{BOOK}?fassung=oeffentlich"):
            with office_app.app_context(), statement_counter(db.engine) as count:
                assert clerk.get(address).status_code == 200
            counts.append(len(count.seen))
        totals.append(counts)
    assert totals[0] == totals[1]


# --- Issued for good


def issue(client: OfficeClient, address: str) -> TestResponse:
    """Choose "Ausstellen" in a form of the page, and say yes to the question."""
    asked = client.get(f"{address}{'&' if '?' in address else '?'}als=ausstellen")
    assert asked.status_code == 303
    question = asked.headers["Location"]
    shown = client.get(question)
    assert faults_of(shown) == []
    return fill(client, question)


def downloads(client: OfficeClient) -> list[str]:
    """The addresses of what was issued, the newest first."""
    return re.findall(r'href="[^"]*(/beschluesse/ausgestellt/\d+\.pdf)"', client.get(PAGE).text)


def test_what_is_issued_is_listed_and_given_out_unchanged(
    clerk: OfficeClient, resolved: Resolved, tmp_path: Path
) -> None:
    assert "Noch ist nichts ausgestellt" in text_of(clerk.get(PAGE))
    assert issue(clerk, f"{BOOK}?zeitraum=2017&fassung=vollstaendig").status_code == 303
    assert issue(clerk, f"{REPORT}?teil=oeffentlich&stelle={resolved.unit}").status_code == 303
    page = clerk.get(PAGE)
    assert faults_of(page) == []
    words = text_of(page)
    for told in (
        "Beschlussbuch, vollständig", "Alle Gremien, Jahr 2017", "02.05.2017", "Sabine Krüger",
        "nur öffentlich gefasste; Stelle: Amt für Integration",
    ):  # fmt: skip
        assert told in words
    report, book = downloads(clerk)
    answer = clerk.get(book)
    assert faults_of_pdf(answer.data) == []
    assert answer.headers["Content-Disposition"].endswith("Beschlussbuch_2017_2017-05-02.pdf")
    assert SECRET in words_of(answer.data, tmp_path, "-raw")
    assert SECRET not in get(clerk, report, tmp_path)
    resolved.number(resolved.noted)
    assert clerk.get(book).data == answer.data


def test_a_book_with_nothing_in_it_is_refused_on_the_page(
    clerk: OfficeClient, resolved: Resolved
) -> None:
    refused = issue(clerk, f"{BOOK}?fassung=oeffentlich")
    assert refused.status_code == 422
    assert "keinen Beschluss" in text_of(refused)
    assert downloads(clerk) == []
    assert clerk.get(f"{BOOK}/ausstellen?zeitraum=1999").status_code == 422
    assert clerk.get(f"{REPORT}/ausstellen?teil=x").status_code == 422


def test_nobody_else_reads_what_was_issued(
    clerk: OfficeClient,
    member: OfficeClient,
    administrator: OfficeClient,
    stranger: OfficeClient,
    resolved: Resolved,
) -> None:
    issue(clerk, BOOK)
    (book,) = downloads(clerk)
    for client in (member, administrator):
        for address in (book, f"{BOOK}/ausstellen", f"{REPORT}/ausstellen"):
            assert client.get(address).status_code == 404
    assert stranger.get(book).status_code == 404
    assert downloads(stranger) == []


def test_a_long_list_of_what_was_issued_has_pages(clerk: OfficeClient, resolved: Resolved) -> None:
    build = resolved.build
    facts = ReportFacts(resolution_ids=(), parts=frozenset(Part))
    for _ in range(21):
        issue_report(build.session, build.actor, facts, LATER)
    build.session.rollback()
    assert len(downloads(clerk)) == 20
    page = clerk.get(f"{PAGE}?stand=offen&seite=2")
    assert "Seite 2 von 2" in text_of(page)
    assert "stand=offen&amp;seite=1" in page.text
    assert clerk.get(f"{PAGE}?seite=x").status_code == 200
