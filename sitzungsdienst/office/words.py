"""The German words for what the record keeps as values."""

from sitzungsdienst.record.accounts import UserRole

ROLES = {
    UserRole.CLERK: "Sitzungsdienst",
    UserRole.MEMBER: "Mitglied",
    UserRole.ADMINISTRATOR: "Administration",
}

# The acts as the audit page names them; an act without a word is named as in the code.
ACTS = {
    "add_body": "Körperschaft angelegt",
    "add_user": "Benutzer angelegt",
    "change_body": "Körperschaft geändert",
    "change_own_password": "eigenes Passwort geändert",
    "change_user": "Benutzer geändert",
    "end_all_sessions": "alle Anmeldungen beendet",
    "end_session": "Anmeldung beendet",
    "revoke_calendar": "Kalenderadresse widerrufen",
    "sign_in": "angemeldet",
    "subscribe_calendar": "Kalenderadresse angelegt",
}

SUBJECTS = {
    "AgendaItem": "Tagesordnungspunkt",
    "Attachment": "Anlage",
    "Attendance": "Anwesenheit",
    "Ballot": "Abstimmung",
    "Body": "Körperschaft",
    "Consultation": "Beratungsschritt",
    "LegislativeTerm": "Wahlperiode",
    "Location": "Raum",
    "Meeting": "Sitzung",
    "Membership": "Mitgliedschaft",
    "Minutes": "Niederschrift",
    "OfficeUser": "Benutzer",
    "Organization": "Gremium oder Organisation",
    "Paper": "Vorlage",
    "Person": "Person",
    "Treatment": "Behandlung",
}

BROWSERS = (
    ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("OPR/", "Opera"), ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser(agent: str) -> str:
    """Name a browser from what it says of itself: "Firefox unter Windows"."""
    name = next((word for mark, word in BROWSERS if mark in agent), "Unbekannter Browser")
    system = next((word for mark, word in SYSTEMS if mark in agent), "")
    return f"{name} unter {system}" if system else name
