"""The key of the seal: out of a PKCS#12 file, or kept by a token that signs itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from pyhanko.sign.signers import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sitzungsdienst.config import SealSettings
from sitzungsdienst.german import local_day, plain_date
from sitzungsdienst.seal.failure import SealFailed

_SIGNS = frozenset({"digital_signature", "non_repudiation"})


@contextmanager
def signer(settings: SealSettings, now: datetime) -> Iterator[Signer]:
    """Lend what signs, its certificate seen to be good at `now`. Raises SealFailed."""
    secret = _secret(settings)
    if settings.key_file is None:
        # Their package is one more option, so it is loaded for those alone who have a token.
        tokens: Any = import_module("sitzungsdienst.seal.tokens")
        with tokens.token_signer(settings, secret) as found:
            demand_good(found.signing_cert, now)
            yield found
        return
    found = _from_file(settings, secret)
    demand_good(found.signing_cert, now)
    yield found


def demand_good(certificate: x509.Certificate, now: datetime) -> None:
    """Raise SealFailed for a certificate that is not good at `now`, or not for signing."""
    if now > certificate.not_valid_after:  # RFC 5280, 4.1.2.5: through that second
        day = plain_date(local_day(certificate.not_valid_after))
        raise SealFailed(
            f"Das Zertifikat des elektronischen Siegels ist am {day} abgelaufen. Bitte richten Sie"
            " ein neues ein."
        )
    if now < certificate.not_valid_before:
        day = plain_date(local_day(certificate.not_valid_before))
        raise SealFailed(
            f"Das Zertifikat des elektronischen Siegels gilt erst ab dem {day}. Bitte prüfen Sie"
            " auch die Uhr dieses Rechners."
        )
    usage = certificate.key_usage_value
    if usage is not None and not usage.native & _SIGNS:
        raise SealFailed(
            "Das Zertifikat des elektronischen Siegels ist nicht zum Unterzeichnen bestimmt."
            " Bitte richten Sie das Siegelzertifikat ein."
        )


def _secret(settings: SealSettings) -> str:
    try:
        return settings.secret_file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SealFailed(
            "Die Datei mit dem Kennwort des elektronischen Siegels"
            f" ({settings.secret_file}) lässt sich nicht lesen."
        ) from error


def _from_file(settings: SealSettings, secret: str) -> Signer:
    try:
        content = settings.key_file.read_bytes() if settings.key_file else b""
    except OSError as error:
        raise SealFailed(
            f"Die Datei des elektronischen Siegels ({settings.key_file}) lässt sich nicht lesen."
        ) from error
    try:
        opened = load_pkcs12(content, secret.encode() if secret else None)
    except (ValueError, TypeError) as error:
        # One error for both: a wrong passphrase is not to be told from broken bytes.
        raise SealFailed(
            "Die Datei des elektronischen Siegels lässt sich nicht öffnen: Das Kennwort ist falsch,"
            " oder es ist keine PKCS#12-Datei."
        ) from error
    if opened.key is None or opened.cert is None:
        raise SealFailed(
            "In der Datei des elektronischen Siegels fehlt der Schlüssel oder sein Zertifikat."
        )
    key = opened.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    others = [
        x509.Certificate.load(one.certificate.public_bytes(Encoding.DER))
        for one in opened.additional_certs
    ]
    store = SimpleCertificateStore()
    store.register_multiple(others)
    return SimpleSigner(
        signing_cert=x509.Certificate.load(opened.cert.certificate.public_bytes(Encoding.DER)),
        signing_key=asn1_keys.PrivateKeyInfo.load(key),
        cert_registry=store,
    )
