"""The form of the sign-in; it may carry what somebody typed when their session had ended."""

from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from sitzungsdienst.office.forms import OfficeForm


class SignInForm(OfficeForm):
    """E-mail and password; `weiter` is where to go afterwards, `eingaben` what to take along."""

    email = EmailField(
        "E-Mail-Adresse",
        [InputRequired("Bitte geben Sie Ihre E-Mail-Adresse an."), Length(max=254)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        "Passwort",
        [InputRequired("Bitte geben Sie Ihr Passwort an.")],
        render_kw={"autocomplete": "current-password"},
    )
    weiter = HiddenField()
    eingaben = HiddenField()
