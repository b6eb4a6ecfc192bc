"""Finding papers by words that stand in their public files.

Only what lies beside public bytes is looked into: it was read from them, and goes with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sitzungsdienst.public import addresses
from sitzungsdienst.public.shelf import Shelf
from sitzungsdienst.publication.finding import Snippet, searchable, snippet
from sitzungsdienst.publication.types import PublicFile

#: Most files told for one paper.
MOST_FILES = 2


@dataclass(frozen=True, slots=True)
class FileFound:
    """A file in which a word stands, where to open it, and the words around the word."""

    address: str
    name: str
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class FilesFound:
    """The files in which one of the folded words stands, by paper, each with those words."""

    words: tuple[str, ...] = ()
    files: dict[str, list[tuple[PublicFile, frozenset[str]]]] = field(default_factory=dict)

    def words_of(self, paper: str) -> frozenset[str]:
        """Which words stand in the public files of a paper."""
        return frozenset().union(*(words for _, words in self.files.get(paper, ())))

    def on_papers(self, shelf: Shelf, papers: Sequence[str]) -> dict[str, tuple[FileFound, ...]]:
        """The files to tell of each paper, those with most words first, () for none."""
        wanted = {
            uid: [
                file for file, _ in sorted(self.files.get(uid, ()), key=lambda pair: -len(pair[1]))
            ][:MOST_FILES]
            for uid in papers
        }
        names = {one.sha512_checksum for files in wanted.values() for one in files}
        texts = shelf.file_texts(names)
        return {
            uid: tuple(
                FileFound(addresses.file(one.uid), one.name, place)
                for one in files
                if (place := snippet(texts.get(one.sha512_checksum, ""), self.words))
            )
            for uid, files in wanted.items()
        }


def search(shelf: Shelf, words: Sequence[str]) -> FilesFound:
    """Look for each folded word that is long enough in the public files."""
    wanted = tuple(word for word in words if searchable(word))
    if not wanted:
        return FilesFound()
    found: dict[str, list[tuple[PublicFile, frozenset[str]]]] = {}
    for file, said in shelf.files_saying(wanted):
        for paper in file.paper:
            found.setdefault(paper, []).append((file, said))
    return FilesFound(wanted, found)
