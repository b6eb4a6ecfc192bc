"""Released files: shown in the browser, or saved under their names."""

import re
import unicodedata
from datetime import UTC
from urllib.parse import quote

from flask import Response, request
from werkzeug.exceptions import NotFound

from sitzungsdienst.public.answers import sealed
from sitzungsdienst.public.shelf import Shelf
from sitzungsdienst.publication.filed import Filed
from sitzungsdienst.publication.types import PublicFile

PDF = "application/pdf"
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""A released file runs no script and sends no form; browsers' PDF viewers need their own styles."""

_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)


def file_answer(shelf: Shelf, uid: str, file_name: str = "") -> Response:
    """The file; with `file_name`, which must be its own, to be saved.

    Only a PDF is shown in the browser: other kinds could be taken for a page of ours. The bytes
    are read only where they are sent. Raises NotFound or Withdrawn.
    """
    filed = shelf.find(PublicFile, uid)
    file = filed.living
    if file_name and file_name != file.file_name:
        raise NotFound
    inline = not file_name and file.mime_type == PDF
    answer = _answer(shelf, filed)
    answer.headers["Content-Disposition"] = disposition(file.file_name, inline=inline)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.last_modified = filed.modified.astimezone(UTC)
    return sealed(answer, file.sha512_checksum)


def _answer(shelf: Shelf, filed: Filed[PublicFile]) -> Response:
    file = filed.living
    mimetype = file.mime_type or "application/octet-stream"
    if _unchanged(filed):
        return Response(status=304, mimetype=mimetype)
    if request.method == "HEAD":
        answer = Response(mimetype=mimetype)
        answer.content_length = file.size
        return answer
    content = shelf.blob(file.sha512_checksum)
    if content is None:
        raise NotFound
    return Response(content, mimetype=mimetype)


def _unchanged(filed: Filed[PublicFile]) -> bool:
    """Whether the client holds these bytes; its ETag, where it sends one, decides (RFC 9110)."""
    if request.if_none_match:
        return request.if_none_match.contains_weak(filed.living.sha512_checksum)
    since = request.if_modified_since
    return since is not None and filed.modified.replace(microsecond=0) <= since


def disposition(file_name: str, *, inline: bool) -> str:
    """Content-Disposition by RFC 6266: the name in ASCII for old programs, and as it is."""
    name = _clean(file_name)
    plain = unicodedata.normalize("NFKD", name.translate(_GERMAN))
    plain = plain.encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9 ._()+-]", "_", plain)
    plain = f"Datei{plain}" if plain.startswith(".") or not plain else plain
    return (
        f'{"inline" if inline else "attachment"}; filename="{plain}"; '
        f"filename*=UTF-8''{quote(name, safe='')}"
    )


def _clean(file_name: str) -> str:
    """The name without what could lead out of a folder or out of the header."""
    name = "".join("_" if one in '/\\:*?"<>|' else one for one in file_name if one.isprintable())
    return name.strip(". ")[-150:] or "Datei"
