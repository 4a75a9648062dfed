"""Search: one question for every database. The index finds words; rights and groups are asked of posts and threads.

The latest buckets of posts are looked through first. A word found in much of them is common: then only they are, and
the answer says so. A rarer word is looked for everywhere.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.models import Lookup, Max, Q, QuerySet, TextField

from solerni_xblocks.discussion import data
from solerni_xblocks.discussion.data import Participant, Place
from solerni_xblocks.discussion.models import Post, SearchText, State, Thread
from solerni_xblocks.discussion.queries.own_first import is_readable
from solerni_xblocks.discussion.queries.records import show_author
from solerni_xblocks.discussion.queries.showing import is_shown_to
from solerni_xblocks.discussion.rules.searching import BUCKET, Terms, find_passages, name_bucket, name_course

HITS_PER_PAGE = 20
RECENT_BUCKETS = 3
COMMON = 500
"""More posts than this in a bucket with the words, and they count as common."""

_AND = {"mysql": " ", "postgresql": " & ", "sqlite": " AND "}
_REQUIRED = {"mysql": "+", "postgresql": "", "sqlite": ""}
_BEGINNING = {"mysql": "*", "postgresql": ":*", "sqlite": "*"}


@TextField.register_lookup
class Holds(Lookup):
    """Whether a text holds the words: the one thing that each database says in its own way."""

    lookup_name = "solerni_holds"

    def _compile(self, compiler: Any, connection: Any, template: str) -> tuple[str, list[Any]]:
        text, text_params = self.process_lhs(compiler, connection)
        words, word_params = self.process_rhs(compiler, connection)
        number = f"{compiler.quote_name_unless_alias(self.lhs.alias)}.{connection.ops.quote_name('post_id')}"
        index = connection.ops.quote_name(f"{SearchText._meta.db_table}_index")
        sql = template.format(number=number, text=text, words=words, index=index)
        return sql, [*text_params, *word_params]

    def as_mysql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:
        return self._compile(compiler, connection, "MATCH ({text}) AGAINST ({words} IN BOOLEAN MODE)")

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:
        return self._compile(compiler, connection, "to_tsvector('simple', {text}) @@ to_tsquery('simple', {words})")

    def as_sqlite(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:
        template = "{number} IN (SELECT rowid FROM {index} WHERE {index} MATCH {words})"
        return self._compile(compiler, connection, template)


def search_posts(
    place: Place, terms: Terms, *, viewer: Participant, in_course: bool, before: int | None = None
) -> data.Hits:
    """Published posts of the place, or of its course, with all the words; the latest first, those before the number."""
    course = str(place.course_key)
    recent = [_match(terms, mark) for mark in _list_recent(course)]
    is_common = any(found[: COMMON + 1].count() > COMMON for found in recent)
    found = recent if is_common else [_match(terms, name_course(course))]
    rows = _read(found, _visible(place, viewer, in_course=in_course, before=before))
    shown = rows[:HITS_PER_PAGE]
    return data.Hits(
        hits=tuple(_to_hit(post, terms, viewer) for post in shown),
        after=shown[-1].pk if len(rows) > len(shown) else None,
        is_capped=is_common,
    )


def _list_recent(course: str) -> list[str]:
    """The marks of the latest buckets of the course, the latest first."""
    threads = Thread.objects.filter(course_key=course, state=State.PUBLISHED, merged_into=None).order_by(
        "-last_activity_at", "-id"
    )
    latest = Post.objects.filter(thread=threads[:1]).aggregate(latest=Max("pk"))["latest"]
    if latest is None:
        return []
    return [name_bucket(course, number) for number in range(latest, max(0, latest - RECENT_BUCKETS * BUCKET), -BUCKET)]


def _read(found: list[QuerySet[SearchText]], posts: QuerySet[Post]) -> list[Post]:
    """A page of posts and one more; bucket after bucket, since each holds older posts than the one before."""
    rows: list[Post] = []
    for texts in found:
        wanted = HITS_PER_PAGE + 1 - len(rows)
        rows += posts.filter(pk__in=texts.values("post_id")).order_by("-pk")[:wanted]
        if len(rows) > HITS_PER_PAGE:
            break
    return rows


def _match(terms: Terms, mark: str) -> QuerySet[SearchText]:
    """Texts with all the words behind ``mark``."""
    vendor = connections[SearchText.objects.db].vendor
    words = [f"{mark}{word}" for word in terms.words]
    words[-1] += _BEGINNING[vendor] if terms.is_open else ""
    written = _AND[vendor].join(f"{_REQUIRED[vendor]}{word}" for word in words)
    return SearchText.objects.filter(text__solerni_holds=written)


def _visible(place: Place, viewer: Participant, *, in_course: bool, before: int | None) -> QuerySet[Post]:
    where = Q(thread__course_key=str(place.course_key)) if in_course else Q(thread__usage_key=str(place.usage_key))
    posts = Post.objects.filter(where, is_shown_to(viewer, "thread__"), state=State.PUBLISHED)
    posts = posts.filter(is_readable(viewer), thread__state=State.PUBLISHED).select_related("thread")
    return posts.filter(pk__lt=before) if before else posts


def _to_hit(post: Post, terms: Terms, viewer: Participant) -> data.Hit:
    thread: Thread = post.thread
    return data.Hit(
        post_uuid=post.uuid,
        thread_uuid=thread.uuid,
        usage_key=thread.usage_key,
        title=thread.title,
        title_passages=find_passages(thread.title, terms),
        text=post.plain,
        passages=find_passages(post.plain, terms),
        author_id=show_author(post, viewer_id=viewer.id, sees_all=viewer.is_moderator),
        voice=data.Voice(post.voice),
        at=post.published_at or post.created_at,
    )
