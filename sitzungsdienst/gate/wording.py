"""The German words under which the record's values go public and are printed.

One table each: pages, papers and the OParl interface all use these.
"""

from sitzungsdienst.law.values import Part
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.changes import ChangeKind
from sitzungsdienst.record.meetings import Meeting, MeetingKind
from sitzungsdienst.record.minutes import MinutesState
from sitzungsdienst.record.papers import ConsultationRole
from sitzungsdienst.record.people import ContactField, MembershipRole
from sitzungsdienst.record.proceedings import (
    AttendanceKind,
    BallotKind,
    BallotOutcome,
    Choice,
    Decision,
    Motion,
    Requirement,
)
from sitzungsdienst.record.resolutions import Progress

ORGANIZATION_TYPE = {
    OrganizationKind.COMMITTEE: "Gremium",
    OrganizationKind.GROUP: "Fraktion",
    OrganizationKind.UNIT: "Verwaltungsbereich",
    OrganizationKind.OTHER: "Sonstiges",
}

MEMBERSHIP_ROLE = {
    MembershipRole.CHAIR: "Vorsitz",
    MembershipRole.DEPUTY_CHAIR: "stellvertretender Vorsitz",
    MembershipRole.MEMBER: "Mitglied",
    MembershipRole.ADVISORY: "beratendes Mitglied",
    MembershipRole.EXPERT: "sachkundige Einwohnerin/sachkundiger Einwohner",
    MembershipRole.SECRETARIAT: "Geschäftsstelle",
}

CONTACT_FIELD = {
    ContactField.EMAIL: "E-Mail-Adresse",
    ContactField.PHONE: "Telefon",
    ContactField.MOBILE: "Mobiltelefon",
    ContactField.ADDRESS: "Anschrift",
    ContactField.WEBSITE: "Internetseite",
}

CONSULTATION_ROLE = {
    ConsultationRole.HEARING: "Anhörung",
    ConsultationRole.PRELIMINARY: "Vorberatung",
    ConsultationRole.RECOMMENDATION: "Empfehlung",
    ConsultationRole.NOTICE: "Kenntnisnahme",
    ConsultationRole.DECISION: "Entscheidung",
}

DECISION = {
    Decision.ADOPTED: "ungeändert beschlossen",
    Decision.ADOPTED_CHANGED: "geändert beschlossen",
    Decision.REJECTED: "abgelehnt",
    Decision.NOTED: "zur Kenntnis genommen",
    Decision.ADJOURNED: "vertagt",
    Decision.REFERRED: "verwiesen",
    Decision.WITHDRAWN: "zurückgezogen",
    Decision.DONE: "erledigt",
}

BALLOT_KIND = {
    BallotKind.OPEN: "offen",
    BallotKind.WITHOUT_DISSENT: "ohne Widerspruch",
    BallotKind.ACCLAMATION: "durch Zuruf",
    BallotKind.ROLL_CALL: "namentlich",
    BallotKind.SECRET: "geheim",
}

BALLOT_OUTCOME = {BallotOutcome.ACCEPTED: "angenommen", BallotOutcome.REJECTED: "abgelehnt"}

CHOICE = {Choice.YES: "Ja", Choice.NO: "Nein", Choice.ABSTENTION: "Enthaltung"}

ATTENDANCE_KIND = {
    AttendanceKind.PRESENT: "anwesend",
    AttendanceKind.EXCUSED: "entschuldigt",
    AttendanceKind.ABSENT: "unentschuldigt",
}

MINUTES_STATE = {
    MinutesState.DRAFT: "Entwurf",
    MinutesState.PRESENTED: "vorgelegt",
    MinutesState.SIGNED: "unterzeichnet",
    MinutesState.APPROVED: "genehmigt",
    MinutesState.CLOSED: "abgeschlossen",
}

MOTION = {
    Motion.MAIN: "",
    Motion.AMENDMENT: "Änderungsantrag",
    Motion.PROCEDURAL: "Antrag zur Geschäftsordnung",
}

REQUIREMENT = {
    Requirement.SIMPLE: "",
    Requirement.MAJORITY_OF_MEMBERS: "Mehrheit der Mitglieder",
    Requirement.TWO_THIRDS_OF_VOTES: "zwei Drittel der Stimmen",
    Requirement.TWO_THIRDS_OF_MEMBERS: "zwei Drittel der Mitglieder",
    Requirement.THREE_QUARTERS_OF_MEMBERS: "drei Viertel der Mitglieder",
    Requirement.UNANIMOUS: "Einstimmigkeit",
}

MEETING_KIND = {
    MeetingKind.ORDINARY: "ordentliche Sitzung",
    MeetingKind.EXTRAORDINARY: "außerordentliche Sitzung",
    MeetingKind.CONSTITUENT: "konstituierende Sitzung",
    MeetingKind.CONTINUATION: "Fortsetzung einer Sitzung",
}

PROGRESS = {
    Progress.NOTHING_TO_DO: "nichts zu veranlassen",
    Progress.OPEN: "noch nicht begonnen",
    Progress.RUNNING: "in Arbeit",
    Progress.DONE: "erledigt",
    Progress.DROPPED: "nicht weiter verfolgt",
}

#: What the room decided about an item, as the public hears it: never with the reason.
CHANGE = {
    ChangeKind.ADDED: "in der Sitzung auf die Tagesordnung genommen",
    ChangeKind.WITHDRAWN: "von der Tagesordnung abgesetzt",
    ChangeKind.ADJOURNED: "vertagt",
    ChangeKind.TAKEN_EARLIER: "vorgezogen",
    ChangeKind.TOGETHER: "gemeinsam beraten",
    ChangeKind.TO_NONPUBLIC: "in den nichtöffentlichen Teil verwiesen",
    ChangeKind.TO_PUBLIC: "öffentlich beraten",
}

PART = {Part.PUBLIC: "öffentlich", Part.NONPUBLIC: "nichtöffentlich"}


def paper_status(*, public: bool) -> str:
    """The Status of a paper as its page prints it."""
    return PART[Part.PUBLIC if public else Part.NONPUBLIC]


def publicity(meeting: Meeting) -> str:
    """The Status of a meeting by the parts its agenda has; "öffentlich" while it has none."""
    parts = {item.part for item in meeting.agenda}
    if parts == {Part.PUBLIC, Part.NONPUBLIC}:
        return "öffentlich/nichtöffentlich"
    return PART[Part.NONPUBLIC] if parts == {Part.NONPUBLIC} else PART[Part.PUBLIC]
