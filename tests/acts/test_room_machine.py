"""Whatever is corrected in a room in whatever order: no ballot ever has more votes than voters."""

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sitzungsdienst.acts import attendance, ballots, proceedings, recusals
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.attendance_rows import AttendanceFacts, Out, Presence
from sitzungsdienst.acts.ballots import BallotFacts
from sitzungsdienst.acts.corrections import Unconfirmed
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.presence import Room
from sitzungsdienst.acts.timeline import clashes
from sitzungsdienst.record.meetings import AgendaItem, Meeting
from sitzungsdienst.record.proceedings import (
    Attendance,
    AttendanceKind,
    Ballot,
    BallotKind,
    Capacity,
    Choice,
    Recusal,
    RecusalBasis,
)
from tests.support.builders import START, Builder, Session, planned_chapter, record_engine
from tests.support.cast import add_cast

WHO = st.integers(0, 6)
SOMETIME = st.none() | st.integers(0, 60)
KINDS = st.sampled_from([*[AttendanceKind.PRESENT] * 3, AttendanceKind.EXCUSED])
CHOICES = st.lists(st.sampled_from([*Choice, None]), min_size=7, max_size=7)


def at(minutes: int | None) -> datetime | None:
    return None if minutes is None else START + timedelta(minutes=minutes)


class RoomMachine(RuleBasedStateMachine):
    """A clerk who corrects everything, five members and two who may stand in for them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.door = record_engine(f"sqlite:///{Path(self.folder.name) / 'a.sqlite'}")
        self.session = Session(self.door.__enter__())
        cast = add_cast(self.session)
        self.build = Builder(self.session, Actor.system(cast.boerde))
        chapter = planned_chapter(self.build)
        self.meeting, self.items = chapter.meeting, (chapter.opening, chapter.matter)
        self.people = (*chapter.members, self.build.person("Eins"), self.build.person("Zwei"))
        self.build.summon(self.meeting)
        self.build.present(self.meeting, *chapter.members)

    def teardown(self) -> None:
        self.session.close()
        self.door.__exit__(None, None, None)
        self.folder.cleanup()

    def row(self) -> Meeting:
        self.session.rollback()
        return self.session.get_one(Meeting, self.meeting, populate_existing=True)

    def listed(self, who: int) -> Attendance | None:
        rows = {one.person_id: one for one in self.row().attendances}
        return rows.get(self.people[who])

    def ballots(self) -> list[Ballot]:
        return [one for item in self.row().items for one in item.ballots]

    def do(self, act: Any, *args: Any, correction: bool = True) -> None:
        """Do it; where it touches ballots, first see that it asks and leaves all as it was."""
        whole = (self.session, self.build.actor, *args, self.build.now)
        before = self.snapshot()
        try:
            act(*whole)
        except Unconfirmed as asked:
            assert asked.touched  # noqa: PT017 - asked, refused or done: each may be
            assert self.snapshot() == before
            assert correction
            try:
                act(*whole, acknowledged=True)
            except RuleBroken as refused:
                raise AssertionError("confirmed, yet refused") from refused
            after = self.snapshot()
            for one in asked.touched:
                assert after[one.ballot_id][:3] == (
                    one.after.entitled,
                    one.after.present,
                    one.after.recused,
                )
        except RuleBroken as refused:
            assert refused.message  # noqa: PT017 - refused or done: both may be
            assert self.snapshot() == before

    def snapshot(self) -> dict[int, tuple[object, ...]]:
        return {
            one.id: (one.entitled, one.present, one.recused, one.yes, one.no, one.abstentions)
            for one in self.ballots()
        }

    @rule(kinds=st.lists(KINDS, min_size=5, max_size=5), late=SOMETIME)
    def the_list(self, kinds: list[AttendanceKind], late: int | None) -> None:
        rows = [
            Presence(person_id=person, kind=kind, arrived_at=at(late) if place == 0 else None)
            for place, (person, kind) in enumerate(zip(self.people, kinds, strict=False))
        ]
        self.do(attendance.record_attendance, self.meeting, self.row().version, tuple(rows))

    @rule(who=WHO, come=st.booleans(), minutes=st.integers(1, 60))
    def move(self, who: int, come: bool, minutes: int) -> None:
        act = attendance.arrive if come else attendance.leave
        self.do(act, self.meeting, self.people[who], at(minutes))

    @rule(who=WHO, was=KINDS)
    def undo(self, who: int, was: AttendanceKind) -> None:
        self.do(attendance.undo_movement, self.meeting, self.people[who], was)

    @rule(who=WHO, seat=WHO, times=st.tuples(SOMETIME, SOMETIME), out=st.tuples(SOMETIME, SOMETIME))
    def the_person(
        self,
        who: int,
        seat: int,
        times: tuple[int | None, int | None],
        out: tuple[int | None, int | None],
    ) -> None:
        left, back = at(out[0]), at(out[1])
        member = who < 5
        facts = AttendanceFacts(
            person_id=self.people[who],
            capacity=Capacity.MEMBER if member else Capacity.SUBSTITUTE,
            substitute_for_id=None if member else self.people[seat],
            arrived_at=at(times[0]),
            left_at=at(times[1]),
            outs=(Out(left, back),) if left and back else (),
        )
        row = self.listed(who)
        if row is None:
            self.do(attendance.add_attendance, self.meeting, self.row().version, facts)
        else:
            self.do(attendance.edit_attendance, row.id, row.version, facts)

    @rule(item=st.integers(0, 1), who=WHO, basis=st.sampled_from(list(RecusalBasis)))
    def recuse(self, item: int, who: int, basis: RecusalBasis) -> None:
        facts = recusals.RecusalFacts(person_id=self.people[who], basis=basis, decided="so")
        row = self.recusal(item, who)
        if row is None:
            self.do(recusals.record_recusal, self.items[item], facts)
        else:
            self.do(recusals.edit_recusal, row.id, row.version, facts)

    @rule(item=st.integers(0, 1), who=WHO)
    def recuse_no_more(self, item: int, who: int) -> None:
        row = self.recusal(item, who)
        if row is not None:
            self.do(recusals.remove_recusal, row.id, row.version)

    def recusal(self, item: int, who: int) -> Recusal | None:
        self.session.rollback()
        rows = self.session.get_one(AgendaItem, self.items[item], populate_existing=True).recusals
        return next((one for one in rows if one.person_id == self.people[who]), None)

    @rule(item=st.integers(0, 1), times=st.tuples(SOMETIME, SOMETIME))
    def debate(self, item: int, times: tuple[int | None, int | None]) -> None:
        facts = proceedings.TreatmentFacts(began_at=at(times[0]), ended_at=at(times[1]))
        self.session.rollback()
        row = self.session.get_one(AgendaItem, self.items[item], populate_existing=True).treatment
        version = row.version if row else None
        self.do(proceedings.record_treatment, self.items[item], version, facts)

    @rule(
        item=st.integers(0, 1),
        counts=st.tuples(*[st.integers(0, 3)] * 3),
        when=SOMETIME,
        present=SOMETIME,
    )
    def count(
        self, item: int, counts: tuple[int, int, int], when: int | None, present: int | None
    ) -> None:
        facts = BallotFacts(
            yes=counts[0],
            no=counts[1],
            abstentions=counts[2],
            taken_at=at(when),
            present=None if present is None else present % 6,
            subject=f"Nr. {len(self.ballots())}",
            difference="so war es",
        )
        self.do(ballots.record_ballot, self.items[item], facts, correction=False)

    @rule(item=st.integers(0, 1), choices=CHOICES, when=SOMETIME)
    def call(self, item: int, choices: list[Choice | None], when: int | None) -> None:
        cast = zip(self.people, choices, strict=True)
        facts = BallotFacts(
            kind=BallotKind.ROLL_CALL,
            votes=tuple((person, choice) for person, choice in cast if choice),
            taken_at=at(when),
            subject=f"Nr. {len(self.ballots())}",
        )
        self.do(ballots.record_ballot, self.items[item], facts, correction=False)

    @invariant()
    def nobody_votes_who_could_not(self) -> None:
        room = Room(self.row())
        assert clashes(room.stays) == ()
        for row in self.ballots():
            cast = (row.yes or 0) + (row.no or 0) + (row.abstentions or 0)
            assert row.entitled is not None
            assert 0 < cast <= row.present - row.recused <= row.present <= row.entitled == 5
            able = room.voters(row.agenda_item, row.taken_at)
            assert {one.person_id for one in row.votes} <= {one.person for one in able}
            numbers = room.numbers_of(row)
            assert row.present <= numbers.present
            assert row.recused == numbers.recused


RoomMachine.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
TestRoom = RoomMachine.TestCase
