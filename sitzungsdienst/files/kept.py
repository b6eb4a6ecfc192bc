"""A page that keeps its content: rebuilt from an allow-list of operators and resources.

Only letters, lines and areas are taken over, with the fonts they need. What belongs to no drawing
(marked content with its hidden texts, properties, layers) is left out; a page with anything else,
pictures and forms among it, is refused, and becomes a picture.
"""

from typing import Any

import pikepdf

DRAWING = frozenset({
    "q", "Q", "cm", "w", "J", "j", "M", "d", "ri", "i", "gs", "m", "l", "c", "v", "y", "h",
    "re", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n", "W", "W*", "BT", "ET", "Tc",
    "Tw", "Tz", "TL", "Tf", "Tr", "Ts", "Td", "TD", "Tm", "T*", "Tj", "TJ", "'", '"', "CS",
    "cs", "SC", "SCN", "sc", "scn", "G", "g", "RG", "rg", "K", "k",
})  # fmt: skip
MARKS = frozenset({
    "BMC", "BDC", "EMC", "MP", "DP", "BX", "EX",
})  # fmt: skip
SHOWING = frozenset({"Tj", "TJ", "'", '"'})
STATES = frozenset({
    "/LW", "/LC", "/LJ", "/ML", "/D", "/CA", "/ca", "/BM", "/SA", "/OP", "/op", "/OPM", "/AIS",
    "/TK",
})  # fmt: skip
FONT_KEYS = frozenset({
    "/Type", "/Subtype", "/BaseFont", "/FirstChar", "/LastChar", "/Widths", "/Encoding",
    "/ToUnicode", "/DescendantFonts", "/FontDescriptor", "/CIDSystemInfo", "/Registry",
    "/Ordering", "/Supplement", "/W", "/DW", "/W2", "/DW2", "/CIDToGIDMap", "/BaseEncoding",
    "/Differences", "/FontName", "/Flags", "/FontBBox", "/ItalicAngle", "/Ascent", "/Descent",
    "/Leading", "/CapHeight", "/XHeight", "/StemV", "/StemH", "/AvgWidth", "/MaxWidth",
    "/MissingWidth", "/FontFile", "/FontFile2", "/FontFile3", "/Length1", "/Length2",
    "/Length3", "/CMapName", "/WMode", "/UseCMap",
})  # fmt: skip
PLAIN_SPACES = frozenset({"/DeviceGray", "/DeviceRGB", "/DeviceCMYK"})
BY_COMPONENTS = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
DEEPEST = 12


class NotPlain(Exception):
    """The page has something that is not taken over; it becomes a picture."""


class Copier:
    """Takes fonts over into a new file, each once, with nothing but the keys that draw."""

    def __init__(self, target: pikepdf.Pdf) -> None:
        self.target = target
        self._done: dict[tuple[int, int], Any] = {}

    def font(self, source: Any, depth: int = 0) -> Any:
        """A font or a part of one, as an object of the new file. Raises NotPlain."""
        if depth > DEEPEST:
            raise NotPlain
        if not isinstance(source, (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)):
            return source
        known = source.objgen if source.is_indirect else (0, 0)
        if known != (0, 0) and known in self._done:
            return self._done[known]
        made = self._made(source, depth + 1)
        if known != (0, 0):
            made = self._done[known] = self.target.make_indirect(made)
        return made

    def _made(self, source: Any, depth: int) -> Any:
        if isinstance(source, pikepdf.Array):
            return pikepdf.Array([self.font(one, depth) for one in source])
        # Names of letters in an encoding's differences are values, never keys.
        kept = {key: self.font(one, depth) for key, one in source.items() if key in FONT_KEYS}
        if isinstance(source, pikepdf.Stream):
            stream = pikepdf.Stream(self.target, source.read_bytes())
            for key, value in kept.items():
                stream[key] = value
            return stream
        return pikepdf.Dictionary(kept)


def kept_page(copier: Copier, page: pikepdf.Page) -> tuple[bytes, pikepdf.Dictionary]:
    """The page's drawing and its resources for the new file. Raises NotPlain."""
    if float(page.obj.get("/UserUnit", 1)) != 1:
        raise NotPlain
    resources = page.resources
    kept: dict[str, dict[str, Any]] = {"/Font": {}, "/ExtGState": {}, "/ColorSpace": {}}
    instructions = []
    for one in pikepdf.parse_content_stream(page):
        operator = str(one.operator)
        operands = list(one.operands)
        if operator in MARKS:
            if operands and operands[0] == pikepdf.Name.OC:
                raise NotPlain  # a layer, that may be hidden
            continue
        if operator not in DRAWING:
            raise NotPlain
        _take(copier, resources, kept, operator, operands)
        instructions.append((operator, operands, one))
    shown = _fonts_shown(instructions)
    kept["/Font"] = {name: font for name, font in kept["/Font"].items() if name in shown}
    drawing = [
        one
        for operator, operands, one in instructions
        if operator != "Tf" or str(operands[0]) in shown
    ]
    used = {key: pikepdf.Dictionary(value) for key, value in kept.items() if value}
    return pikepdf.unparse_content_stream(drawing), pikepdf.Dictionary(used)


def _fonts_shown(instructions: list[tuple[str, list[Any], Any]]) -> set[str]:
    """The fonts in which something is written: many programs choose one that none is written in."""
    shown: set[str] = set()
    font = ""
    saved: list[str] = []
    for operator, operands, _ in instructions:
        if operator == "Tf":
            font = str(operands[0])
        elif operator == "q":
            saved.append(font)
        elif operator == "Q" and saved:
            font = saved.pop()
        elif operator in SHOWING:
            shown.add(font)
    return shown


def _take(
    copier: Copier, resources: Any, kept: dict[str, dict[str, Any]], operator: str, operands: Any
) -> None:
    """Take over what one instruction needs."""
    if operator == "Tr" and int(operands[0]) not in (0, 1, 2):
        raise NotPlain  # letters that are not drawn
    if operator in ("scn", "SCN") and operands and isinstance(operands[-1], pikepdf.Name):
        raise NotPlain  # a pattern, that may hold words
    if operator == "Tf":
        font = _named(resources, "/Font", operands[0])
        if font.get("/Subtype") == pikepdf.Name.Type3:
            raise NotPlain  # its letters are drawings
        kept["/Font"][str(operands[0])] = copier.font(font)
    elif operator == "gs":
        state = _named(resources, "/ExtGState", operands[0])
        kept["/ExtGState"][str(operands[0])] = _state(state)
    elif operator in ("cs", "CS") and str(operands[0]) not in PLAIN_SPACES:
        space = _named(resources, "/ColorSpace", operands[0])
        kept["/ColorSpace"][str(operands[0])] = _space(space)


def _named(resources: Any, kind: str, name: Any) -> Any:
    try:
        return resources[kind][str(name)]
    except (KeyError, TypeError):
        raise NotPlain from None


def _state(state: Any) -> pikepdf.Dictionary:
    if state.get("/SMask", pikepdf.Name("/None")) != pikepdf.Name("/None") or "/Font" in state:
        raise NotPlain
    made = {key: value for key, value in state.items() if key in STATES}
    if any(isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)) for value in made.values()):
        raise NotPlain
    return pikepdf.Dictionary({key: _plain(value) for key, value in made.items()})


def _plain(value: Any) -> Any:
    """Numbers and names, also in arrays, without the file they come from."""
    if isinstance(value, pikepdf.Array):
        return pikepdf.Array([_plain(one) for one in value])
    if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream, pikepdf.String)):
        raise NotPlain
    return value


def _space(space: Any) -> pikepdf.Name:
    """A colour space as a plain one: profiles bring data of their own."""
    if isinstance(space, pikepdf.Name) and str(space) in PLAIN_SPACES:
        return space
    if isinstance(space, pikepdf.Array) and space[0] == pikepdf.Name.ICCBased:
        return pikepdf.Name(BY_COMPONENTS[int(space[1].get("/N", 3))])
    raise NotPlain
