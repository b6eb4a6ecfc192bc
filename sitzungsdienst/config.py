"""The settings of one installation: one frozen object, checked when the program starts."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

MIB = 1024 * 1024


class BadSettings(ValueError):
    """A setting that cannot work; the message (German) names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation needs to know.

    `database_url` is the office's read-write connection. `public_database_url` is the public
    application's read-only one; on SQLite it may be the same file, on PostgreSQL it must be
    another role. `public_url` is the one address objects are known by (no slash at the end), and
    `calendar_host` the host in calendar UIDs, which must never change. `packet_folder` is where
    meeting packets lie for half an hour; None: in a folder made when the first one is built.
    """

    database_url: str
    public_database_url: str
    public_url: str
    calendar_host: str
    secret_key: str
    https: bool
    operator_name: str
    operator_email: str
    license_url: str
    max_upload: int = 30 * MIB
    packet_folder: Path | None = None


def load(instance: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment with sensible defaults below `instance`.

    Raises BadSettings for an address or a combination that cannot work.
    """
    # What lies here is not for every user of the machine.
    instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    database_url = environ.get(
        "SITZUNGSDIENST_DATABASE", f"sqlite:///{(instance / 'sitzungsdienst.sqlite').resolve()}"
    )
    public_url = environ.get("SITZUNGSDIENST_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
    return Settings(
        database_url=database_url,
        public_database_url=_public_database(database_url, environ),
        public_url=public_url,
        calendar_host=environ.get("SITZUNGSDIENST_CALENDAR_HOST") or _host(public_url),
        secret_key=environ.get("SITZUNGSDIENST_SECRET_KEY") or _kept_secret(instance),
        https=public_url.startswith("https://"),
        operator_name=environ.get("SITZUNGSDIENST_OPERATOR_NAME", ""),
        operator_email=environ.get("SITZUNGSDIENST_OPERATOR_EMAIL", ""),
        license_url=environ.get(
            "SITZUNGSDIENST_LICENSE_URL", "https://www.govdata.de/dl-de/zero-2-0"
        ),
        packet_folder=instance / "mappen",
    )


def _public_database(database_url: str, environ: Mapping[str, str]) -> str:
    public = environ.get("SITZUNGSDIENST_PUBLIC_DATABASE", "")
    if database_url.startswith("sqlite"):
        return public or database_url
    if not public or public == database_url:
        raise BadSettings(
            "SITZUNGSDIENST_PUBLIC_DATABASE fehlt: Auf PostgreSQL braucht die öffentliche Anwendung"
            " eine eigene Rolle, die nur die öffentlichen Tabellen lesen darf. Legen Sie sie mit"
            " »sitzungsdienst db public-role« an und tragen Sie ihre Adresse ein."
        )
    return public


def _host(public_url: str) -> str:
    parts = urlsplit(public_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        raise BadSettings(
            "SITZUNGSDIENST_PUBLIC_URL muss eine Adresse wie https://sitzungen.example.de sein,"
            f" nicht »{public_url}«."
        )
    return parts.hostname


def _kept_secret(instance: Path) -> str:
    """The installation's own key, made once; it signs notices and form tokens, nothing else."""
    path = instance / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        key = secrets.token_urlsafe(48)
        stream.write(key)
    return key
