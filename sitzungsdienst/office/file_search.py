"""Finding papers by words that stand in their attachments.

Only attachments that the reader may open are looked into, so that nobody learns by a hit that a
word stands in a file that is not theirs.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import flash, url_for
from sqlalchemy import ColumnElement, Integer, bindparam, or_, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.file_texts import state_of
from sitzungsdienst.office import loading
from sitzungsdienst.office.searching import typed_words
from sitzungsdienst.publication.file_texts import says
from sitzungsdienst.publication.finding import Snippet, searchable, snippet
from sitzungsdienst.record.file_texts import FileText, TextState
from sitzungsdienst.record.papers import Attachment, Paper

#: Most attachments told for one paper.
MOST_FILES = 2

NOT_FOUND = {
    TextState.EMPTY: "Kein durchsuchbarer Text gefunden: vermutlich ein Scan. Die Anlage ist"
    " gespeichert, die Suche findet aber keine Wörter darin.",
    TextState.FAILED: "Der Text der Anlage ließ sich nicht auslesen. Sie ist gespeichert, die Suche"
    " findet aber keine Wörter darin.",
    TextState.CUT: "Die Anlage ist sehr lang. Die Suche findet nur Wörter aus ihrem Anfang.",
}


@dataclass(frozen=True, slots=True)
class FileFound:
    """An attachment in which a word stands, where to open it, and the words around the word."""

    address: str
    name: str
    snippet: Snippet


@dataclass(slots=True)
class FilesFound:
    """What was found in attachments.

    `papers` has by typed word the papers with it, `files` by paper the attachments with their
    folded words, those with most words first.
    """

    words: tuple[str, ...] = ()
    papers: dict[str, set[int]] = field(default_factory=dict)
    files: dict[int, list[int]] = field(default_factory=dict)

    def conditions(self) -> Mapping[str, ColumnElement[bool]]:
        """For each typed word, which papers have it in an attachment."""
        return {word: _among(ids) for word, ids in self.papers.items()}

    def on_papers(
        self, session: Session, paper_ids: Sequence[int]
    ) -> dict[int, tuple[FileFound, ...]]:
        """The attachments to tell of each paper, () for none. At most one statement."""
        wanted = {one: self.files.get(one, [])[:MOST_FILES] for one in paper_ids}
        shown = _snippets(session, [one for ids in wanted.values() for one in ids], self.words)
        return {
            paper: tuple(shown[one] for one in ids if one in shown) for paper, ids in wanted.items()
        }


def search(session: Session, actor: Actor, typed: str) -> FilesFound:
    """Look for each typed word that is long enough in the attachments the actor may read."""
    words = {word: searchable(word) for word in typed_words(typed) if searchable(word)}
    if not words:
        return FilesFound()
    dialect = session.get_bind().dialect.name
    columns = [says(dialect, FileText.folded, plain) for plain in words.values()]
    rows = session.execute(
        loading.attachments(session, actor)
        .join(FileText, FileText.sha512 == Attachment.sha512)
        .where(or_(*columns))
        .order_by(Attachment.paper_id, Attachment.position)
        .with_only_columns(Attachment.id, Attachment.paper_id, *columns)
    ).all()
    papers: dict[str, set[int]] = {word: set() for word in words}
    ranked: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for attachment_id, paper_id, *found in rows:
        ranked[paper_id].append((-sum(map(bool, found)), attachment_id))
        for word, stands in zip(words, found, strict=True):
            if stands:
                papers[word].add(paper_id)
    files = {
        paper: [one for _, one in sorted(ones, key=lambda pair: pair[0])]
        for paper, ones in ranked.items()
    }
    return FilesFound(tuple(words.values()), papers, files)


def tell_what_cannot_be_found(session: Session, attachment_id: int) -> None:
    """Tell the clerk plainly where searching will not find the words of a new attachment."""
    state = state_of(session, attachment_id)
    if state in NOT_FOUND:
        flash(NOT_FOUND[state], "warning")


def unsearchable(session: Session, rows: Sequence[Attachment]) -> set[str]:
    """The hashes of those attachments in which no word is found, because none could be read."""
    states = (TextState.EMPTY, TextState.FAILED)
    hashes = [one.sha512 for one in rows]
    wanted = select(FileText.sha512).where(FileText.sha512.in_(hashes), FileText.state.in_(states))
    return set(session.scalars(wanted)) if hashes else set()


def _among(ids: set[int]) -> ColumnElement[bool]:
    # Written into the statement: databases bound the number of values sent beside it.
    numbers = bindparam(None, sorted(ids), type_=Integer(), expanding=True, literal_execute=True)
    return Paper.id.in_(numbers)


def _snippets(session: Session, ids: Sequence[int], words: Sequence[str]) -> dict[int, FileFound]:
    if not ids:
        return {}
    rows = session.execute(
        select(Attachment.id, Attachment.name, FileText.text)
        .join(FileText, FileText.sha512 == Attachment.sha512)
        .where(Attachment.id.in_(ids))
    )
    found = {}
    for attachment_id, name, text in rows:
        place = snippet(text, words)
        if place is not None:
            found[attachment_id] = FileFound(
                url_for("paper_parts.download", attachment_id=attachment_id), name, place
            )
    return found
