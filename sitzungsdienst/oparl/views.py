"""OParl 1.1 over HTTP, reading only.

`app.register_blueprint(oparl_blueprint(...))` puts it under /oparl, with the System object at
/oparl/v1.1/system. The application provides

- `app.config["PUBLIC_URL"]`: the address objects are known by, without a slash at the end;
- `app.extensions["reader"]`: a function giving a Reader on this request's connection.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, Response, abort, current_app, request
from flask.blueprints import BlueprintSetupState
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from sitzungsdienst.oparl import answers
from sitzungsdienst.oparl.addresses import BODY_LISTS, NAMES, ORGANIZATION_LISTS, Addresses
from sitzungsdienst.oparl.filters import QueryError, read_query
from sitzungsdienst.oparl.lists import ObjectList, write_page
from sitzungsdienst.oparl.objects import Writer
from sitzungsdienst.oparl.shelf import fetch
from sitzungsdienst.oparl.spelling import TYPE, Json, moment
from sitzungsdienst.publication.kinds import Kind
from sitzungsdienst.publication.reader import Reader

ROOT = "/oparl"

# Before anything is published, the interface must still say when it came to be.
_BEFORE_THE_FIRST_RELEASE = datetime(2026, 1, 1, tzinfo=UTC)

_KINDS = {spelling: kind for kind, spelling in NAMES.items()}
_LISTS = {
    Kind.BODY: dict(BODY_LISTS.values()),
    Kind.ORGANIZATION: dict(ORGANIZATION_LISTS.values()),
}


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs the interface and under which licence, for the System object; "" is left out.

    `license_url` is an address such as https://www.govdata.de/dl-de/zero-2-0, never prose.
    """

    name: str = ""
    contact_name: str = ""
    contact_email: str = ""
    license_url: str = ""


def oparl_blueprint(operator: Operator | None = None) -> Blueprint:
    """The interface as a blueprint; register it without a prefix of its own."""
    blueprint = Blueprint("oparl", __name__, url_prefix=ROOT)
    known = operator or Operator()
    blueprint.add_url_rule("/v1.1/system", "system", lambda: _system(known))
    blueprint.add_url_rule("/v1.1/bodies", "bodies", _bodies)
    blueprint.add_url_rule("/v1.1/<name>/<uid>", "object", _object)
    blueprint.add_url_rule("/v1.1/<name>/<uid>/<list_name>", "list", _list)
    for number, path in enumerate(("", "/", "/v1.1", "/v1.1/")):
        blueprint.add_url_rule(path, f"entry_{number}", _entry)
    # Whatever else is asked for below /oparl is answered here, not by a page for people.
    blueprint.add_url_rule("/<path:rest>", "nothing", _nothing)
    blueprint.register_error_handler(QueryError, answers.bad_query)
    for code in (400, 404, 405, 500):
        blueprint.register_error_handler(code, answers.http_error)
    blueprint.register_error_handler(HTTPException, answers.http_error)
    blueprint.record_once(_answer_writers_first)
    return blueprint


def _answer_writers_first(state: BlueprintSetupState) -> None:
    """Refuse other methods in JSON, before the application does so with a page."""
    state.app.before_request_funcs.setdefault(None, []).insert(0, _only_reading)


def _only_reading() -> Response | None:
    below = request.path == ROOT or request.path.startswith(f"{ROOT}/")
    if not below or request.method in ("GET", "HEAD"):
        return None
    return answers.http_error(MethodNotAllowed(("GET", "HEAD")))


def _reader() -> Reader:
    reader: Reader = current_app.extensions["reader"]()
    return reader


def _addresses() -> Addresses:
    return Addresses(current_app.config["PUBLIC_URL"])


def _entry() -> Response:
    return answers.moved(_addresses().system)


def _nothing(rest: str) -> Response:
    del rest
    abort(404)


def _system(operator: Operator) -> Response:
    addresses = _addresses()
    # The object itself says nothing that a release could change.
    founded = moment(_reader().founded() or _BEFORE_THE_FIRST_RELEASE)
    written: Json = {
        "id": addresses.system,
        "type": f"{TYPE}System",
        "oparlVersion": TYPE,
        "body": addresses.bodies,
        "created": founded,
        "modified": founded,
        "name": operator.name or "Sitzungsdienst",
        "contactName": operator.contact_name,
        "contactEmail": operator.contact_email,
        "license": operator.license_url,
        "website": f"{addresses.public_url}/",
        "web": f"{addresses.public_url}/",
    }
    return answers.answer({name: value for name, value in written.items() if value})


def _bodies() -> Response:
    addresses = _addresses()
    return _page(ObjectList(addresses.bodies, Kind.BODY))


def _object(name: str, uid: str) -> Response:
    kind = _KINDS.get(name) or abort(404)
    reader = _reader()
    filed = reader.get(kind, uid) or abort(404)
    writer = Writer(_addresses(), fetch(reader, kind, (filed,)))
    return answers.answer(writer.write(filed))


def _list(name: str, uid: str, list_name: str) -> Response:
    kind = _KINDS.get(name) or abort(404)
    listed = _LISTS.get(kind, {}).get(list_name) or abort(404)
    owner = _reader().get(kind, uid)
    if owner is None or owner.deleted:
        abort(404)
    return _page(
        ObjectList(
            _addresses().listing(kind, uid, list_name),
            listed,
            body_uid=owner.body_uid,
            organization_uid=uid if kind is Kind.ORGANIZATION else None,
        )
    )


def _page(listed: ObjectList) -> Response:
    query = read_query(request.args.to_dict())
    return answers.answer(write_page(_reader(), _addresses(), listed, query))
