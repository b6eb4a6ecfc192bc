"""`seal check` seals a sample and says with what; what does not go ends in a sentence."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitzungsdienst import config
from sitzungsdienst.cli import main
from sitzungsdienst.config import BadSettings, load
from tests.support.sealing import PASSPHRASE, TOWN, TSA, Pki, key_file, pki, stamp_server
from tests.support.standards import faults_of


@pytest.fixture(scope="module")
def made() -> Pki:
    return pki(datetime.now(UTC))


def call(folder: Path, environ: Mapping[str, str], *more: str) -> Result:
    arguments = ["--instance", str(folder / "instance"), "seal", "check", *more]
    return CliRunner().invoke(main, arguments, env=dict(environ))


def environ(folder: Path, made: Pki, **more: str) -> dict[str, str]:
    """The settings of a seal in a file, as an operator enters them."""
    settings = key_file(folder, made)
    given = {"FILE": str(settings.key_file), "SECRET_FILE": str(settings.secret_file)} | more
    return {f"SITZUNGSDIENST_SEAL_{name}": value for name, value in given.items()}


def test_the_check_says_with_which_certificate_and_until_when(tmp_path: Path, made: Pki) -> None:
    sample = tmp_path / "probe.pdf"
    with stamp_server(made) as server:
        given = environ(tmp_path, made, TIME_STAMPS=server.address)
        done = call(tmp_path, given, "--output", str(sample))
    assert done.exit_code == 0, done.output
    assert "Das elektronische Siegel ist in Ordnung." in done.output
    assert TOWN in done.output
    assert "Wurzel der Tests" in done.output
    assert f"Gültig bis: {made.end:%d.%m.%Y}" in done.output
    assert TSA in done.output
    assert "bald" not in done.output
    assert PASSPHRASE not in done.output
    assert faults_of(sample.read_bytes()) == []


def test_a_certificate_that_ends_soon_is_told(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    done = call(tmp_path, environ(tmp_path, pki(now, end=now + timedelta(days=20))))
    assert done.exit_code == 0
    assert "läuft bald ab" in done.output
    assert "Zeitstempel: keiner eingerichtet" in done.output


def test_an_expired_certificate_ends_the_check(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    ended = pki(now, begin=now - timedelta(days=9), end=now - timedelta(days=2))
    done = call(tmp_path, environ(tmp_path, ended))
    assert done.exit_code == 1
    assert "abgelaufen" in done.output


def test_without_a_seal_the_check_says_how_to_set_one_up(tmp_path: Path) -> None:
    done = call(tmp_path, {})
    assert done.exit_code == 1
    assert "SITZUNGSDIENST_SEAL_FILE" in done.output


@pytest.mark.parametrize(("told", "public"), [(None, True), ("1", True), ("0", False)])
def test_the_office_may_seal_nothing_public(
    tmp_path: Path, made: Pki, told: str | None, public: bool
) -> None:
    more = {} if told is None else {"PUBLIC": told}
    found = load(tmp_path, environ(tmp_path, made, **more)).seal
    assert found is not None
    assert found.public is public


def test_no_settings_are_no_seal(tmp_path: Path) -> None:
    assert load(tmp_path, {}).seal is None


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"SECRET_FILE": "/k"}, "genau einen Schlüssel"),
        ({"FILE": "/s", "PKCS11_MODULE": "/m", "SECRET_FILE": "/k"}, "genau einen Schlüssel"),
        ({"FILE": "/s"}, "SECRET_FILE fehlt"),
        ({"FILE": "/s", "SECRET_FILE": "/k", "PUBLIC": "nein"}, "SEAL_PUBLIC muss 1"),
        ({"PKCS11_MODULE": "/m", "SECRET_FILE": "/k", "PKCS11_LABEL": "x"}, "PKCS11_TOKEN fehlt"),
        ({"PKCS11_MODULE": "/m", "SECRET_FILE": "/k", "PKCS11_TOKEN": "x"}, "PKCS11_LABEL fehlt"),
        *(
            ({"FILE": "/s", "SECRET_FILE": "/k", "TIME_STAMPS": address}, "TIME_STAMPS muss")
            for address in (
                "tsa.example.de", "file:///etc/passwd", "ftp://tsa.example.de", "http://",
                "https://ich:geheim@tsa.example.de/", "http://tsa.example.de:99999/",
            )
        ),
    ],
)  # fmt: skip
def test_settings_that_cannot_work_stop_the_program(
    given: dict[str, str], told: str, tmp_path: Path
) -> None:
    whole = {f"SITZUNGSDIENST_SEAL_{name}": value for name, value in given.items()}
    with pytest.raises(BadSettings, match=told) as caught:
        load(tmp_path, whole)
    assert "geheim" not in str(caught.value)


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "find_spec", lambda _: None)
    given = {"SITZUNGSDIENST_SEAL_FILE": "/s", "SITZUNGSDIENST_SEAL_SECRET_FILE": "/k"}
    with pytest.raises(BadSettings, match=r"sitzungsdienst\[seal\]"):
        load(tmp_path, given)
