"""Fetching everything an application can answer, with every id there is."""

import itertools
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import MetaData, select
from sqlalchemy.orm import Session
from werkzeug.routing import IntegerConverter, Rule

from sitzungsdienst.oparl.addresses import BODY_LISTS, NAMES
from sitzungsdienst.publication.codes import code_of
from tests.canary.marking import MARKER
from tests.support.pdf import everything_in

#: What a route's parameter that is no id is tried with. A new route with a new parameter must be
#: named here, or the crawl fails instead of passing it by.
WORDS: dict[str, list[str]] = {
    "edition": ["1", "2"],
    "file_name": ["datei.pdf"],
    "list_name": sorted({spelling for spelling, _ in BODY_LISTS.values()}),
    "name": sorted(NAMES.values()),
    "rest": ["unbekannt"],
    "token": ["unbekannt"],
}
#: The tables whose row numbers a route's parameter means. One that is not named is tried with every
#: number of every table.
NUMBERS: dict[str, tuple[str, ...]] = {
    "apportionment_id": ("apportionment",),
    "attachment_id": ("attachment",),
    "attendance_id": ("attendance",),
    "ballot_id": ("ballot",),
    "body_id": ("body",),
    "change_id": ("agenda_change",),
    "consultation_id": ("consultation",),
    "copy_id": ("certified_copy",),
    "cosignature_id": ("cosignature",),
    "document_id": ("issued_document",),
    "election_id": ("election",),
    "item_id": ("agenda_item",),
    "kind_id": ("paper_kind",),
    "location_id": ("location",),
    "meeting_id": ("meeting",),
    "membership_id": ("membership", "institutional_membership"),
    "objection_id": ("objection",),
    "organization_id": ("organization",),
    "paper_id": ("paper",),
    "person_id": ("person",),
    "print_id": ("resolution_print",),
    "recusal_id": ("recusal",),
    "reminder_id": ("reminder",),
    "report_id": ("resolution_report",),
    "resolution_id": ("resolution",),
    "round_id": ("election_round",),
    "rule_id": ("local_rule",),
    "signature_id": ("minutes_signature",),
    "substitute_id": ("substitute",),
    "term_id": ("legislative_term",),
    "user_id": ("office_user",),
}
RowIds = dict[str, list[int]]
QUERIES = (
    "",
    "?modified_since=1970-01-01T00:00:00%2B00:00",
    "?omit_internal=true",
    # A search for a secret word must not find its row either.
    "?suche=Meier&text=Meier&q=Meier",
    # Nor may one for a word that stands in a non-public attachment alone find its paper.
    "?suche=Kaufpreis",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in full: what was asked, and every byte and word that came back."""

    address: str
    status: int
    kind: str
    words: str


def uids(session: Session, metadata: MetaData) -> list[str]:
    """Every uid the record knows, public or not."""
    found: list[str] = []
    for table in metadata.sorted_tables:
        if "uid" in table.columns:
            found += session.scalars(select(table.c.uid))
    return found


def numbers(session: Session, metadata: MetaData) -> RowIds:
    """The row numbers of every table."""
    return {
        table.name: list(session.scalars(select(table.c.id).order_by(table.c.id)))
        for table in metadata.sorted_tables
        if "id" in table.columns
    }


def addresses(app: Flask, ids: list[str], row_ids: RowIds) -> Iterator[str]:
    """Every GET address of every route, with every id in its place."""
    adapter = app.url_map.bind("127.0.0.1")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint.endswith("static"):
            continue
        names = sorted(rule.arguments)
        for values in itertools.product(*(_values(rule, name, ids, row_ids) for name in names)):
            yield adapter.build(rule.endpoint, dict(zip(names, values, strict=True)))


def _values(rule: Rule, name: str, ids: list[str], row_ids: RowIds) -> Sequence[str | int]:
    if isinstance(rule._converters[name], IntegerConverter):
        tables = NUMBERS.get(name, tuple(row_ids))
        return sorted({number for table in tables for number in row_ids[table]})
    if name == "code":
        return sorted({code_of(one) for one in ids})
    return ids if name == "uid" else WORDS[name]


def fetch(client: FlaskClient, address: str, folder: Path) -> Answer:
    """GET and HEAD an address; words of a PDF are taken out of it too."""
    response = client.get(address)
    head = client.head(address)
    words = [str(response.headers), str(head.headers), response.get_data().decode("latin-1")]
    words.append(response.get_data().decode("utf-8", errors="replace"))
    if response.mimetype == "application/pdf":
        words.append(pdf_words(response.get_data(), folder))
    return Answer(address, response.status_code, response.mimetype, "\n".join(words))


@lru_cache(maxsize=64)  # the same file stands under several addresses
def pdf_words(content: bytes, folder: Path) -> str:
    """Text and metadata of a PDF, by poppler, and all that is in it besides, as files inside."""
    path = folder / "antwort.pdf"
    path.write_bytes(content)
    calls = (["pdftotext", "-layout", str(path), "-"], ["pdfinfo", str(path)])
    words = [subprocess.run(one, capture_output=True, text=True, check=True) for one in calls]
    return "\n".join([*(one.stdout for one in words), everything_in(content)])


def leaks(answers: Iterator[Answer]) -> list[str]:
    """The addresses whose answers hold the marker, with the word that leaked."""
    found = []
    for answer in answers:
        place = answer.words.find(MARKER)
        if place >= 0:
            found.append(f"{answer.address}: {answer.words[place : place + 60]!r}")
    return found
