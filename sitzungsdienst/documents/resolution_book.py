"""The resolution book (Beschlussbuch): all resolutions of a year or term, with registers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from reportlab.graphics.shapes import Drawing

from sitzungsdienst.documents.book import Book, Line, print_book
from sitzungsdienst.documents.charts import result_bar, votes_in_words
from sitzungsdienst.documents.seal_field import SEALED
from sitzungsdienst.documents.sorting import Key, in_words, initial
from sitzungsdienst.documents.story import Facts
from sitzungsdienst.documents.values import Audience, BallotBlock, ElectionBlock
from sitzungsdienst.documents.values_resolutions import PREVIEW, BookEntry, ResolutionBook
from sitzungsdienst.documents.votes import result_of
from sitzungsdienst.german import plain_date

_NO_UNIT = "Ohne zuständige Stelle"


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry with the name under which registers find it."""

    entry: BookEntry
    name: str
    public: bool

    @property
    def number(self) -> Key:
        return in_words(self.entry.number)

    def words(self, text: str) -> str:
        """Return `text` with what a register must say beside it."""
        marks = [] if self.public else ["nichtöffentlich"]
        marks += ["ungültig"] if self.entry.void else []
        return f"{text} ({', '.join(marks)})" if marks else text


def print_resolution_book(book: ResolutionBook, *, sealable: bool = False) -> bytes:
    """Return the PDF of `book`; a `sealable` one says that it is sealed, and is to be.

    One for the public with non-public entries raises ValueError.
    """
    if book.audience is Audience.PUBLIC and book.nonpublic:
        raise ValueError("a book for the public holds no non-public resolutions")
    public = _placed(book.public, "oe", public=True)
    nonpublic = _placed(book.nonpublic, "n", public=False)

    def tell(told: Book) -> None:
        _tell(told, book, public, nonpublic)
        if sealable:
            told.note(SEALED)

    return print_book(replace(_facts(book), sealable=sealable), tell)


def _facts(book: ResolutionBook) -> Facts:
    members = book.audience is Audience.MEMBERS
    return Facts(
        kind="Beschlussbuch, nicht für die Öffentlichkeit" if members else "Beschlussbuch",
        title=f"Beschlussbuch {book.scope}, {book.period}",
        running_head=f"Beschlussbuch {book.scope}, {book.period}",
        letterhead=book.letterhead,
        issued_on=book.issued_on,
    )


def _placed(entries: Sequence[BookEntry], prefix: str, *, public: bool) -> list[_Placed]:
    """Return the entries in the order of the book: by meeting, there by number."""
    found = sorted(entries, key=lambda one: (one.start, one.committees, in_words(one.number)))
    return [_Placed(one, f"{prefix}{place}", public) for place, one in enumerate(found, start=1)]


def _tell(
    told: Book, book: ResolutionBook, public: list[_Placed], nonpublic: list[_Placed]
) -> None:
    members = book.audience is Audience.MEMBERS
    told.heading("Beschlussbuch")
    told.subtitle(f"{book.scope}, {book.period}")
    told.key_values(
        [
            ("Fassung", _version(book)),
            ("Öffentlich", _count(public)),
            ("Nichtöffentlich", _count(nonpublic) if members else ""),
            ("Stand", plain_date(book.issued_on)),
            *([PREVIEW] if book.preview else []),
        ]
    )
    told.heading("Inhalt", 2)
    told.contents(_contents(public, nonpublic, members=members))
    _tell_part(told, "Öffentliche Beschlüsse", "teil-oe", public)
    if members:
        _tell_part(told, "Nichtöffentliche Beschlüsse", "teil-n", nonpublic)
    if public or nonpublic:
        _tell_indexes(told, [*public, *nonpublic])


def _version(book: ResolutionBook) -> str:
    if book.audience is Audience.MEMBERS:
        return "vollständig, nicht für die Öffentlichkeit"
    return "öffentlicher Teil: die veröffentlichten Beschlüsse"


def _count(entries: Sequence[_Placed]) -> str:
    void = sum(bool(one.entry.void) for one in entries)
    count = len(entries)
    told = "1 Beschluss" if count == 1 else f"{count} Beschlüsse"
    return f"{told}, davon {void} ungültig" if void else told


def _contents(
    public: Sequence[_Placed], nonpublic: Sequence[_Placed], *, members: bool
) -> list[Line]:
    """Return the lines of the table of contents: the parts with their meetings, the registers."""
    lines = [Line("Öffentliche Beschlüsse", "teil-oe"), *_meetings(public)]
    if members:
        lines += [Line("Nichtöffentliche Beschlüsse", "teil-n"), *_meetings(nonpublic)]
    if public or nonpublic:
        lines += [Line(title, name) for title, name in _REGISTERS]
    return lines


def _meetings(entries: Sequence[_Placed]) -> list[Line]:
    lines = []
    for _, group in groupby(entries, key=lambda one: (one.entry.start, one.entry.committees)):
        first, *others = group
        entry = first.entry
        numbers = f"{entry.number} bis {others[-1].entry.number}" if others else entry.number
        name = ", ".join(entry.committees) or entry.meeting
        words = f"{name}, {plain_date(entry.start)}: {numbers}"
        lines.append(Line(words, first.name, level=1))
    return lines


def _tell_part(told: Book, title: str, name: str, entries: Sequence[_Placed]) -> None:
    told.page_break()
    told.heading(title, 2, name=name)
    if not entries:
        told.paragraph("In diesem Zeitraum gibt es keinen Beschluss.")
    for one in entries:
        mark = " (ungültig)" if one.entry.void else ""
        told.heading(f"{one.entry.subject}{mark}", 3, number=one.entry.number, name=one.name)
        _tell_entry(told, one.entry)


def _tell_entry(told: Book, entry: BookEntry) -> None:
    if entry.void:
        told.paragraph(entry.void)
    else:
        told.box(entry.text)
    where = f"{', '.join(entry.committees) or entry.meeting}, {plain_date(entry.start)}"
    fields = [
        ("Sitzung", where if entry.meeting in where else f"{where}\n{entry.meeting}"),
        ("TOP", _item(entry)),
        ("Vorlage", ", ".join(entry.papers)),
    ]
    if not entry.void:
        fields += [
            ("Entscheidung", entry.decision),
            ("Abstimmung", "\n".join(filter(None, map(_vote, entry.ballots)))),
            ("Wahl", "\n".join(filter(None, map(_elected, entry.elections)))),
            ("Zuständig", entry.unit),
            ("Bekanntgabe", entry.announcement),
        ]
    told.key_values(fields, pictures=_bar(entry))


def _bar(entry: BookEntry) -> dict[str, tuple[Drawing, str]]:
    """Return the result as a picture where one vote was counted: of several, whose would it be."""
    counts = entry.ballots[0].counts if len(entry.ballots) == 1 else None
    if counts is None or not counts.yes + counts.no + counts.abstentions:
        return {}
    return {"Abstimmung": (result_bar(counts), votes_in_words(counts))}


def _item(entry: BookEntry) -> str:
    title = "" if entry.title == entry.subject else entry.title
    return " ".join(filter(None, (entry.item, title)))


def _vote(ballot: BallotBlock) -> str:
    """Return a vote as one line: "Änderungsantrag, offen: 12 Ja, 3 Nein, 1 Enthaltung; …"."""
    by = f"({ballot.moved_by})" if ballot.moved_by.strip() else ""
    head = [
        ballot.committee,
        f"{ballot.motion} {by}".strip(),
        ballot.subject,
        ballot.kind,
        ballot.requirement,
    ]
    tail = [_counts(ballot), result_of(ballot), _names(ballot)]
    told = (", ".join(filter(str.strip, head)), "; ".join(filter(str.strip, tail)))
    return ": ".join(filter(None, told))


def _counts(ballot: BallotBlock) -> str:
    counts = ballot.counts
    if counts is None:
        return ""
    told = [f"{counts.yes} Ja", f"{counts.no} Nein", _of(counts.abstentions, "Enthaltung")]
    told += [f"{counts.invalid} ungültig"] if counts.invalid else []
    told += [f"{ballot.recused} befangen"] if ballot.recused else []
    return ", ".join(told)


def _of(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}en"


def _names(ballot: BallotBlock) -> str:
    """Return who voted how, where names were called: "Ja: Abel, Berg; Nein: Carl"."""
    choices = dict.fromkeys(choice for _, choice in ballot.names)
    voters = {
        choice: ", ".join(name for name, chosen in ballot.names if chosen == choice)
        for choice in choices
    }
    return "; ".join(f"{choice}: {names}" for choice, names in voters.items())


def _elected(election: ElectionBlock) -> str:
    result = election.rounds[-1].result if election.rounds else ""
    return ": ".join(filter(str.strip, (election.office, result)))


_REGISTERS = (
    ("Verzeichnis nach Nummer", "nach-nummer"),
    ("Verzeichnis nach Gegenstand", "nach-gegenstand"),
    ("Verzeichnis nach zuständiger Stelle", "nach-stelle"),
)


def _tell_indexes(told: Book, entries: Sequence[_Placed]) -> None:
    titles = iter(_REGISTERS)

    def begin() -> None:
        title, name = next(titles)
        told.heading(title, 2, name=name)

    told.page_break()
    begin()
    by_number = sorted(entries, key=lambda one: (one.entry.start.year, one.number))
    told.index([_numbered(one) for one in by_number])
    begin()
    _tell_subjects(told, entries)
    begin()
    _tell_units(told, by_number)


def _tell_subjects(told: Book, entries: Sequence[_Placed]) -> None:
    by_subject = sorted(entries, key=lambda one: (in_words(one.entry.subject), one.number))
    for letter, group in groupby(by_subject, key=lambda one: initial(one.entry.subject)):
        told.heading(letter, 3)
        told.index(
            [Line(one.words(f"{one.entry.subject}, {one.entry.number}"), one.name) for one in group]
        )


def _tell_units(told: Book, by_number: Sequence[_Placed]) -> None:
    """Tell who carries out what; what counts no more is nobody's."""
    sound = [one for one in by_number if not one.entry.void]
    units = sorted({one.entry.unit for one in sound}, key=lambda unit: (not unit, in_words(unit)))
    for unit in units:
        told.heading(unit or _NO_UNIT, 3)
        told.index([_numbered(one) for one in sound if one.entry.unit == unit])


def _numbered(one: _Placed) -> Line:
    return Line(one.words(one.entry.subject), one.name, one.entry.number)
