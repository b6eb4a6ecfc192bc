"""Votes and elections as they are printed: blocks, tables of many votes, roll calls, rounds."""

from collections.abc import Sequence

from sitzungsdienst.documents.story import Align, Column, Story
from sitzungsdienst.documents.values import BallotBlock, Counts, ElectionBlock, RoundBlock

_ENOUGH_FOR_A_TABLE = 3
_ENOUGH_FOR_TWO_IN_A_ROW = 16


def add_ballots(story: Story, ballots: Sequence[BallotBlock]) -> None:
    """Add the votes on an item: many counted ones as one table, others each as a block."""
    if len(ballots) >= _ENOUGH_FOR_A_TABLE and all(map(_fits_a_row, ballots)):
        _add_table(story, ballots)
        return
    for ballot in ballots:
        _add_ballot(story, ballot)


def _fits_a_row(ballot: BallotBlock) -> bool:
    """Say whether a row of a table holds all that is told of the vote."""
    longer = (ballot.motion, ballot.moved_by, ballot.committee, ballot.requirement)
    told = (*longer, ballot.difference)
    return ballot.counts is not None and not ballot.names and not any(text.strip() for text in told)


def _add_table(story: Story, ballots: Sequence[BallotBlock]) -> None:
    """Add many votes as a table; what is the same for all of them is said once below it."""
    columns = [
        Column("Gegenstand", 7),
        *(Column(name, 1.2, Align.CENTRE) for name in ("Ja", "Nein")),
    ]
    columns.append(Column("Enthaltungen", 2.7, Align.CENTRE))
    optional = {
        "Ungültig": [str(_counts(one).invalid) for one in ballots],
        "Anwesend": [_shown(one.present) for one in ballots],
        "Befangen": [_shown(one.recused) for one in ballots],
        "Art": [one.kind for one in ballots],
    }
    varied = {name: row for name, row in optional.items() if len(set(row)) > 1}
    columns += [Column(name, 1.9, Align.CENTRE) for name in varied]
    columns.append(Column("Ergebnis", 4.8))
    rows = []
    for place, one in enumerate(ballots):
        counts = _counts(one)
        cells = [one.subject, str(counts.yes), str(counts.no), str(counts.abstentions)]
        rows.append([*cells, *(row[place] for row in varied.values()), result_of(one)])
    story.table(columns, rows)
    same = [
        (name, row[0])
        for name, row in optional.items()
        if name not in varied and row[0] not in ("", "0")
    ]
    names = {"Art": "Abstimmungsart", "Anwesend": "Anwesend"}
    story.key_values([(names.get(name, name), value) for name, value in same])


def _counts(ballot: BallotBlock) -> Counts:
    if ballot.counts is None:
        raise ValueError("a vote without counts has no row")
    return ballot.counts


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)


def _add_ballot(story: Story, ballot: BallotBlock) -> None:
    fields = [
        ("Gremium", ballot.committee),
        ("Antrag", _motion(ballot)),
        ("Gegenstand", ballot.subject),
        ("Abstimmungsart", ballot.kind),
        ("Nötige Mehrheit", ballot.requirement),
        ("Ergebnis", result_of(ballot)),
    ]
    if ballot.counts is None:
        fields += [(name, str(number)) for name, number in _presence(ballot)]
    story.key_values(fields, keep=ballot.counts is not None)
    if ballot.counts is not None:
        numbers = [*_votes(ballot.counts), *_presence(ballot)]
        columns = [Column(name, 1, Align.CENTRE) for name, _ in numbers]
        width = min(1.0, len(numbers) / 6)
        story.table(columns, [[str(number) for _, number in numbers]], part=width)
    if ballot.difference.strip():
        story.note(f"Zur Differenz: {ballot.difference}")
    if ballot.names:
        _add_names(story, ballot.names)


def _add_names(story: Story, names: Sequence[tuple[str, str]]) -> None:
    """Add who voted how: many names two in a row, in their order along the rows."""
    pair = [Column("Name", 9), Column("Stimme", 5)]
    if len(names) < _ENOUGH_FOR_TWO_IN_A_ROW:
        story.table(pair, names, part=0.7)
        return
    cells = [cell for name in names for cell in name]
    cells += ["", ""] * (len(names) % 2)
    width = 2 * len(pair)
    rows = [cells[start : start + width] for start in range(0, len(cells), width)]
    story.table([*pair, *pair], rows)


def result_of(ballot: BallotBlock) -> str:
    """Return how the vote ended: in the words of the office, or else in the short one."""
    return ballot.result if ballot.result.strip() else ballot.outcome


def _motion(ballot: BallotBlock) -> str:
    """Return e.g. "Änderungsantrag der CDU-Fraktion", "" for the main motion of nobody."""
    by = ballot.moved_by.strip()
    if not ballot.motion.strip():
        return by
    return f"{ballot.motion} ({by})" if by else ballot.motion


def _votes(counts: Counts) -> list[tuple[str, int]]:
    votes = [("Ja", counts.yes), ("Nein", counts.no), ("Enthaltungen", counts.abstentions)]
    return [*votes, ("Ungültig", counts.invalid)] if counts.invalid else votes


def _presence(ballot: BallotBlock) -> list[tuple[str, int]]:
    told = (
        ("Berechtigt", ballot.entitled),
        ("Anwesend", ballot.present),
        ("Befangen", ballot.recused),
    )
    return [(name, number) for name, number in told if number is not None]


def add_elections(story: Story, elections: Sequence[ElectionBlock], level: int) -> None:
    """Add elections: for each its rounds, with what was cast, for whom, and how it ended."""
    for election in elections:
        story.heading(f"Wahl: {election.office}", level)
        story.key_values([("Wahlverfahren", election.mode)], keep=True)
        for one in election.rounds:
            _add_round(story, one, alone=len(election.rounds) == 1)


def _add_round(story: Story, one: RoundBlock, *, alone: bool) -> None:
    title = "Wahlgang" if alone else f"{one.number}. Wahlgang"
    story.key_values([(title, _cast(one))], keep=True, joined=True)
    seats = any(line.seats is not None for line in one.tallies)
    columns = [Column("Wahlvorschlag", 6), Column("Stimmen", 2, Align.CENTRE)]
    columns += [Column("Sitze", 2, Align.CENTRE)] if seats else []
    rows = [
        [line.name, str(line.votes), *([_shown(line.seats)] if seats else [])]
        for line in one.tallies
    ]
    if rows:
        story.table(columns, rows, part=0.8)
    story.paragraph(one.result)
    for sentence in one.lots:
        story.paragraph(sentence)


def _cast(one: RoundBlock) -> str:
    """Return how many were there and what they handed in, as one line."""
    told = [f"anwesend {one.present}", f"abgegeben {one.handed_in}"]
    rest = (("ungültig", one.invalid), ("Enthaltungen", one.abstentions), ("Nein", one.no))
    return ", ".join([*told, *(f"{name} {number}" for name, number in rest if number)])
