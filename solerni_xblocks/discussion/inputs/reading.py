"""What readers ask for: which threads, from where on, which posts."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from math import isfinite
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.core.htmlkit import strip_controls
from solerni_xblocks.core.identifiers import parse_uuid
from solerni_xblocks.discussion.data import Choice, Filter, Glance, Kind, ListCursor, Position, Sort, State

MAX_ID = 2**63 - 1
_COUNTED = (Sort.BEST, Sort.REPLIES)

Word = TypeVar("Word", bound=StrEnum)


def parse_choice(data: dict[str, Any]) -> Choice:
    """Which threads are wanted: ``sort``, ``filter``, ``kind``, ``after``, all optional. Raises Invalid."""
    return Choice(
        sort=_parse_word(data, "sort", Sort),
        filter=_parse_word(data, "filter", Filter) or Filter.ALL,
        kind=_parse_word(data, "kind", Kind),
        after=parse_list_cursor(data),
    )


def parse_sort(data: dict[str, Any]) -> Sort:
    """The order that is wanted. Raises Invalid."""
    sort = _parse_word(data, "sort", Sort)
    if sort is None:
        raise Invalid(_("Choose an order."), details={"field": "sort"})
    return sort


def parse_list_cursor(data: dict[str, Any]) -> ListCursor | None:
    """Where the list goes on, as ``presenters.format_cursor`` wrote it; None for its beginning. Raises Invalid."""
    text = data.get("after")
    if not text:
        return None
    try:
        name, value, number = str(text).split("~")
        sort = Sort(name)
        return ListCursor(sort=sort, value=_read_value(sort, value), id=_read_id(number))
    except (ValueError, OverflowError) as error:
        raise _refuse_cursor() from error


def parse_position(data: dict[str, Any]) -> Position | None:
    """Where the thread goes on, as ``presenters.format_position`` wrote it; None for its beginning. Raises Invalid."""
    text = data.get("after")
    if not text:
        return None
    try:
        reply, comment = str(text).split("~")
        return Position(reply_id=_read_id(reply), comment_id=_read_id(comment))
    except ValueError as error:
        raise _refuse_cursor() from error


def parse_post_uuid(data: dict[str, Any]) -> UUID:
    """The post that is meant. Raises Invalid."""
    return parse_uuid(data.get("post"))


def parse_target(data: dict[str, Any]) -> UUID | None:
    """The post to go to, if one is named. Raises Invalid."""
    return parse_uuid(data["post"]) if data.get("post") else None


def parse_thread_named(data: dict[str, Any]) -> UUID | None:
    """The thread, if one is named. Raises Invalid."""
    return parse_uuid(data["thread"]) if data.get("thread") else None


def parse_followed(data: dict[str, Any]) -> str:
    """What is to be followed: ``thread``, ``place`` or ``course``. Raises Invalid."""
    what = data.get("what")
    if what not in ("thread", "place", "course"):
        raise Invalid(_("There is no such choice: reload the page."), details={"field": "what"})
    return str(what)


def parse_until(data: dict[str, Any]) -> int:
    """The number of the last notice that was shown. Raises Invalid."""
    try:
        return _read_id(str(data.get("until")))
    except ValueError as error:
        raise _refuse_cursor() from error


def parse_glance(data: dict[str, Any]) -> Glance:
    """What the reader sees: ``since``; of a thread also ``thread``, ``state``, ``is_locked``. Raises Invalid."""
    try:
        since = datetime.fromisoformat(str(data.get("since"))).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _refuse_cursor() from error
    return Glance(
        since=since,
        thread=parse_thread_named(data),
        state=_parse_word(data, "state", State) or State.PUBLISHED,
        is_locked=data.get("is_locked") is True,
    )


def parse_words(data: dict[str, Any]) -> str:
    """What to look for, 200 characters at most. Raises Invalid."""
    text = data.get("words", "")
    if not isinstance(text, str):
        raise Invalid(_("A text was expected."), details={"field": "words"})
    return strip_controls(text)[:200]


def parse_search_place(data: dict[str, Any]) -> dict[str, Any]:
    """Where to look: ``in_course``, and ``before`` which number, both optional. Raises Invalid."""
    try:
        before = _read_id(str(data["before"])) if data.get("before") else None
    except ValueError as error:
        raise _refuse_cursor() from error
    return {"in_course": data.get("in_course") is True, "before": before}


def parse_beginning(data: dict[str, Any]) -> str:
    """The first letters of a name, 50 at most. Raises Invalid."""
    return _parse_typed(data, "beginning", 50)


def parse_title_typed(data: dict[str, Any]) -> str:
    """A title as far as it is typed, 200 characters at most. Raises Invalid."""
    return _parse_typed(data, "title", 200)


def parse_word(data: dict[str, Any]) -> str:
    """One word, 40 characters at most. Raises Invalid."""
    word = _parse_typed(data, "word", 40)
    if not any(map(str.isalpha, word)):
        raise Invalid(_("A word was expected."), details={"field": "word"})
    return word


def _parse_typed(data: dict[str, Any], name: str, most: int) -> str:
    text = data.get(name, "")
    if not isinstance(text, str):
        raise Invalid(_("A text was expected."), details={"field": name})
    return strip_controls(text).strip()[:most]


def parse_flag(data: dict[str, Any], name: str) -> bool:
    """A yes or no under ``name``. Raises Invalid."""
    value = data.get(name)
    if not isinstance(value, bool):
        raise Invalid(_("Yes or no was expected."), details={"field": name})
    return value


def _parse_word(data: dict[str, Any], name: str, words: type[Word]) -> Word | None:
    value = data.get(name)
    if not value:
        return None
    if not isinstance(value, str) or value not in set(words):
        raise Invalid(_("There is no such choice: reload the page."), details={"field": name})
    return words(value)


def _read_value(sort: Sort, text: str) -> datetime | int | float:
    if sort in _COUNTED:
        return _read_id(text)
    if sort is Sort.EMERGING:
        value = float(text)
        if not isfinite(value):
            raise ValueError(text)
        return value
    return datetime.fromisoformat(text).astimezone(UTC)


def _read_id(text: str) -> int:
    number = int(text)
    if not 0 <= number <= MAX_ID:
        raise ValueError(text)
    return number


def _refuse_cursor() -> Invalid:
    return Invalid(_("This list cannot go on from there: reload the page."))
