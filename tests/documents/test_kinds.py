"""Every kind of document says all it was given, in the words of an office."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from sitzungsdienst.documents.excerpt import print_excerpt
from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.documents.minutes import print_minutes
from sitzungsdienst.documents.values import (
    AgendaLine,
    Audience,
    BallotBlock,
    Counts,
    ItemRecord,
    Signature,
)
from tests.documents.cast import (
    CERTIFIED,
    COUNTED,
    ELECTED,
    EXCERPT,
    HEAD,
    INVITATION,
    ITEM_5_1,
    MINUTES,
    NONPUBLIC,
    PAPER,
    WEIGHED,
    read,
    run,
    squeezed,
)
from tests.documents.test_structure import told
from tests.support.standards import faults_of

UNPRINTED = {"colour", "logo_alt", "audience"}
PUBLIC_INVITATION = replace(INVITATION, audience=Audience.PUBLIC)
BARE = ItemRecord(AgendaLine("N 1", "Grundstück"))
PUBLIC_MINUTES = replace(
    MINUTES,
    audience=Audience.PUBLIC,
    objections=(),
    nonpublic_items=(ItemRecord(AgendaLine("N 1", "Grundstücksangelegenheit")),),
)
SECRETS = (NONPUBLIC.deliberation, NONPUBLIC.resolution, "2017/FB1/0099", "Geheimrat")


def texts_in(value: object, without: set[str]) -> Iterator[str]:
    """Yield every text a value holds, however deep, but for the fields `without`."""
    if isinstance(value, str):
        yield from value.split("\n\n")
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_in(part, without)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in without:
                yield from texts_in(getattr(value, field.name), without)


def raw(pdf: bytes, folder: Path) -> str:
    """Return the text in the order it was written, so that columns do not mingle."""
    text = run("pdftotext", "-raw", pdf=pdf, folder=folder)
    return squeezed(re.sub(r"(?m)^.*, 19\.04\.2017$|^.*\nSeite \d+ von \d+$", "", text))


def table_like(pdf: bytes, folder: Path) -> str:
    return run("pdftotext", "-layout", pdf=pdf, folder=folder)


def test_the_excerpt_says_all_it_was_given(tmp_path: Path) -> None:
    text = raw(print_excerpt(EXCERPT), tmp_path)
    unprinted = UNPRINTED | {"paper_references"}
    for passage in texts_in(EXCERPT, unprinted):
        assert squeezed(passage) in text, passage


def test_the_invitation_says_all_it_was_given(tmp_path: Path) -> None:
    text = raw(print_invitation(INVITATION), tmp_path)
    for passage in texts_in(INVITATION, UNPRINTED | {"publicity"}):
        assert squeezed(passage) in text, passage


def test_the_minutes_say_all_they_were_given(tmp_path: Path) -> None:
    text = raw(print_minutes(MINUTES), tmp_path)
    in_full_on_the_excerpt_only = {"status", "submitted_by", "responsible_unit", "handled_by"}
    unprinted = UNPRINTED | in_full_on_the_excerpt_only | {"paper_references"}
    for passage in texts_in(MINUTES, unprinted):
        assert squeezed(passage) in text, passage


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("TOP", "Ö 5.1"),
        ("Gremium", "Kultur- und Sozialausschuss"),
        ("Datum", "Mi, 19.04.2017"),
        ("Status", "öffentlich/nichtöffentlich"),
        ("Zeit", "17:00 - 18:55"),
        ("Raum", "- Sitzungsraum II -"),
        ("Ort", HEAD.place),
        ("Vorlage", "2017/FB3/0433"),
        ("Status", "öffentlich"),
        ("Vorlage-Art", "Beschlussvorlage"),
        ("Einreicher", "Kratzsch, Integrationskoordinatorin"),
        ("Federführend", "Fachbereich 3"),
        ("Bearbeiter/-in", "Brummunt, Erdmute"),
        ("Ergebnis", "einstimmig"),
    ],
)
def test_the_excerpt_bears_the_fields_of_the_public_page(
    label: str, value: str, tmp_path: Path
) -> None:
    text = table_like(print_excerpt(EXCERPT), tmp_path)
    assert re.search(rf"(?m)^ *{re.escape(label)} +{re.escape(value)}$", text)


def test_the_excerpt_has_its_sections_in_order(tmp_path: Path) -> None:
    text = read(print_excerpt(EXCERPT), tmp_path)
    places = [
        text.index(part)
        for part in ("Auszug aus der", "\nBeratung\n", "\nBeschluss\n", "\nAbstimmungsergebnis\n")
    ]
    assert places == sorted(places)


def test_an_excerpt_of_a_bare_item_has_no_empty_sections(tmp_path: Path) -> None:
    bare = replace(EXCERPT, item=ItemRecord(AgendaLine("Ö 1", "Eröffnung")), standing="")
    text = read(print_excerpt(bare), tmp_path)
    for section in ("Beratung", "Beschluss", "Abstimmungsergebnis", "Vorlage", "Entscheidung"):
        assert section not in text


def test_a_result_told_without_counts_invents_none(tmp_path: Path) -> None:
    text = read(print_excerpt(EXCERPT), tmp_path)
    assert "einstimmig" in text
    assert "Enthaltungen" not in text


def test_counts_stand_in_a_table(tmp_path: Path) -> None:
    text = table_like(print_excerpt(replace(EXCERPT, item=COUNTED)), tmp_path)
    assert re.search(r"Ja +Nein +Enthaltungen +Anwesend +Befangen", text)
    assert re.search(r"(?m)^ *14 +3 +2 +20 +1$", text)
    assert "Ungültig" not in text


def test_invalid_votes_are_shown_where_there_are_any(tmp_path: Path) -> None:
    ballot = BallotBlock("", "geheim", "angenommen", Counts(9, 4, 0, invalid=2))
    item = replace(COUNTED, ballots=(ballot,))
    text = table_like(print_excerpt(replace(EXCERPT, item=item)), tmp_path)
    assert re.search(r"Ja +Nein +Enthaltungen +Ungültig", text)
    assert re.search(r"(?m)^ *9 +4 +0 +2$", text)


def test_presence_is_told_even_where_votes_were_not_counted(tmp_path: Path) -> None:
    item = replace(COUNTED, ballots=(BallotBlock("", "offen", "einstimmig", present=17),))
    text = table_like(print_excerpt(replace(EXCERPT, item=item)), tmp_path)
    assert re.search(r"(?m)^ *Anwesend +17$", text)


def test_a_meeting_that_has_not_ended_shows_when_it_starts(tmp_path: Path) -> None:
    text = table_like(print_invitation(INVITATION), tmp_path)
    assert re.search(r"(?m)^ *Zeit +17:00 Uhr$", text)
    assert re.search(r"(?m)^ *Datum +Mittwoch, 19\. April 2017$", text)


def test_the_agenda_keeps_the_order_it_was_given(tmp_path: Path) -> None:
    text = table_like(print_invitation(INVITATION), tmp_path)
    numbers = re.findall(r"(?m)^ *([ÖN] ?[\d.]+) ", text)  # poppler reads "Ö 1" as "Ö1"
    lines = (*INVITATION.public_agenda, *INVITATION.nonpublic_agenda)
    assert list(map(squeezed, numbers)) == [squeezed(line.number) for line in lines]


def test_members_are_invited_and_warned_of_what_is_confidential(tmp_path: Path) -> None:
    text = read(print_invitation(INVITATION), tmp_path)
    assert "Sehr geehrte Damen und Herren," in text
    assert "Mit freundlichen Grüßen" in text
    assert "vertraulich" in text
    assert "Einladung, enthält nichtöffentliche Teile" in text


def test_an_invitation_without_a_nonpublic_part_does_not_warn(tmp_path: Path) -> None:
    text = read(print_invitation(replace(INVITATION, nonpublic_agenda=())), tmp_path)
    assert "vertraulich" not in text
    assert "nichtöffentliche Teile" not in text


def test_the_public_notice_bears_released_titles_but_no_papers(tmp_path: Path) -> None:
    text = read(print_invitation(PUBLIC_INVITATION), tmp_path)
    assert "Bekanntmachung" in text
    assert "Grundstücksangelegenheit" in text
    assert "2017/FB3/0433" in text
    assert "2017/FB1/0099" not in text
    assert "Damen und Herren" not in text


def test_a_public_notice_with_nothing_released_has_no_nonpublic_heading(tmp_path: Path) -> None:
    notice = replace(PUBLIC_INVITATION, nonpublic_agenda=())
    assert "Nichtöffentlicher Teil" not in read(print_invitation(notice), tmp_path)


def test_public_minutes_say_what_is_left_out_and_nothing_of_it(tmp_path: Path) -> None:
    pdf = print_minutes(PUBLIC_MINUTES)
    text = read(pdf, tmp_path)
    assert "Der nichtöffentliche Teil ist in dieser öffentlichen Fassung nicht enthalten." in text
    assert "Niederschrift (genehmigt), öffentliche Fassung" in text
    assert "Grundstücksangelegenheit" in text
    for secret in SECRETS:
        assert squeezed(secret) not in squeezed(text)


def test_public_minutes_never_print_papers_of_a_nonpublic_line(tmp_path: Path) -> None:
    item = ItemRecord(AgendaLine("N 1", "Grundstück", 0, ("2017/FB1/0099",)))
    pdf = print_minutes(replace(PUBLIC_MINUTES, nonpublic_items=(item,)))
    assert "2017/FB1/0099" not in read(pdf, tmp_path)


@pytest.mark.parametrize(
    "item",
    [
        replace(BARE, deliberation="Es wurde gesprochen."),
        replace(BARE, resolution="Es wird verkauft."),
        replace(BARE, decision="vertagt"),
        replace(BARE, papers=(PAPER,)),
        replace(BARE, ballots=ITEM_5_1.ballots),
    ],
    ids=["deliberation", "resolution", "decision", "papers", "ballots"],
)
def test_public_minutes_with_nonpublic_content_are_refused(item: ItemRecord) -> None:
    with pytest.raises(ValueError, match="non-public"):
        print_minutes(replace(PUBLIC_MINUTES, nonpublic_items=(item,)))


def test_full_minutes_start_the_nonpublic_part_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    pages = read(print_minutes(MINUTES), tmp_path).split("\f")
    part = next(page for page in pages if "Nichtöffentlicher Teil" in page)
    assert "Grundstücksangelegenheit" in part
    assert "Schließung des öffentlichen Teils" not in part


def test_attendance_shows_only_columns_that_say_something(tmp_path: Path) -> None:
    text = table_like(print_minutes(MINUTES), tmp_path)
    assert re.search(r"Name +Funktion +Fraktion/Stelle +Bemerkung", text)
    assert re.search(r"Schünemann +Mitglied +Fraktion C +ab 17:20 Uhr", text)
    assert re.search(r"Gäste\n\s*niemand", text)
    plain = tuple(
        replace(group, lines=tuple(replace(line, note="") for line in group.lines))
        for group in MINUTES.attendance
    )
    without = replace(MINUTES, attendance=plain, objections=())
    assert "Bemerkung" not in read(print_minutes(without), tmp_path)


def test_a_signature_is_a_blank_or_says_when_it_was_given(tmp_path: Path) -> None:
    text = read(print_minutes(MINUTES), tmp_path)
    assert "gez. Sabine Wegener, 28.04.2017" in text
    assert "gez. Erdmute Brummunt" not in text
    signed = replace(
        MINUTES,
        signatures=tuple(Signature(f"Amt {i}", f"Name {i}", date(2026, 1, i)) for i in (1, 2, 3)),
    )
    text = read(print_minutes(signed), tmp_path)
    for i in (1, 2, 3):
        assert f"gez. Name {i}, 0{i}.01.2026" in text
        assert f"Amt {i}" in text


def test_many_counted_votes_stand_in_one_table(tmp_path: Path) -> None:
    text = table_like(print_excerpt(replace(EXCERPT, item=WEIGHED)), tmp_path)
    assert len(re.findall(r"Gegenstand +Ja +Nein +Enthaltungen +Ergebnis", text)) == 1
    assert re.search(r"Berücksichtigung Bürger 2 +3 +6 +1 +abgelehnt", text)
    assert re.search(r"(?m)^ *Anwesend +10$", text), "what is the same is said once"


def test_a_vote_that_tells_more_than_a_row_holds_stands_alone(tmp_path: Path) -> None:
    longer = replace(WEIGHED.ballots[0], motion="Änderungsantrag", moved_by="SPD-Fraktion")
    item = replace(WEIGHED, ballots=(longer, *WEIGHED.ballots[1:]))
    text = table_like(print_excerpt(replace(EXCERPT, item=item)), tmp_path)
    assert "Änderungsantrag (SPD-Fraktion)" in text
    assert len(re.findall(r"Ja +Nein +Enthaltungen +Anwesend", text)) == 4


def test_votes_of_several_committees_say_whose_they_are(tmp_path: Path) -> None:
    ballots = tuple(
        replace(one, committee=f"Ausschuss {place}") for place, one in enumerate(WEIGHED.ballots)
    )
    item = replace(WEIGHED, ballots=ballots)
    text = table_like(print_excerpt(replace(EXCERPT, item=item)), tmp_path)
    assert re.search(r"Gremium +Ausschuss 3", text)


def test_who_was_present_stands_in_its_row_where_it_varies(tmp_path: Path) -> None:
    fewer = replace(WEIGHED.ballots[0], counts=Counts(3, 5, 1), present=9)
    item = replace(WEIGHED, ballots=(fewer, *WEIGHED.ballots[1:]))
    text = table_like(print_excerpt(replace(EXCERPT, item=item)), tmp_path)
    assert re.search(r"Bürger 1 +3 +5 +1 +9 +abgelehnt", text)


def test_an_election_tells_its_rounds(tmp_path: Path) -> None:
    text = table_like(print_excerpt(replace(EXCERPT, item=ELECTED)), tmp_path)
    assert "Wahl: stellvertretender Vorsitz des Ausschusses" in text
    assert re.search(r"1\. Wahlgang +anwesend 10, abgegeben 10, ungültig 1, Enthaltungen 1", text)
    assert re.search(r"Leuschner +5", text)
    assert "Gewählt ist Leuschner" in text
    assert "Sitze" not in text


def test_seats_are_shown_where_they_were_shared_out(tmp_path: Path) -> None:
    election = ELECTED.elections[0]
    last = election.rounds[1]
    tallies = tuple(replace(one, seats=place) for place, one in enumerate(last.tallies))
    item = replace(
        ELECTED, elections=(replace(election, rounds=(replace(last, tallies=tallies),)),)
    )
    text = table_like(print_excerpt(replace(EXCERPT, item=item)), tmp_path)
    assert re.search(r"Wahlvorschlag +Stimmen +Sitze", text)
    assert re.search(r"(?m)^ *Wahlgang +anwesend 10, abgegeben 9", text)


def test_resolutions_bear_their_numbers(tmp_path: Path) -> None:
    text = read(print_excerpt(replace(EXCERPT, item=WEIGHED)), tmp_path)
    assert "Beschluss Nr. 12/2017" in text
    assert "Beschluss Nr. 13/2017" in text
    assert text.count("Die Abwägung wird beschlossen.") == 1


def test_a_certified_copy_has_a_clause_and_room_to_sign(tmp_path: Path) -> None:
    text = squeezed(read(print_excerpt(CERTIFIED), tmp_path))
    assert squeezed("mit der Niederschrift über die Sitzung vom 19.04.2017 übereinstimmt") in text
    assert squeezed("Beglaubigte Abschrift Nr. 2017/4, nicht für die Öffentlichkeit") in text
    assert squeezed("Ausgefertigt am") not in text


def test_the_public_version_refuses_the_words_of_an_objection() -> None:
    with pytest.raises(ValueError, match="objection"):
        print_minutes(replace(PUBLIC_MINUTES, objections=MINUTES.objections))


@pytest.mark.parametrize(
    "told",
    [
        {"notes": ("Der Punkt wurde vertagt.",)},
        {"movements": ("18:05 Uhr: Mewes geht.",)},
        {"recusals": ("Mewes wirkte nicht mit.",)},
        {"elections": ELECTED.elections},
        {"resolutions": WEIGHED.resolutions},
        {"announcements": ELECTED.announcements},
    ],
)
def test_the_public_version_refuses_all_that_a_nonpublic_item_may_tell(
    told: dict[str, object],
) -> None:
    item = replace(BARE, **told)  # type: ignore[arg-type]  # one field a case
    with pytest.raises(ValueError, match="non-public"):
        print_minutes(replace(PUBLIC_MINUTES, nonpublic_items=(item,)))


@pytest.mark.parametrize("count", [2, 15, 16, 45])
def test_a_roll_call_tells_every_name_with_its_vote_in_order(count: int, tmp_path: Path) -> None:
    names = tuple((f"Person{place:03}", "Ja" if place % 3 else "Nein") for place in range(count))
    ballot = replace(COUNTED.ballots[0], names=names)
    pdf = print_excerpt(replace(EXCERPT, item=replace(COUNTED, ballots=(ballot,))))
    heard = squeezed(told(pdf, tmp_path))
    assert squeezed("".join(f"{name}{vote}" for name, vote in names)) in heard
    assert faults_of(pdf) == []


@pytest.mark.parametrize(
    ("standing", "printed"),
    [
        ("vorläufig", "Stand der Niederschrift: vorläufig.\n"),
        ("Die Niederschrift ist genehmigt.", "\nDie Niederschrift ist genehmigt.\n"),
    ],
)
def test_an_excerpt_says_in_a_sentence_how_the_minutes_stand(
    standing: str, printed: str, tmp_path: Path
) -> None:
    assert printed in read(print_excerpt(replace(EXCERPT, standing=standing)), tmp_path)
