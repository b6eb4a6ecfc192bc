"""Papers are found by words in their attachments, by whom these may be read and nobody else."""

import io
import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import attachments, people
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.attachments import AttachmentFacts, Upload
from sitzungsdienst.record.accounts import OfficeUser, UserRole
from sitzungsdienst.record.papers import Attachment, Consultation
from sitzungsdienst.record.people import Membership, MembershipRole
from tests.conftest import Clock
from tests.support import cast as people_of_tests
from tests.support.browser import OfficeClient, text_of
from tests.support.builders import pdf
from tests.support.cast import PASSWORD_HASH, Cast
from tests.support.planning import START, Planner, faults_of
from tests.support.statements import Asked, counter

SECRET = "Altlastenverdacht"


@pytest.fixture
def plan(session: Session, cast: Cast, clock: Clock) -> Planner:
    return Planner(session, cast.boerde, cast.committee, clock.moment)


def attach(plan: Planner, paper: int, text: str, name: str = "Gutachten") -> int:
    facts = AttachmentFacts(name=name)
    upload = Upload(f"{name}.pdf", pdf(text))
    return attachments.attach(plan.session, plan.actor, paper, upload, facts, plan.now)


def paper(plan: Planner, reference: str = "2017/9", title: str = "Sanierung", *, step: bool = False
) -> int:  # fmt: skip
    """A paper with a step before the committee; gives the paper's id, or the step's."""
    made = plan.paper(reference, title, public=False)
    return made if step else plan.session.get_one(Consultation, made).paper_id


@pytest.fixture
def called(plan: Planner) -> int:
    """A summoned paper with an attachment in which the secret stands."""
    step = paper(plan, step=True)
    made = plan.session.get_one(Consultation, step).paper_id
    attach(plan, made, f"Es besteht {SECRET} an der Straße")
    meeting = plan.meeting()
    plan.item(meeting, "Sanierung", steps=(step,))
    plan.summon(meeting)
    return made


def found(client: OfficeClient, words: str) -> str:
    page = client.get("/vorlagen", query_string={"suche": words})
    assert page.status_code == 200
    assert faults_of(page) == []
    return page.text


@pytest.mark.parametrize(
    "words", [SECRET, SECRET.upper(), "altlasten", "strasse", "STRAßE", f"sanierung {SECRET}",
              f"2017/9 straße {SECRET}"],
)  # fmt: skip
def test_a_paper_is_found_by_words_of_its_attachment(
    clerk: OfficeClient, called: int, words: str
) -> None:
    page = found(clerk, words)
    assert "1 Vorlage zu Ihrer Auswahl" in page
    assert "in der Anlage" in page
    assert "»Gutachten«" in page
    assert called


def test_the_found_word_is_marked_and_everything_escaped(
    clerk: OfficeClient, plan: Planner
) -> None:
    attach(plan, paper(plan), "Vor <b>Kosten</b> & danach", name="Plan <i>")
    page = found(clerk, "kosten")
    assert '<mark class="sd-found__word">Kosten</mark>' in page
    assert "Vor &lt;b&gt;<mark" in page
    assert "»Plan &lt;i&gt;«" in page


def test_the_page_of_the_file_is_told(clerk: OfficeClient, plan: Planner) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for text in ("Deckblatt", "Lageplan", "Kostenschätzung"):
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    facts = AttachmentFacts(name="Bericht")
    upload = Upload("b.pdf", stream.getvalue())
    attachments.attach(plan.session, plan.actor, paper(plan), upload, facts, plan.now)
    text = " ".join(re.sub("<[^>]+>", "", found(clerk, "kostenschatzung")).split())
    assert "in der Anlage »Bericht«, Seite 3: … Kostenschätzung" in text


@pytest.mark.parametrize("words", ["es", "ni", "%", "_", "Altlasten fehlt", "Altlasten%verdacht"])
def test_short_words_and_signs_find_nothing_in_attachments(
    clerk: OfficeClient, called: int, words: str
) -> None:
    assert "in der Anlage" not in found(clerk, words)
    assert called


def test_a_member_finds_what_they_may_read(member: OfficeClient, called: int) -> None:
    page = found(member, SECRET)
    assert "1 Vorlage zu Ihrer Auswahl" in page
    assert f'<mark class="sd-found__word">{SECRET}</mark>' in page
    assert called


def without_what_was_typed(page: str, word: str) -> str:
    """The page but for the word in its form, and what is new in every answer."""
    plain = re.sub(r'(csrf_token" value=")[^"]*', r"\1", page)
    return re.sub(r'nonce="[^"]*"', "", plain).replace(word, "…")


@pytest.fixture
def outsider(session: Session, cast: Cast, plan: Planner, office_app: Flask) -> OfficeClient:
    """A member of another committee."""
    other = plan.found("Bauausschuss")
    actor = Actor.system(cast.boerde)
    person = people.create_person(
        session, actor, people.PersonFacts(family_name="Andere"), plan.now
    )
    seat = people.MembershipFacts(person_id=person, role=MembershipRole.MEMBER)
    people.add_membership(session, actor, other, seat, plan.now)
    session.add(
        OfficeUser(
            email="andere@kreistag.example", name="Andere", role=UserRole.MEMBER,
            body_id=cast.boerde, person_id=person, password_hash=PASSWORD_HASH,
            created_at=plan.now, modified_at=plan.now,
        )
    )  # fmt: skip
    session.commit()
    client = office_app.test_client()
    assert isinstance(client, OfficeClient)
    client.sign_in("andere@kreistag.example", people_of_tests.PASSWORD)
    return client


def test_a_member_of_another_committee_learns_nothing_by_a_hit(
    outsider: OfficeClient, called: int
) -> None:
    told = without_what_was_typed(found(outsider, SECRET), SECRET)
    assert told == without_what_was_typed(found(outsider, "Wortlosigkeiten"), "Wortlosigkeiten")
    assert called


def test_the_clerk_of_another_body_learns_nothing_by_a_hit(
    stranger: OfficeClient, called: int
) -> None:
    told = without_what_was_typed(found(stranger, SECRET), SECRET)
    assert told == without_what_was_typed(found(stranger, "Wortlosigkeiten"), "Wortlosigkeiten")
    assert called


def test_a_member_finds_nothing_before_the_summons_and_nothing_after_they_left(
    member: OfficeClient, plan: Planner, called: int
) -> None:
    draft = paper(plan, "2017/10", "Entwurf")
    attach(plan, draft, "Bodengutachten im Entwurf")
    assert "in der Anlage" not in found(member, "bodengutachten")
    seat = plan.session.scalars(select(Membership)).one()
    seat.end_date = (START - timedelta(days=1)).date()
    plan.session.commit()
    assert "in der Anlage" not in found(member, SECRET)
    assert called


def test_the_same_bytes_on_another_paper_open_nothing(
    outsider: OfficeClient, member: OfficeClient, plan: Planner, called: int
) -> None:
    """Words lie under the bytes' hash; who reads them is decided by the attachment."""
    hidden = paper(plan, "2017/11", "Verborgen")
    attach(plan, hidden, f"Es besteht {SECRET} an der Straße", name="Dieselbe")
    page = found(member, SECRET)
    assert "»Gutachten«" in page
    assert "»Dieselbe«" not in page
    assert "in der Anlage" not in found(outsider, SECRET)
    assert called


def test_a_removed_attachment_is_not_found_any_more(clerk: OfficeClient, plan: Planner) -> None:
    made = attach(plan, paper(plan), "Flurkarte")
    assert "in der Anlage" in found(clerk, "flurkarte")
    plan.session.rollback()
    version = plan.session.get_one(Attachment, made).version
    attachments.remove_attachment(plan.session, plan.actor, made, version, plan.now)
    assert "0 Vorlagen" in found(clerk, "flurkarte")


def test_many_hits_cost_no_more_statements(
    clerk: OfficeClient, plan: Planner, office_app: Flask
) -> None:
    asked: Asked = counter(office_app)
    attach(plan, paper(plan), "Radwegekonzept eins")
    few = asked(clerk, "/vorlagen?suche=radwegekonzept")
    for number in range(5):
        made = paper(plan, f"2017/5{number}", "Weg")
        attach(plan, made, f"Radwegekonzept {number}")
    assert asked(clerk, "/vorlagen?suche=radwegekonzept") == few


def upload(client: OfficeClient, paper_id: int, content: bytes) -> str:
    data = {"file": (io.BytesIO(content), "Anlage.pdf"), "name": "Anlage", "public": "False"}
    page = client.submit(
        f"/vorlagen/{paper_id}/anlagen/neu", data=data, content_type="multipart/form-data",
        follow_redirects=True,
    )  # fmt: skip
    return text_of(page)


def test_the_clerk_is_told_of_a_scan(clerk: OfficeClient, plan: Planner) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()
    told = upload(clerk, paper(plan), stream.getvalue())
    assert "Die Anlage ist gespeichert." in told
    assert "Kein durchsuchbarer Text gefunden: vermutlich ein Scan." in told
    assert "ohne durchsuchbaren Text" in told


def test_the_clerk_is_told_nothing_where_words_were_found(
    clerk: OfficeClient, plan: Planner
) -> None:
    told = upload(clerk, paper(plan), pdf("Lesbar"))
    assert "Die Anlage ist gespeichert." in told
    assert "durchsuchbar" not in told


def test_members_are_not_told_what_is_missing(
    member: OfficeClient, plan: Planner, now: datetime
) -> None:
    step = paper(plan, step=True)
    made = plan.session.get_one(Consultation, step).paper_id
    attach(plan, made, " ")
    meeting = plan.meeting()
    plan.item(meeting, "Sanierung", steps=(step,))
    plan.summon(meeting)
    assert "durchsuchbar" not in member.get(f"/vorlagen/{made}").text
    assert now
