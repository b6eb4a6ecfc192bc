"""Bodies (Körperschaften): administrators add them and keep their letterhead."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Unknown
from sitzungsdienst.acts.numbers import check_pattern
from sitzungsdienst.acts.paper_kinds import give_default_kinds
from sitzungsdienst.acts.paper_numbers import PLACES_OF_PAPERS
from sitzungsdienst.acts.text import clean_line
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.law.rules import LAENDER
from sitzungsdienst.record.accounts import UserRole
from sitzungsdienst.record.bodies import Body

LINE_LIMIT = 300


@dataclass(frozen=True, slots=True)
class BodyData:
    """Everything a Body has; its own rules of law are kept by `acts.local_rules`.

    `administered_by_id` is the Body whose office runs the sessions. The patterns build numbers
    (`acts.numbers`); "" where the office types them.
    """

    name: str
    land: str
    short_name: str = ""
    classification: str = ""
    seat: str = ""
    ags: str = ""
    department: str = "Sitzungsdienst"
    street_address: str = ""
    postal_code: str = ""
    locality: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    colour: str = "#1f3b64"
    administered_by_id: int | None = None
    paper_number_pattern: str = ""
    resolution_number_pattern: str = "{seq}/{year}"


LINES = (
    "name", "short_name", "classification", "seat", "department", "street_address",
    "postal_code", "locality", "phone", "email", "website",
)  # fmt: skip

PATTERNS = {
    "paper_number_pattern": PLACES_OF_PAPERS,
    "resolution_number_pattern": frozenset({"year", "committee", "term", "paper"}),
}


def add_body(session: Session, actor: Actor, data: BodyData, now: datetime) -> int:
    """Add a Body and return its number. Raises RuleBroken; Unknown for who may not."""
    _only_administrators(actor)
    with act(session, actor, "add_body", now) as run:
        body = Body()
        _fill(run, body, data)
        run.about(body)
        give_default_kinds(session, body)
    return body.id


def change_body(
    session: Session, actor: Actor, body_id: int, version: int, data: BodyData, now: datetime
) -> None:
    """Change a Body. Raises RuleBroken, Stale; Unknown for who may not."""
    _only_administrators(actor)
    with act(session, actor, "change_body", now) as run:
        body = run.about(run.fetch(Body, body_id, version=version))
        _fill(run, body, data)


def _only_administrators(actor: Actor) -> None:
    if actor.role is not UserRole.ADMINISTRATOR:
        raise Unknown("bodies")


def _fill(run: Run, body: Body, data: BodyData) -> None:
    for column in LINES:
        value = clean_line(getattr(data, column))
        if len(value) > LINE_LIMIT:
            raise RuleBroken(column, f"Bitte kürzen Sie auf höchstens {LINE_LIMIT} Zeichen.")
        setattr(body, column, value)
    _check_name(run, body)
    if data.land not in LAENDER:
        raise RuleBroken("land", "Bitte wählen Sie das Land, dessen Recht gilt.")
    if data.ags and not re.fullmatch("[0-9]{8}", data.ags):
        raise RuleBroken("ags", "Der Amtliche Gemeindeschlüssel hat genau acht Ziffern.")
    if not re.fullmatch("#[0-9a-fA-F]{6}", data.colour):
        raise RuleBroken("colour", "Bitte geben Sie eine Farbe wie #1f3b64 an.")
    if body.website and not re.match(r"https?://[^\s]+$", body.website):
        raise RuleBroken("website", "Bitte geben Sie eine Adresse an, die mit https:// beginnt.")
    for column, places in PATTERNS.items():
        pattern = clean_line(getattr(data, column))
        check_pattern(column, pattern, allowed=places)
        setattr(body, column, pattern)
    body.administered_by_id = _office_of(run, body, data.administered_by_id)
    body.land, body.ags = data.land, data.ags
    body.colour = data.colour.lower()


def _office_of(run: Run, body: Body, wanted: int | None) -> int | None:
    """The Body whose office runs this one's sessions. Raises RuleBroken for a circle."""
    if wanted is None:
        return None
    one = run.session.get(Body, wanted)
    if one is None:
        raise RuleBroken("administered_by_id", "Bitte wählen Sie eine Körperschaft der Liste.")
    seen: set[int] = set()
    while one is not None and one.id not in seen:
        if one is body:
            raise RuleBroken(
                "administered_by_id",
                "Die Körperschaft würde so von sich selbst betreut. Bitte wählen Sie eine andere.",
            )
        seen.add(one.id)
        one = one.administered_by
    return wanted


def _check_name(run: Run, body: Body) -> None:
    if not body.name:
        raise RuleBroken("name", "Bitte geben Sie den Namen der Körperschaft an.")
    other = run.session.scalar(
        select(Body.id).where(func.lower(Body.name) == func.lower(body.name))
    )
    if other is not None and other != body.id:
        raise RuleBroken("name", f"»{body.name}« gibt es schon.")
