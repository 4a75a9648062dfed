"""What the rules know of a course, remembered by each process: warm, it asks nobody.

At most LIST_AGE after the last look, one query tells whether the list of the site or of the course is another one, in
whatever process it was changed; only then is it read again. Title and language are asked anew after FACTS_AGE.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.discussion.data import ListedWords
from solerni_xblocks.discussion.data.lexicons import Lexicon
from solerni_xblocks.discussion.models import WordEntry
from solerni_xblocks.discussion.queries.words import to_lines
from solerni_xblocks.discussion.rules.listing import list_known, make_listed
from solerni_xblocks.host import api as host

LIST_AGE = timedelta(seconds=5)
FACTS_AGE = timedelta(minutes=1)
MOST_COURSES = 200
"""Courses that a process remembers at once."""

SITE = ""
"""The course key of the site's own list."""

Stamp = tuple[int, int, datetime]
"""How many entries a list has, the latest of them, and when one was last written: any change makes another stamp."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _List:
    stamp: Stamp | None
    listed: ListedWords
    known: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Kept:
    lexicon: Lexicon
    since: datetime
    stale_at: datetime
    facts_until: datetime


class _Memory:
    """What this process remembers; each value is replaced whole, so that threads never see half of it."""

    lists: dict[str, _List] = {}
    lexicons: dict[str, _Kept] = {}


def get_lexicon(course_key: CourseKey) -> Lexicon:
    """What is known of the course, at most some seconds old."""
    now = clock.now()
    kept = _Memory.lexicons.get(str(course_key))
    return kept.lexicon if kept and kept.since <= now < kept.stale_at else _look(course_key, kept, now)


def forget_lexicons() -> None:
    """Forget what this process remembers of courses."""
    _Memory.lists, _Memory.lexicons = {}, {}


def _look(course_key: CourseKey, kept: _Kept | None, now: datetime) -> Lexicon:
    key = str(course_key)
    found = _read_lists((SITE, key))
    has_facts = kept is not None and kept.since <= now < kept.facts_until
    courses = host.courses()
    lexicon = Lexicon(
        title=kept.lexicon.title if kept and has_facts else courses.get_title(course_key),
        language=kept.lexicon.language if kept and has_facts else courses.get_language(course_key),
        lists=tuple(one.listed for one in found if one.listed.words),
        known_words=tuple(word for one in found for word in one.known),
    )
    if len(_Memory.lexicons) >= MOST_COURSES:
        forget_lexicons()
    _Memory.lexicons[key] = _Kept(
        lexicon=lexicon,
        since=kept.since if kept and has_facts else now,
        stale_at=now + LIST_AGE,
        facts_until=kept.facts_until if kept and has_facts else now + FACTS_AGE,
    )
    return lexicon


def _read_lists(keys: tuple[str, ...]) -> list[_List]:
    """The lists, in one query while none of them changed."""
    rows = WordEntry.objects.filter(course_key__in=keys).order_by().values("course_key")
    stamped = rows.annotate(count=Count("id"), last=Max("id"), latest=Max("at"))
    stamps = {row["course_key"]: (row["count"], row["last"], row["latest"]) for row in stamped}
    for key in keys:
        kept, stamp = _Memory.lists.get(key), stamps.get(key)
        if kept is None or kept.stamp != stamp:
            _Memory.lists[key] = _read_list(key, stamp)
    return [_Memory.lists[key] for key in keys]


def _read_list(key: str, stamp: Stamp | None) -> _List:
    lines = to_lines(WordEntry.objects.filter(course_key=key).order_by("id")) if stamp else ()
    return _List(stamp=stamp, listed=make_listed(lines), known=list_known(lines))
