"""A seal made for the tests: an authority, its certificates, and a time-stamp server on loopback.

Nothing here is a secret, and nothing is kept longer than the test.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sitzungsdienst.config import SealSettings

PASSPHRASE = "Prüf-Kennwort für Tests"
TOWN = "Siegel Landkreis Börde"
TSA = "Zeitstempel der Tests"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose certificate it is, with its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def asn1(self) -> asn1.Certificate:
        """The certificate as the package that seals takes it."""
        return asn1.Certificate.load(self.certificate.public_bytes(Encoding.DER))


@cache
def key(number: int) -> rsa.RSAPrivateKey:
    """A key, made once a process: it takes long."""
    del number
    return rsa.generate_private_key(65537, 2048)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def holder(
    common: str,
    number: int,
    issuer: Holder | None,
    *,
    begin: datetime,
    end: datetime,
    stamps: bool = False,
    signs: bool = True,
) -> Holder:
    """A certificate out of the authority's hand, or (without issuer) the authority's own."""
    own = key(number)
    above = issuer.key if issuer else own
    ca = issuer is None
    usage = x509.KeyUsage(
        digital_signature=signs and not ca, content_commitment=signs and not ca,
        key_encipherment=not signs, data_encipherment=False, key_agreement=False,
        key_cert_sign=ca, crl_sign=ca, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(_name(common))
        .issuer_name(issuer.certificate.subject if issuer else _name(common))
        .public_key(own.public_key())
        .serial_number(1000 + number)
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(above.public_key()), critical=False
        )
    )
    if stamps:
        usages = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = made.add_extension(usages, critical=True)
    return Holder(made.sign(above, hashes.SHA256()), own)


@dataclass(frozen=True, slots=True)
class Pki:
    """An authority, the seal it issued, and its time-stamp server's certificate."""

    root: Holder
    town: Holder
    tsa: Holder
    begin: datetime
    end: datetime


def pki(now: datetime, **of_the_seal: Any) -> Pki:
    """Certificates good from the day before `now` for two years, and at the real present."""
    begin = min(now, datetime.now(UTC)) - timedelta(days=1)
    end = max(now, datetime.now(UTC)) + timedelta(days=730)
    root = holder("Wurzel der Tests", 0, None, begin=begin, end=end)
    span = {"begin": begin, "end": end} | of_the_seal
    town = holder(TOWN, 1, root, **span)
    tsa = holder(TSA, 2, root, begin=begin, end=end, stamps=True)
    return Pki(root, town, tsa, begin, end)


def key_file(folder: Path, made: Pki, **of_the_settings: Any) -> SealSettings:
    """The seal as a PKCS#12 file in `folder`, with its passphrase in another."""
    path, secret = folder / "siegel.p12", folder / "siegel.kennwort"
    path.write_bytes(
        serialize_key_and_certificates(
            b"siegel", made.town.key, made.town.certificate, [made.root.certificate],
            BestAvailableEncryption(PASSPHRASE.encode()),
        )
    )  # fmt: skip
    secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    return SealSettings(secret_file=secret, key_file=path, **of_the_settings)


@dataclass
class StampServer:
    """An RFC 3161 server on loopback; what `spoil` names is done to its answers."""

    address: str
    asked: int = 0
    spoil: str = ""
    last_query: bytes = b""


@contextmanager
def stamp_server(made: Pki) -> Iterator[StampServer]:
    """Run the server until the block ends."""
    store = SimpleCertificateStore()
    store.register_multiple([made.root.asn1, made.tsa.asn1])
    raw = made.tsa.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    stamper = DummyTimeStamper(
        tsa_cert=made.tsa.asn1,
        tsa_key=asn1_keys.PrivateKeyInfo.load(raw),
        certs_to_embed=store,
    )
    found = StampServer("")

    class Handler(BaseHTTPRequestHandler):
        timeout: ClassVar[int] = 10

        def do_POST(self) -> None:
            found.asked += 1
            found.last_query = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = 200, _answer(stamper, found)
            if found.spoil == "error":
                status, answer = 500, b"nein"
            elif found.spoil == "redirect":
                status = 302
            elif found.spoil == "silence":
                self.close_connection = True
                return
            self.send_response(status)
            if status == 302:
                self.send_header("Location", found.address)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.address = f"http://127.0.0.1:{server.server_address[1]}/tsr"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(stamper: DummyTimeStamper, server: StampServer) -> bytes:
    query = tsp.TimeStampReq.load(server.last_query)
    if server.spoil == "other nonce":
        query["nonce"] = 1
    if server.spoil == "other digest":
        query["message_imprint"]["hashed_message"] = b"\0" * 32
    if server.spoil == "refusal":
        return bytes.fromhex("30053003020102")  # status 2 and no token; RFC 3161, 2.4.2
    if server.spoil == "rubbish":
        return b"<html>Bitte melden Sie sich an.</html>"
    if server.spoil == "flood":
        return b"\0" * 300_000
    return bytes(stamper.request_tsa_response(query).dump())
