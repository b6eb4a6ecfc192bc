"""What somebody may do, and the gate in front of every route.

A route says with `@requires(Permission.X)` what its caller needs. A route that says nothing is
closed. Whoever is not signed in is sent to sign in; whoever is but may not learns no more than
that there is no such page (404).
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from sitzungsdienst.office import current, resend
from sitzungsdienst.record.accounts import UserRole

View = TypeVar("View", bound=Callable[..., Any])


class Permission(StrEnum):
    """Area and verb, `area:verb`. In alphabetical order; a test keeps it.

    `read` sees, `edit` changes what is not yet anybody else's concern, `issue`, `keep` and
    `release` are the legal acts of summoning, keeping the minutes and publishing, `manage` is
    administration. Three stand outside the grammar: ANYONE needs no sign-in, FEED_TOKEN is shown
    by a secret address instead of a sign-in, SIGNED_IN is every signed-in user's.

    A permission opens a kind of page. Which rows it shows is decided in `office.loading`.
    """

    ACCOUNTS_MANAGE = "accounts:manage"
    AGENDA_EDIT = "agenda:edit"
    ANYONE = "anyone"
    AUDIT_READ = "audit:read"
    BODIES_MANAGE = "bodies:manage"
    DOCUMENTS_READ = "documents:read"
    FEED_TOKEN = "feed:token"  # noqa: S105 - the name of a permission
    LAW_EDIT = "law:edit"
    LAW_READ = "law:read"
    LOCATIONS_EDIT = "locations:edit"
    MEETINGS_EDIT = "meetings:edit"
    MEETINGS_READ = "meetings:read"
    MINUTES_KEEP = "minutes:keep"
    ORGANIZATIONS_EDIT = "organizations:edit"
    ORGANIZATIONS_READ = "organizations:read"
    PAPERS_EDIT = "papers:edit"
    PAPERS_READ = "papers:read"
    PEOPLE_EDIT = "people:edit"
    PEOPLE_READ = "people:read"
    PROCEEDINGS_KEEP = "proceedings:keep"
    PUBLIC_RELEASE = "public:release"
    RESOLUTIONS_EDIT = "resolutions:edit"
    RESOLUTIONS_READ = "resolutions:read"
    SIGNED_IN = "signed:in"
    SUMMONS_ISSUE = "summons:issue"
    TERMS_EDIT = "terms:edit"


ROLES: dict[UserRole, frozenset[Permission]] = {
    UserRole.CLERK: frozenset(
        {
            Permission.AGENDA_EDIT,
            Permission.DOCUMENTS_READ,
            Permission.LAW_EDIT,
            Permission.LAW_READ,
            Permission.LOCATIONS_EDIT,
            Permission.MEETINGS_EDIT,
            Permission.MEETINGS_READ,
            Permission.MINUTES_KEEP,
            Permission.ORGANIZATIONS_EDIT,
            Permission.ORGANIZATIONS_READ,
            Permission.PAPERS_EDIT,
            Permission.PAPERS_READ,
            Permission.PEOPLE_EDIT,
            Permission.PEOPLE_READ,
            Permission.PROCEEDINGS_KEEP,
            Permission.PUBLIC_RELEASE,
            Permission.RESOLUTIONS_EDIT,
            Permission.RESOLUTIONS_READ,
            Permission.SIGNED_IN,
            Permission.SUMMONS_ISSUE,
            Permission.TERMS_EDIT,
        }
    ),
    UserRole.MEMBER: frozenset(
        {
            Permission.DOCUMENTS_READ,
            Permission.MEETINGS_READ,
            Permission.ORGANIZATIONS_READ,
            Permission.PAPERS_READ,
            Permission.RESOLUTIONS_READ,
            Permission.SIGNED_IN,
        }
    ),
    # Administration runs the house but has no business in its papers.
    UserRole.ADMINISTRATOR: frozenset(
        {
            Permission.ACCOUNTS_MANAGE,
            Permission.AUDIT_READ,
            Permission.BODIES_MANAGE,
            Permission.LAW_READ,
            Permission.SIGNED_IN,
        }
    ),
}

WITHOUT_SIGN_IN = frozenset({Permission.ANYONE, Permission.FEED_TOKEN})


def requires(permission: Permission) -> Callable[[View], View]:
    """Say what the caller of a view needs. Stands directly above the view, below the route."""

    def declare(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]  # functions take attributes
        return view

    return declare


def may(permission: Permission) -> bool:
    """Whether the signed-in user has the permission; also for templates: {% if may(…) %}."""
    me = current.me()
    return me is not None and permission in ROLES[me.actor.role]


def declared(app: Flask, endpoint: str) -> Permission | None:
    """Return what the endpoint's view requires, or None where it forgot to say."""
    return getattr(app.view_functions.get(endpoint), "permission", None)


def register(app: Flask) -> None:
    """Put the gate in front of every route of `app`."""
    requires(Permission.ANYONE)(app.view_functions["static"])
    app.before_request(_gate)
    app.add_template_global(may)
    app.add_template_global(Permission, "Permission")


def _gate() -> ResponseReturnValue | None:
    """Let through who may; an unknown address is answered like a forbidden one."""
    if request.endpoint is None:
        # Not routed (404, 405): only who is signed in is told, so that nobody maps the office.
        return None if current.me() else resend.ask_to_sign_in()
    permission = declared(current_app, request.endpoint)
    if permission is None:
        current_app.logger.error("endpoint without permission: %s", request.endpoint)
        raise NotFound
    if permission in WITHOUT_SIGN_IN:
        return None
    if current.me() is None:
        return resend.ask_to_sign_in()
    if not may(permission):
        current_app.logger.warning("denied: %s needs %s", request.endpoint, permission)
        raise NotFound
    return None
