"""Time-stamps of a server (RFC 3161, over HTTP): when a seal was there already.

The server gets a digest and nothing of the document.
"""

from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from asn1crypto import cms, tsp
from pyhanko.sign.timestamps import TimeStamper

from sitzungsdienst.seal.failure import SealFailed

# Somebody waits before a page meanwhile, and an act may want many stamps.
_PATIENCE: Final = 5.0
_LARGEST_ANSWER: Final = 256 * 1024
_OK: Final = 200


class Stamps(TimeStamper):
    """Asks the server at one address; neither redirects nor proxies are followed."""

    def __init__(self, address: str) -> None:
        """Ask at `address` ("https://tsa.example.de/tsr")."""
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]  # has no types
        self._address = address

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Return a token for the digest. Raises SealFailed for a server without a good answer."""
        try:
            return await super().async_timestamp(message_digest, md_algorithm)
        except (
            ArithmeticError,
            AttributeError,
            LookupError,
            OSError,
            TypeError,
            ValueError,
        ) as bad:
            # An answer with another nonce, or none at all, ends here too.
            raise _refused() from bad

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Send the request and return the answer, parsed."""
        return tsp.TimeStampResp.load(self._sent(req.dump()), strict=True)

    def _sent(self, body: bytes) -> bytes:
        parts = urlsplit(self._address)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=_PATIENCE)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {
            "Content-Type": "application/timestamp-query",
            "Accept": "application/timestamp-reply",
        }
        try:
            connection.request("POST", path, body, headers)
            with connection.getresponse() as answer:
                content = answer.read(_LARGEST_ANSWER + 1)
        except (OSError, HTTPException) as error:
            raise SealFailed(
                "Der Zeitstempeldienst antwortet nicht. Es wurde nichts ausgestellt; bitte"
                " versuchen Sie es später noch einmal."
            ) from error
        finally:
            connection.close()
        if answer.status != _OK or len(content) > _LARGEST_ANSWER:
            raise _refused()
        return content


def _refused() -> SealFailed:
    return SealFailed(
        "Der Zeitstempeldienst hat keinen gültigen Zeitstempel gegeben. Es wurde nichts"
        " ausgestellt; bitte prüfen Sie SITZUNGSDIENST_SEAL_TIME_STAMPS."
    )
