"""The lock files pin everything, by hash, and leave the choice of index to the machine."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-node.txt",
    "requirements-seal.txt",
]

_PIN = re.compile(r"^([a-z0-9-]+)==([^ ;]+)(?: ; [^\\]+)? \\$")
_REMARK = re.compile(r"^(?:#[^/]*)?$")
_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def read_pins(lock: str) -> dict[str, str]:
    """Return version by normalised name."""
    matches = (_PIN.match(line) for line in (ROOT / lock).read_text("utf-8").splitlines())
    return {match[1]: match[2] for match in matches if match}


def normalised(requirement: str) -> str:
    """Return the name in `Flask-SQLAlchemy[x]>=3 ; marker` as locks write it."""
    name = re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index_no_address_and_no_folder(lock: str) -> None:
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    known = [_PIN, _HASH, _REMARK]
    assert [line for line in lines if not any(pattern.match(line) for pattern in known)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    followers = [after for line, after in zip(lines, [*lines[1:], ""], strict=True)
                 if _PIN.match(line)]  # fmt: skip
    assert followers
    assert all(_HASH.match(line) for line in followers)


def test_the_locks_cover_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    runtime = {normalised(name) for name in project["dependencies"] + extras["postgresql"]}
    everything = runtime | {normalised(name) for name in extras["dev"]}
    assert runtime <= read_pins("requirements.txt").keys()
    sealing = {normalised(name) for name in extras["seal"] + extras["seal-token"]}
    assert runtime | sealing | {"python-pkcs11"} <= read_pins("requirements-seal.txt").keys()
    assert everything <= read_pins("requirements-dev.txt").keys()


def test_tests_run_against_the_versions_that_are_deployed() -> None:
    runtime, everything = read_pins("requirements.txt"), read_pins("requirements-dev.txt")
    assert runtime.items() <= read_pins("requirements-seal.txt").items() <= everything.items()


def test_the_npm_lock_has_integrity_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    installed = {name: entry for name, entry in packages.items() if name}
    assert installed
    assert all(entry["integrity"].startswith("sha512-") for entry in installed.values())
    assert not any("resolved" in entry for entry in installed.values())


def test_npm_packages_are_pinned_exactly() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
