"""The fixed cast of the tests: one county, the people who use its office, and a stranger."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from sitzungsdienst.acts.paper_kinds import DEFAULTS
from sitzungsdienst.acts.passwords import Passwords
from sitzungsdienst.record.accounts import OfficeUser, UserRole
from sitzungsdienst.record.bodies import Body, Organization, OrganizationKind
from sitzungsdienst.record.paper_work import PaperKind
from sitzungsdienst.record.people import Membership, MembershipRole, Person

#: Under this address the public's web stands, in tests that start none.
PUBLIC_URL = "http://127.0.0.1:8000"
NOW = datetime(2017, 4, 3, 8, 0, tzinfo=UTC)
PASSWORD = "Dachziegel Rapsfeld Kanne"

#: Hashing as in production, at a price that tests can pay.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORDS = Passwords(CHEAP)
PASSWORD_HASH = CHEAP.hash(PASSWORD)


@dataclass(frozen=True, slots=True)
class Cast:
    """The numbers of the rows, by who they are."""

    boerde: int
    kaufbeuren: int
    committee: int
    nehring: int
    clerk: int
    member: int
    administrator: int
    stranger: int


CLERK = "sabine.krueger@landkreis-boerde.example"
MEMBER = "juergen.nehring@kreistag-boerde.example"
ADMINISTRATOR = "administration@sitzungsdienst.example"
STRANGER = "clerk@kaufbeuren.example"


def add_cast(session: Session, now: datetime = NOW) -> Cast:
    """Write the cast into an empty record and commit."""
    stamps = {"created_at": now, "modified_at": now}
    boerde = Body(name="Landkreis Börde", classification="Landkreis", land="ST", **stamps)
    kaufbeuren = Body(name="Stadt Kaufbeuren", classification="Stadt", land="BY", **stamps)
    committee = Organization(
        body=boerde,
        name="Ausschuss für Bildung, Soziales und Kultur",
        short_name="ABSK",
        kind=OrganizationKind.COMMITTEE,
        classification="Ausschuss",
        **stamps,
    )
    nehring = Person(body=boerde, given_name="Jürgen", family_name="Nehring", **stamps)
    seat = Membership(
        organization=committee,
        person=nehring,
        role=MembershipRole.MEMBER,
        voting_right=True,
        start_date=date(2014, 7, 1),
        **stamps,
    )
    session.add_all([boerde, kaufbeuren, committee, nehring, seat])
    session.add_all(
        PaperKind(body=body, name=name, code=code, position=position, **stamps)
        for body in (boerde, kaufbeuren)
        for position, (name, code) in enumerate(DEFAULTS, start=1)
    )
    session.flush()
    keys = {"password_hash": PASSWORD_HASH, **stamps}
    clerk = OfficeUser(
        email=CLERK, name="Sabine Krüger", role=UserRole.CLERK, body_id=boerde.id, **keys
    )
    member = OfficeUser(
        email=MEMBER,
        name="Jürgen Nehring",
        role=UserRole.MEMBER,
        body_id=boerde.id,
        person_id=nehring.id,
        **keys,
    )
    administrator = OfficeUser(
        email=ADMINISTRATOR, name="Haustechnik", role=UserRole.ADMINISTRATOR, **keys
    )
    stranger = OfficeUser(
        email=STRANGER, name="Amt Kaufbeuren", role=UserRole.CLERK, body_id=kaufbeuren.id, **keys
    )
    session.add_all([clerk, member, administrator, stranger])
    session.commit()
    return Cast(
        boerde=boerde.id,
        kaufbeuren=kaufbeuren.id,
        committee=committee.id,
        nehring=nehring.id,
        clerk=clerk.id,
        member=member.id,
        administrator=administrator.id,
        stranger=stranger.id,
    )
