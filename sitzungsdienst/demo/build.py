"""Building the demo database: six Bodies, their public record, and users to sign in with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from sitzungsdienst.acts.accounts import AddUser, add_user
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.bodies import BodyData, add_body
from sitzungsdienst.acts.editions import give_public_url
from sitzungsdienst.acts.local_rules import LocalRuleFacts, add_local_rule
from sitzungsdienst.demo import boerde, kempten, neighbours, votes
from sitzungsdienst.demo.office import Office
from sitzungsdienst.record.accounts import UserRole
from sitzungsdienst.record.local_rules import LocalLayer

BOERDE = BodyData(
    name="Landkreis Börde",
    land="ST",
    classification="Landkreis",
    seat="Haldensleben",
    street_address="Gerikestraße 104",
    postal_code="39340",
    locality="Haldensleben",
    email="sitzungsdienst@boerde.example",
)
NEIGHBOURS = (
    BodyData(
        name="Stadt Kaufbeuren",
        land="BY",
        classification="Stadt",
        seat="Kaufbeuren",
        colour="#7a1f2b",
    ),
    BodyData(
        name="Stadt Kempten (Allgäu)",
        land="BY",
        classification="Stadt",
        seat="Kempten (Allgäu)",
        colour="#1d5b45",
    ),
    BodyData(
        name="Stadt Ahaus",
        land="NW",
        classification="Stadt",
        seat="Ahaus",
        colour="#5b3a1d",
    ),
    BodyData(
        name="Stadt Köln",
        land="NW",
        classification="Stadt",
        seat="Köln",
        colour="#8a1010",
    ),
    BodyData(
        name="Verbandsgemeinde Westliche Börde",
        land="ST",
        classification="Verbandsgemeinde",
        colour="#2f5d1f",
    ),
)
# Bavaria and North Rhine-Westphalia leave the period of notice to the rules of procedure.
NOTICE_OF_A_WEEK = LocalRuleFacts(
    layer=LocalLayer.RULES_OF_PROCEDURE,
    value="7",
    norm="Geschäftsordnung",
    as_of=date(2014, 7, 1),
    valid_from=date(2014, 7, 1),
)
STORIES: tuple[Callable[[Office], None], ...] = (
    neighbours.tell_kaufbeuren,
    kempten.tell_kempten,
    neighbours.tell_ahaus,
    votes.tell_koeln,
    votes.tell_westliche_boerde,
)


@dataclass(frozen=True, slots=True)
class DemoUser:
    """Somebody to sign in as; the password is for the demo alone and stands in the README."""

    email: str
    password: str
    role: UserRole
    name: str
    label: str


CLERK = DemoUser(
    "krueger@boerde.example", "Tagesordnung-2017", UserRole.CLERK, "Sabine Krüger", "Sitzungsdienst"
)
MEMBER = DemoUser(
    "mewes@boerde.example", "Ausschuss-Mitglied-5", UserRole.MEMBER, "Mewes", "Mitglied"
)
ADMINISTRATOR = DemoUser(
    "verwaltung@boerde.example",
    "Hausmeisterei-2017",
    UserRole.ADMINISTRATOR,
    "Anton Weber",
    "Administration",
)
USERS = (CLERK, MEMBER, ADMINISTRATOR)


def build(
    session: Session, hash_password: Callable[[str], str], now: datetime, public_url: str
) -> Iterator[str]:
    """Enter everything, step by step; gives the name of each step before it is done.

    `public_url` is printed on what is published: the address under which the demo is served.
    """
    give_public_url(session, public_url)
    system = Actor.system(None)
    yield BOERDE.name
    body = add_body(session, system, BOERDE, now)
    persons = boerde.tell(Office(session, Actor.system(body), now), now)
    votes.tell_joint_meeting(Office(session, Actor.system(body), now))
    for data, story in zip(NEIGHBOURS, STORIES, strict=True):
        yield data.name
        neighbour = add_body(session, system, data, now)
        add_local_rule(session, Actor.system(neighbour), "notice.days", NOTICE_OF_A_WEEK, now)
        story(Office(session, Actor.system(neighbour), now))
    yield "Anmeldungen"
    for user in USERS:
        command = AddUser(
            email=user.email,
            name=user.name,
            role=user.role,
            body_id=None if user.role is UserRole.ADMINISTRATOR else body,
            person_id=persons["Mewes"] if user.role is UserRole.MEMBER else None,
            password_hash=hash_password(user.password),
        )
        add_user(session, system, command, now)


STEPS = len(STORIES) + 2
