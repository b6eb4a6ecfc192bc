"""What WTForms says in English, in the office's German: formal, and saying what to do."""

MESSAGES = {
    "This field is required.": "Bitte füllen Sie dieses Feld aus.",
    "This field cannot be edited.": "Dieses Feld lässt sich nicht ändern.",
    "This field is disabled and cannot have a value.": "Dieses Feld muss leer bleiben.",
    "Invalid input.": "Diese Eingabe hat nicht die erwartete Form.",
    "Invalid email address.": (
        "Bitte geben Sie eine E-Mail-Adresse an, zum Beispiel name@landkreis.de."
    ),
    "Invalid IP address.": "Bitte geben Sie eine gültige IP-Adresse an.",
    "Invalid Mac address.": "Bitte geben Sie eine gültige MAC-Adresse an.",
    "Invalid URL.": "Bitte geben Sie eine Adresse an, die mit https:// beginnt.",
    "Invalid UUID.": "Bitte geben Sie eine gültige UUID an.",
    "Invalid value, must be one of: %(values)s.": "Möglich sind nur: %(values)s.",
    "Invalid value, can't be any of: %(values)s.": "Nicht möglich sind: %(values)s.",
    "Invalid field name '%s'.": "Das Feld »%s« gibt es nicht.",
    "Field must be equal to %(other_name)s.": "Die beiden Eingaben stimmen nicht überein.",
    "Field must be at least %(min)d character long.": (
        "Bitte geben Sie mindestens %(min)d Zeichen ein."
    ),
    "Field must be at least %(min)d characters long.": (
        "Bitte geben Sie mindestens %(min)d Zeichen ein."
    ),
    "Field cannot be longer than %(max)d character.": (
        "Bitte kürzen Sie auf höchstens %(max)d Zeichen."
    ),
    "Field cannot be longer than %(max)d characters.": (
        "Bitte kürzen Sie auf höchstens %(max)d Zeichen."
    ),
    "Field must be exactly %(max)d character long.": "Bitte geben Sie genau %(max)d Zeichen ein.",
    "Field must be exactly %(max)d characters long.": "Bitte geben Sie genau %(max)d Zeichen ein.",
    "Field must be between %(min)d and %(max)d characters long.": (
        "Bitte geben Sie %(min)d bis %(max)d Zeichen ein."
    ),
    "Number must be at least %(min)s.": "Bitte geben Sie mindestens %(min)s an.",
    "Number must be at most %(max)s.": "Bitte geben Sie höchstens %(max)s an.",
    "Number must be between %(min)s and %(max)s.": (
        "Bitte geben Sie eine Zahl von %(min)s bis %(max)s an."
    ),
    "Date must be at least %(min)s.": "Bitte geben Sie ein Datum ab dem %(min)s an.",
    "Date must be at most %(max)s.": "Bitte geben Sie ein Datum bis zum %(max)s an.",
    "Date must be between %(min)s and %(max)s.": (
        "Bitte geben Sie ein Datum vom %(min)s bis zum %(max)s an."
    ),
    "Choices cannot be None.": "Zu diesem Feld gibt es keine Auswahl.",
    "Invalid Choice: could not coerce.": "Bitte wählen Sie einen der Einträge.",
    "Not a valid choice.": "Bitte wählen Sie einen der Einträge.",
    "Invalid choice(s): one or more data inputs could not be coerced.": (
        "Bitte wählen Sie nur aus den Einträgen."
    ),
    "'%(value)s' is not a valid choice for this field.": "Bitte wählen Sie nur aus den Einträgen.",
    "'%(value)s' are not valid choices for this field.": "Bitte wählen Sie nur aus den Einträgen.",
    "Not a valid datetime value.": (
        "Bitte geben Sie Datum und Uhrzeit an, zum Beispiel 19.04.2017, 17:00."
    ),
    "Not a valid date value.": "Bitte geben Sie ein Datum an, zum Beispiel 19.04.2017.",
    "Not a valid time value.": "Bitte geben Sie eine Uhrzeit an, zum Beispiel 17:00.",
    "Not a valid week value.": "Bitte geben Sie eine Kalenderwoche an.",
    "Not a valid integer value.": "Bitte geben Sie eine ganze Zahl an.",
    "Not a valid decimal value.": "Bitte geben Sie eine Zahl an.",
    "Not a valid float value.": "Bitte geben Sie eine Zahl an.",
    "CSRF token missing.": "Das Formular war unvollständig. Bitte senden Sie es noch einmal.",
    "CSRF token expired.": "Das Formular war zu lange offen. Bitte senden Sie es noch einmal.",
    "CSRF failed.": "Das Formular ließ sich nicht prüfen. Bitte senden Sie es noch einmal.",
    "Invalid CSRF Token.": "Das Formular ließ sich nicht prüfen. Bitte senden Sie es noch einmal.",
    "File does not have an approved extension.": "Bitte wählen Sie eine Datei des genannten Typs.",
    "File does not have an approved extension: {extensions}": (
        "Bitte wählen Sie eine Datei vom Typ {extensions}."
    ),
    "File must be between {min_size} and {max_size} bytes.": "Die Datei ist zu groß.",
}


class German:
    """The translations object WTForms asks for. Our own messages are German and pass through."""

    def gettext(self, text: str) -> str:
        """Return the German for an English message."""
        return MESSAGES.get(text, text)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return the German for an English message in its right number."""
        return self.gettext(singular if number == 1 else plural)
