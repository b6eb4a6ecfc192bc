"""Lists and edits of several clerks at once, on both databases: nothing twice, nothing lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from sitzungsdienst.acts import imports, people
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.people import ContactField, Membership, MembershipRole, Person
from tests.support.builders import PLANNED_ON, record_engine
from tests.support.cast import add_cast

LIST = """Kennung;Nachname;Vorname;Titel;Telefon;Gremium;Funktion;Beginn
7;Kratzsch;Vanessa;Dr.;03904 7240;ABSK;Vorsitz;01.07.2014
8;Öztürk;Ömer;;;ABSK;beratendes Mitglied;2014-07-01
;Nehring;Jürgen;;03904 1;ABSK;;01.07.2014
"""


def test_a_list_that_four_clerks_confirm_at_once_is_taken_in_once(shared: Engine) -> None:
    with Session(shared) as session:
        actor = Actor.system(add_cast(session).boerde)
        digest = imports.preview(session, actor, LIST.encode()).digest

    def confirm(_: int) -> str:
        with Session(shared) as session:
            try:
                imports.import_people(session, actor, LIST.encode(), digest, PLANNED_ON)
            except (Stale, RuleBroken) as refused:
                return type(refused).__name__
        return "done"

    with ThreadPoolExecutor(4) as clerks:
        heard = sorted(clerks.map(confirm, range(4)))
    assert heard == ["Stale", "Stale", "Stale", "done"]
    with Session(shared) as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 3
        assert session.scalar(select(func.count()).select_from(Membership)) == 3


@pytest.mark.postgresql
def test_who_is_seated_by_hand_meanwhile_is_not_seated_twice(postgresql_url: str) -> None:
    text = b"Nachname;Gremium\nKratzsch;ABSK\n"
    with record_engine(postgresql_url) as engine, Session(engine) as session:
        actor = Actor.system((cast := add_cast(session)).boerde)
        facts = people.PersonFacts(family_name="Kratzsch")
        person = people.create_person(session, actor, facts, PLANNED_ON)
        digest = imports.preview(session, actor, text).digest
        session.rollback()

        def confirm() -> None:
            with Session(engine) as other:
                imports.import_people(other, actor, text, digest, PLANNED_ON)

        # As acts.people.add_membership holds the committee until it commits.
        session.get_one(Organization, cast.committee, with_for_update=True)
        with ThreadPoolExecutor(1) as clerks:
            waiting = clerks.submit(confirm)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=1)
            stamps = {"created_at": PLANNED_ON, "modified_at": PLANNED_ON}
            seat = Membership(
                organization_id=cast.committee, person_id=person, voting_right=True,
                role=MembershipRole.MEMBER, **stamps,
            )  # fmt: skip
            session.add(seat)
            session.commit()
            with pytest.raises(Stale):
                waiting.result(timeout=10)
        assert session.scalar(select(func.count()).select_from(Membership)) == 2


def test_a_person_edited_by_four_clerks_at_once_loses_no_acknowledged_edit(shared: Engine) -> None:
    with Session(shared) as session:
        cast = add_cast(session)
    actor = Actor.system(cast.boerde)

    def edit(number: int) -> str:
        with Session(shared) as session:
            row = session.get_one(Person, cast.nehring)
            facts = people.PersonFacts(
                family_name="Nehring",
                email="n@k.example",
                note=f"{row.note} {number}",
                consents=frozenset({ContactField.EMAIL}),
            )
            try:
                people.edit_person(session, actor, row.id, row.version, facts, PLANNED_ON)
            except (Stale, RuleBroken):
                return ""
        return str(number)

    with ThreadPoolExecutor(4) as clerks:
        done = [one for one in clerks.map(edit, range(12)) if one]
    with Session(shared) as session:
        row = session.get_one(Person, cast.nehring)
        assert sorted(row.note.split()) == sorted(done)
        assert row.version == 1 + len(done)
        assert len(row.consents) == 1
