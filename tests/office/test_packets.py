"""The packet on its pages: who gets what, built behind the page, kept for half an hour."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Event

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from sitzungsdienst.acts import meetings, papers
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.law.values import Part
from sitzungsdienst.office import packet_jobs
from sitzungsdienst.office.packet_jobs import PacketJobs
from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.papers import Attachment, Blob, Paper
from tests.conftest import Clock
from tests.support.browser import OfficeClient, text_of
from tests.support.builders import Builder
from tests.support.cast import Cast
from tests.support.pdf import words_of
from tests.support.planning import faults_of

SECRET = "Kauf des Grundstücks Müller"


@pytest.fixture
def jobs(office_app: Flask, clock: Clock, tmp_path: Path) -> Iterator[PacketJobs]:
    """The office's packets, in a folder of this test."""
    kept = office_app.extensions["packets"]
    made = PacketJobs(tmp_path / "mappen", clock)
    office_app.extensions["packets"] = made
    yield made
    made.wait()
    office_app.extensions["packets"] = kept


@pytest.fixture
def build(session: Session, cast: Cast) -> Builder:
    return Builder(session, Actor.of(session.get_one(OfficeUser, cast.clerk)))


@pytest.fixture
def meeting(build: Builder, cast: Cast, jobs: PacketJobs) -> int:
    """A joint meeting, summoned: a public item and another, each with a paper and a file."""
    made = build.meeting(build.organization("Finanzausschuss"), cast.committee)
    for title in ("Haushalt", SECRET):
        paper = build.paper(title=f"Vorlage {title}", reasons=f"Grund für {title}")
        step = build.step(paper, cast.committee)
        build.attach(paper, text=f"Anlage {title}")
        part = Part.NONPUBLIC if title == SECRET else Part.PUBLIC
        build.item(made, title, part=part, consultation_ids=(step,))
    build.summon(made)
    return made


def make(client: OfficeClient, jobs: PacketJobs, meeting: int) -> bytes:
    """Ask for the packet, wait and save it."""
    path = f"/sitzungen/{meeting}/mappe"
    sent = client.submit(path)
    assert (sent.status_code, sent.location) == (303, path)
    jobs.wait()
    return save(client, meeting).get_data()


def save(client: OfficeClient, meeting: int) -> TestResponse:
    """Save the packet that is ready, to its end."""
    with client.get(f"/sitzungen/{meeting}/mappe/datei") as answer:
        assert answer.status_code == 200
        answer.get_data()
        return answer


def test_a_member_saves_all_papers_of_a_meeting_in_one_file(
    member: OfficeClient, jobs: PacketJobs, meeting: int, tmp_path: Path
) -> None:
    page = member.get(f"/sitzungen/{meeting}/mappe")
    assert "nichtöffentliche Unterlagen" in text_of(page)
    assert faults_of(page) == []
    content = make(member, jobs, meeting)
    words = words_of(content, tmp_path, "-raw")
    for one in ("Sehr geehrte", "Ö 1 Haushalt", "Anlage Haushalt", f"Grund für {SECRET}"):
        assert one in words
    with pikepdf.open(BytesIO(content)) as pdf:
        assert [page.label for page in pdf.pages][-2:] == ["N 1-1", "N 1-2"]
    ready = member.get(f"/sitzungen/{meeting}/mappe")
    assert "Die Mappe ist fertig" in text_of(ready)
    assert faults_of(ready) == []
    answer = save(member, meeting)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Sitzungsmappe_2017-04-19.pdf" in answer.headers["Content-Disposition"]


def test_a_folder_named_from_where_the_program_was_started_is_found_again(
    clerk: OfficeClient,
    meeting: int,
    office_app: Flask,
    clock: Clock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    started = PacketJobs(Path("instance/mappen"), clock)
    office_app.extensions["packets"] = started
    assert make(clerk, started, meeting).startswith(b"%PDF-")


def test_nobody_else_gets_it(
    member: OfficeClient,
    stranger: OfficeClient,
    administrator: OfficeClient,
    office: OfficeClient,
    jobs: PacketJobs,
    meeting: int,
) -> None:
    make(member, jobs, meeting)
    for path in (f"/sitzungen/{meeting}/mappe", f"/sitzungen/{meeting}/mappe/datei"):
        assert stranger.get(path).status_code == 404
        assert administrator.get(path).status_code == 404
        assert office.get(path).status_code == 302


def test_who_leaves_early_gets_a_packet_that_ends_there(
    member: OfficeClient,
    clerk: OfficeClient,
    build: Builder,
    cast: Cast,
    jobs: PacketJobs,
    meeting: int,
    tmp_path: Path,
) -> None:
    whole = words_of(make(clerk, jobs, meeting), tmp_path)
    assert SECRET in whole
    build.session.rollback()
    first = build.session.scalars(select(AgendaItem).order_by(AgendaItem.id)).first()
    assert first is not None
    until = ((cast.committee, first.id),)
    version = build.version(Meeting, meeting)
    meetings.set_participation(build.session, build.actor, meeting, version, until, build.now)
    # The packet that was made for the office holds more than the member may read.
    assert member.get(f"/sitzungen/{meeting}/mappe/datei").status_code == 404
    words = words_of(make(member, jobs, meeting), tmp_path)
    assert "Haushalt" in words
    assert "Müller" not in words
    assert "Sehr geehrte" not in words  # the invitation holds the whole agenda
    assert "Bekanntmachung" in words


def test_a_packet_that_no_longer_fits_is_not_given_out(
    member: OfficeClient, build: Builder, jobs: PacketJobs, meeting: int
) -> None:
    make(member, jobs, meeting)
    build.session.rollback()
    paper = build.session.scalars(select(Paper).order_by(Paper.id)).first()
    assert paper is not None
    build.attach(paper.id, text="Nachgereicht")
    assert member.get(f"/sitzungen/{meeting}/mappe/datei").status_code == 404
    assert "Mappe zusammenstellen" in text_of(member.get(f"/sitzungen/{meeting}/mappe"))


def test_it_is_gone_after_half_an_hour(
    member: OfficeClient, clock: Clock, jobs: PacketJobs, meeting: int, tmp_path: Path
) -> None:
    make(member, jobs, meeting)
    (folder,) = (tmp_path / "mappen").iterdir()
    assert sorted(one.name for one in folder.iterdir()) == ["mappe.pdf", "state.json"]
    assert (tmp_path / "mappen").stat().st_mode & 0o077 == 0
    clock.advance(packet_jobs.KEPT + timedelta(seconds=1))
    assert member.get(f"/sitzungen/{meeting}/mappe/datei").status_code == 404
    assert list((tmp_path / "mappen").iterdir()) == []


def test_the_page_shows_how_far_it_is_and_needs_no_script(
    member: OfficeClient,
    jobs: PacketJobs,
    meeting: int,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hold, reached = Event(), Event()

    def slow(
        packet: object, folder: Path, report: Callable[[str, int, int], None]
    ) -> tuple[int, int]:
        report("files", 1, 2)
        reached.set()
        assert hold.wait(20)
        (folder / "mappe.pdf").write_bytes(b"%PDF-")
        return 1, 1

    monkeypatch.setattr(packet_jobs, "build_apart", slow)
    member.submit(f"/sitzungen/{meeting}/mappe")
    assert reached.wait(20)
    page = member.get(f"/sitzungen/{meeting}/mappe")
    html = page.get_data(as_text=True)
    assert '<noscript><meta http-equiv="refresh"' in html
    assert 'value="41" max="100"' in html
    assert "Die Unterlagen werden geprüft." in text_of(page)
    assert faults_of(page) == []
    assert member.get(f"/sitzungen/{meeting}/mappe/datei").status_code == 404
    clock.advance(packet_jobs.DEAD_AFTER + timedelta(seconds=1))  # as if the program had ended
    assert "Mappe zusammenstellen" in text_of(member.get(f"/sitzungen/{meeting}/mappe"))
    hold.set()
    jobs.wait()


def test_a_packet_that_fails_says_so_and_can_be_tried_again(
    member: OfficeClient, jobs: PacketJobs, meeting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(packet_jobs, "build_apart", lambda *_: 1 / 0)
        member.submit(f"/sitzungen/{meeting}/mappe")
        jobs.wait()
    page = member.get(f"/sitzungen/{meeting}/mappe")
    assert "ließ sich nicht zusammenstellen" in text_of(page)
    assert faults_of(page) == []
    assert make(member, jobs, meeting).startswith(b"%PDF-")


def test_a_full_house_and_a_full_disk_are_told(
    member: OfficeClient, jobs: PacketJobs, meeting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/sitzungen/{meeting}/mappe"
    with monkeypatch.context() as full:
        full.setattr(packet_jobs, "MOST_WAITING", -1)
        member.submit(path)
        assert "in einigen Minuten erneut" in text_of(member.get(path))
    monkeypatch.setattr(packet_jobs, "COPIES", 10**18)
    member.submit(path)
    assert "fehlt der Platz" in text_of(member.get(path))


def test_an_attachment_that_is_no_sound_pdf_is_named_and_the_rest_comes_along(
    member: OfficeClient, build: Builder, jobs: PacketJobs, meeting: int, tmp_path: Path
) -> None:
    build.session.rollback()
    file = build.session.scalars(select(Attachment).order_by(Attachment.id)).first()
    assert file is not None
    # What no upload lets in, but an older record may hold.
    blob = build.session.get_one(Blob, file.sha512)
    blob.content = b"%PDF-1.7 abgebrochen"
    build.session.commit()
    words = words_of(make(member, jobs, meeting), tmp_path, "-raw")
    assert "Anlage Haushalt nicht enthalten: beschädigt, lässt sich nicht öffnen" in words
    assert f"Anlage {SECRET}" in words


def test_the_order_is_that_of_the_call_and_a_file_comes_along_once(
    clerk: OfficeClient, build: Builder, cast: Cast, jobs: PacketJobs, meeting: int, tmp_path: Path
) -> None:
    build.session.rollback()
    items = build.session.scalars(select(AgendaItem).order_by(AgendaItem.id)).all()
    for place, item in zip((2, 1), items, strict=True):
        item.called_position = place
    build.session.commit()
    step = papers.Step(cast.committee, items[0].consultations[0].role)
    paper = items[0].consultations[0].paper_id
    again = papers.add_step(build.session, build.actor, paper, step, build.now)
    build.session.get_one(AgendaItem, items[1].id).consultations.append(
        build.session.get_one(type(items[0].consultations[0]), again)
    )
    build.session.commit()
    content = make(clerk, jobs, meeting)
    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_outline() as outline:
        titles = [(one.title, len(one.children)) for one in outline.root][2:]
    assert titles == [(f"N 1 {SECRET}", 2), ("Ö 1 Haushalt", 0)]
    assert "Anlage Haushalt nicht enthalten: liegt bei N 1" in words_of(content, tmp_path, "-raw")


def test_a_planned_meeting_has_a_packet_for_the_office_alone(
    clerk: OfficeClient, member: OfficeClient, build: Builder, cast: Cast, jobs: PacketJobs
) -> None:
    made = build.meeting(cast.committee)
    build.item(made, "Eröffnung")
    assert member.get(f"/sitzungen/{made}/mappe").status_code == 404
    with pikepdf.open(BytesIO(make(clerk, jobs, made))) as pdf:
        assert [page.label for page in pdf.pages] == ["Mappe-1"]


def test_the_pages_of_the_meeting_lead_there(
    clerk: OfficeClient, member: OfficeClient, meeting: int
) -> None:
    for client in (clerk, member):
        assert f"/sitzungen/{meeting}/mappe" in client.get(f"/sitzungen/{meeting}").text
