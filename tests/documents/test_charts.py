"""Votes as a bar: its parts in proportion, and words for those who do not see it."""

import io
from dataclasses import replace

import pikepdf
import pytest
from reportlab.graphics.shapes import Rect

from sitzungsdienst.documents.charts import result_bar, votes_in_words
from sitzungsdienst.documents.resolution_book import print_resolution_book
from sitzungsdienst.documents.values import Counts
from sitzungsdienst.documents.values_resolutions import BookEntry
from tests.documents.resolution_cast import BOOK, CALLED, TENTH, VOTED
from tests.support.standards import faults_of


def lengths(counts: Counts) -> list[float]:
    return [part.width for part in result_bar(counts).contents if isinstance(part, Rect)]


def words_for_pictures(*entries: BookEntry) -> list[str]:
    pdf = print_resolution_book(replace(BOOK, public=entries, nonpublic=()))
    assert faults_of(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            str(one.Alt)
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]


def test_the_parts_of_a_bar_are_as_long_as_the_votes_are_many() -> None:
    yes, no, abstained = lengths(Counts(12, 6, 2))
    assert yes == pytest.approx(2 * no)
    assert no == pytest.approx(3 * abstained)


def test_what_nobody_chose_has_no_part() -> None:
    assert len(lengths(Counts(12, 0, 0))) == 1
    with pytest.raises(ValueError, match="no votes"):
        result_bar(Counts(0, 0, 0, 4))


def test_a_bar_is_told_in_words() -> None:
    assert votes_in_words(Counts(14, 3, 1)) == "Ergebnis als Balken: 14 Ja, 3 Nein, 1 Enthaltung."


def test_the_book_shows_the_one_vote_of_a_resolution_and_of_several_none() -> None:
    told = votes_in_words(Counts(20, 3, 1))
    assert words_for_pictures(TENTH) == [told]
    assert words_for_pictures(replace(TENTH, ballots=(VOTED, CALLED))) == []
    uncounted = replace(VOTED, counts=None)
    unanimous_silence = replace(VOTED, counts=Counts(0, 0, 0))
    assert words_for_pictures(replace(TENTH, ballots=(uncounted,))) == []
    assert words_for_pictures(replace(TENTH, ballots=(unanimous_silence,))) == []
    assert words_for_pictures(replace(TENTH, void="Ungültig")) == []
