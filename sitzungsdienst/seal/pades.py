"""The electronic seal on a PDF: PAdES B-B, with a time-stamp B-T (ETSI EN 319 142-1).

The seal is appended; what was there before stays byte for byte, so that the file goes on keeping
PDF/UA-1 and PDF/A-3a. What comes out has been read again and found sound.
"""

import io
import logging
from datetime import UTC, datetime
from typing import Any, Final

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.validation import PdfSignatureStatus, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from sitzungsdienst.config import SealSettings
from sitzungsdienst.documents.seal_field import FIELD
from sitzungsdienst.seal.failure import SealFailed
from sitzungsdienst.seal.keys import signer
from sitzungsdienst.seal.stamps import Stamps
from sitzungsdienst.seal.values import Checked

# Hexadecimal digits. Known beforehand, as to measure a time-stamp would cost another one.
_ROOM: Final = 2 * 20_000

# The package logs names out of certificates; what matters is raised.
for _package in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_package).setLevel(logging.CRITICAL)


class _Appended(IncrementalPdfFileWriter):
    """Appends the seal and leaves the metadata alone: rewritten, they would break PDF/A."""

    def _update_meta(self) -> None:
        """Do nothing."""


class _AtMoment(PdfSigner):
    """Signs at the moment it is told instead of looking at the clock."""

    def __init__(self, moment: datetime, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._moment = moment

    def init_signing_session(self, *arguments: Any, **options: Any) -> Any:
        """Begin to sign at the given moment."""
        session = super().init_signing_session(*arguments, **options)
        session.system_time = self._moment
        return session


def seal(pdf: bytes, settings: SealSettings, now: datetime) -> bytes:
    """Return `pdf`, which has an empty field for it, with the seal. Raises SealFailed."""
    sealed, _ = _sealed(pdf, settings, now)
    return sealed


def check(pdf: bytes, settings: SealSettings, now: datetime) -> tuple[bytes, Checked]:
    """Return the sample `pdf` with the seal, and what it bears. Raises SealFailed."""
    sealed, status = _sealed(pdf, settings, now)
    certificate: x509.Certificate = status.signing_cert
    stamp = status.timestamp_validity
    return sealed, Checked(
        subject=certificate.subject.human_friendly,
        issuer=certificate.issuer.human_friendly,
        valid_until=certificate.not_valid_after.astimezone(UTC),
        stamped_at=stamp.timestamp.astimezone(UTC) if stamp else None,
        stamped_by=stamp.signing_cert.subject.human_friendly if stamp else "",
    )


def _sealed(pdf: bytes, settings: SealSettings, now: datetime) -> tuple[bytes, PdfSignatureStatus]:
    how = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    stamps = Stamps(settings.time_stamps) if settings.time_stamps else None
    out = io.BytesIO()
    with signer(settings, now) as key:
        pen = _AtMoment(now, how, signer=key, timestamper=stamps)
        try:
            pen.sign_pdf(
                _Appended(io.BytesIO(pdf)),
                existing_fields_only=True,
                bytes_reserved=_ROOM,
                output=out,
            )
        except (SigningError, PdfError) as error:
            raise SealFailed(
                "Das Dokument ließ sich nicht elektronisch siegeln. Bitte prüfen Sie das Siegel mit"
                " »sitzungsdienst seal check«."
            ) from error
    sealed = out.getvalue()
    return sealed, _demand_sound(sealed, pdf, stamped=stamps is not None)


def _demand_sound(sealed: bytes, pdf: bytes, *, stamped: bool) -> PdfSignatureStatus:
    """Read the sealed file again; raise SealFailed where the seal does not hold.

    Whether its issuer is trusted is for those to judge who read it: no network is asked.
    """
    try:
        [found] = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
        status = validate_pdf_signature(found, ValidationContext(trust_roots=[]))
    except (ValueError, PdfError, SignatureValidationError) as error:
        raise _unsound() from error
    stamp = status.timestamp_validity
    sound = status.intact and status.valid and sealed.startswith(pdf)
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    if not sound or not whole or (stamped and not (stamp and stamp.intact and stamp.valid)):
        raise _unsound()
    return status


def _unsound() -> SealFailed:
    return SealFailed(
        "Das elektronische Siegel hält der Nachprüfung nicht stand. Bitte prüfen Sie es mit"
        " »sitzungsdienst seal check«."
    )
