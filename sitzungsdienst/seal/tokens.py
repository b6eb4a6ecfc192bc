"""A seal whose key never leaves its token (smart card, HSM): PKCS#11."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

import pkcs11
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.general import SigningError
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import Signer

from sitzungsdienst.config import SealSettings
from sitzungsdienst.seal.failure import SealFailed

# A token knows one sign-in a process, so that two threads would be in each other's way.
_one_at_a_time: Final = Lock()
# A token locks itself after a few wrong PINs: one it has refused is not tried again.
_refused: Final[set[bytes]] = set()


@contextmanager
def token_signer(settings: SealSettings, pin: str) -> Iterator[Signer]:
    """Lend what signs inside the token, signed in until the block ends. Raises SealFailed."""
    known = hashlib.sha256(f"{settings.module}\0{settings.token}\0{pin}".encode()).digest()
    with _one_at_a_time:
        if known in _refused:
            raise _wrong_pin()
        try:
            session = open_pkcs11_session(
                settings.module,
                token_criteria=TokenCriteria(label=settings.token),
                user_pin=pin,
            )
        except (pkcs11.PinIncorrect, pkcs11.PinLenRange, pkcs11.PinInvalid) as error:
            _refused.add(known)
            raise _wrong_pin() from error
        except pkcs11.PinLocked as error:
            raise SealFailed(
                "Das Token des elektronischen Siegels ist nach falschen PINs gesperrt. Entsperren"
                " Sie es mit dem Programm des Herstellers."
            ) from error
        except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
            raise SealFailed(
                f"Das Token »{settings.token}« des elektronischen Siegels ist nicht zu erreichen."
                " Bitte prüfen Sie, ob es eingesteckt ist und SITZUNGSDIENST_SEAL_PKCS11_MODULE"
                " stimmt."
            ) from error
        try:
            with session:
                yield _signer(session, settings)
        except pkcs11.PKCS11Error as error:
            raise SealFailed(
                "Das Token des elektronischen Siegels hat nicht unterzeichnet. Bitte prüfen Sie,"
                " ob es noch eingesteckt ist und zum Schlüssel ein Recht besteht."
            ) from error


def _signer(session: pkcs11.Session, settings: SealSettings) -> Signer:
    # All certificates of the token go along: the chain belongs into the file.
    signer = PKCS11Signer(session, cert_label=settings.label, other_certs_to_pull=None)
    try:
        certificate = signer.signing_cert
    except (pkcs11.PKCS11Error, SigningError) as error:
        raise _nothing_there(settings) from error
    if certificate is None:
        raise _nothing_there(settings)
    return signer


def _nothing_there(settings: SealSettings) -> SealFailed:
    return SealFailed(
        f"Im Token des elektronischen Siegels gibt es kein Zertifikat »{settings.label}«."
    )


def _wrong_pin() -> SealFailed:
    return SealFailed(
        "Das Token des elektronischen Siegels hat die PIN abgelehnt. Sie wird nicht noch einmal"
        " versucht, damit es sich nicht sperrt; berichtigen Sie die Datei mit der PIN."
    )
