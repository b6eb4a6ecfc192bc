"""Footnotes at the foot of the page on which they are called. For the sheet and the story alone.

A frame that is given a text which calls notes keeps room for them below it: the text ends only on
a page on which its notes at least begin. What of a note does not fit goes on at the foot of the
next page, before any newer note; after the last page it goes on as plain text.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, PageBreak, PageTemplate
from reportlab.platypus.doctemplate import BaseDocTemplate, FrameActionFlowable
from reportlab.platypus.flowables import HRFlowable

from sitzungsdienst.documents.blocks import Note, Text, notes_of

_LEAST_LINES: Final = 2
_UNPARTED_LINES: Final = 3  # of these, no two would stand on each page
_LARGEST_PART: Final = 0.5  # of a page, for notes that go on from the page before
_HAIR: Final = 0.01


class NotesFoot:
    """The notes of a document on their way: those of this page, and those that must go on."""

    def __init__(self, rule: HRFlowable) -> None:
        """Begin without notes; `rule` parts them from the text above."""
        self._rule = rule
        self._here: list[Note] = []
        self._left: list[Note] = []

    def needs(self, notes: Sequence[Note], width: float) -> float:
        """Return the room that `notes` need at least, in points: the last of them may go on.

        While others still wait for the next page these wait behind them, and need none here.
        """
        if self._left or not notes:
            return 0.0
        *whole, last = notes
        begun = room = _room(last, width)
        if last.height > _UNPARTED_LINES * last.style.leading + _HAIR:
            begun = min(room, _LEAST_LINES * last.style.leading + last.getSpaceAfter())
        return self._rule_room() + sum(_room(one, width) for one in whole) + begun

    def take(self, notes: Iterable[Note], width: float, room: float) -> float:
        """Take `notes` that are called on this page; return how much of `room` they use."""
        used = 0.0
        for one in notes:
            rule = self._rule_room()
            first, rest = _parted(one, width, room - used - rule)
            if self._left:
                first, rest = None, one
            if first:
                used += rule + _room(first, width)
                self._here.append(first)
            if rest:
                self._left.append(rest)
        return used

    def begin_page(self, width: float, height: float) -> float:
        """Take what is left from the page before; return the room it uses on this one."""
        left, self._left, self._here = self._left, [], []
        return self.take(left, width, height * _LARGEST_PART)

    def draw(self, canvas: Canvas, left: float, low: float, width: float) -> None:
        """Draw the notes of this page so that the last one ends at `low`."""
        notes, self._here = self._here, []
        if not notes:
            return
        heights = [_room(one, width) for one in notes]
        y = low + sum(heights)
        self._rule.wrapOn(canvas, width, y)
        self._rule.drawOn(canvas, left, y + self._rule.getSpaceAfter())
        for note, height in zip(notes, heights, strict=True):
            note.wrapOn(canvas, width, height)
            note.drawOn(canvas, left, y - float(note.height))
            y -= height

    def rest(self) -> list[Flowable]:
        """Return what has found no room, as text for a new page."""
        left, self._left = self._left, []
        return [PageBreak(), self._rule, *left] if left else []

    def _rule_room(self) -> float:
        """Return the room of the rule, where it does not stand on the page yet."""
        rule = self._rule
        return 0.0 if self._here else float(rule.getSpaceBefore() + rule.getSpaceAfter() + 1)


class RestOfNotes(FrameActionFlowable):
    """Stands last in a story: here goes what of the notes has found no room."""

    def __init__(self) -> None:
        """Know nothing: the frame knows the notes."""

    def frameAction(self, frame: Frame) -> None:  # noqa: N802 (reportlab's name)
        """Hand the rest to the frame."""
        if isinstance(frame, NotedFrame):
            frame.add_generated_content(*frame.foot.rest())


class NotedFrame(Frame):
    """A frame that keeps room at its foot for the notes its texts call."""

    # reportlab's own, unknown to its types.
    _y: float
    _y1p: float
    _aW: float  # noqa: N815 (reportlab's name)
    _aH: float  # noqa: N815 (reportlab's name)
    _atTop: int  # noqa: N815 (reportlab's name)
    _prevASpace: float  # noqa: N815 (reportlab's name)

    def __init__(
        self, foot: NotesFoot, left: float, low: float, width: float, height: float
    ) -> None:
        """Take the foot that all frames of a document share, then the frame's place."""
        self.foot = foot
        super().__init__(left, low, width, height, 0, 0, 0, 0, id="text")

    def _reset(self) -> None:
        """Begin a page, with room for the notes that go on from the one before."""
        plain: Any = super()
        plain._reset()
        plain._geom()
        self._y1p += self.foot.begin_page(self._aW, self._aH)

    def add(self, flowable: Flowable, canv: Canvas, trySplit: int = 0) -> Literal[0, 1]:  # noqa: N803 (reportlab's name)
        """Draw `flowable` where it and the beginning of its notes fit; say whether it did."""
        notes = notes_of(flowable)
        needed = self.foot.needs(notes, self._aW)
        after = float(flowable.getSpaceAfter()) if needed else 0.0
        if needed and self._room_below(flowable, canv) < needed + after:
            return 0
        done = super().add(flowable, canv, trySplit)
        if done and notes:
            self._y1p += self.foot.take(notes, self._aW, self._y - self._y1p)
        return done

    def split(self, flowable: Flowable, canv: Canvas) -> list[Flowable]:
        """Return the parts of `flowable`; the last one calls the notes and needs room for them."""
        needed = self.foot.needs(notes_of(flowable), self._aW)
        if needed and isinstance(flowable, Text) and self._room_below(flowable, canv) < 0:
            needed = 0.0  # The first part calls none of them.
        low = self._y1p
        self._y1p += needed + float(flowable.getSpaceAfter() if needed else 0)
        parts = super().split(flowable, canv)
        self._y1p = low
        return parts

    def _room_below(self, flowable: Flowable, canvas: Canvas) -> float:
        """Return how much of the frame is left below `flowable`; less than 0 where it is higher."""
        before = 0.0 if self._atTop else max(flowable.getSpaceBefore() - self._prevASpace, 0.0)
        room = self._y - self._y1p - before
        _, height = flowable.wrapOn(canvas, self._aW, room)
        return float(room - height)


class NotedPage(PageTemplate):
    """A page that draws the notes its text calls."""

    def afterDrawPage(self, canv: Canvas, doc: BaseDocTemplate) -> None:  # noqa: N802 (reportlab's name)
        """Draw the notes at the foot of the text."""
        del doc
        for frame in self.frames:
            if isinstance(frame, NotedFrame):
                frame.foot.draw(canv, frame.x1, frame.y1, frame.width)


def _room(note: Note, width: float) -> float:
    _, height = note.wrap(width, 0)
    return height + float(note.getSpaceAfter())


def _parted(note: Note, width: float, room: float) -> tuple[Note | None, Note | None]:
    """Return what of `note` stands in `room`, and the rest."""
    if _room(note, width) <= room + _HAIR:
        return note, None
    parts = note.split(width, room - note.getSpaceAfter()) if room > 0 else []
    texts = [one for one in parts if isinstance(one, Note)]
    if len(texts) < 2:
        return None, note
    return texts[0], texts[1]
