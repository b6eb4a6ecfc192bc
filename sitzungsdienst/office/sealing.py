"""The office's electronic seal: handed to every request's session, where one is configured."""

from flask import Flask

from sitzungsdienst.acts.sealing import give_seal, has_seal
from sitzungsdienst.config import SealSettings
from sitzungsdienst.office.database import db
from sitzungsdienst.seal.door import sealer


def register(app: Flask, settings: SealSettings | None) -> None:
    """Let the acts of `app` seal; without settings they do not. Templates can ask `seals()`."""
    app.add_template_global(lambda: has_seal(db.session()), "seals")
    if settings is None:
        return
    seal = sealer(settings)

    @app.before_request
    def _give_seal() -> None:
        give_seal(db.session(), seal, public=settings.public)
