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
    "add_item": "Tagesordnungspunkt aufgenommen",
    "add_items": "Tagesordnungspunkte eingefügt",
    "add_membership": "Mitglied aufgenommen",
    "add_step": "Beratungsfolge ergänzt",
    "add_term": "Wahlperiode angelegt",
    "add_user": "Benutzer angelegt",
    "announce_meeting": "Sitzung angekündigt",
    "approve_minutes": "Genehmigung der Niederschrift vermerkt",
    "attach": "Anlage hochgeladen",
    "cancel_meeting": "Sitzung abgesagt",
    "change_body": "Körperschaft geändert",
    "change_own_password": "eigenes Passwort geändert",
    "change_user": "Benutzer geändert",
    "close_meeting": "Sitzung geschlossen",
    "create_location": "Raum angelegt",
    "create_organization": "Gremium oder Organisation angelegt",
    "create_paper": "Vorlage angelegt",
    "create_person": "Person angelegt",
    "delete_location": "Raum gelöscht",
    "delete_meeting": "Sitzung gelöscht",
    "delete_organization": "Gremium oder Organisation gelöscht",
    "delete_person": "Person gelöscht",
    "delete_term": "Wahlperiode gelöscht",
    "draft_minutes": "Niederschrift entworfen",
    "edit_attachment": "Anlage geändert",
    "edit_ballot": "Abstimmung berichtigt",
    "edit_item": "Tagesordnungspunkt geändert",
    "edit_location": "Raum geändert",
    "edit_meeting": "Sitzung geändert",
    "edit_membership": "Mitgliedschaft geändert",
    "edit_minutes": "Niederschrift geändert",
    "edit_organization": "Gremium oder Organisation geändert",
    "edit_paper": "Vorlage geändert",
    "edit_person": "Person geändert",
    "edit_term": "Wahlperiode geändert",
    "end_all_sessions": "alle Anmeldungen beendet",
    "end_session": "Anmeldung beendet",
    "move_item": "Tagesordnungspunkt verschoben",
    "plan_meeting": "Sitzung geplant",
    "record_attendance": "Anwesenheit erfasst",
    "record_ballot": "Abstimmung erfasst",
    "record_treatment": "Beratung erfasst",
    "reinstate_meeting": "Absage zurückgenommen",
    "release_agenda": "Tagesordnung neu veröffentlicht",
    "release_excerpts": "Auszüge veröffentlicht",
    "release_minutes": "Niederschrift veröffentlicht",
    "release_organization": "Gremium mit Mitgliedern veröffentlicht",
    "release_paper": "Vorlage veröffentlicht",
    "remove_attachment": "Anlage entfernt",
    "remove_ballot": "Abstimmung entfernt",
    "remove_item": "Tagesordnungspunkt entfernt",
    "remove_step": "Beratungsfolge gekürzt",
    "reopen_meeting": "Sitzung wieder geöffnet",
    "restore_item": "Tagesordnungspunkt zurückgeholt",
    "revoke_calendar": "Kalenderadresse widerrufen",
    "seat_new_person": "neue Person als Mitglied aufgenommen",
    "sign_in": "angemeldet",
    "sign_minutes": "Unterzeichnung der Niederschrift vermerkt",
    "subscribe_calendar": "Kalenderadresse angelegt",
    "summon": "geladen",
    "unsign_minutes": "Unterzeichnung zurückgenommen",
    "withdraw_attachment": "Anlage zurückgenommen",
    "withdraw_excerpt": "Auszug zurückgenommen",
    "withdraw_meeting": "Sitzung zurückgenommen",
    "withdraw_members": "Gremium mit Mitgliedern zurückgenommen",
    "withdraw_minutes": "öffentliche Niederschrift zurückgenommen",
    "withdraw_paper": "Vorlage zurückgenommen",
}

SUBJECTS = {
    "AgendaChange": "Änderung der Tagesordnung",
    "AgendaItem": "Tagesordnungspunkt",
    "Apportionment": "Sitzverteilung",
    "Attachment": "Anlage",
    "Attendance": "Anwesenheit",
    "Ballot": "Abstimmung",
    "Body": "Körperschaft",
    "Consultation": "Beratungsschritt",
    "Cosignature": "Mitzeichnung",
    "Election": "Wahl",
    "ElectionRound": "Wahlgang",
    "InstitutionalMembership": "Mitgliedschaft einer Stelle",
    "LegislativeTerm": "Wahlperiode",
    "LocalRule": "örtliche Regel",
    "Location": "Raum",
    "Meeting": "Sitzung",
    "Membership": "Mitgliedschaft",
    "Minutes": "Niederschrift",
    "Objection": "Einwendung",
    "OfficeUser": "Benutzer",
    "Organization": "Gremium oder Organisation",
    "Paper": "Vorlage",
    "PaperKind": "Vorlage-Art",
    "Person": "Person",
    "Recusal": "Mitwirkungsverbot",
    "Resolution": "Beschluss",
    "ResolutionReport": "Bericht der Beschlusskontrolle",
    "Substitute": "Stellvertretung",
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
