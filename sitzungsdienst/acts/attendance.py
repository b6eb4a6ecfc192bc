"""Acts on attendance: the list as a whole, one person's timeline, coming and going."""

from collections import Counter
from datetime import datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.attendance_rows import (
    BACKWARDS,
    AttendanceFacts,
    Presence,
    new_row,
    refuse_clashes,
    seats_of,
    set_seat,
    set_times,
    set_whole,
)
from sitzungsdienst.acts.corrections import correct
from sitzungsdienst.acts.errors import RuleBroken, Stale
from sitzungsdienst.acts.holding import demand_within, open_for_recording
from sitzungsdienst.acts.transaction import Run, act
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind, Capacity, Interruption


def record_attendance(
    session: Session,
    actor: Actor,
    meeting_id: int,
    version: int,
    presences: tuple[Presence, ...],
    now: datetime,
    *,
    acknowledged: bool = False,
) -> None:
    """Record who is there, all at once; people not named are no longer on the list.

    What the list does not tell (substitutes, interruptions, video) stays as recorded. Raises
    RuleBroken with the field "person-<id>" for a person whose times cannot be, and Unconfirmed
    where recorded ballots would follow and `acknowledged` is not set.
    """
    with act(session, actor, "record_attendance", now) as run:
        meeting = _hold(run, meeting_id, version)
        twice = [one for one, count in Counter(p.person_id for p in presences).items() if count > 1]
        if twice:
            raise RuleBroken(f"person-{twice[0]}", "Diese Person ist zweimal aufgeführt.")

        def change() -> None:
            _record_list(run, meeting, presences)

        correct(run, meeting, change, acknowledged=acknowledged)


def _record_list(run: Run, meeting: Meeting, presences: tuple[Presence, ...]) -> None:
    seats, kept = seats_of(meeting), {one.person_id: one for one in meeting.attendances}
    named = {one.person_id for one in presences}
    for person_id, row in kept.items():
        if person_id not in named:
            meeting.attendances.remove(row)
            run.session.delete(row)
    for one in presences:
        row = kept.get(one.person_id) or new_row(run, meeting, one.person_id)
        set_times(f"person-{one.person_id}", row, one)
        if one.person_id not in kept or row.capacity is not Capacity.SUBSTITUTE:
            # Who joined the committee since is a member now, whoever left it a guest.
            member = one.person_id in seats
            if row.capacity is not Capacity.STAFF or member:
                row.capacity = Capacity.MEMBER if member else Capacity.GUEST
        set_seat(row, seats, f"person-{one.person_id}")
    refuse_clashes(meeting)


def add_attendance(
    session: Session,
    actor: Actor,
    meeting_id: int,
    version: int,
    facts: AttendanceFacts,
    now: datetime,
    *,
    acknowledged: bool = False,
) -> int:
    """Put one more person on the list: a substitute, a guest, staff; gives the row's id."""
    with act(session, actor, "add_attendance", now) as run:
        meeting = _hold(run, meeting_id, version)
        if facts.person_id in {one.person_id for one in meeting.attendances}:
            raise RuleBroken(
                "person_id", "Diese Person steht schon auf der Liste. Bitte ändern Sie sie dort."
            )
        rows: list[Attendance] = []

        def change() -> None:
            row = new_row(run, meeting, facts.person_id)
            rows.append(row)
            set_whole(run, meeting, row, facts)

        correct(run, meeting, change, acknowledged=acknowledged)
        session.flush()
        return rows[0].id


def edit_attendance(
    session: Session,
    actor: Actor,
    row_id: int,
    version: int,
    facts: AttendanceFacts,
    now: datetime,
    *,
    acknowledged: bool = False,
) -> None:
    """Correct one person's timeline; the person stays who they are."""
    with act(session, actor, "edit_attendance", now) as run:
        row = run.fetch(Attendance, row_id)
        meeting = _hold(run, row.meeting_id, None)
        if row.version != version:
            raise Stale(f"Attendance {row_id}")
        row = next(one for one in meeting.attendances if one.id == row_id)

        def change() -> None:
            set_whole(run, meeting, row, facts)

        correct(run, meeting, change, acknowledged=acknowledged)
        flag_modified(row, "modified_at")


def arrive(
    session: Session,
    actor: Actor,
    meeting_id: int,
    person_id: int,
    at: datetime,
    now: datetime,
    *,
    acknowledged: bool = False,
) -> None:
    """Somebody comes at that moment, or comes back: then they were out of the room meanwhile."""
    with act(session, actor, "arrive", now) as run:
        meeting = _hold(run, meeting_id, None)

        def change() -> None:
            _come(meeting, _listed(run, meeting, person_id), at)
            refuse_clashes(meeting)

        correct(run, meeting, change, acknowledged=acknowledged)


def _come(meeting: Meeting, row: Attendance, at: datetime) -> None:
    there = row.kind is AttendanceKind.PRESENT
    if there and row.left_at is None:
        raise RuleBroken("at", "Die Person ist schon da.")
    if not there:
        row.kind, row.arrived_at = AttendanceKind.PRESENT, at if at > meeting.start else None
        return
    left = row.left_at
    if left is not None and at <= left:
        raise RuleBroken("at", "Die Person ist erst später gegangen. Bitte prüfen Sie die Uhrzeit.")
    if left is not None:
        row.interruptions.append(Interruption(left_at=left, returned_at=at))
    row.left_at = None


def leave(
    session: Session,
    actor: Actor,
    meeting_id: int,
    person_id: int,
    at: datetime,
    now: datetime,
    *,
    acknowledged: bool = False,
) -> None:
    """Somebody goes at that moment."""
    with act(session, actor, "leave", now) as run:
        meeting = _hold(run, meeting_id, None)

        def change() -> None:
            row = _listed(run, meeting, person_id)
            if row.kind is not AttendanceKind.PRESENT or row.left_at is not None:
                raise RuleBroken("at", "Die Person ist nicht da.")
            back = [one.returned_at for one in row.interruptions]
            came = max([row.arrived_at or meeting.start, *back])
            if at <= came:
                raise RuleBroken("at", BACKWARDS)
            row.left_at = at

        correct(run, meeting, change, acknowledged=acknowledged)


def undo_movement(
    session: Session,
    actor: Actor,
    meeting_id: int,
    person_id: int,
    was: AttendanceKind,
    now: datetime,
    *,
    acknowledged: bool = False,
) -> None:
    """Take back somebody's latest coming or going; `was` is what they were before they came."""
    with act(session, actor, "undo_movement", now) as run:
        meeting = _hold(run, meeting_id, None)

        def change() -> None:
            _go_back(_listed(run, meeting, person_id), was)
            refuse_clashes(meeting)

        correct(run, meeting, change, acknowledged=acknowledged)


def _go_back(row: Attendance, was: AttendanceKind) -> None:
    if row.kind is AttendanceKind.PRESENT and row.left_at is not None:
        row.left_at = None
    elif row.kind is AttendanceKind.PRESENT and row.interruptions:
        last = max(row.interruptions, key=lambda one: one.left_at)
        row.left_at = last.left_at
        row.interruptions.remove(last)
    elif row.kind is AttendanceKind.PRESENT and was is not AttendanceKind.PRESENT:
        row.kind, row.arrived_at = was, None
    else:
        raise RuleBroken("", "Da ist nichts zurückzunehmen.")


def determine_quorum(
    session: Session,
    actor: Actor,
    meeting_id: int,
    version: int,
    determined: bool | None,
    challenged_at: datetime | None,
    now: datetime,
) -> None:
    """Record what the chair determined at the opening, and since when the lack is established."""
    with act(session, actor, "determine_quorum", now) as run:
        meeting = _hold(run, meeting_id, version)
        demand_within(meeting, challenged_at=challenged_at)
        meeting.quorum_determined = determined
        meeting.quorum_challenged_at = challenged_at


def _hold(run: Run, meeting_id: int, version: int | None) -> Meeting:
    meeting = run.about(run.fetch(Meeting, meeting_id, version=version))
    open_for_recording(meeting)
    # Even where no row of its own changes, the meeting is another one for a second tab.
    flag_modified(meeting, "modified_at")
    return meeting


def _listed(run: Run, meeting: Meeting, person_id: int) -> Attendance:
    """The person's row; who is not on the list yet joins it as absent."""
    found = next((one for one in meeting.attendances if one.person_id == person_id), None)
    if found is not None:
        return found
    row = new_row(run, meeting, person_id)
    row.kind = AttendanceKind.ABSENT
    seats = seats_of(meeting)
    row.capacity = Capacity.MEMBER if person_id in seats else Capacity.GUEST
    set_seat(row, seats, "person_id")
    return row
