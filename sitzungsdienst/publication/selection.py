"""Choosing among the filed objects: bounds of time, and what narrows a list down."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypedDict

from sqlalchemy import ColumnElement, and_, or_, select

from sitzungsdienst.publication import tables

_head = tables.object_.c
_link = tables.link.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Bounds on `created` and `modified`, both inclusive, aware; None leaves a side open."""

    created_since: datetime | None = None
    created_until: datetime | None = None
    modified_since: datetime | None = None
    modified_until: datetime | None = None

    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """The bounds as conditions on `public_object`."""
        found = []
        if self.created_since:
            found.append(_head.created >= self.created_since)
        if self.created_until:
            found.append(_head.created <= self.created_until)
        if self.modified_since:
            found.append(_head.modified >= self.modified_since)
        if self.modified_until:
            found.append(_head.modified <= self.modified_until)
        return tuple(found)


ALWAYS = Window()


class Choice(TypedDict, total=False):
    """What narrows a list down; see `conditions`."""

    body_uid: str | None
    parent_uid: str | None
    linked: tuple[str, str] | None
    window: Window
    include_deleted: bool
    deleted_of_body: str | None


class Page(Choice, total=False):
    """A choice, and which page of it.

    `order` is "sort" (by name, date or place in the agenda), "newest" (its reverse) or "filed"
    (when first filed), which never changes and puts what is new last, and therefore serves
    clients that walk through pages.
    """

    order: Literal["sort", "newest", "filed"]
    offset: int
    limit: int | None


def conditions(
    *,
    body_uid: str | None = None,
    parent_uid: str | None = None,
    linked: tuple[str, str] | None = None,
    window: Window = ALWAYS,
    include_deleted: bool = False,
    deleted_of_body: str | None = None,
) -> tuple[ColumnElement[bool], ...]:
    """Conditions that choose objects of a list.

    `linked` is (relation, target uid) as in `linked_to`. A withdrawn object has lost its links and
    parents; `deleted_of_body` adds the withdrawn objects of that Body all the same.
    """
    found: list[ColumnElement[bool]] = list(window.conditions())
    if body_uid:
        found.append(_head.body_uid == body_uid)
    if not include_deleted and not deleted_of_body:
        found.append(_head.deleted.is_(False))
    narrow: list[ColumnElement[bool]] = []
    if parent_uid:
        narrow.append(_head.parent_uid == parent_uid)
    if linked:
        narrow.append(linking(*linked))
    if deleted_of_body:
        gone = and_(_head.deleted.is_(True), _head.body_uid == deleted_of_body)
        return (*found, or_(gone, and_(_head.deleted.is_(False), *narrow)))
    found += narrow
    return tuple(found)


def linking(relation: str, target_uid: str) -> ColumnElement[bool]:
    return _head.uid.in_(
        select(_link.source_uid).where(_link.relation == relation, _link.target_uid == target_uid)
    )
