"""What the record's columns are called in German, for the audit page.

Keys and technical columns are named too: a test finds a new column that has no word.
"""

#: Columns that tell a reader nothing: they change with another one, or only say what belongs where.
UNTOLD = frozenset(
    {
        "agenda_item_id", "agenda_sent", "body_id", "document_id", "issued_at", "meeting_id",
        "notice_id", "paper_id", "position", "sequence", "sha512", "size",
    }
)  # fmt: skip

WORDS = {
    "abstentions": "Enthaltungen",
    "active": "Konto aktiv",
    "addressed_to": "gerichtet an",
    "ags": "Gemeindeschlüssel",
    "approved_in_id": "genehmigende Sitzung",
    "approved_on": "Tag der Genehmigung",
    "arrived_at": "gekommen",
    "cancelled": "Absage",
    "chair_name": "Vorsitz",
    "classification": "Bezeichnung der Art",
    "clerk_name": "Schriftführung",
    "colour": "Farbe",
    "dated": "Datum",
    "decision": "Beschlussart",
    "deleted": "gelöscht",
    "deliberation": "Beratung",
    "department": "Stelle",
    "description": "Gebäude",
    "disclosure": "öffentliche Nennung",
    "email": "E-Mail",
    "end": "Ende",
    "end_date": "Enddatum",
    "family_name": "Nachname",
    "file_name": "Dateiname",
    "form_of_address": "Anrede",
    "given_name": "Vorname",
    "handled_by": "Bearbeiter/-in",
    "internal_note": "interner Vermerk",
    "invalid": "ungültige Stimmen",
    "kind": "Art",
    "label": "Bezeichnung",
    "land": "Land",
    "left_at": "gegangen",
    "locality": "Ort",
    "location_id": "Raum",
    "name": "Name",
    "no": "Nein-Stimmen",
    "note": "Vermerk",
    "notice_days": "Ladungsfrist",
    "number": "Nummer",
    "on_behalf_of": "Fraktion",
    "on_behalf_of_id": "Fraktion",
    "organization_id": "Gremium",
    "outcome": "Ergebnis",
    "paper_type": "Vorlage-Art",
    "parent_id": "übergeordneter Punkt",
    "part": "Teil",
    "person_id": "Person",
    "phone": "Telefon",
    "postal_code": "Postleitzahl",
    "predecessor": "Vorgänger",
    "present": "Anwesende",
    "proposed_resolution": "Beschlussvorschlag",
    "public": "Status",
    "public_title": "öffentlicher Betreff",
    "reasons": "Begründung",
    "recused": "Ausgeschlossene",
    "reference": "Vorlagennummer",
    "remark": "Bemerkung",
    "removed_at": "entfernt",
    "resolution_text": "Beschluss",
    "responsible_unit_id": "Federführend",
    "result_text": "Ergebnis in Worten",
    "role": "Funktion",
    "room": "Raum",
    "seat": "Sitz",
    "seats": "Zahl der Sitze",
    "short_name": "Kurzname",
    "signed_on": "Tag der Unterzeichnung",
    "start": "Beginn",
    "start_date": "Beginn",
    "state": "Stand",
    "street_address": "Straße",
    "subject": "Gegenstand",
    "title": "Betreff oder Titel",
    "voting_right": "Stimmrecht",
    "website": "Internetseite",
    "yes": "Ja-Stimmen",
}


def told(columns: set[str]) -> str:
    """The columns as a reader knows them, each word once, in German order of letters."""
    words = {WORDS.get(one, one) for one in columns - UNTOLD}
    return ", ".join(sorted(words, key=str.casefold))
