"""The pages of resolutions: a meeting's, one alone, its wording, and mistakes."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.database import statement_counter
from sitzungsdienst.law.values import Part
from sitzungsdienst.office.database import db
from sitzungsdienst.record.bodies import Body
from sitzungsdienst.record.meetings import AgendaItem
from sitzungsdienst.record.people import Membership
from sitzungsdienst.record.proceedings import BallotOutcome, Decision
from sitzungsdienst.record.resolutions import Resolution
from tests.support.browser import OfficeClient, text_of
from tests.support.cast import Cast
from tests.support.filled import fields_of, fill
from tests.support.planning import error_at, faults_of
from tests.support.resolved import LATER, PROPOSED, SECRET, Resolved


@pytest.fixture
def now() -> datetime:
    """After the meeting."""
    return LATER


@pytest.fixture
def resolved(session: Session, cast: Cast) -> Resolved:
    return Resolved.of(session, cast)


@pytest.fixture
def page(resolved: Resolved) -> str:
    return f"/sitzungen/{resolved.meeting}/beschluesse"


def numbers(resolved: Resolved) -> list[tuple[int, str]]:
    session = resolved.build.session
    session.rollback()
    rows = session.scalars(select(Resolution).order_by(Resolution.id))
    return [(one.agenda_item_id, one.number) for one in rows]


# --- A meeting's resolutions


def test_the_page_proposes_what_was_decided_and_numbers_it_with_one_button(
    clerk: OfficeClient, resolved: Resolved, page: str
) -> None:
    shown = clerk.get(page)
    assert faults_of(shown) == []
    text = text_of(shown)
    assert "Ö 1 Konzept ungeändert beschlossen" in text
    assert "Ö 2 Zuschüsse abgelehnt" in text
    assert f"N 1 {SECRET} nichtöffentlich ungeändert beschlossen" in text
    assert "Ö 3 Bericht zur Kenntnis genommen" not in text
    assert fill(clerk, page).location == page
    assert numbers(resolved) == [
        (resolved.concept, "1/2017"), (resolved.rejected, "2/2017"), (resolved.secret, "3/2017"),
    ]  # fmt: skip
    after = clerk.get(page)
    assert faults_of(after) == []
    assert "Zu allem, was entschieden ist, gibt es einen Beschluss." in text_of(after)
    assert SECRET not in clerk.get("/").headers.get("Set-Cookie", "")


def test_what_is_not_chosen_gets_no_number(
    clerk: OfficeClient, resolved: Resolved, page: str
) -> None:
    sent = fields_of(clerk.get(page))
    del sent["rows-0-chosen"]
    assert clerk.post(page, data=sent).status_code == 303
    assert numbers(resolved) == [(resolved.rejected, "1/2017"), (resolved.secret, "2/2017")]
    for name in [one for one in sent if one.endswith("-chosen")]:
        del sent[name]
    answer = clerk.post(page, data=sent)
    assert answer.status_code == 422
    assert "Bitte wählen Sie aus" in text_of(answer)


def test_a_historic_number_is_typed_and_a_wrong_one_refused_where_it_stands(
    clerk: OfficeClient, resolved: Resolved, page: str
) -> None:
    typed = {"rows-0-number": "084/20/2007", "rows-1-number": "084/20/2007"}
    answer = fill(clerk, page, **typed)
    assert answer.status_code == 422
    assert "schon vergeben" in error_at(answer, "rows-1-number")
    assert fields_of(answer)["rows-0-number"] == ["084/20/2007"]
    assert numbers(resolved) == []
    fill(clerk, page, **{"rows-0-number": "084/20/2007"})
    assert numbers(resolved)[0] == (resolved.concept, "084/20/2007")


def test_what_the_pattern_lacks_is_told_and_not_chosen(
    clerk: OfficeClient, resolved: Resolved, session: Session, cast: Cast, page: str
) -> None:
    session.get_one(Body, cast.boerde).resolution_number_pattern = "{paper}"
    session.commit()
    shown = clerk.get(page)
    assert text_of(shown).count("Für das Muster fehlt: Vorlagennummer.") == 2
    assert fill(clerk, page).status_code == 303
    assert [item for item, _ in numbers(resolved)] == [resolved.concept]


def test_an_office_that_types_its_numbers_is_asked_for_them(
    clerk: OfficeClient, session: Session, cast: Cast, page: str
) -> None:
    session.get_one(Body, cast.boerde).resolution_number_pattern = ""
    session.commit()
    sent = fields_of(clerk.get(page)) | {"rows-0-chosen": "y"}
    answer = clerk.post(page, data=sent)
    assert "Bitte geben Sie die Nummer" in error_at(answer, "rows-0-number")


def test_two_tabs_do_not_number_twice(clerk: OfficeClient, resolved: Resolved, page: str) -> None:
    sent = fields_of(clerk.get(page))
    assert clerk.post(page, data=sent).status_code == 303
    answer = clerk.post(page, data=sent)
    assert answer.status_code == 422
    assert faults_of(answer) == []
    assert len(numbers(resolved)) == 3


def test_a_planned_meeting_has_nothing_to_number(clerk: OfficeClient, resolved: Resolved) -> None:
    planned = resolved.build.meeting(1)
    shown = clerk.get(f"/sitzungen/{planned}/beschluesse")
    assert "Noch nichts zu nummerieren" in text_of(shown)
    assert faults_of(shown) == []


def test_old_meetings_are_found_and_taken_over(
    clerk: OfficeClient, resolved: Resolved, page: str
) -> None:
    resolved.build.sign(resolved.meeting, approve=True)
    assert "In 1 Sitzung sind entschiedene Punkte" in text_of(clerk.get("/beschluesse"))
    listed = clerk.get("/beschluesse/ohne-nummer")
    assert faults_of(listed) == []
    assert page in listed.get_data(as_text=True)
    assert fill(clerk, page).status_code == 303
    assert "Zu allem, was entschieden ist" in text_of(clerk.get("/beschluesse/ohne-nummer"))
    assert "einzeln anlegen" not in text_of(clerk.get(page))


def test_a_vote_without_a_recorded_decision_waits_too(
    clerk: OfficeClient, resolved: Resolved, cast: Cast
) -> None:
    resolved.number(resolved.concept, resolved.rejected, resolved.secret)
    meeting = resolved.build.meeting(1)
    item = resolved.build.item(meeting, "Nur abgestimmt")
    resolved.build.summon(meeting)
    assert "Zu allem, was entschieden ist" in text_of(clerk.get("/beschluesse/ohne-nummer"))
    resolved.build.present(meeting, cast.nehring)
    resolved.build.vote(item, outcome=BallotOutcome.ACCEPTED, result_text="einstimmig")
    assert f"/sitzungen/{meeting}/beschluesse" in clerk.get("/beschluesse/ohne-nummer").get_data(
        as_text=True
    )


def test_the_page_costs_few_statements_however_long_the_agenda(
    office_app: Flask, clerk: OfficeClient, resolved: Resolved, page: str
) -> None:
    resolved.number(resolved.concept, resolved.rejected)
    with office_app.app_context(), statement_counter(db.engine) as count:
        assert clerk.get(page).status_code == 200
    assert len(count.seen) < 25


# --- One resolution


def test_a_resolution_shows_everything_in_one_place(
    clerk: OfficeClient, resolved: Resolved
) -> None:
    (made,) = resolved.number(resolved.concept)
    shown = clerk.get(f"/beschluesse/{made}")
    assert faults_of(shown) == []
    text = text_of(shown)
    for told in (
        "Beschluss 1/2017", "ungeändert beschlossen", PROPOSED, "Amt für Integration",
        "Mi, 19.04.2017, ordentliche Sitzung", "Ö 1", "noch nicht begonnen", "Vorläufig",
        "Beschlüsse nummeriert", "Sabine Krüger",
    ):  # fmt: skip
        assert told in text, told


def test_the_items_page_leads_to_its_resolutions(clerk: OfficeClient, resolved: Resolved) -> None:
    path = f"/punkte/{resolved.concept}/beratung"
    assert "noch keinen Beschluss mit Nummer" in text_of(clerk.get(path))
    (made,) = resolved.number(resolved.concept)
    assert f"/beschluesse/{made}" in clerk.get(path).get_data(as_text=True)


def test_a_further_resolution_is_added_by_hand(clerk: OfficeClient, resolved: Resolved) -> None:
    path = f"/punkte/{resolved.concept}/beschluesse/neu"
    shown = clerk.get(path)
    assert faults_of(shown) == []
    assert fields_of(shown)["text_adopted"] == [PROPOSED]
    assert error_at(fill(clerk, path, subject=""), "subject")
    answer = fill(clerk, path, subject="Zweitens", decision="adopted_changed", number="B 7")
    row = resolved.row(int(answer.location.rsplit("/", 1)[1]))
    assert (row.number, row.subject, row.decision) == ("B 7", "Zweitens", Decision.ADOPTED_CHANGED)
    again = fill(clerk, path, number="B 7")
    assert "schon vergeben" in error_at(again, "number")


def test_the_form_proposes_what_the_public_may_hear_the_item_called(
    clerk: OfficeClient, resolved: Resolved
) -> None:
    item = resolved.build.session.get_one(AgendaItem, resolved.secret)
    assert item.treatment is not None
    item.public_title, item.treatment.treated_part = "Grundstückssache", Part.PUBLIC
    resolved.build.session.commit()
    path = f"/punkte/{resolved.secret}/beschluesse/neu"
    assert fields_of(clerk.get(path))["subject"] == ["Grundstückssache"]
    refused = fill(clerk, path, subject="Kauf von Herrn Meier", decision="adopted")
    assert "nichtöffentlichen Tagesordnung" in error_at(refused, "subject")


def test_the_wording_is_changed_and_a_second_tab_sees_both(
    clerk: OfficeClient, resolved: Resolved
) -> None:
    (made,) = resolved.number(resolved.concept)
    path = f"/beschluesse/{made}/wortlaut"
    stale = fields_of(clerk.get(path))
    assert fill(clerk, path, text_adopted="Neu gefasst.").status_code == 303
    assert resolved.row(made).text_adopted == "Neu gefasst."
    conflict = clerk.post(path, data=stale | {"text_adopted": "Anders gefasst."})
    assert conflict.status_code == 409
    assert "Neu gefasst." in text_of(conflict)
    assert "Anders gefasst." in conflict.get_data(as_text=True)


def test_a_signed_wording_stands(clerk: OfficeClient, resolved: Resolved) -> None:
    (made,) = resolved.number(resolved.concept)
    path = f"/beschluesse/{made}/wortlaut"
    sent = fields_of(clerk.get(path))
    resolved.build.sign(resolved.meeting)
    answer = clerk.post(path, data=sent | {"text_adopted": "Neu."})
    assert answer.status_code == 422
    assert "unterzeichnet" in text_of(answer)
    assert "Neu." in answer.get_data(as_text=True)
    assert "Wortlaut bearbeiten" not in text_of(clerk.get(f"/beschluesse/{made}"))


def test_what_the_record_says_otherwise_is_told_and_taken_over(
    clerk: OfficeClient, resolved: Resolved
) -> None:
    (made,) = resolved.number(resolved.concept)
    here = f"/beschluesse/{made}"
    fill(clerk, f"/punkte/{resolved.concept}/beratung", resolution_text="Mit Änderung.")
    assert "weicht von dem ab" in text_of(clerk.get(here))
    assert "weicht von der Beratung ab" in text_of(
        clerk.get(f"/sitzungen/{resolved.meeting}/beschluesse")
    )
    version = str(resolved.row(made).version)
    sent = {"version": version}
    assert clerk.submit(f"{here}/abgleich", sent, page=here).status_code == 303
    assert resolved.row(made).text_adopted == "Mit Änderung."
    assert clerk.submit(f"{here}/abgleich", sent, page=here).status_code == 409


# --- Mistakes


def test_only_the_last_number_is_removed(clerk: OfficeClient, resolved: Resolved) -> None:
    first, second = resolved.number(resolved.concept, resolved.rejected)
    path = f"/beschluesse/{first}/entfernung"
    assert "weitere Nummern vergeben" in text_of(fill(clerk, path))
    path = f"/beschluesse/{second}/entfernung"
    assert fill(clerk, path).location == f"/sitzungen/{resolved.meeting}/beschluesse"
    assert numbers(resolved) == [(resolved.concept, "1/2017")]


def test_what_stays_is_marked_with_its_reason_and_back(
    clerk: OfficeClient, resolved: Resolved
) -> None:
    (made,) = resolved.number(resolved.concept)
    here = f"/beschluesse/{made}"
    path = f"{here}/ungueltig"
    assert error_at(fill(clerk, path), "reason")
    assert fill(clerk, path, reason="Doppelt erfasst").status_code == 303
    text = text_of(clerk.get(here))
    assert "Am 02.05.2017 vermerkt: Doppelt erfasst" in text
    assert "Als erledigt vermerken" not in text
    sent = {"version": str(resolved.row(made).version)}
    assert clerk.submit(f"{here}/gueltig", sent, page=here).status_code == 303
    assert not resolved.row(made).void
    assert clerk.submit(f"{here}/gueltig", sent, page=here).status_code == 409


# --- Who reads


def test_members_read_the_resolutions_of_their_meetings_and_nothing_internal(
    member: OfficeClient, resolved: Resolved, session: Session
) -> None:
    concept, secret = resolved.number(resolved.concept, resolved.secret)
    session.get_one(Resolution, concept).internal_note = "Streng intern"
    session.commit()
    listed = member.get("/beschluesse")
    assert faults_of(listed) == []
    assert SECRET in text_of(listed)
    for made in (concept, secret):
        shown = member.get(f"/beschluesse/{made}")
        assert faults_of(shown) == []
        text = text_of(shown)
        for kept in ("Streng intern", "Verlauf", "Wiedervorlage", "bearbeiten", "vermerken"):
            assert kept not in text


def test_members_do_not_read_what_is_void_or_off_the_agenda(
    member: OfficeClient, resolved: Resolved, session: Session
) -> None:
    concept, rejected = resolved.number(resolved.concept, resolved.rejected)
    session.get_one(Resolution, concept).agenda_item.removed_at = LATER
    void = session.get_one(Resolution, rejected)
    void.voided_on, void.void_reason = LATER.date(), "Irrtum"
    session.commit()
    for made in (concept, rejected):
        assert member.get(f"/beschluesse/{made}").status_code == 404
    assert "Hier stehen die Beschlüsse Ihrer Sitzungen." in text_of(member.get("/beschluesse"))


def test_who_left_the_committee_before_reads_nothing_of_it(
    member: OfficeClient, resolved: Resolved, session: Session
) -> None:
    (made,) = resolved.number(resolved.concept)
    assert member.get(f"/beschluesse/{made}").status_code == 200
    seat = session.scalars(select(Membership)).one()
    seat.end_date = datetime(2017, 4, 18, tzinfo=LATER.tzinfo).date()
    session.commit()
    assert member.get(f"/beschluesse/{made}").status_code == 404


def test_another_bodys_clerk_finds_nothing(stranger: OfficeClient, resolved: Resolved) -> None:
    (made,) = resolved.number(resolved.concept)
    paths = [
        f"/sitzungen/{resolved.meeting}/beschluesse",
        f"/punkte/{resolved.concept}/beschluesse/neu",
        *(
            f"/beschluesse/{made}{rest}"
            for rest in (
                "", "/wortlaut", "/entfernung", "/ungueltig", "/bekanntgabe", "/bekannt-gegeben",
                "/bekanntgabe/ruecknahme", "/umsetzung", "/erledigung", "/verzicht",
                "/wiederaufnahme", "/berichte/neu",
            )
        ),
    ]  # fmt: skip
    for path in paths:
        assert stranger.get(path).status_code == 404, path
    page = text_of(stranger.get("/beschluesse"))
    assert "Konzept" not in page
    token = stranger.token("/beschluesse/bekanntgabe")
    for rest in ("abgleich", "gueltig", "stand", "wiedervorlagen", "wiedervorlagen/1/erledigung"):
        answer = stranger.post(f"/beschluesse/{made}/{rest}", data={"csrf_token": token})
        assert answer.status_code == 404, rest


def test_members_change_nothing(member: OfficeClient, resolved: Resolved) -> None:
    (made,) = resolved.number(resolved.concept)
    for path in (
        f"/sitzungen/{resolved.meeting}/beschluesse", f"/beschluesse/{made}/umsetzung",
        "/beschluesse/bekanntgabe", "/beschluesse/wiedervorlagen", "/beschluesse/ohne-nummer",
    ):  # fmt: skip
        assert member.get(path).status_code == 404, path


def test_the_meeting_tells_what_waits_for_a_number(clerk: OfficeClient, resolved: Resolved) -> None:
    path = f"/sitzungen/{resolved.meeting}"
    assert "Beschlüsse 3 noch ohne Nummer. offen" in text_of(clerk.get(path))
    resolved.number(resolved.concept)
    assert "Beschlüsse 1 nummeriert, 2 noch ohne Nummer. offen" in text_of(clerk.get(path))
    resolved.number(resolved.rejected, resolved.secret)
    assert "Beschlüsse 3 nummeriert. erledigt" in text_of(clerk.get(path))
