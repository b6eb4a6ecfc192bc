"""The settings of one installation: one frozen object, checked when the program starts."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

MIB = 1024 * 1024


class BadSettings(ValueError):
    """A setting that cannot work; the message (German) names it and says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealSettings:
    """Where the key of the electronic seal lies: in a PKCS#12 file, or in a token.

    Of a token, `module` is the PKCS#11 library of its maker, `token` and `label` name the token
    and the certificate in it. `secret_file` holds the passphrase or the PIN and is read each time,
    so that no setting holds it. `time_stamps` is the address of an RFC 3161 server, or "". Without
    `public` what is printed for the public is not sealed.
    """

    secret_file: Path
    key_file: Path | None = None
    module: str = ""
    token: str = ""
    label: str = ""
    time_stamps: str = ""
    public: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation needs to know.

    `database_url` is the office's read-write connection. `public_database_url` is the public
    application's read-only one; on SQLite it may be the same file, on PostgreSQL it must be
    another role. `public_url` is the one address objects are known by (no slash at the end), and
    `calendar_host` the host in calendar UIDs, which must never change. `packet_folder` is where
    meeting packets lie for half an hour; None: in a folder made when the first one is built.
    Without a `seal` nothing is sealed.
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
    seal: SealSettings | None = None


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
        seal=_seal(environ),
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


def _seal(environ: Mapping[str, str]) -> SealSettings | None:
    """What is said of the electronic seal; None where nothing is."""
    given = {name: environ.get(f"SITZUNGSDIENST_SEAL_{name}", "").strip() for name in _SEAL}
    if not any(given.values()):
        return None
    if bool(given["FILE"]) == bool(given["PKCS11_MODULE"]):
        raise BadSettings(
            "Das elektronische Siegel braucht genau einen Schlüssel: Tragen Sie entweder"
            " SITZUNGSDIENST_SEAL_FILE (eine PKCS#12-Datei) oder SITZUNGSDIENST_SEAL_PKCS11_MODULE"
            " (die Bibliothek eines Tokens) ein."
        )
    needed = ["SECRET_FILE"]
    if given["PKCS11_MODULE"]:
        needed += ["PKCS11_TOKEN", "PKCS11_LABEL"]
    for name in needed:
        if not given[name]:
            raise BadSettings(f"SITZUNGSDIENST_SEAL_{name} fehlt: {_SEAL[name]}.")
    _demand_package("pyhanko", "seal")
    if given["PKCS11_MODULE"]:
        _demand_package("pkcs11", "seal-token")
    return SealSettings(
        secret_file=Path(given["SECRET_FILE"]),
        key_file=Path(given["FILE"]) if given["FILE"] else None,
        module=given["PKCS11_MODULE"],
        token=given["PKCS11_TOKEN"],
        label=given["PKCS11_LABEL"],
        time_stamps=_time_stamps(given["TIME_STAMPS"]),
        public=_seals_public(environ.get("SITZUNGSDIENST_SEAL_PUBLIC", "")),
    )


_SEAL = {
    "FILE": "die PKCS#12-Datei mit Schlüssel und Zertifikat",
    "SECRET_FILE": "die Datei, in der Kennwort oder PIN steht",
    "PKCS11_MODULE": "die PKCS#11-Bibliothek des Tokens",
    "PKCS11_TOKEN": "der Name des Tokens",
    "PKCS11_LABEL": "der Name von Schlüssel und Zertifikat im Token",
    "TIME_STAMPS": "die Adresse eines Zeitstempeldienstes",
}


def _demand_package(module: str, extra: str) -> None:
    if find_spec(module) is None:
        raise BadSettings(
            "Für das elektronische Siegel fehlt ein Paket. Installieren Sie"
            f" sitzungsdienst[{extra}] oder nehmen Sie die Angaben SITZUNGSDIENST_SEAL_… heraus."
        )


def _time_stamps(address: str) -> str:
    """The address of the time-stamp server; one with a password in it would end up in logs."""
    if not address:
        return ""
    parts = urlsplit(address)
    try:
        sound = parts.port != 0 and parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        sound = False
    if not sound or parts.username is not None or parts.fragment:
        raise BadSettings(
            "SITZUNGSDIENST_SEAL_TIME_STAMPS muss eine Adresse wie https://tsa.example.de/tsr ohne"
            " Zugangsdaten sein."
        )
    return address


def _seals_public(told: str) -> bool:
    if told.strip() not in ("", "0", "1"):
        raise BadSettings(
            "SITZUNGSDIENST_SEAL_PUBLIC muss 1 (auch Öffentliches wird gesiegelt) oder 0 sein."
        )
    return told.strip() != "0"


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
