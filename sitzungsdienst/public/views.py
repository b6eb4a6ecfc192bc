"""The addresses of the public web. Each view reads, composes and answers; GET and HEAD only."""

from uuid import UUID

from flask import Blueprint, Response, current_app, request

from sitzungsdienst.config import Settings
from sitzungsdienst.public import feeds, files, plain_pages
from sitzungsdienst.public.answers import now, open_shelf, page
from sitzungsdienst.public.calendar_page import CalendarQuery, calendar_page
from sitzungsdienst.public.check_page import CheckQuery, check_page
from sitzungsdienst.public.excerpt_page import excerpt_page
from sitzungsdienst.public.kept import feed_answer
from sitzungsdienst.public.meeting_page import meeting_page
from sitzungsdienst.public.organization_page import organization_list, organization_page
from sitzungsdienst.public.paper_list import PaperQuery, paper_list
from sitzungsdienst.public.paper_page import paper_page
from sitzungsdienst.public.person_page import person_page
from sitzungsdienst.publication.codes import CHECK_PAGE

SETTINGS = "public.settings"

web = Blueprint("public", __name__)


@web.get("/")
def calendar() -> Response:
    """Show the calendar of meetings."""
    shelf = open_shelf()
    query = CalendarQuery(_asked("monat"), _asked("gremium"), _asked("koerperschaft"))
    return page("public/kalender.html", shelf, *calendar_page(shelf, query, now()))


@web.get("/sitzungen/<uuid:uid>")
def meeting(uid: UUID) -> Response:
    """Show a meeting with its agenda."""
    shelf = open_shelf()
    return page("public/sitzung.html", shelf, *meeting_page(shelf, str(uid)))


@web.get("/auszuege/<uuid:uid>")
def excerpt(uid: UUID) -> Response:
    """Show the excerpt of an item."""
    shelf = open_shelf()
    return page("public/auszug.html", shelf, *excerpt_page(shelf, str(uid)))


@web.get("/vorlagen")
def papers() -> Response:
    """List papers."""
    shelf = open_shelf()
    query = PaperQuery(_asked("jahr"), _asked("art"), _asked("suche"), _asked("seite"))
    return page("public/vorlagen.html", shelf, *paper_list(shelf, query))


@web.get("/vorlagen/<uuid:uid>")
def paper(uid: UUID) -> Response:
    """Show a paper with its consultation path."""
    shelf = open_shelf()
    return page("public/vorlage.html", shelf, *paper_page(shelf, str(uid)))


@web.get("/gremien")
def organizations() -> Response:
    """List committees and other organizations."""
    shelf = open_shelf()
    return page("public/gremien.html", shelf, *organization_list(shelf, now()))


@web.get("/gremien/<uuid:uid>")
def organization(uid: UUID) -> Response:
    """Show a committee with members and meetings."""
    shelf = open_shelf()
    return page("public/gremium.html", shelf, *organization_page(shelf, str(uid), now()))


@web.get("/personen/<uuid:uid>")
def person(uid: UUID) -> Response:
    """Show a person with memberships."""
    shelf = open_shelf()
    return page("public/person.html", shelf, *person_page(shelf, str(uid), now()))


@web.get("/dateien/<uuid:uid>")
def file(uid: UUID) -> Response:
    """Show a file in the browser."""
    return files.file_answer(open_shelf(), str(uid))


@web.get("/dateien/<uuid:uid>/herunterladen/<file_name>")
def download(uid: UUID, file_name: str) -> Response:
    """Give a file to be saved."""
    return files.file_answer(open_shelf(), str(uid), file_name)


@web.get(CHECK_PAGE)
def check() -> Response:
    """Check a document by its code or by the hash of its bytes."""
    return _check(CheckQuery(code=_asked("code"), sha512=_asked("sha512")))


@web.get(f"{CHECK_PAGE}/<code>")
def check_code(code: str) -> Response:
    """Tell what is published under a code."""
    return _check(CheckQuery(code))


@web.get(f"{CHECK_PAGE}/<code>/<edition>")
def check_edition(code: str, edition: str) -> Response:
    """Tell what has become of an edition: the address at the foot of a document leads here."""
    return _check(CheckQuery(code, edition))


@web.get("/kalender.ics")
def whole_feed() -> Response:
    """Give the calendar of everything."""
    return feed_answer(lambda shelf: feeds.whole_feed(shelf, _host(), now()))


@web.get("/kalender/<uuid:uid>.ics")
def body_feed(uid: UUID) -> Response:
    """Give the calendar of one Body."""
    return feed_answer(lambda shelf: feeds.body_feed(shelf, str(uid), _host(), now()))


@web.get("/gremien/<uuid:uid>/kalender.ics")
def organization_feed(uid: UUID) -> Response:
    """Give the calendar of one committee."""
    return feed_answer(lambda shelf: feeds.organization_feed(shelf, str(uid), _host(), now()))


@web.get("/sitzungen/<uuid:uid>.ics")
def meeting_event(uid: UUID) -> Response:
    """Give one meeting for the reader's own calendar."""
    answer = feed_answer(lambda shelf: feeds.meeting_event(shelf, str(uid), _host()))
    # Unlike a feed it is taken over once: as a file that a calendar program opens.
    answer.headers["Content-Disposition"] = files.disposition("Sitzung.ics", inline=False)
    return answer


@web.get("/impressum")
def imprint_page() -> Response:
    """Tell who runs the site."""
    shelf = open_shelf()
    return page("public/impressum.html", shelf, *plain_pages.imprint(shelf, _settings()))


@web.get("/barrierefreiheit")
def accessibility_page() -> Response:
    """Tell to whom barriers can be reported."""
    shelf = open_shelf()
    content, frame = plain_pages.accessibility(shelf, _settings())
    return page("public/barrierefreiheit.html", shelf, content, frame)


def _check(query: CheckQuery) -> Response:
    shelf = open_shelf()
    content, frame = check_page(shelf, query)
    answer = page("public/pruefen.html", shelf, content, frame)
    if answer.status_code == 200:
        answer.status_code = content.status
    return answer


def _host() -> str:
    """The host in the UIDs of calendars."""
    return _settings().calendar_host


def _settings() -> Settings:
    settings: Settings = current_app.extensions[SETTINGS]
    return settings


def _asked(name: str) -> str:
    """What the address says under `name`, cut to what any filter can need.

    Characters that nobody can type are dropped: PostgreSQL refuses some of them.
    """
    said = request.args.get(name, "")[:200]
    return "".join(one for one in said if one.isprintable()).strip()
