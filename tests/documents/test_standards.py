"""Every kind of document keeps PDF/UA-1 and PDF/A-3a, whatever it says; and the judges bite."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from sitzungsdienst.documents.attendance_list import print_attendance_list
from sitzungsdienst.documents.conformance import Attachment
from sitzungsdienst.documents.excerpt import print_excerpt
from sitzungsdienst.documents.followup_report import print_followup_report
from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.documents.minutes import print_minutes
from sitzungsdienst.documents.packet_sheets import print_cover, print_front
from sitzungsdienst.documents.resolution_book import print_resolution_book
from sitzungsdienst.documents.seat_sheet import GroupSeats, print_seat_sheet
from sitzungsdienst.documents.story import Story, build
from sitzungsdienst.documents.submission import print_submission
from sitzungsdienst.documents.values import (
    AgendaLine,
    Audience,
    Excerpt,
    Invitation,
    ItemRecord,
    Letterhead,
    Minutes,
)
from sitzungsdienst.documents.year_calendar import print_year_calendar
from tests.documents.cast import (
    CERTIFIED,
    COUNTED,
    ELECTED,
    EXCERPT,
    HEAD,
    INVITATION,
    MINUTES,
    SEATS,
    WEIGHED,
    right_to_left,
)
from tests.documents.forms import FORMS
from tests.documents.packet_cast import item, packet_of, paper
from tests.documents.resolution_cast import BOOK, EMPTY_BOOK, FIRST, LATE, PUBLIC_BOOK, REPORT
from tests.documents.sheets import (
    CALENDAR,
    CROWDED,
    EMPTY_CALENDAR,
    EMPTY_SHEET,
    EMPTY_SUBMISSION,
    SHEET,
    SOCIAL,
    SUBMISSION,
    held,
)
from tests.documents.test_anything import Nasty, printed
from tests.documents.test_footnotes import with_footnotes
from tests.documents.test_letters import letters_in_words
from tests.documents.test_letters import right_to_left as right_to_left_story
from tests.documents.test_story import GROUPED, VOTES
from tests.support.standards import faults_of, verapdf_faults

BARE_HEAD = Letterhead("")
CHECK = "https://rat.example.de/pruefen/5f3c-2a1b-9d4e/1"
NOBODY = replace(HEAD, name="", committees=(), room="", place="", publicity="")
NASTY = (
    "3 <b 5 & \"<img src='file:///etc/passwd'/>\" &amp; ]]> %PDF (\\) "
    "\x00\x07\ufeff\u200b\u202e\ud83d 😀 ﷽ 中文 Ǆ ẞ ǰ̱ Łukasiewicz-Ó Éamonn \ue000 \u0600 "
    "https://example.org/" + "a" * 400
)
EMPTY_EXCERPT = Excerpt(BARE_HEAD, NOBODY, ItemRecord(AgendaLine("", "")), "", date(2026, 1, 2))
EMPTY_INVITATION = Invitation(
    BARE_HEAD, NOBODY, Audience.PUBLIC, date(2026, 1, 2), "", (), ()
)  # fmt: skip
EMPTY_MINUTES = Minutes(
    BARE_HEAD, NOBODY, Audience.MEMBERS, "", date(2026, 1, 2), (), "", (), (), ()
)  # fmt: skip
NASTY_ITEM = ItemRecord(
    AgendaLine("Ö 1", NASTY, 3, (NASTY,)),
    deliberation=f"{NASTY}\n\n{NASTY * 30}",
    resolution=NASTY,
    notes=(NASTY,),
    recusals=(NASTY,),
)
HUGE_ITEMS = tuple(
    replace(one, line=replace(one.line, number=f"Ö {number}"))
    for number in range(1, 13)
    for one in (COUNTED, WEIGHED, ELECTED)
)


def with_blocks() -> Story:
    """Footnotes, and cells over rows and columns on many pages."""
    story = with_footnotes()
    story.table(VOTES, [*GROUPED] * 20)
    return story


CALLED_OUT = replace(
    COUNTED.ballots[0], names=tuple((f"Person {place}", "Ja") for place in range(61))
)
PACKET = packet_of(item("Ö 1", "Punkt", paper("2017/1", "a.pdf", "b.pdf")), item("", NASTY))
DATA = (Attachment("auszug.oparl.json", "application/json", "Daten", b'{"a": "\xc3\xb6"}\n'),)
KINDS: dict[str, Callable[[], bytes]] = {
    "excerpt with data": lambda: print_excerpt(EXCERPT, attachments=DATA),
    "public notice with data": lambda: print_invitation(
        replace(INVITATION, audience=Audience.PUBLIC, nonpublic_agenda=()), attachments=DATA
    ),
    "minutes with data": lambda: print_minutes(MINUTES, attachments=DATA),
    "front of a packet": lambda: print_front(PACKET, {"a.pdf": 3, "b.pdf": NASTY}),
    "cover in a packet": lambda: print_cover(PACKET, PACKET.items[0], {"a.pdf": 3, "b.pdf": NASTY}),
    "nasty cover in a packet": lambda: print_cover(PACKET, PACKET.items[1], {}),
    "excerpt": lambda: print_excerpt(EXCERPT),
    "certified copy": lambda: print_excerpt(CERTIFIED),
    "excerpt of votes": lambda: print_excerpt(replace(EXCERPT, item=WEIGHED)),
    "excerpt of elections": lambda: print_excerpt(replace(EXCERPT, item=ELECTED)),
    "published excerpt": lambda: print_excerpt(replace(EXCERPT, check_address=CHECK)),
    "published minutes": lambda: print_minutes(replace(MINUTES, check_address=CHECK)),
    "published notice": lambda: print_invitation(
        replace(EMPTY_INVITATION, check_address=f"https://{'lang.' * 60}example/pruefen/1")
    ),
    "excerpt of a long roll call": lambda: print_excerpt(
        replace(EXCERPT, item=replace(COUNTED, ballots=(CALLED_OUT,)))
    ),
    "empty excerpt": lambda: print_excerpt(EMPTY_EXCERPT),
    "nasty excerpt": lambda: print_excerpt(replace(EXCERPT, item=NASTY_ITEM, standing=NASTY)),
    "invitation": lambda: print_invitation(INVITATION),
    "public notice": lambda: print_invitation(
        replace(INVITATION, audience=Audience.PUBLIC, nonpublic_agenda=())
    ),
    "supplement": lambda: print_invitation(
        replace(INVITATION, heading="1. Nachtrag zur Tagesordnung", remark=NASTY)
    ),
    "empty invitation": lambda: print_invitation(EMPTY_INVITATION),
    "huge invitation": lambda: print_invitation(
        replace(INVITATION, public_agenda=tuple(one.line for one in HUGE_ITEMS))
    ),
    "minutes": lambda: print_minutes(MINUTES),
    "empty minutes": lambda: print_minutes(EMPTY_MINUTES),
    "huge minutes": lambda: print_minutes(replace(MINUTES, public_items=HUGE_ITEMS)),
    "resolution book": lambda: print_resolution_book(BOOK),
    "public resolution book": lambda: print_resolution_book(PUBLIC_BOOK),
    "empty resolution book": lambda: print_resolution_book(EMPTY_BOOK),
    "huge resolution book": lambda: print_resolution_book(
        replace(BOOK, public=tuple(replace(FIRST, number=f"{one}") for one in range(40)))
    ),
    "nasty resolution book": lambda: print_resolution_book(
        replace(
            BOOK,
            public=(replace(FIRST, number=NASTY, subject=NASTY, text=NASTY * 30, unit=NASTY),),
        )
    ),
    "follow-up report": lambda: print_followup_report(REPORT),
    "empty follow-up report": lambda: print_followup_report(
        replace(REPORT, public=(), nonpublic=None)
    ),
    "nasty follow-up report": lambda: print_followup_report(
        replace(
            REPORT,
            public=(replace(LATE, number=NASTY, subject=NASTY * 30, unit=NASTY, remark=NASTY),),
        )
    ),
    "nasty minutes": lambda: print_minutes(replace(MINUTES, public_items=(NASTY_ITEM,))),
    "attendance list": lambda: print_attendance_list(SHEET),
    "empty attendance list": lambda: print_attendance_list(EMPTY_SHEET),
    "huge attendance list": lambda: print_attendance_list(
        replace(SHEET, committees=(SOCIAL,) * 30)
    ),
    "nasty attendance list": lambda: print_attendance_list(
        replace(SHEET, committees=(replace(SOCIAL, name=NASTY, note=NASTY), SOCIAL))
    ),
    "submission": lambda: print_submission(SUBMISSION),
    "empty submission": lambda: print_submission(EMPTY_SUBMISSION),
    "nasty submission": lambda: print_submission(
        replace(
            SUBMISSION,
            title=NASTY,
            proposed_resolution=NASTY,
            facts=f"{NASTY}\n\n{NASTY * 30}",
            attachments=(NASTY, ""),
        )
    ),
    "huge submission": lambda: print_submission(
        replace(SUBMISSION, facts=SUBMISSION.facts * 400, path=SUBMISSION.path * 40)
    ),
    "year calendar": lambda: print_year_calendar(CALENDAR),
    "empty year calendar": lambda: print_year_calendar(EMPTY_CALENDAR),
    "crowded year calendar": lambda: print_year_calendar(CROWDED),
    "nasty year calendar": lambda: print_year_calendar(
        replace(CALENDAR, subtitle=NASTY, meetings=(held(5, 1, NASTY, name=NASTY, room=NASTY),))
    ),
    "shared-out seats": lambda: print_seat_sheet(SEATS),
    "seats of nobody": lambda: print_seat_sheet(
        replace(SEATS, committee="", settled=(), chairs=())
    ),
    "nasty seats": lambda: print_seat_sheet(
        replace(SEATS, committee=NASTY, groups=(GroupSeats(NASTY, NASTY, 49),), remark=NASTY)
    ),
    "right-to-left names": right_to_left,
    "right-to-left blocks": lambda: build(right_to_left_story()),
    "letters": lambda: letters_in_words()[1],
    "blocks": lambda: build(with_blocks()),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_keeps_both_standards(kind: str) -> None:
    assert faults_of(KINDS[kind]()) == []


def test_data_for_machines_may_be_attached() -> None:
    with pikepdf.open(io.BytesIO(KINDS["excerpt with data"]())) as opened:
        attached = opened.attachments["auszug.oparl.json"].get_file()
        assert attached.read_bytes() == DATA[0].content
        assert attached.mime_type == "application/json"
        assert opened.Root.AF[0].AFRelationship == Name.Alternative


def _elements(pdf: Pdf, tag: str) -> list[Dictionary]:
    return [
        one
        for one in pdf.objects
        if isinstance(one, Dictionary) and one.get("/S") == tag and "/P" in one
    ]


def _rename_heading(pdf: Pdf) -> None:
    _elements(pdf, "/H2")[0].S = Name.H5


def _drop_scope(pdf: Pdf) -> None:
    for one in _elements(pdf, "/TH"):
        del one.A


def _drop_cell(pdf: Pdf) -> None:
    # Of a table with a head, as a row of two columns alone may have any number of cells.
    row = next(one for one in _elements(pdf, "/TR") if Name.TBody == one.P.S)
    row.K = Array(list(row.K)[:-1])


def _add_script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def _untag_page(pdf: Pdf) -> None:
    page = pdf.pages[0]
    page.contents_add(b"BT /F1+0 9 Tf (a) Tj ET")


def _forget_embedding(pdf: Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, Dictionary) and "/FontFile2" in one:
            del one.FontFile2


def _say_nothing_of_ua(pdf: Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(packet.replace(b"<pdfuaid:part>1</pdfuaid:part>", b""))


def _drop_alt(pdf: Pdf) -> None:
    for one in _elements(pdf, "/Figure"):
        del one.Alt


def _drop_links_words(pdf: Pdf) -> None:
    for page in pdf.pages:
        for one in page.obj.get("/Annots", ()):
            del one.Contents


def _drop_order_of_links(pdf: Pdf) -> None:
    for page in pdf.pages:
        if "/Annots" in page:
            del page.obj.Tabs


def _put_paragraph_into_list(pdf: Pdf) -> None:
    _elements(pdf, "/LI")[0].S = Name.P


def _say_nothing_of_a(pdf: Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(packet.replace(b"<pdfaid:part>3</pdfaid:part>", b""))


MUTATIONS: dict[str, Callable[[Pdf], None]] = {
    "no mark that it is tagged": lambda pdf: pdf.Root.__delitem__("/MarkInfo"),
    "no language": lambda pdf: pdf.Root.__delitem__("/Lang"),
    "no structure": lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"),
    "the file's name instead of the title": lambda pdf: pdf.Root.__delitem__("/ViewerPreferences"),
    "no colours": lambda pdf: pdf.Root.__delitem__("/OutputIntents"),
    "no parents": lambda pdf: pdf.Root.StructTreeRoot.__delitem__("/ParentTree"),
    "a heading that skips levels": _rename_heading,
    "heads of nothing": _drop_scope,
    "a row with a cell too few": _drop_cell,
    "a script": _add_script,
    "words outside the structure": _untag_page,
    "a font that is not in the file": _forget_embedding,
    "no claim to be accessible": _say_nothing_of_ua,
    "no claim to be archivable": _say_nothing_of_a,
    "a picture without words": _drop_alt,
    "links without words": _drop_links_words,
    "links in no order": _drop_order_of_links,
    "a list of what is no item": _put_paragraph_into_list,
    "data of no relation": lambda pdf: pdf.Root.__delitem__("/AF"),
}
#: What is spoilt, where it is not the minutes: they have no picture, link, list or data.
BASES = {
    "a picture without words": "shared-out seats",
    "links without words": "resolution book",
    "links in no order": "resolution book",
    "a list of what is no item": "resolution book",
    "data of no relation": "excerpt with data",
}


def _spoilt(mutation: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(KINDS[BASES.get(mutation, "minutes")]())) as pdf:
        mutate = MUTATIONS.get(mutation, lambda _: None)
        mutate(pdf)
        pdf.save(out, fix_metadata_version=False)
    return out.getvalue()


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_the_fast_judge_sees_what_is_spoilt(mutation: str) -> None:
    assert faults_of(_spoilt(mutation))


@pytest.mark.slow
def test_verapdf_finds_no_fault_in_any_kind_and_sees_what_is_spoilt(tmp_path: Path) -> None:
    """All in one start of Java: every kind, with nasty texts in all fields too, and the spoilt."""
    sound = {kind: print_() for kind, print_ in KINDS.items()}
    sound |= {f"{name}, nasty in all fields": printed(name, Nasty()) for name in FORMS}
    sound["saved anew"] = _spoilt("nothing")
    spoilt = {f"spoilt: {mutation}": _spoilt(mutation) for mutation in MUTATIONS}
    faults = verapdf_faults(sound | spoilt, tmp_path)
    assert {name: faults[name] for name in sound} == {name: [] for name in sound}
    assert [name for name in spoilt if not faults[name]] == []
