"""Attachments: released ones, redacted copies, their order."""

import pytest

from sitzungsdienst.acts import attachments, releases
from sitzungsdienst.acts.agenda import Direction
from sitzungsdienst.acts.attachments import AttachmentFacts, Upload
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.record.papers import Attachment, Paper
from tests.support.builders import Builder, pdf


def edit_attachment(
    build: Builder, row_id: int, name: str, *, public: bool, redacts: int | None = None
) -> None:
    version = build.version(Attachment, row_id)
    facts = AttachmentFacts(name=name, public=public, redacts_id=redacts)
    attachments.edit_attachment(build.session, build.actor, row_id, version, facts, build.now)


def test_a_released_attachment_neither_goes_nor_becomes_nonpublic(build: Builder) -> None:
    paper = build.paper(public=True)
    attachment = build.attach(paper, public=True)
    releases.release_paper(build.session, build.actor, paper, "", build.now)
    with pytest.raises(RuleBroken, match="veröffentlicht"):
        edit_attachment(build, attachment, "Plan", public=False)
    version = build.version(Attachment, attachment)
    with pytest.raises(RuleBroken, match="veröffentlicht"):
        attachments.remove_attachment(build.session, build.actor, attachment, version, build.now)
    edit_attachment(build, attachment, "Lageplan", public=True)
    releases.withdraw_attachment(build.session, build.actor, attachment, "Versehen", build.now)
    version = build.version(Attachment, attachment)
    attachments.remove_attachment(build.session, build.actor, attachment, version, build.now)
    assert build.session.get(Attachment, attachment) is None


def test_an_attachment_without_a_name_takes_that_of_its_file(build: Builder) -> None:
    attachment = build.attach(build.paper(), text="Plan")
    with pytest.raises(RuleBroken) as refused:
        edit_attachment(build, attachment, " ", public=False)
    assert refused.value.field == "name"
    assert build.session.get_one(Attachment, attachment).name == "Plan"


def copy_of(
    build: Builder, paper: int, original: int, *, public: bool = True, text: str = "S"
) -> int:
    """A redacted copy of an attachment; gives its id."""
    facts = AttachmentFacts(name="Vertrag (geschwärzt)", public=public, redacts_id=original)
    upload = Upload("geschwaerzt.pdf", pdf(text))
    return attachments.attach(build.session, build.actor, paper, upload, facts, build.now)


def test_a_redacted_copy_may_be_public_and_its_original_stays_in_the_house(build: Builder) -> None:
    paper = build.paper(public=True)
    original = build.attach(paper, text="Vertrag")
    copy = copy_of(build, paper, original)
    assert build.session.get_one(Attachment, copy).redacts_id == original
    with pytest.raises(RuleBroken, match="Schwärzung umsonst") as refused:
        edit_attachment(build, original, "Vertrag", public=True)
    assert refused.value.field == "public"
    build.session.rollback()
    assert not build.session.get_one(Attachment, original).public
    edit_attachment(build, original, "Kaufvertrag", public=False)


def test_the_bytes_of_the_original_do_not_become_public_under_another_name(build: Builder) -> None:
    paper = build.paper(public=True)
    original = build.attach(paper, text="Vertrag")
    copy_of(build, paper, original)
    facts = AttachmentFacts(name="Noch einmal", public=True)
    upload = Upload("anders.pdf", pdf("Vertrag"))
    with pytest.raises(RuleBroken) as refused:
        attachments.attach(build.session, build.actor, paper, upload, facts, build.now)
    assert refused.value.field == "public"
    twin = build.attach(paper, text="Vertrag")
    with pytest.raises(RuleBroken):
        edit_attachment(build, twin, "Vertrag", public=True)


def test_the_bytes_of_the_original_do_not_become_public_with_another_paper(
    build: Builder, stranger: Builder
) -> None:
    paper, other = build.paper(public=True), build.paper(public=True, reference="2017/99")
    copy = copy_of(build, paper, build.attach(paper, text="Vertrag"))
    with pytest.raises(RuleBroken, match="umsonst") as refused:
        build.attach(other, text="Vertrag", public=True)
    assert refused.value.field == "public"
    twin = build.attach(other, text="Vertrag")
    with pytest.raises(RuleBroken, match="umsonst"):
        edit_attachment(build, twin, "Vertrag", public=True)
    # Another Body's papers are its own, and tell nothing of these.
    stranger.attach(stranger.paper(paper_type="Antrag"), text="Vertrag", public=True)
    edit_attachment(build, copy, "Auszug", public=True)
    edit_attachment(build, twin, "Vertrag", public=True)
    with pytest.raises(RuleBroken, match="Vorlage 2017/99") as refused:
        copy_of(build, paper, build.attach(paper, text="Vertrag"), text="T")
    assert refused.value.field == "redacts_id"


def test_a_redacted_copy_is_not_called_like_its_file(build: Builder) -> None:
    paper = build.paper(public=True)
    original = build.attach(paper, text="Original_Meier")
    upload = Upload("Original_Meier_geschwaerzt.pdf", pdf("S"))
    facts = AttachmentFacts(public=True, redacts_id=original)
    copy = attachments.attach(build.session, build.actor, paper, upload, facts, build.now)
    assert build.session.get_one(Attachment, copy).name == "Geschwärzte Fassung"
    later = build.attach(paper, text="Meier_schwarz")
    with pytest.raises(RuleBroken, match="eigene Bezeichnung") as refused:
        edit_attachment(build, later, "Meier_schwarz", public=True, redacts=original)
    assert refused.value.field == "name"
    edit_attachment(build, later, "Vertrag (geschwärzt)", public=True, redacts=original)


def test_a_copy_of_what_is_public_is_refused(build: Builder) -> None:
    paper = build.paper(public=True)
    original = build.attach(paper, text="Vertrag", public=True)
    with pytest.raises(RuleBroken, match="zuerst als nichtöffentlich") as refused:
        copy_of(build, paper, original)
    assert refused.value.field == "redacts_id"
    edit_attachment(build, original, "Vertrag", public=False)
    copy_of(build, paper, original)


def test_what_is_no_redacted_copy_is_refused(build: Builder, stranger: Builder) -> None:
    paper, other = build.paper(), build.paper()
    original, elsewhere = build.attach(paper, text="Vertrag"), build.attach(other)
    foreign = stranger.attach(stranger.paper(paper_type="Antrag"))
    for wrong in (elsewhere, foreign, 999):
        with pytest.raises(RuleBroken) as refused:
            copy_of(build, paper, wrong)
        assert refused.value.field == "redacts_id"
    with pytest.raises(RuleBroken, match="Dateien sind gleich"):
        copy_of(build, paper, original, text="Vertrag")
    copy = copy_of(build, paper, original)
    with pytest.raises(RuleBroken, match="selbst eine geschwärzte"):
        copy_of(build, paper, copy, text="T")
    third = build.attach(paper, text="Dritte")
    with pytest.raises(RuleBroken, match="selbst schon eine"):
        edit_attachment(build, original, "Vertrag", public=False, redacts=third)
    with pytest.raises(RuleBroken, match="andere Anlage"):
        edit_attachment(build, third, "Dritte", public=False, redacts=third)


def test_the_original_goes_only_after_its_redacted_copy(build: Builder) -> None:
    paper = build.paper()
    original = build.attach(paper, text="Vertrag")
    copy = copy_of(build, paper, original)

    def remove(row_id: int) -> None:
        version = build.version(Attachment, row_id)
        attachments.remove_attachment(build.session, build.actor, row_id, version, build.now)

    with pytest.raises(RuleBroken, match="Entfernen Sie zuerst diese"):
        remove(original)
    remove(copy)
    remove(original)
    assert build.session.get_one(Paper, paper).attachments == []


def test_an_attachment_that_is_no_longer_called_redacted_frees_the_original(build: Builder) -> None:
    paper = build.paper()
    original = build.attach(paper, text="Vertrag")
    copy = copy_of(build, paper, original)
    edit_attachment(build, copy, "Auszug", public=True)
    edit_attachment(build, original, "Vertrag", public=True)
    assert build.session.get_one(Attachment, original).public


def test_attachments_are_moved_up_and_down_and_stay_at_the_edge(build: Builder) -> None:
    paper = build.paper()
    rows = [build.attach(paper, text=text) for text in "abc"]

    def order() -> list[str]:
        build.session.rollback()
        return [one.name for one in build.session.get_one(Paper, paper).attachments]

    def move(row_id: int, direction: Direction) -> None:
        attachments.move_attachment(build.session, build.actor, row_id, direction, build.now)

    move(rows[2], Direction.UP)
    assert order() == ["a", "c", "b"]
    move(rows[0], Direction.UP)
    assert order() == ["a", "c", "b"]
    move(rows[0], Direction.DOWN)
    assert order() == ["c", "a", "b"]
