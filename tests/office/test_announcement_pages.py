"""The pages of announcing non-public resolutions."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.acts.announcements import ITEM_TITLE
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.resolutions import Announcement
from tests.conftest import Clock
from tests.support import cast as people
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.planning import error_at, faults_of
from tests.support.resolved import LATER, SECRET, Resolved

LIST = "/beschluesse/bekanntgabe"
JUNE = datetime(2017, 6, 14, 15, tzinfo=UTC)
WORDS = "Ein Grundstück wird gekauft."


@pytest.fixture
def now() -> datetime:
    """After the meeting."""
    return LATER


@pytest.fixture
def resolved(session: Session, cast: Cast) -> Resolved:
    return Resolved.of(session, cast)


@pytest.fixture
def secret(resolved: Resolved) -> int:
    """The resolution on N 1."""
    return resolved.number(resolved.secret)[0]


def told(clerk: OfficeClient, secret: int) -> None:
    """Say what the public is to hear."""
    path = f"/beschluesse/{secret}/bekanntgabe"
    answer = fill(clerk, path, announcement="owed", announced_text=WORDS)
    assert answer.status_code == 303


def held(resolved: Resolved, cast: Cast) -> int:
    """A summoned meeting in June with the item for announcing; gives the item's id."""
    meeting = resolved.build.meeting(cast.committee, start=JUNE)
    item = resolved.build.item(meeting, ITEM_TITLE)
    resolved.build.summon(meeting)
    return item


def test_what_is_owed_is_listed_with_its_meeting_and_since_when(
    clerk: OfficeClient, resolved: Resolved, secret: int
) -> None:
    resolved.number(resolved.concept)
    page = clerk.get(LIST)
    assert faults_of(page) == []
    text = text_of(page)
    assert SECRET in text
    assert "Konzept" not in text
    assert "19.04.2017 , seit 13 Tagen offen" in text.replace("19.04.2017,", "19.04.2017 ,")
    assert "noch keine weitere Sitzung geplant" in text
    assert "1 nichtöffentlicher Beschluss ist noch bekannt zu geben" in text_of(clerk.get("/"))


def test_one_click_puts_the_item_on_the_next_agenda(
    clerk: OfficeClient, resolved: Resolved, cast: Cast, secret: int
) -> None:
    resolved.build.meeting(cast.committee, start=datetime(2017, 9, 6, 15, tzinfo=UTC))
    meeting = resolved.build.meeting(cast.committee, start=JUNE)
    page = clerk.get(LIST)
    assert f"/sitzungen/{meeting}/bekanntgabe" in page.get_data(as_text=True)
    assert faults_of(page) == []
    for _ in range(2):
        answer = clerk.submit(f"/sitzungen/{meeting}/bekanntgabe", page=LIST)
        assert answer.status_code == 303
    resolved.build.session.rollback()
    items = resolved.build.session.get_one(Meeting, meeting).agenda
    assert [(one.title, one.part) for one in items] == [(ITEM_TITLE, Part.PUBLIC)]
    text = text_of(clerk.get(LIST))
    assert "steht auf der Tagesordnung" in text
    assert "TOP zur Bekanntgabe aufnehmen" not in text


def test_an_item_that_cannot_be_added_any_more_is_refused_in_words(
    clerk: OfficeClient, resolved: Resolved, secret: int
) -> None:
    answer = clerk.submit(f"/sitzungen/{resolved.meeting}/bekanntgabe", page=LIST)
    assert answer.status_code == 303
    shown = text_of(clerk.get(answer.location))
    assert (
        "kern-alert--warning" in clerk.get(LIST).get_data(as_text=True) or "Tagesordnung" in shown
    )


def test_the_words_for_the_public_or_a_reason_are_kept(
    clerk: OfficeClient, resolved: Resolved, secret: int
) -> None:
    path = f"/beschluesse/{secret}/bekanntgabe"
    page = clerk.get(path)
    assert faults_of(page) == []
    stale = fields_of(page)
    withheld = fill(clerk, path, announcement="withheld", announced_text="getippt")
    assert error_at(withheld, "announcement_reason")
    assert "getippt" in withheld.get_data(as_text=True)
    fill(clerk, path, announcement="withheld", announcement_reason="Interessen Einzelner")
    assert resolved.row(secret).announcement is Announcement.WITHHELD
    assert "Es ist nichts bekannt zu geben." in text_of(clerk.get(LIST))
    conflict = clerk.post(path, data=stale | {"announced_text": "anders"})
    assert conflict.status_code == 409
    assert "Interessen Einzelner" in text_of(conflict)


def test_several_are_noted_as_announced_in_one_item(
    clerk: OfficeClient, resolved: Resolved, cast: Cast, secret: int, clock: Clock
) -> None:
    item = held(resolved, cast)
    assert "noch keine spätere Sitzung" in text_of(clerk.get(LIST)), "June has not come yet"
    told(clerk, secret)
    clock.moment = datetime(2017, 6, 15, 8, tzinfo=UTC)
    clerk.sign_in(people.CLERK, people.PASSWORD)
    page = clerk.get(LIST)
    assert faults_of(page) == []
    nothing = clerk.submit(LIST, {"item_id": str(item)})
    assert "Bitte wählen Sie aus" in text_of(nothing)
    lacking = clerk.submit(LIST, {"resolution_ids": str(secret)})
    assert error_at(lacking, "item_id")
    assert "checked" in lacking.get_data(as_text=True)
    assert faults_of(lacking) == []
    sent = {"item_id": str(item), "resolution_ids": str(secret)}
    assert clerk.submit(LIST, sent).status_code == 303
    row = resolved.row(secret)
    assert (row.announced_item_id, row.announced_on) == (item, date(2017, 6, 14))
    shown = clerk.get(f"/beschluesse/{secret}")
    assert faults_of(shown) == []
    assert "bekannt gegeben" in text_of(shown)
    assert "Bekanntgabe von Beschlüssen vermerkt" in text_of(shown), "told in its history"


def test_one_is_noted_as_announced_in_another_way_and_taken_back(
    clerk: OfficeClient, resolved: Resolved, secret: int
) -> None:
    path = f"/beschluesse/{secret}/bekannt-gegeben"
    page = clerk.get(path)
    assert faults_of(page) == []
    assert "Der Wortlaut der Bekanntgabe fehlt" in text_of(page)
    assert "fehlt der Wortlaut" in text_of(fill(clerk, path))
    told(clerk, secret)
    assert error_at(fill(clerk, path, announced_on="2017-04-18"), "announced_on")
    assert error_at(fill(clerk, path, announced_on="2017-05-03"), "announced_on")
    assert fill(clerk, path, announced_on="2017-04-20").status_code == 303
    assert resolved.row(secret).announced_on == date(2017, 4, 20)
    back = f"/beschluesse/{secret}/bekanntgabe/ruecknahme"
    assert fill(clerk, back).status_code == 303
    assert resolved.row(secret).announcement is Announcement.OWED


def test_members_see_how_the_announcement_stands_but_not_why(
    clerk: OfficeClient, member: OfficeClient, secret: int
) -> None:
    path = f"/beschluesse/{secret}/bekanntgabe"
    fill(clerk, path, announcement="withheld", announcement_reason="Interessen Einzelner")
    text = text_of(member.get(f"/beschluesse/{secret}"))
    assert "wird nicht bekannt gegeben" in text
    assert "Interessen Einzelner" not in text
