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
from sitzungsdienst.documents.story import Facts, Story, build
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
    LETTERHEAD,
    MINUTES,
    SEATS,
    WEIGHED,
    right_to_left,
)
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
from tests.support.standards import faults_of, verapdf_faults

BARE_HEAD = Letterhead("")
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
    for number in range(1, 25)
    for one in (COUNTED, WEIGHED, ELECTED)
)
CALLED_OUT = replace(
    COUNTED.ballots[0], names=tuple((f"Person {place}", "Ja") for place in range(61))
)
PACKET = packet_of(item("Ö 1", "Punkt", paper("2017/1", "a.pdf", "b.pdf")), item("", NASTY))
KINDS: dict[str, Callable[[], bytes]] = {
    "front of a packet": lambda: print_front(PACKET, {"a.pdf": 3, "b.pdf": NASTY}),
    "cover in a packet": lambda: print_cover(PACKET, PACKET.items[0], {"a.pdf": 3, "b.pdf": NASTY}),
    "nasty cover in a packet": lambda: print_cover(PACKET, PACKET.items[1], {}),
    "excerpt": lambda: print_excerpt(EXCERPT),
    "certified copy": lambda: print_excerpt(CERTIFIED),
    "excerpt of votes": lambda: print_excerpt(replace(EXCERPT, item=WEIGHED)),
    "excerpt of elections": lambda: print_excerpt(replace(EXCERPT, item=ELECTED)),
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
        replace(BOOK, public=tuple(replace(FIRST, number=f"{one}") for one in range(80)))
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
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_keeps_both_standards(kind: str) -> None:
    assert faults_of(KINDS[kind]()) == []


@pytest.mark.slow
def test_verapdf_finds_no_fault_in_any_kind(tmp_path: Path) -> None:
    faults = verapdf_faults({kind: print_() for kind, print_ in KINDS.items()}, tmp_path)
    assert faults == {kind: [] for kind in KINDS}


def test_data_for_machines_may_be_attached() -> None:
    data = Attachment("auszug.json", "application/json", "Daten des Auszugs", b'{"a": "\xc3\xb6"}')
    facts = Facts("Auszug", "Titel", "Kopf", LETTERHEAD, date(2026, 1, 2), (data,))
    story = Story(facts)
    story.heading("Titel")
    pdf = build(story)
    assert faults_of(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        attached = opened.attachments["auszug.json"].get_file()
        assert attached.read_bytes() == data.content
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
}


def _spoilt(mutate: Callable[[Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(print_minutes(MINUTES))) as pdf:
        mutate(pdf)
        pdf.save(out, fix_metadata_version=False)
    return out.getvalue()


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_the_fast_judge_sees_what_is_spoilt(mutation: str) -> None:
    assert faults_of(_spoilt(MUTATIONS[mutation]))


@pytest.mark.slow
def test_verapdf_sees_what_is_spoilt_and_only_that(tmp_path: Path) -> None:
    files = {name: _spoilt(mutate) for name, mutate in MUTATIONS.items()}
    files["sound"] = _spoilt(lambda _: None)
    faults = verapdf_faults(files, tmp_path)
    assert faults.pop("sound") == []
    assert {name for name, found in faults.items() if not found} == set()
