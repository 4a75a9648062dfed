"""Earlier posts of a course that share fingerprints with a wording.

Fingerprints are read and written without the ORM: for forty rows of three numbers it takes longer than the database.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from zlib import crc32

from django.db import connections, router
from django.db.models import Count, Q
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion.data import Candidate, Origin, Participant, Place
from solerni_xblocks.discussion.models import Fingerprint, Post, State
from solerni_xblocks.discussion.queries.showing import is_shown_now
from solerni_xblocks.discussion.rules.likeness import TURN_OF_PHRASE, is_alike, rank_alike

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


def find_candidates(
    author: Participant, place: Place, prints: Collection[int], holders: Mapping[int, Collection[int]]
) -> tuple[Candidate, ...]:
    """Those of the ``holders`` that the author may be compared with: posts that are shown, and the author's own."""
    shared = rank_alike(holders, prints=len(prints))
    if not shared:
        return ()
    may_be = Q(state=State.PUBLISHED) & is_shown_now("thread__") | Q(author_id=author.id)
    posts = Post.objects.filter(may_be, id__in=shared, thread__course_key=str(place.course_key))
    rows = posts.annotate(kept=Count("fingerprints")).order_by("kept", "id")
    return tuple(
        Candidate(origin=Origin.OWN if author_id == author.id else Origin.OTHER, name=str(uuid), source=source)
        for id_, uuid, author_id, source, kept in rows.values_list("id", "uuid", "author_id", "source", "kept")
        if is_alike(shared[id_], prints=len(prints), kept=kept)
    )
