"""Answers in JSON: readable from every web page, with validators, errors as OParl asks."""

import hashlib
import json
from http import HTTPStatus

from flask import Response, request
from werkzeug.exceptions import HTTPException

from sitzungsdienst.oparl.filters import QueryError
from sitzungsdienst.oparl.spelling import TYPE, Json

_MESSAGES = {
    400: "Die Anfrage ist nicht verständlich. Bitte prüfen Sie die Angaben in der Adresse.",
    404: "Unter dieser Adresse ist nichts veröffentlicht. Bitte prüfen Sie die Adresse.",
    405: "Diese Schnittstelle kann nur lesen. Bitte verwenden Sie GET oder HEAD.",
}
_BROKEN = (
    "Die Anfrage konnte gerade nicht beantwortet werden."
    " Bitte versuchen Sie es in einigen Minuten noch einmal."
)


def answer(content: Json) -> Response:
    """The content, or 304 if the client has it already.

    The ETag is taken of what is sent, since an object's output also depends on what it embeds.
    """
    response = _json(content, HTTPStatus.OK)
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest())
    response.cache_control.public = True
    response.cache_control.no_cache = True  # keep, but ask each time: a withdrawal works at once
    response.make_conditional(request)
    return response


def moved(address: str) -> Response:
    """The client asked under an address that is not the canonical one."""
    response = Response(status=HTTPStatus.MOVED_PERMANENTLY)
    response.location = address
    return open_to_all(response)


def http_error(error: HTTPException) -> Response:
    """An OParl Error object with the status of the error."""
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    status = HTTPStatus(code)
    response = _json(_error(_MESSAGES.get(code, _BROKEN), status.phrase), status)
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = "GET, HEAD"
    return response


def bad_query(error: QueryError) -> Response:
    """The same for an argument that means nothing."""
    return _json(_error(str(error), "invalid argument"), HTTPStatus.BAD_REQUEST)


def _error(message: str, debug: str) -> Json:
    return {"type": f"{TYPE}Error", "message": message, "debug": debug}


def _json(content: Json, status: HTTPStatus) -> Response:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    response = Response(text.encode("utf-8"), status=status, mimetype="application/json")
    return open_to_all(response)


def open_to_all(response: Response) -> Response:
    """Let scripts of any web page read the answer."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
