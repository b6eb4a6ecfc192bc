"""CPU time per public page beside a bare Flask page, in one run: `make bench`.

Pages are called directly over WSGI, round after round in turn, so that a machine that slows down
slows all of them. Trust the last column, the ratio to the bare page; milliseconds are this
machine's of this minute.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from sitzungsdienst.app import create_public
from sitzungsdienst.config import load
from sitzungsdienst.demo.serving import demo_environment, make_demo
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader

WARM_UP = 5
ROUNDS = 60


def main() -> None:
    """Build the demo in a temporary folder, measure, print a table."""
    with tempfile.TemporaryDirectory() as folder:
        app = _demo(Path(folder))
        pages = {"bare Flask": _caller(_bare().test_client(), "/")}
        client = app.test_client()
        for name, address in _addresses(app).items():
            pages[name] = _caller(client, address)
        etag = client.get("/").headers["ETag"]
        pages["calendar page, 304"] = _caller(client, "/", etag)
        _print(_measure(pages))
        with app.app_context():
            app.extensions["sqlalchemy"].engine.dispose()


def _demo(folder: Path) -> Flask:
    settings = load(folder, demo_environment(folder, "127.0.0.1", 8000))
    now = datetime.now(UTC)
    for _ in make_demo(folder, lambda password: password, now, settings.public_url):
        pass
    return create_public(settings)


def _bare() -> Flask:
    app = Flask("bare")
    app.add_url_rule("/", view_func=lambda: "hello")
    return app


def _addresses(app: Flask) -> dict[str, str]:
    with app.app_context():
        reader: Reader = app.extensions["reader"]()
        item = next(
            one
            for one in reader.listing(Kind.AGENDA_ITEM, limit=500)
            if one.document and one.document.number == "Ö 5.1"
        )
        meeting = item.parent_uid
        paper = reader.listing(Kind.PAPER, limit=1)[0].uid
        committee = reader.listing(Kind.ORGANIZATION, limit=1)[0].uid
    return {
        "calendar page": "/",
        "meeting, 13 items": f"/sitzungen/{meeting}",
        "excerpt": f"/auszuege/{item.uid}",
        "paper": f"/vorlagen/{paper}",
        "committee, 19 members": f"/gremien/{committee}",
        "calendar feed": "/kalender.ics",
        "OParl meetings": f"/oparl/v1.1/meeting/{meeting}",
    }


def _caller(client: FlaskClient, address: str, etag: str = "") -> Callable[[], int]:
    headers = {"If-None-Match": etag} if etag else {}

    def call() -> int:
        response = client.get(address, headers=headers)
        response.get_data()
        return response.status_code

    return call


def _measure(pages: dict[str, Callable[[], int]]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in pages}
    for name, call in pages.items():
        for _ in range(WARM_UP):
            status = call()
        expected = 304 if name.endswith("304") else 200
        if status != expected:
            sys.exit(f"{name}: status {status}")
    for _ in range(ROUNDS):
        for name, call in pages.items():
            start = time.process_time()
            call()
            times[name].append((time.process_time() - start) * 1000)
    return times


def _print(times: dict[str, list[float]]) -> None:
    bare = min(times["bare Flask"])
    print(f"{'page':<24}{'min ms CPU':>12}{'median':>10}{'x bare':>8}")
    for name, some in times.items():
        low = min(some)
        print(f"{name:<24}{low:>12.2f}{statistics.median(some):>10.2f}{low / bare:>8.1f}")


if __name__ == "__main__":
    main()
