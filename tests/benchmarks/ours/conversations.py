"""Rows of discussion as its flows would have left them, by the million: threads, posts, wordings, words to search,
fingerprints, cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from tests.benchmarks import material, rows, texts

COURSE_KEY = CourseKey.from_string(material.COURSE)
PLACE = COURSE_KEY.make_usage_key("solerni_discussion", "module-1")
WRITTEN = material.THREADS * material.POSTS_WRITTEN
BATCH = 1000
WORDS_INDEX = "solerni_search_words"


def make_threads(members: list[Any]) -> list[UUID]:
    """What the flow publish would have left; the uuid of each thread."""
    from django.db import transaction

    from solerni_xblocks.discussion.models import Thread

    if material.COPIES:
        _drop_words_index()
    with transaction.atomic():
        rows.add_all(Thread, (_make_thread(thread, members) for thread in range(material.THREADS)))
        _write_posts(members)
    if material.COPIES:
        _repeat_posts()
        _repeat_words()
        _make_words_index()
    _open_cases()
    return list(Thread.objects.order_by("id").values_list("uuid", flat=True))


def _make_thread(thread: int, members: list[Any]) -> Any:
    from solerni_xblocks.discussion.models import EXCERPT_LENGTH, State, Thread

    last = material.count_posts(thread) - 1
    return Thread(
        id=thread + 1,
        course_key=material.COURSE,
        usage_key=str(PLACE),
        title=texts.make_title(thread),
        excerpt=texts.make_post(f"{thread}.0")[:EXCERPT_LENGTH],
        author_id=members[thread % len(members)].id,
        state=State.PUBLISHED,
        replies=last,
        created_at=material.make_moment(thread, 0),
        last_activity_at=material.make_moment(thread, last),
        last_author_id=members[(thread + last) % len(members)].id,
    )


def _write_posts(members: list[Any]) -> None:
    """Each post with its wording, its words to search and its fingerprints; a batch in memory at a time."""
    from solerni_xblocks.discussion.models import Post, SearchText, Version

    places = (
        (thread, number) for thread in range(material.THREADS) for number in range(material.count_written(thread))
    )
    holders: dict[int, list[int]] = {}
    while batch := list(islice(places, BATCH)):
        posts = [_make_post(*place, members) for place in batch]
        Post.objects.bulk_create(posts)
        Version.objects.bulk_create(map(_make_version, posts))
        SearchText.objects.bulk_create(map(_make_words, posts))
        _leave_prints(posts, holders)


def _make_post(thread: int, number: int, members: list[Any]) -> Any:
    from solerni_xblocks.core import htmlkit
    from solerni_xblocks.discussion.models import Post, State

    source, moment = texts.make_post(f"{thread}.{number}"), material.make_moment(thread, number)
    return Post(
        id=material.make_id(thread, number),
        thread_id=thread + 1,
        author_id=members[(thread + number) % len(members)].id,
        submission=UUID(int=material.make_id(thread, number)),
        is_opening=number == 0,
        source=source,
        html="".join(f"<p>{paragraph}</p>\n" for paragraph in source.split("\n\n")),
        plain=" ".join(source.split()),
        words=len(source.split()),
        renderer=htmlkit.POST_RENDERER,
        state=State.PUBLISHED,
        created_at=moment,
        published_at=moment,
    )


def _make_version(post: Any) -> Any:
    from solerni_xblocks.discussion.models import Version

    return Version(
        id=post.id,
        post_id=post.id,
        number=1,
        editor_id=post.author_id,
        title=texts.make_title(post.thread_id - 1) if post.is_opening else "",
        source=post.source,
        at=post.created_at,
    )


def _make_words(post: Any) -> Any:
    from solerni_xblocks.discussion.models import SearchText
    from solerni_xblocks.discussion.rules.searching import make_search_text

    title = texts.make_title(post.thread_id - 1) if post.is_opening else ""
    return SearchText(post_id=post.id, text=make_search_text(title, post.plain, course=material.COURSE, number=post.id))


def _leave_prints(posts: list[Any], holders: dict[int, list[int]]) -> None:
    """Without the ORM, as the flow does: of all that is written here these are the most rows by far."""
    from solerni_xblocks.discussion.queries import make_scope, reach_prints
    from solerni_xblocks.discussion.rules.likeness import keep_telling
    from solerni_xblocks.discussion.rules.measures.copies import fingerprint

    scope, left = make_scope(COURSE_KEY), []
    for post in posts:
        for one in keep_telling(fingerprint(post.source), holders):
            holders.setdefault(one, []).append(post.id)
            left.append((scope, one, post.id))
    connection, table, columns = reach_prints()
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES (%s, %s, %s)", left)  # noqa: S608 - ours


def _repeat_posts() -> None:
    """Replies and their wordings again; of repeated words, no further fingerprint is left."""
    from solerni_xblocks.discussion.models import Post, Version

    ends = {name: f"CONCAT({name}, ' Note ', id, '.{{turn}}')" for name in ("source", "plain")}
    moment = f"DATE_ADD({{}}, INTERVAL {{{{turn}}}} * {material.POSTS_WRITTEN - 1} HOUR)"
    keys = {
        name: f"CAST(INSERT(INSERT(MD5(CONCAT('{name}', id, '.{{turn}}')), 13, 1, '4'), 17, 1, '8') AS UUID)"
        for name in ("uuid", "submission")
    }
    moments = {name: moment.format(name) for name in ("created_at", "published_at")}
    html = {"html": "CONCAT(html, '<p>Note ', id, '.{turn}</p>')"}
    rows.repeat_replies(Post, replies="is_opening = 0", own=ends | html | keys | moments)
    own = {"post_id": f"post_id + {{turn}} * {WRITTEN}", "source": ends["source"], "at": moment.format("at")}
    rows.repeat_replies(Version, replies="title = ''", own=own)


def _repeat_words() -> None:
    """The words of the repeated replies, each behind the mark of its own bucket, and those of its note."""
    from django.db import connection

    from solerni_xblocks.discussion.models import SearchText
    from solerni_xblocks.discussion.rules.searching import name_bucket, name_course

    table, course = SearchText._meta.db_table, name_course(material.COURSE)
    for turn in range(1, material.COPIES + 1):
        for first, last in _list_spans(turn * WRITTEN):
            old = name_bucket(material.COURSE, first)
            new = name_bucket(material.COURSE, first + turn * WRITTEN)
            note = ", ".join(f"' {mark}note {mark}', post_id, ' {mark}{turn}'" for mark in (course, new))
            text = f"CONCAT(REPLACE(text, ' {old}', ' {new}'), {note})"
            replies = f"post_id BETWEEN {first} AND {last} AND (post_id - 1) % {material.POSTS_WRITTEN} <> 0"
            sql = f"INSERT INTO {table} SELECT post_id + {turn * WRITTEN}, {text} FROM {table} WHERE {replies}"  # noqa: S608
            with connection.cursor() as cursor:
                cursor.execute(sql.replace("%", "%%"), [])


def _list_spans(shift: int) -> Iterator[tuple[int, int]]:
    """First and last number of posts that share a bucket, and still do ``shift`` further on."""
    from solerni_xblocks.discussion.rules.searching import BUCKET

    first = 1
    while first <= WRITTEN:
        ends = (BUCKET - first % BUCKET, BUCKET - (first + shift) % BUCKET)
        last = min(first + min(ends) - 1, WRITTEN)
        yield first, last
        first = last + 1


def _drop_words_index() -> None:
    """An index made of all rows at once costs minutes; kept up row by row, hours."""
    _alter_words(f"DROP INDEX {WORDS_INDEX}")


def _make_words_index() -> None:
    _alter_words(f"ADD FULLTEXT INDEX {WORDS_INDEX} (text)")


def _alter_words(change: str) -> None:
    from django.db import connection

    from solerni_xblocks.discussion.models import SearchText

    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {SearchText._meta.db_table} {change}")


def _open_cases() -> None:
    """Posts that a rule let pass and somebody is to read, a few due each hour."""
    from solerni_xblocks.discussion.models import Case, Finding, Outcome, Source

    def make_case(number: int) -> Any:
        return Case(
            post_id=number + 1,
            course_key=material.COURSE,
            usage_key=str(PLACE),
            source=Source.SUSPECT,
            score=number % 5,
            opened_at=material.FIRST_DAY,
            due_at=material.FIRST_DAY + timedelta(hours=number // material.CASES_AN_HOUR),
        )

    def make_finding(number: int) -> Any:
        return Finding(
            post_id=number + 1, rule="courtesy", clause="posts.courtesy", code="courtesy.word", outcome=Outcome.PUBLISH
        )

    rows.add_all(Case, map(make_case, range(material.CASES)))
    rows.add_all(Finding, map(make_finding, range(material.CASES)))
