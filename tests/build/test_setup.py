"""`make` explains itself, and a machine that lacks a tool is told which and how to get it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run_setup(tmp_path: Path, *, programs: dict[str, str], **env: str) -> str:
    """Run tools/setup.sh in an empty checkout whose PATH holds only `programs`.

    `programs` maps a name to the shell text of a stand-in. Returns what setup wrote to the
    terminal; asserts that it gave up.
    """
    path = tmp_path / "bin"
    path.mkdir()
    for name in ("sh", "dirname", "cat", "cmp", "cp", "rm", "cut"):
        (path / name).symlink_to(shutil.which(name) or "")
    for name, text in programs.items():
        (path / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        (path / name).chmod(0o755)
    checkout = tmp_path / "checkout"
    (checkout / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools/setup.sh", checkout / "tools")
    done = subprocess.run(
        ["sh", checkout / "tools/setup.sh"],
        env={"PATH": str(path), **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    return done.stderr


OLD_PYTHON = 'if [ "$1" = --version ]; then echo Python 3.8.1; else exit 1; fi'
PYTHON_WITHOUT_ENSUREPIP = (
    f'case "$2" in *ensurepip*) exit 1;; *) exec {sys.executable} "$@";; esac'
)


def test_help_lists_every_target_and_no_more_than_ten() -> None:
    make = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = [line.split()[0] for line in make.stdout.splitlines()]
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert phony is not None
    assert listed == phony[1].split()
    assert len(listed) <= 10


def test_no_python_at_all_is_explained(tmp_path: Path) -> None:
    message = run_setup(tmp_path, programs={})
    assert "Python 3.11 or newer is missing (python3 is absent)" in message
    assert "apt install python3 python3-venv" in message


def test_an_old_python_is_named_with_its_version(tmp_path: Path) -> None:
    message = run_setup(tmp_path, programs={"python3": OLD_PYTHON})
    assert "Python 3.11 or newer is missing (python3 is Python 3.8.1)" in message


def test_an_old_python_that_was_asked_for_is_refused(tmp_path: Path) -> None:
    message = run_setup(tmp_path, programs={"elder": OLD_PYTHON}, PYTHON="elder")
    assert "PYTHON=elder is Python 3.8.1; Python 3.11 or newer is needed" in message


def test_a_python_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "PYTHON=nowhere is not there" in run_setup(tmp_path, programs={}, PYTHON="nowhere")


def test_a_python_without_venv_names_the_package_that_brings_it(tmp_path: Path) -> None:
    message = run_setup(tmp_path, programs={"python3": PYTHON_WITHOUT_ENSUREPIP})
    assert "no module venv or ensurepip" in message
    assert "apt install python3-venv" in message
    assert not (tmp_path / "checkout/.venv").exists()


@pytest.mark.slow
def test_a_failed_install_says_that_the_first_run_needs_a_network(tmp_path: Path) -> None:
    programs = {"python3": f'exec {sys.executable} "$@"'}
    message = run_setup(tmp_path, programs=programs)  # there is no lock file to install from
    assert "pip could not install the Python packages" in message
    assert "The first run needs a network" in message
    assert not (tmp_path / "checkout/.venv/requirements.stamp").exists()
