"""Reading a public page as a program would: by the marks that its fields bear."""

from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "br", "img", "hr"}


class _Marked(HTMLParser):
    """Collects the text of every element, and apart that of those with data-feld."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str | None] = []
        self.fields: dict[str, list[str]] = {}
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marks = dict(attrs)
        self.tags.append(tag)
        if tag == "a":
            self.links.append((str(marks.get("href")), ""))
        if tag in _VOID:
            return
        key = marks.get("data-feld")
        if key is not None:
            self.fields.setdefault(key, []).append("")
        self.open.append(key)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        for key in self.open:
            if key is not None:
                self.fields[key][-1] += data + " "
        if self.links:
            address, text = self.links[-1]
            self.links[-1] = (address, text + data)


def _read(html: str) -> _Marked:
    reader = _Marked()
    reader.feed(html)
    return reader


def _plain(text: str) -> str:
    return " ".join(text.split())


def fields(html: str) -> dict[str, str]:
    """The text of each marked field; of several with one mark, the first."""
    return {key: _plain(texts[0]) for key, texts in _read(html).fields.items()}


def text(html: str) -> str:
    """The whole text in one line."""
    return _plain(" ".join(_read(html).words))


def addresses(html: str) -> list[str]:
    """The addresses of all links, in their order."""
    return [address for address, _ in _read(html).links]


def tags(html: str) -> list[str]:
    """The names of all elements, in their order."""
    return _read(html).tags
