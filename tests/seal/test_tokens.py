"""A seal whose key lies in a token: tried with SoftHSM2, a token made of files."""

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from sitzungsdienst.config import SealSettings
from sitzungsdienst.seal import tokens
from sitzungsdienst.seal.failure import SealFailed
from sitzungsdienst.seal.pades import seal
from tests.seal.conftest import NOW
from tests.seal.test_pades import judged
from tests.support.sealing import Pki
from tests.support.standards import faults_of

MODULES = (
    Path("/usr/lib/softhsm/libsofthsm2.so"),
    Path("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
    Path("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"),
)
PIN = "4711-0815"


@pytest.fixture(scope="module")
def token(made: Pki, tmp_path_factory: pytest.TempPathFactory) -> SealSettings:
    """A token with the seal's key and certificate in it."""
    module = next((one for one in MODULES if one.exists()), None)
    if module is None or shutil.which("softhsm2-util") is None:
        reason = "a token needs SoftHSM2; Debian, Ubuntu: apt install softhsm2"
        if os.environ.get("SITZUNGSDIENST_TEST_REQUIRE_ALL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    # The library reads it from the environment when it is loaded, once a process.
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", "Siegel", "--so-pin", "12345678",
         "--pin", PIN],
        check=True, capture_output=True,
    )  # fmt: skip
    found = pkcs11.lib(str(module)).get_token(token_label="Siegel")
    key = made.town.key.private_bytes(
        Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    )
    raw = made.town.certificate.public_bytes(Encoding.DER)
    with found.open(rw=True, user_pin=PIN) as session:
        label = {pkcs11.Attribute.LABEL: "siegel", pkcs11.Attribute.TOKEN: True}
        session.create_object(decode_rsa_private_key(key) | label)
        session.create_object(decode_x509_certificate(raw) | label)
    secret = folder / "pin"
    secret.write_text(f"{PIN}\n")
    return SealSettings(secret_file=secret, module=str(module), token="Siegel", label="siegel")


def test_a_token_seals(copy: bytes, token: SealSettings, made: Pki) -> None:
    for _ in range(2):
        sealed = seal(copy, token, NOW)
        assert judged(sealed, made).bottom_line
        assert faults_of(sealed) == []


def test_a_wrong_pin_is_tried_once(
    copy: bytes, token: SealSettings, made: Pki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = replace(token, secret_file=tmp_path / "falsch")
    wrong.secret_file.write_text("0000")
    for _ in range(5):  # a token of files locks itself after fewer, too
        with pytest.raises(SealFailed, match="PIN abgelehnt") as caught:
            seal(copy, wrong, NOW)
        assert "0000" not in str(caught.value)
        monkeypatch.setattr(tokens, "open_pkcs11_session", None)
    monkeypatch.undo()
    assert judged(seal(copy, token, NOW), made).bottom_line


def test_what_a_token_lacks_is_named(copy: bytes, token: SealSettings) -> None:
    with pytest.raises(SealFailed, match="kein Zertifikat »anderes«"):
        seal(copy, replace(token, label="anderes"), NOW)
    with pytest.raises(SealFailed, match=r"Token »Fremd« .* nicht zu erreichen"):
        seal(copy, replace(token, token="Fremd"), NOW)


def test_a_library_that_is_none_is_told(copy: bytes, tmp_path: Path) -> None:
    secret = tmp_path / "pin"
    secret.write_text(PIN)
    settings = SealSettings(
        secret_file=secret, module=str(tmp_path / "keine.so"), token="Siegel", label="siegel"
    )
    with pytest.raises(SealFailed, match="nicht zu erreichen"):
        seal(copy, settings, NOW)
