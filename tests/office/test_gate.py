"""One gate before every route: nothing is open that does not say so."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from sitzungsdienst.office import menu
from sitzungsdienst.office.permissions import ROLES, WITHOUT_SIGN_IN, Permission, declared
from sitzungsdienst.record.accounts import AuditEntry, UserRole
from tests.support.browser import OfficeClient

OPEN = {"static", "sign_in.show", "sign_in.enter"}


def _rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def _path(rule: Rule) -> str:
    """The rule as an address, every number being one that does not exist."""
    return re.sub("<[^>]+>", "999999", rule.rule)


def test_every_route_declares_a_permission(office_app: Flask) -> None:
    silent = [
        rule.endpoint for rule in _rules(office_app) if not declared(office_app, rule.endpoint)
    ]
    assert silent == []


def test_no_route_is_open_but_the_known_ones(office_app: Flask) -> None:
    unguarded = {
        rule.endpoint
        for rule in _rules(office_app)
        if declared(office_app, rule.endpoint) is Permission.ANYONE
    }
    assert unguarded == OPEN


def test_no_guarded_route_answers_who_is_not_signed_in(
    office_app: Flask, office: OfficeClient
) -> None:
    for rule in _rules(office_app):
        if declared(office_app, rule.endpoint) in WITHOUT_SIGN_IN:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            answer = office.open(_path(rule), method=method)
            told = (rule.rule, method, answer.status_code)
            assert answer.status_code in (302, 401), told
            if answer.status_code == 302:
                assert answer.location.startswith("/anmelden?weiter="), told


@pytest.mark.parametrize("role", list(UserRole))
def test_a_route_without_the_roles_permission_is_as_unknown_as_no_route(
    office_app: Flask,
    clerk: OfficeClient,
    member: OfficeClient,
    administrator: OfficeClient,
    role: UserRole,
) -> None:
    client = {"clerk": clerk, "member": member, "administrator": administrator}[role.value]
    unknown = client.get("/does-not-exist")
    assert unknown.status_code == 404
    refused = 0
    for rule in _rules(office_app):
        permission = declared(office_app, rule.endpoint)
        if permission in WITHOUT_SIGN_IN or permission in ROLES[role]:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            answer = client.open(_path(rule), method=method)
            assert answer.status_code == 404, (rule.rule, method)
            assert answer.get_data() != b""
            refused += 1
    # Until the house has more than administration, there is nothing to refuse an administrator.
    assert refused > 0 or role is UserRole.ADMINISTRATOR


def test_a_view_that_forgot_its_permission_is_closed(
    office_app: Flask, clerk: OfficeClient
) -> None:
    office_app.view_functions["home.show"] = lambda: "open"
    assert clerk.get("/").status_code == 404


def test_an_unknown_address_tells_a_passer_by_nothing(office: OfficeClient) -> None:
    assert office.get("/does-not-exist").status_code == 302


def test_permissions_stand_in_alphabetical_order() -> None:
    names = [permission.name for permission in Permission]
    assert names == sorted(names)


def test_permissions_follow_their_grammar() -> None:
    outside = {Permission.ANYONE}
    for permission in Permission:
        assert permission in outside or re.fullmatch("[a-z]+:[a-z]+", permission)


def test_every_permission_is_somebodys() -> None:
    given = frozenset().union(*ROLES.values()) | WITHOUT_SIGN_IN
    assert given == set(Permission)


def test_administration_reads_no_papers() -> None:
    readings = {name for name in ROLES[UserRole.ADMINISTRATOR] if name.endswith(":read")}
    assert readings == {Permission.AUDIT_READ, Permission.LAW_READ}


def test_the_menu_asks_what_its_pages_ask(office_app: Flask) -> None:
    for label, endpoint, permission in menu.ENTRIES:
        if endpoint in office_app.view_functions:
            assert declared(office_app, endpoint) is permission, label


def test_no_get_changes_anything(
    office_app: Flask, clerk: OfficeClient, administrator: OfficeClient, session: Session
) -> None:
    acts = select(func.count()).select_from(AuditEntry)
    before = session.scalar(acts)
    session.rollback()
    for rule in _rules(office_app):
        if rule.endpoint != "static" and "GET" in (rule.methods or set()):
            for client in (clerk, administrator):
                answer = client.get(re.sub("<[^>]+>", "1", rule.rule))
                assert answer.status_code < 500, rule.rule
    assert session.scalar(acts) == before
