"""Earlier posts of a course that share fingerprints with a wording.

Fingerprints are read and written without the ORM: for forty rows of three numbers it takes longer than the database.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import chain, repeat
from typing import Any
from zlib import crc32

from django.db import connections, router
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.core.preparekit import PreparedRead
from solerni_xblocks.discussion.data import Candidate, Origin, Participant, Place
from solerni_xblocks.discussion.models import Fingerprint, Post, State
from solerni_xblocks.discussion.queries.showing import is_shown_at
from solerni_xblocks.discussion.rules.likeness import MOST_CANDIDATES, TURN_OF_PHRASE, is_alike, rank_alike

PRINTS_AT_ONCE = 300
"""Numbers in one statement: every database takes as many."""


def make_scope(course_key: CourseKey) -> int:
    """The number under which fingerprints of a course are kept."""
    return crc32(str(course_key).encode())


def find_holders(place: Place, prints: Collection[int], *, but: Post | None = None) -> dict[int, list[int]]:
    """The posts of the course that have each of ``prints``, by fingerprint; earlier than ``but``."""
    holders: dict[int, list[int]] = {}
    wanted, scope, before = sorted(prints), make_scope(place.course_key), but.id if but else None
    for start in range(0, len(wanted), PRINTS_AT_ONCE):
        for one, post_id in _read(scope, wanted[start : start + PRINTS_AT_ONCE]):
            if before is None or post_id < before:
                holders.setdefault(one, []).append(post_id)
    return holders


def _read(scope: int, prints: list[int]) -> list[tuple[int, int]]:
    """At most twice as many rows as there can be: two who write at once may both leave the last one."""
    connection, table, (scope_name, name, post_name) = reach_prints()
    marks = ", ".join(["%s"] * len(prints))
    wanted = f"{scope_name} = %s AND {name} IN ({marks}) LIMIT %s"
    with connection.cursor() as cursor:
        sql = f"SELECT {name}, {post_name} FROM {table} WHERE {wanted}"  # noqa: S608 - names and marks of ours
        cursor.execute(sql, [scope, *prints, 2 * TURN_OF_PHRASE * len(prints)])
        return list(cursor.fetchall())


def reach_prints() -> tuple[Any, str, list[str]]:
    """The connection to the fingerprints, their table, and its columns: scope, hash, post."""
    connection = connections[router.db_for_write(Fingerprint)]
    table, *columns = map(connection.ops.quote_name, (Fingerprint._meta.db_table, "scope", "hash", "post_id"))
    return connection, table, columns


_IDS = tuple(f"id_{number}" for number in range(MOST_CANDIDATES))


def _describe_posts(*, author_id: int, course_key: str, now: datetime, **ids: int) -> QuerySet[Post, Any]:
    """Those that the author may be compared with, and how many fingerprints each left."""
    may_be = Q(state=State.PUBLISHED) & is_shown_at(now, "thread__") | Q(author_id=author_id)
    posts = Post.objects.filter(may_be, id__in=list(ids.values()), thread__course_key=course_key)
    left = Fingerprint.objects.filter(post=OuterRef("pk")).order_by().values("post").annotate(count=Count("id"))
    kept = Coalesce(Subquery(left.values("count")), 0)
    return posts.annotate(kept=kept).order_by("kept", "id").values_list("id", "uuid", "author_id", "source", "kept")


_POSTS = PreparedRead(_describe_posts, author_id=int, course_key=str, now=datetime, **dict.fromkeys(_IDS, int))


def find_candidates(
    author: Participant, place: Place, prints: Collection[int], holders: Mapping[int, Collection[int]]
) -> tuple[Candidate, ...]:
    """Those of the ``holders`` that the author may be compared with: posts that are shown, and the author's own."""
    shared = rank_alike(holders, prints=len(prints))
    if not shared:
        return ()
    ids = dict(zip(_IDS, chain(shared, repeat(min(shared))), strict=False))
    rows = _POSTS.list_rows(author_id=author.id, course_key=str(place.course_key), now=clock.now(), **ids)
    return tuple(
        Candidate(origin=Origin.OWN if author_id == author.id else Origin.OTHER, name=str(uuid), source=source)
        for id_, uuid, author_id, source, kept in rows
        if is_alike(shared[id_], prints=len(prints), kept=kept)
    )
