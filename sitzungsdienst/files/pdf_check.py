"""What in a PDF could act by itself or bring another file along. Runs in the worker.

Every object of the file is looked at, wherever it hangs: in the catalogue, in additional actions of
pages and annotations, in name trees and outlines, or nowhere at all. Names are compared as the
library reads them, so that "/J#61vaScript" is no other name.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

#: Names that say by themselves what is wrong, as a key or as a value → reason.
NAMES = {
    "/JavaScript": "script",
    "/JS": "script",
    "/Launch": "launch",
    # Embedded files need not say what they are: "/EF" leads to them (ISO 32000-1, 7.11.3).
    "/EmbeddedFile": "embedded",
    "/EmbeddedFiles": "embedded",
    "/EF": "embedded",
    "/FileAttachment": "embedded",
    "/Collection": "embedded",
    "/GoToE": "embedded",
    "/RichMedia": "media",
    "/RichMediaExecute": "media",
    "/Rendition": "media",
    "/XFA": "xfa",
    "/SubmitForm": "form",
    "/ImportData": "form",
    "/ResetForm": "form",
    "/GoToR": "outside",
}
#: Kinds of actions and of annotations whose names may mean something harmless elsewhere.
ACTIONS = {"/Movie": "media", "/Sound": "media", "/Hide": "form", "/Thread": "outside"}
ANNOTATIONS = {"/Movie": "media", "/Sound": "media", "/Screen": "media", "/3D": "media"}


def answer(content: bytes, _values: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Why the PDF is refused: a reason and the name found; both empty where it is harmless."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) == 0:
                return _told("damaged"), b""
            return _told(*next(_faults(pdf), ("", ""))), b""
    except pikepdf.PasswordError:
        return _told("password"), b""
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, RecursionError):
        return _told("damaged"), b""


def _told(reason: str, name: str = "") -> dict[str, Any]:
    return {"reason": reason, "name": name}


def _faults(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Each thing that is not allowed, as reason and name."""
    stack: list[object] = [pdf.trailer, *pdf.objects]
    while stack:
        item = stack.pop()
        if isinstance(item, pikepdf.Array):
            stack.extend(_own(list(item)))
        elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            values = dict(item.items())
            yield from _faults_of(values, stream=isinstance(item, pikepdf.Stream))
            stack.extend(_own(list(values.values())))


def _own(values: list[object]) -> list[object]:
    """The values that are no references: indirect objects are visited by themselves.

    Following them could run in circles. Numbers and truth values come as Python's own and hold
    nothing.
    """
    return [one for one in values if not getattr(one, "is_indirect", True)]


def _faults_of(values: dict[str, Any], *, stream: bool) -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        name = str(value) if isinstance(value, pikepdf.Name) else ""
        for one in (key, name):
            if one in NAMES:
                yield NAMES[one], one
        if key == "/S" and name in ACTIONS:
            yield ACTIONS[name], name
        if key == "/Subtype" and name in ANNOTATIONS:
            yield ANNOTATIONS[name], name
    if stream and "/F" in values:  # its bytes lie in another file (ISO 32000-1, 7.3.8.2)
        yield "outside", "/F"
    if stream and isinstance(values.get("/Ref"), pikepdf.Dictionary):
        yield "outside", "/Ref"
    yield from _by_themselves(values)


def _by_themselves(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """A link is harmless where somebody clicks it, not where opening the file follows it."""
    actions = [values["/OpenAction"]] if "/OpenAction" in values else []
    further = values.get("/AA")
    if isinstance(further, pikepdf.Dictionary):
        actions += [one for _, one in further.items()]
    for _ in range(50):
        if not actions:
            return
        action = actions.pop()
        if isinstance(action, pikepdf.Array):
            actions += [one for one in action if isinstance(one, pikepdf.Dictionary)][:20]
        elif isinstance(action, pikepdf.Dictionary):
            # A destination is an array or names a page; only an action has "/S".
            if action.get("/S") == pikepdf.Name.URI:
                yield "outside", "/URI"
            if "/S" in action and "/Next" in action:
                actions.append(action["/Next"])
    yield "damaged", "/Next"
