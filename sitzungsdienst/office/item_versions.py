"""The versions of what is told of an item: in the record, and as the public read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sitzungsdienst.gate.wording import DECISION
from sitzungsdienst.office.differences import Piece, compare
from sitzungsdienst.publication.history import Issue
from sitzungsdienst.publication.results import PublicBallot
from sitzungsdienst.publication.types import PublicAgendaItem
from sitzungsdienst.record.proceedings import Treatment

Texts = tuple[tuple[str, str], ...]
ERASED = "Der Wortlaut dieser Fassung wurde mit einer Rücknahme gelöscht."


@dataclass(frozen=True, slots=True)
class Version:
    """One version with what differs from the one before; `note` where there is nothing to show."""

    title: str
    ended: str
    changes: tuple[tuple[str, tuple[Piece, ...]], ...]
    note: str = ""
    reason: str = ""
    act: str = ""
    at: datetime | None = None


def of_treatment(row: Treatment) -> tuple[Version, ...]:
    """The texts of an item's treatment, the newest first, each compared with the one before."""
    texts: list[Texts] = [
        _texts(
            one.deliberation, one.resolution_text, DECISION[one.decision] if one.decision else ""
        )
        for one in row.revisions
    ]
    now = DECISION[row.decision] if row.decision else ""
    texts.append(_texts(row.deliberation, row.resolution_text, now))
    found = []
    for place, told in enumerate(texts):
        revision = row.revisions[place] if place < len(row.revisions) else None
        who = ""
        if revision is not None:
            who = revision.saved_by.name if revision.saved_by else "der Kommandozeile"
        found.append(
            Version(
                title=f"Fassung {place + 1}",
                ended=f"abgelöst von {who}" if revision else "geltende Fassung",
                changes=_differences(texts[place - 1] if place else (), told),
                at=revision.saved_at if revision else row.modified_at,
            )
        )
    return tuple(reversed(found))


def _texts(deliberation: str, resolution: str, decision: str) -> Texts:
    return (("Beratung", deliberation), ("Beschluss", resolution), ("Beschlussart", decision))


def of_excerpt(
    found: Sequence[Issue[PublicAgendaItem]], acts: dict[str, str]
) -> tuple[Version, ...]:
    """What the public read of an item, the newest first, each compared with the one before."""
    told: list[Version] = []
    before: Texts = ()
    for one in found:
        texts = _released(one.document) if one.document else ()
        told.append(
            Version(
                title=f"Fassung {one.note.version}",
                ended="zurückgenommen" if one.note.withdrawn else "",
                changes=_differences(before, texts) if one.document else (),
                note="" if one.document or one.note.withdrawn else ERASED,
                reason=one.note.reason,
                act=acts.get(one.note.act, one.note.act),
                at=one.note.filed_at,
            )
        )
        before = texts if one.document else before
    return tuple(reversed(told))


def _released(item: PublicAgendaItem) -> Texts:
    return (
        ("Nummer", item.number),
        ("Betreff", item.name),
        ("Beratung", item.deliberation),
        ("Beschluss", item.resolution_text),
        ("Entscheidung", item.decision),
        ("Abstimmungen", "\n".join(_ballot(one) for one in item.ballots)),
        ("Wahlen", "\n".join(r.result_text for one in item.elections for r in one.rounds)),
        ("Beschlussnummern", "\n".join(one.number for one in item.resolutions)),
        ("Stand", item.standing),
    )


def _ballot(one: PublicBallot) -> str:
    counts = ""
    if one.yes is not None:
        counts = f" (Ja {one.yes}, Nein {one.no}, Enthaltungen {one.abstentions})"
    names = "".join(f"\n{vote.name}: {vote.choice}" for vote in one.votes)
    subject = f"{one.subject}: " if one.subject else ""
    return f"{subject}{one.result_text}{counts}{names}"


def _differences(before: Texts, after: Texts) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    """The fields in which two versions differ; of the first one all that it tells, as it is."""
    if not before:
        return tuple((field, (Piece("same", text),)) for field, text in after if text)
    older = dict(before)
    return tuple(
        (field, compare(older[field], text)) for field, text in after if text != older[field]
    )
