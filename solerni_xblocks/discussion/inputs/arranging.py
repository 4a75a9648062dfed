"""What moderators send about threads: why one is locked, where it goes, what is split off. No rule of conduct."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.core.datekit import find_day, place_in_zone
from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.core.htmlkit import strip_controls
from solerni_xblocks.core.identifiers import parse_uuid
from solerni_xblocks.discussion.data import Ground, Kind, Window
from solerni_xblocks.discussion.data.arranging import LockRequest, SplitRequest
from solerni_xblocks.discussion.errors.arranging import PlaceNotFound, SameThread, TooManyToSplit
from solerni_xblocks.discussion.errors.writing import TitleMissing, TitleTooLong

MAX_MESSAGE = 2000
MAX_TITLE = 200
MOST_POSTS = 300
MOST_CLAUSES = 8
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def parse_lock(data: dict[str, Any]) -> LockRequest:
    """Why a thread is locked: ``clauses``, ``message``; ``until`` when, in ISO 8601 with a zone. Raises Invalid."""
    clauses = data.get("clauses") or []
    if not isinstance(clauses, list) or len(clauses) > MOST_CLAUSES or any(not isinstance(one, str) for one in clauses):
        raise Invalid(_("This choice does not exist: reload the page."), details={"field": "clauses"})
    message = _read_text(data, "message").strip()
    if len(message) > MAX_MESSAGE:
        raise Invalid(_("This is too long: shorten it."), details={"field": "message"})
    grounds = tuple(Ground(clause=clause) for clause in dict.fromkeys(clauses))
    return LockRequest(grounds=grounds, message=message, until=_read_moment(data, "until"))


def parse_window(data: dict[str, Any]) -> Window:
    """When learners see a thread: ``from``, ``until``; in the site's time where they name no zone. Raises Invalid."""
    return Window(begins=_read_local_moment(data, "from"), ends=_read_local_moment(data, "until"))


def parse_place(data: dict[str, Any]) -> UsageKey:
    """The discussion that is meant under ``place``. Raises PlaceNotFound."""
    try:
        return UsageKey.from_string(_read_text(data, "place"))
    except InvalidKeyError as error:
        raise PlaceNotFound(details={"field": "place"}) from error


def parse_split(data: dict[str, Any]) -> SplitRequest:
    """What is to be split off: ``posts``, ``title``, ``kind``. Raises Invalid."""
    posts = data.get("posts")
    if not isinstance(posts, list):
        raise Invalid(_("A list of messages was expected."), details={"field": "posts"})
    if len(posts) > MOST_POSTS:
        raise TooManyToSplit(details={"field": "posts"})
    title = " ".join(_read_text(data, "title").split())
    if not title:
        raise TitleMissing(details={"field": "title"})
    if len(title) > MAX_TITLE:
        raise TitleTooLong(details={"field": "title"})
    kind = data.get("kind") or Kind.DISCUSSION
    if kind not in (Kind.DISCUSSION, Kind.QUESTION):
        raise Invalid(_("This choice does not exist: reload the page."), details={"field": "kind"})
    return SplitRequest(posts=tuple(parse_uuid(one) for one in dict.fromkeys(map(str, posts))), title=title, kind=kind)


def parse_into(data: dict[str, Any]) -> UUID:
    """The thread under ``into``, by its uuid or by an address that holds it. Raises SameThread when none is named."""
    found = _UUID.search(_read_text(data, "into"))
    if found is None:
        raise SameThread(details={"field": "into"})
    return parse_uuid(found.group().lower())


def _read_moment(data: dict[str, Any], name: str) -> datetime | None:
    moment = _read_local_moment(data, name)
    if moment and datetime.fromisoformat(_read_text(data, name)).tzinfo is None:
        raise Invalid(_("This moment cannot be read: choose it again."), details={"field": name})
    return moment


def _read_local_moment(data: dict[str, Any], name: str) -> datetime | None:
    text = _read_text(data, name)
    if not text:
        return None
    try:
        moment = place_in_zone(datetime.fromisoformat(text))
        find_day(moment.astimezone(UTC))  # it can be kept, and told
    except (ValueError, OverflowError) as error:
        raise Invalid(_("This moment cannot be read: choose it again."), details={"field": name}) from error
    return moment


def _read_text(data: dict[str, Any], name: str) -> str:
    value = data.get(name) or ""
    if not isinstance(value, str):
        raise Invalid(_("A text was expected."), details={"field": name})
    return strip_controls(value)
