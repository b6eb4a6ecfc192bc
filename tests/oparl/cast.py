"""A public application that holds the interface and files, and nothing else."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from flask import Flask, Response, abort, g
from sqlalchemy import Engine
from werkzeug.serving import make_server

from sitzungsdienst.oparl.views import Operator, oparl_blueprint
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.results import PublicBallot, PublicVote
from sitzungsdienst.publication.types import PublicAgendaItem, PublicFile
from tests.publication import cast as town
from tests.publication.cast import uid

PUBLIC_URL = "https://rat.example.de/amt"
"""Where the reverse proxy has put it; the test server is elsewhere on purpose."""

OPERATOR = Operator(
    name="Bürgerinformation Musterau",
    contact_name="Ratsbüro",
    contact_email="ratsbuero@musterau.example",
    license_url="https://www.govdata.de/dl-de/zero-2-0",
)

EXCERPT_BYTES = b"%PDF-1.7 Auszug"
EXCERPT = PublicFile(
    uid=uid("excerpt"),
    body=town.BODY.uid,
    name="Auszug Ö 2",
    file_name="Auszug Ö 2.pdf",
    mime_type="application/pdf",
    dated=date(2026, 3, 11),
    size=len(EXCERPT_BYTES),
    sha512_checksum=town.sha512(EXCERPT_BYTES),
    meeting=(town.MEETING.uid,),
    agenda_item=(town.SECOND.uid,),
)
RELEASED = PublicAgendaItem(
    uid=town.SECOND.uid,
    body=town.BODY.uid,
    meeting=town.MEETING.uid,
    order=1,
    number="Ö 2",
    name="Brücke",
    public=True,
    consultation=town.CONSULTATION.uid,
    result="mehrheitlich beschlossen; einstimmig beschlossen",
    resolution_text="Die Brücke wird gebaut.",
    resolution_file=EXCERPT.uid,
    standing="genehmigt",
    ballots=(
        PublicBallot(
            subject="Änderungsantrag",
            kind="namentlich",
            outcome="angenommen",
            result_text="mehrheitlich beschlossen",
            yes=14,
            no=3,
            abstentions=2,
            votes=(PublicVote(name="Änne Öhm", choice="Ja"),),
        ),
        PublicBallot(kind="offen", outcome="angenommen", result_text="einstimmig beschlossen"),
    ),
)
DOCUMENTS = (*(RELEASED if one is town.SECOND else one for one in town.TOWN), EXCERPT)
BLOBS = town.BLOBS | {EXCERPT.sha512_checksum: EXCERPT_BYTES}


def create_app(engine: Engine, public_url: str = PUBLIC_URL) -> Flask:
    """The application; each request reads on a connection of its own."""
    app = Flask("oparl-test")
    app.config["PUBLIC_URL"] = public_url

    def reader() -> Reader:
        if "connection" not in g:
            g.connection = engine.connect()
        return Reader(g.connection)

    @app.teardown_appcontext
    def close(error: BaseException | None) -> None:
        if "connection" in g:
            g.connection.close()

    app.extensions["reader"] = reader
    app.register_blueprint(oparl_blueprint(OPERATOR))
    app.add_url_rule("/dateien/<file_uid>", "inline", lambda file_uid: _file(reader(), file_uid))
    app.add_url_rule(
        "/dateien/<file_uid>/herunterladen/<name>",
        "attachment",
        lambda file_uid, name: _file(reader(), file_uid, name),
    )
    return app


def _file(reader: Reader, file_uid: str, name: str = "") -> Response:
    filed = reader.get(PublicFile, file_uid) or abort(404)
    if name and name != filed.living.file_name:
        abort(404)
    response = Response(reader.blob(filed.living.sha512_checksum), mimetype="application/pdf")
    if name:
        response.headers.set("Content-Disposition", "attachment", filename="Datei.pdf")
    return response


@contextmanager
def serving(engine: Engine) -> Iterator[str]:
    """Serve on the loopback; give the address, under which the objects are known too."""
    app = create_app(engine)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    app.config["PUBLIC_URL"] = address
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


Json = dict[str, Any]
