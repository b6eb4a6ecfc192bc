"""A wheel built from the tree runs outside the checkout, with all that is no Python."""

import json
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow

REPORT_FOLDERS = """
import json
from sitzungsdienst import paths

folders = {name: getattr(paths, name) for name in ("TEMPLATES", "MIGRATIONS", "STATIC", "FONTS")}
print(json.dumps({
    name: [str(folder), sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.*"))]
    for name, folder in folders.items()
}))
"""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an environment, far from the checkout, in which the wheel is installed.

    It borrows the other packages from the environment of the tests, so no network is needed.
    """
    home = tmp_path_factory.mktemp("elsewhere")
    run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(home), str(ROOT)
    )
    wheel = next(home.glob("*.whl"))
    venv.create(home / "venv", with_pip=False)
    library = Path(sysconfig.get_path("purelib", vars={"base": str(home / "venv")}))
    (library / "borrowed.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    python = home / "venv/bin/python"
    run(sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet",
        "--no-deps", "--no-index", str(wheel))  # fmt: skip
    return home


def run(*command: str, cwd: Path | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def folders_seen_from(home: Path) -> dict[str, tuple[Path, list[str]]]:
    report = run(str(home / "venv/bin/python"), "-c", REPORT_FOLDERS, cwd=home)
    return {name: (Path(where), files) for name, (where, files) in json.loads(report).items()}


def test_the_wheel_brings_every_tracked_file_that_is_no_python(elsewhere: Path) -> None:
    places = {
        "TEMPLATES": ROOT / "templates",
        "MIGRATIONS": ROOT / "migrations",
        "STATIC": ROOT / "sitzungsdienst/static",
    }
    seen = folders_seen_from(elsewhere)
    for name, place in places.items():
        listing = run("git", "ls-files", "--", str(place), cwd=ROOT).splitlines()
        tracked = {(ROOT / line).relative_to(place).as_posix() for line in listing}
        folder, files = seen[name]
        assert folder.is_relative_to(elsewhere)
        assert tracked <= set(files)


def test_the_wheel_brings_the_assets_of_npm_with_their_licences(elsewhere: Path) -> None:
    _, files = folders_seen_from(elsewhere)["STATIC"]
    assert {
        "vendor/kern/kern.min.css",
        "vendor/kern/LICENSE.md",
        "vendor/kern/fonts/fira-sans.css",
        "vendor/kern/fonts/fira-sans/FiraSans-Regular.woff2",
        "vendor/htmx/htmx.min.js",
        "vendor/fonts/NotoSans-Regular.ttf",
        "vendor/fonts/LICENSE-NotoSans.txt",
        "vendor/fonts/DejaVuSans.ttf",
        "vendor/fonts/LICENSE-DejaVuSans.txt",
    } <= set(files)


def test_the_wheel_brings_data_that_lies_beside_the_sources(elsewhere: Path) -> None:
    listing = run("git", "ls-files", "--", "sitzungsdienst", cwd=ROOT).splitlines()
    library = next((elsewhere / "venv/lib").glob("python*/site-packages"))
    assert [line for line in listing if not (library / line).is_file()] == []


def test_the_wheel_names_its_licence(elsewhere: Path) -> None:
    library = next((elsewhere / "venv/lib").glob("python*/site-packages"))
    info = next(library.glob("sitzungsdienst-*.dist-info"))
    assert "License-Expression: EUPL-1.2" in (info / "METADATA").read_text("utf-8")
    licence = (info / "licenses/LICENSE").read_text("utf-8")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")


def test_the_command_line_answers_outside_the_checkout(elsewhere: Path) -> None:
    answer = run(str(elsewhere / "venv/bin/sitzungsdienst"), "--help", cwd=elsewhere)
    assert "serve" in answer


def test_a_database_can_be_made_outside_the_checkout(elsewhere: Path) -> None:
    """The migrations are not only there, they run."""
    program = str(elsewhere / "venv/bin/sitzungsdienst")
    address = f"sqlite:///{elsewhere / 'made.sqlite3'}"
    run(program, "db", "upgrade", "--database", address, cwd=elsewhere)
    assert (elsewhere / "made.sqlite3").stat().st_size > 0
