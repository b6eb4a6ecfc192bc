"""A list to sign, a paper and a calendar as printed values, beside the cast's meeting."""

from dataclasses import replace
from datetime import date, datetime

from sitzungsdienst.documents.attendance_list import (
    AttendanceSheet,
    SheetCommittee,
    SheetGroup,
    SheetLine,
)
from sitzungsdienst.documents.submission import PathLine, Submission
from sitzungsdienst.documents.values import Audience, Letterhead, MeetingHead, Signature
from sitzungsdienst.documents.year_calendar import YearCalendar, YearMeeting
from sitzungsdienst.german import BERLIN
from tests.documents.cast import HEAD, LETTERHEAD, PAPER

BEFORE = date(2017, 4, 3)
SOCIAL = SheetCommittee(
    "Kultur- und Sozialausschuss",
    (
        SheetGroup("Vorsitz", (SheetLine("Schünemann, Ilse", "Vorsitz", "CDU-Fraktion"),)),
        SheetGroup(
            "CDU-Fraktion",
            (
                SheetLine("Arnold, Dr. Uwe", "Mitglied", "CDU-Fraktion", "entschuldigt"),
                SheetLine("Brandt, Karin", "Mitglied", "CDU-Fraktion", "auch Bauausschuss"),
            ),
        ),
        SheetGroup(
            "Beratende Mitglieder",
            (
                SheetLine(
                    "Quandt, Kim", "sachkundige Einwohnerin/sachkundiger Einwohner", "SPD-Fraktion"
                ),
            ),
        ),
        SheetGroup("Stellvertretungen", (SheetLine("Conrad, Jan", "für Uwe Arnold"),), 2),
    ),
    "Stimmberechtigt: 3.",
)
BUILDING = SheetCommittee(
    "Bauausschuss", (SheetGroup("Stimmberechtigte Mitglieder", (SheetLine("Zander, Olaf"),)),)
)
SHEET = AttendanceSheet(
    LETTERHEAD,
    replace(HEAD, end=None),
    BEFORE,
    (SOCIAL, BUILDING),
    (SheetGroup("Verwaltung und Gäste", (SheetLine("Kratzsch, Vanessa", "Gast"),), 4),),
    (Signature("Vorsitz", "Ilse Schünemann"), Signature("Schriftführung", "")),
)
NOBODY = MeetingHead("", (), datetime(2026, 1, 2, 17, tzinfo=BERLIN), None, "", "", "")
EMPTY_SHEET = AttendanceSheet(Letterhead(""), NOBODY, BEFORE, (SheetCommittee("", ()),))
SUBMISSION = Submission(
    letterhead=LETTERHEAD,
    audience=Audience.MEMBERS,
    issued_on=BEFORE,
    reference=PAPER.reference,
    paper_type=PAPER.paper_type,
    title=PAPER.title,
    status="öffentlich",
    dated=date(2017, 2, 24),
    submitted_by=PAPER.submitted_by,
    responsible_unit="Fachbereich 3",
    further_units=("Fachbereich 1", "Kämmerei"),
    handled_by="Brummunt, Erdmute",
    addressed_to="Kreistag des Landkreises",
    proposed_resolution="Die Verwaltung erarbeitet bis Jahresende ein Integrationskonzept.",
    facts="Der Ausschuss hat am 1. Februar 2017 beraten.\n\nEs fehlt ein gemeinsames Konzept.",
    reasons="Ohne Auftrag des Kreistages kann die Verwaltung nicht beginnen.",
    financial_effects="Im Haushalt 2017 stehen 20.000 Euro bereit.",
    path=(
        PathLine(
            "Kultur- und Sozialausschuss",
            "Vorberatung",
            date(2017, 4, 19),
            "Ö 5.1",
            "ungeändert beschlossen",
        ),
        PathLine("Kreistag", "Entscheidung"),
    ),
    attachments=("Gliederung des Konzeptes", "Kostenplan"),
    remark="Diese Vorlage ist ersetzt durch 2017/FB3/0500.",
)
EMPTY_SUBMISSION = Submission(Letterhead(""), Audience.PUBLIC, BEFORE, "", "", "")


def held(month: int, day: int, *committees: str, **facts: object) -> YearMeeting:
    """A meeting of 2017 at 17:00."""
    found = YearMeeting(
        datetime(2017, month, day, 17, tzinfo=BERLIN), committees, "ordentliche Sitzung", "Saal 2"
    )
    return replace(found, **facts)  # type: ignore[arg-type]  # the test's own facts


CALENDAR = YearCalendar(
    LETTERHEAD,
    2017,
    "Landkreis Börde",
    BEFORE,
    (
        held(1, 18, "Kreistag"),
        held(4, 19, "Kultur- und Sozialausschuss", "Bauausschuss", remark="nicht angekündigt"),
        held(4, 26, "Kreistag", cancelled=True),
        held(12, 31, "Bauausschuss"),
    ),
    "Nicht für die Öffentlichkeit.",
)
EMPTY_CALENDAR = YearCalendar(Letterhead(""), 2018, "", BEFORE, ())
#: Ten meetings of forty committees in every month.
CROWDED = replace(
    CALENDAR,
    meetings=tuple(
        held(month, day, f"Gremium {(month * day) % 40:02}", f"Gremium {day:02}", "Kreistag", "A")
        for month in range(1, 13)
        for day in range(1, 29)
    ),
)
