"""Releases: what goes out, what stays in, and what a second release keeps and replaces."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from sitzungsdienst.acts import agenda, papers, releases
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.meetings import announce_meeting, cancel_meeting
from sitzungsdienst.acts.minutes import sign_minutes, unsign_minutes
from sitzungsdienst.law.values import Part
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import (
    PublicAgendaItem,
    PublicConsultation,
    PublicFile,
    PublicMeeting,
    PublicPaper,
)
from sitzungsdienst.record.meetings import AgendaItem, Disclosure, Meeting
from sitzungsdienst.record.minutes import Minutes
from sitzungsdienst.record.papers import Paper
from sitzungsdienst.record.proceedings import BallotKind, BallotOutcome, Choice
from tests.support.builders import AFTERWARDS, Builder, held_chapter, planned_chapter


def reader(session: Session) -> Reader:
    session.rollback()
    return Reader(session.connection())


def agenda_of(session: Session, meeting: int) -> list[PublicAgendaItem]:
    """The public agenda, in order."""
    uid = session.get_one(Meeting, meeting).uid
    return [one.living for one in reader(session).children(PublicAgendaItem, [uid])[uid]]


def test_nothing_is_public_before_a_release(build: Builder) -> None:
    planned_chapter(build)
    assert reader(build.session).founded() is None


def test_an_announcement_holds_no_agenda_and_no_status(build: Builder) -> None:
    chapter = planned_chapter(build)
    version = build.version(Meeting, chapter.meeting)
    announce_meeting(build.session, build.actor, chapter.meeting, version, build.now)
    assert agenda_of(build.session, chapter.meeting) == []
    (meeting,) = reader(build.session).listing(PublicMeeting)
    assert (meeting.living.meeting_state, meeting.living.publicity) == ("terminiert", "")


def test_hidden_items_are_missing_and_neutral_ones_bear_their_neutral_title(
    build: Builder,
) -> None:
    chapter = planned_chapter(build)
    build.summon(chapter.meeting, chapter.paper)
    found = agenda_of(build.session, chapter.meeting)
    assert [(one.number, one.name, one.public) for one in found] == [
        ("Ö 1", "Eröffnung", True),
        ("Ö 2", "Richtlinie", True),
        ("N 1", "Grundstückssache", False),
    ]


def test_a_nonpublic_item_never_points_to_a_paper(build: Builder) -> None:
    chapter = held_chapter(build)
    found = agenda_of(build.session, chapter.meeting)
    assert [bool(one.consultation) for one in found] == [False, True, False]
    assert len(reader(build.session).listing(PublicPaper)) == 1


def test_a_nonpublic_paper_goes_out_by_no_door(build: Builder) -> None:
    chapter = planned_chapter(build)
    with pytest.raises(RuleBroken, match="nichtöffentlich"):
        build.summon(chapter.meeting, chapter.secret_paper)
    with pytest.raises(RuleBroken, match="nichtöffentlich"):
        releases.release_paper(build.session, build.actor, chapter.secret_paper, "", build.now)
    assert reader(build.session).founded() is None


def test_only_public_attachments_go_with_a_paper(build: Builder) -> None:
    chapter = planned_chapter(build)
    build.attach(chapter.paper, public=False, text="Kalkulation")
    releases.release_paper(build.session, build.actor, chapter.paper, "", build.now)
    assert [one.living.name for one in reader(build.session).listing(PublicFile)] == ["Entwurf"]
    (paper,) = reader(build.session).listing(PublicPaper)
    assert len(paper.living.auxiliary_file) == 1


def test_a_paper_on_a_nonpublic_item_does_not_tell_its_meeting(build: Builder) -> None:
    committee = build.organization()
    paper = build.paper(public=True)
    step = build.step(paper, committee)
    meeting = build.meeting(committee)
    build.item(meeting, "Eröffnung")
    build.item(
        meeting, "Geheim", part=Part.NONPUBLIC, public_title="Vertrag",
        disclosure=Disclosure.NEUTRAL, consultation_ids=(step,),
    )  # fmt: skip
    build.summon(meeting, paper)
    (found,) = reader(build.session).listing(PublicConsultation)
    assert (found.living.agenda_item, found.living.meeting) == ("", "")


def test_no_excerpt_comes_from_the_nonpublic_part(build: Builder) -> None:
    chapter = held_chapter(build)
    for item in (chapter.secret, chapter.hidden):
        with pytest.raises(RuleBroken, match="nichtöffentlich"):
            build.release_excerpts(chapter.meeting, item)
    build.sign(chapter.meeting)
    releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    secret = agenda_of(build.session, chapter.meeting)[2]
    assert (secret.deliberation, secret.ballots, secret.standing) == ("", (), "")


def test_no_excerpt_before_the_end_and_none_of_nothing(build: Builder) -> None:
    chapter = planned_chapter(build)
    build.summon(chapter.meeting)
    build.present(chapter.meeting, *chapter.members)
    build.treat(chapter.opening)
    with pytest.raises(RuleBroken, match="geschlossen"):
        build.release_excerpts(chapter.meeting, chapter.opening)
    build.close(chapter.meeting)
    with pytest.raises(RuleBroken, match="weder eine Beratung noch ein Ergebnis"):
        build.release_excerpts(chapter.meeting, chapter.matter)


def test_no_public_minutes_before_they_are_signed(build: Builder) -> None:
    chapter = held_chapter(build)
    with pytest.raises(RuleBroken, match="noch nicht unterzeichnet"):
        releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)


def test_names_of_voters_come_from_roll_calls_only(build: Builder) -> None:
    chapter = planned_chapter(build)
    build.summon(chapter.meeting)
    build.present(chapter.meeting, *chapter.members)
    first, second, *_ = chapter.members
    calls = ((first, Choice.YES), (second, Choice.NO))
    build.vote(chapter.matter, kind=BallotKind.ROLL_CALL, votes=calls)
    for kind in (BallotKind.SECRET, BallotKind.OPEN):
        build.vote(chapter.matter, kind=kind, yes=3, no=2, abstentions=0, votes=calls)
    build.close(chapter.meeting)
    build.release_excerpts(chapter.meeting, chapter.matter)
    found = agenda_of(build.session, chapter.meeting)[1]
    assert [(one.kind, [vote.name for vote in one.votes]) for one in found.ballots] == [
        ("namentlich", ["Mitglied 1", "Mitglied 2"]),
        ("geheim", []),
        ("offen", []),
    ]


def test_a_result_told_without_counts_invents_none(build: Builder) -> None:
    chapter = planned_chapter(build)
    build.summon(chapter.meeting)
    build.present(chapter.meeting, *chapter.members)
    build.vote(chapter.matter, outcome=BallotOutcome.ACCEPTED, result_text="einstimmig")
    build.close(chapter.meeting)
    build.release_excerpts(chapter.meeting, chapter.matter)
    item = agenda_of(build.session, chapter.meeting)[1]
    (ballot,) = item.ballots
    counts = (ballot.yes, ballot.no, ballot.abstentions, ballot.invalid, ballot.present)
    assert (item.result, counts, ballot.recused) == ("einstimmig", (None,) * 5, None)


def test_an_excerpt_stands_as_provisional_until_the_minutes_are_approved(build: Builder) -> None:
    chapter = held_chapter(build)
    build.release_excerpts(chapter.meeting, chapter.matter)
    assert agenda_of(build.session, chapter.meeting)[1].standing == "vorläufig"
    build.sign(chapter.meeting, approve=True)
    releases.release_minutes(
        build.session, build.actor, chapter.meeting, "Niederschrift genehmigt", AFTERWARDS
    )
    assert agenda_of(build.session, chapter.meeting)[1].standing == "genehmigt"


def test_a_new_release_of_the_agenda_keeps_excerpts(build: Builder) -> None:
    chapter = held_chapter(build)
    build.release_excerpts(chapter.meeting, chapter.matter)
    before = agenda_of(build.session, chapter.meeting)[1]
    version = build.version(AgendaItem, chapter.opening)
    facts = agenda.ItemFacts(title="Begrüßung")
    agenda.edit_item(build.session, build.actor, chapter.opening, version, facts, AFTERWARDS)
    releases.release_agenda(
        build.session, build.actor, chapter.meeting, "Schreibfehler", AFTERWARDS
    )
    first, second, _ = agenda_of(build.session, chapter.meeting)
    assert (first.name, second) == ("Begrüßung", before)


def test_an_unchanged_agenda_is_not_released_again(build: Builder) -> None:
    chapter = held_chapter(build)
    with pytest.raises(RuleBroken, match="schon auf diesem Stand"):
        releases.release_agenda(build.session, build.actor, chapter.meeting, "ach", AFTERWARDS)


def test_an_excerpt_released_anew_keeps_its_address_and_loses_its_old_print(
    build: Builder,
) -> None:
    chapter = held_chapter(build)
    build.release_excerpts(chapter.meeting, chapter.matter)
    before = _print_of(build, agenda_of(build.session, chapter.meeting)[1].resolution_file)
    build.correct(chapter.matter)
    build.release_excerpts(chapter.meeting, chapter.matter, reason="Name berichtigt")
    item = agenda_of(build.session, chapter.meeting)[1]
    after = _print_of(build, item.resolution_file)
    assert after.uid == before.uid
    assert after.sha512_checksum != before.sha512_checksum
    assert reader(build.session).blob(before.sha512_checksum) is None


def test_minutes_released_anew_keep_their_address_and_lose_their_old_print(build: Builder) -> None:
    chapter = held_chapter(build)
    minutes = build.sign(chapter.meeting)
    releases.release_minutes(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    old = _protocol(build, chapter.meeting)
    before = _print_of(build, old)
    version = build.version(Minutes, minutes)
    unsign_minutes(build.session, build.actor, minutes, version, AFTERWARDS)
    build.correct(chapter.matter)
    version = build.version(Minutes, minutes)
    sign_minutes(build.session, build.actor, minutes, version, date(2017, 5, 2), AFTERWARDS)
    releases.release_minutes(build.session, build.actor, chapter.meeting, "Ergänzt", AFTERWARDS)
    assert _protocol(build, chapter.meeting) == old
    assert _print_of(build, old).sha512_checksum != before.sha512_checksum
    assert reader(build.session).blob(before.sha512_checksum) is None


def _print_of(build: Builder, uid: str) -> PublicFile:
    filed = reader(build.session).get(PublicFile, uid)
    assert filed is not None
    return filed.living


def _protocol(build: Builder, meeting: int) -> str:
    filed = reader(build.session).get(PublicMeeting, build.session.get_one(Meeting, meeting).uid)
    assert filed is not None
    return filed.living.results_protocol


def test_a_correction_says_why(build: Builder) -> None:
    chapter = held_chapter(build)
    build.release_excerpts(chapter.meeting, chapter.matter)
    build.correct(chapter.matter)
    with pytest.raises(RuleBroken) as refused:
        build.release_excerpts(chapter.meeting, chapter.matter, reason=" ")
    assert refused.value.field == "reason"


def test_a_corrected_agenda_corrects_the_public_notice_too(build: Builder) -> None:
    chapter = held_chapter(build)
    uid = build.session.get_one(Meeting, chapter.meeting).uid
    filed = reader(build.session).get(PublicMeeting, uid)
    assert filed is not None
    before = _print_of(build, filed.living.invitation)
    version = build.version(AgendaItem, chapter.matter)
    row = build.session.get_one(AgendaItem, chapter.matter)
    steps = tuple(step.id for step in row.consultations)
    facts = agenda.ItemFacts(title="Ohne den Namen", consultation_ids=steps)
    agenda.edit_item(build.session, build.actor, chapter.matter, version, facts, AFTERWARDS)
    releases.release_agenda(build.session, build.actor, chapter.meeting, "Name", AFTERWARDS)
    assert _print_of(build, before.uid).sha512_checksum != before.sha512_checksum
    assert reader(build.session).blob(before.sha512_checksum) is None


def test_an_item_hidden_after_the_summons_is_taken_back_with_a_reason(build: Builder) -> None:
    chapter = held_chapter(build)
    version = build.version(AgendaItem, chapter.secret)
    facts = agenda.ItemFacts(title="Kauf von Herrn Meier", part=Part.NONPUBLIC)
    agenda.edit_item(build.session, build.actor, chapter.secret, version, facts, AFTERWARDS)
    with pytest.raises(RuleBroken) as refused:
        releases.release_agenda(build.session, build.actor, chapter.meeting, "", AFTERWARDS)
    assert refused.value.field == "reason"
    why = "Punkt zurückgenommen"
    releases.release_agenda(build.session, build.actor, chapter.meeting, why, AFTERWARDS)
    assert [one.number for one in agenda_of(build.session, chapter.meeting)] == ["Ö 1", "Ö 2"]


def test_a_title_corrected_since_goes_out_with_no_other_release(build: Builder) -> None:
    """Only the release of the agenda lets it out: not an excerpt's, a paper's, a withdrawal's."""
    chapter = held_chapter(build)
    opening = build.session.get_one(Meeting, chapter.meeting).agenda[0]
    before = agenda_of(build.session, chapter.meeting)[0].name
    version = build.version(AgendaItem, opening.id)
    facts = agenda.ItemFacts(title="Noch nicht für die Öffentlichkeit")
    agenda.edit_item(build.session, build.actor, opening.id, version, facts, AFTERWARDS)
    build.release_excerpts(chapter.meeting, chapter.matter)
    assert agenda_of(build.session, chapter.meeting)[0].name == before
    releases.withdraw_excerpt(build.session, build.actor, chapter.matter, "Irrtum", AFTERWARDS)
    assert agenda_of(build.session, chapter.meeting)[0].name == before
    paper = build.session.get_one(AgendaItem, chapter.matter).consultations[0].paper_id
    releases.withdraw_paper(build.session, build.actor, paper, "Irrtum", AFTERWARDS)
    assert agenda_of(build.session, chapter.meeting)[0].name == before
    releases.release_agenda(build.session, build.actor, chapter.meeting, "Titel", AFTERWARDS)
    assert agenda_of(build.session, chapter.meeting)[0].name == "Noch nicht für die Öffentlichkeit"


def test_items_of_another_meeting_are_unknown_to_a_release(build: Builder) -> None:
    chapter = held_chapter(build)
    other = build.meeting(chapter.committee)
    foreign = build.item(other)
    with pytest.raises(releases.Unknown):
        build.release_excerpts(chapter.meeting, chapter.matter, foreign)
    with pytest.raises(RuleBroken, match="mindestens einen"):
        build.release_excerpts(chapter.meeting)


def test_a_cancelled_meeting_stays_visible_and_papers_no_longer_name_it(build: Builder) -> None:
    chapter = planned_chapter(build)
    build.summon(chapter.meeting, chapter.paper)
    (step,) = reader(build.session).listing(PublicConsultation)
    assert step.living.meeting
    version = build.version(Meeting, chapter.meeting)
    cancel_meeting(build.session, build.actor, chapter.meeting, version, "Krankheit", build.now)
    (meeting,) = reader(build.session).listing(PublicMeeting)
    assert (meeting.living.cancelled, meeting.living.sequence) == (True, 1)
    (step,) = reader(build.session).listing(PublicConsultation)
    assert (step.living.meeting, step.living.agenda_item) == ("", "")


def test_the_end_of_a_meeting_is_told_only_with_its_results(build: Builder) -> None:
    chapter = held_chapter(build)
    (meeting,) = reader(build.session).listing(PublicMeeting)
    assert (meeting.living.end, meeting.living.meeting_state) == (None, "eingeladen")
    build.release_excerpts(chapter.meeting, chapter.matter)
    (meeting,) = reader(build.session).listing(PublicMeeting)
    assert meeting.living.end is not None
    assert meeting.living.meeting_state == "durchgeführt"


def test_the_planned_status_alone_releases_nothing(build: Builder) -> None:
    paper = build.paper()
    version = build.version(Paper, paper)
    facts = build.paper_facts(public=True)
    papers.edit_paper(build.session, build.actor, paper, version, facts, build.now)
    assert reader(build.session).listing(PublicPaper) == ()
