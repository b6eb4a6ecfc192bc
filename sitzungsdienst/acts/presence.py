"""Who may sit and vote in a meeting, who does, and whether that is enough."""

from dataclasses import dataclass

from sitzungsdienst.acts.lawbook import rules_on
from sitzungsdienst.german import local_day
from sitzungsdienst.law.quorum import QuorumFinding, quorum
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.people import Membership
from sitzungsdienst.record.proceedings import Attendance, AttendanceKind


@dataclass(frozen=True, slots=True)
class CommitteeQuorum:
    """How a committee of the meeting stands: its voting members, those present, the finding.

    `finding` is None where the law of the day is not kept in the program.
    """

    organization: Organization
    members: int
    present: int
    finding: QuorumFinding | None


def memberships_on_day(meeting: Meeting) -> tuple[Membership, ...]:
    """The memberships of all its committees that run on the day, chair first, then by name.

    A person who sits in two of the committees comes twice.
    """
    day = local_day(meeting.start)
    found = [one for body in meeting.organizations for one in body.memberships if one.runs_on(day)]
    order = {role: place for place, role in enumerate(type(found[0].role))} if found else {}
    return tuple(sorted(found, key=lambda one: (order[one.role], one.person.sort_name.casefold())))


def voters_present(meeting: Meeting) -> tuple[Attendance, ...]:
    """Those who were there and had a vote."""
    return tuple(
        one
        for one in meeting.attendances
        if one.kind is AttendanceKind.PRESENT and one.voting_right
    )


def quorums(meeting: Meeting) -> tuple[CommitteeQuorum, ...]:
    """The quorum of each committee that meets, told from who was recorded as present."""
    rules = rules_on(meeting.body, local_day(meeting.start))
    there = {one.person_id for one in voters_present(meeting)}
    seats = memberships_on_day(meeting)
    told = []
    for committee in meeting.organizations:
        voters = {
            one.person_id for one in seats if one.organization is committee and one.voting_right
        }
        finding = None
        if rules is not None and voters:
            finding = quorum(
                members=len(voters),
                present_entitled=len(voters & there),
                rules=rules,
                determined_at_start=True,
            )
        told.append(CommitteeQuorum(committee, len(voters), len(voters & there), finding))
    return tuple(told)


def quorum_sentence(meeting: Meeting) -> str:
    """The quorum in words for the minutes; several committees each for itself."""
    told = [one for one in quorums(meeting) if one.members]
    joint = len(meeting.organizations) > 1
    sentences = []
    for one in told:
        sentence = (
            one.finding.sentence
            if one.finding
            else f"{one.present} von {one.members} stimmberechtigten Mitgliedern sind anwesend."
        )
        sentences.append(f"{one.organization.name}: {sentence}" if joint else sentence)
    return " ".join(sentences)
