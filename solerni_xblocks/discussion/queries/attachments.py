"""Files of messages: those that wait in a form, those that show with posts. Who may have one is in ``readers``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.discussion.data import Claim, Declaration, FileLabel, FileRecord, Place, PostRecord
from solerni_xblocks.discussion.models import Attachment, Post
from solerni_xblocks.discussion.queries.records import to_post

MOST_WAITING = 100

kept = Attachment.objects.filter(dropped_at=None)
"""Files that are there: their bytes arrived, and are not to go."""


def list_waiting(member_id: int, usage_key: UsageKey) -> tuple[FileRecord, ...]:
    """What waits in the member's forms of the place."""
    rows = kept.filter(member_id=member_id, usage_key=str(usage_key), post=None)
    return tuple(map(to_file, rows[:MOST_WAITING]))


def count_waiting(member_id: int, usage_key: UsageKey, slot: str) -> int:
    """How many files wait in one form."""
    return kept.filter(member_id=member_id, usage_key=str(usage_key), post=None, slot=slot).count()


def find_waiting(member_id: int, place: Place, uuids: Iterable[UUID]) -> list[Attachment]:
    """Those of ``uuids`` that wait in a form of the member's, in the place."""
    rows = kept.filter(member_id=member_id, usage_key=str(place.usage_key), course_key=str(place.course_key), post=None)
    return list(rows.filter(uuid__in=list(uuids)))


def list_shown(post: Post) -> list[Attachment]:
    """The files of the post's current wording."""
    return list(kept.filter(post=post, until_version=None)) if post.files else []


def map_files(posts: Sequence[Post]) -> dict[int, tuple[FileRecord, ...]]:
    """The files that show with each of ``posts``, by the post's number; in one query, in none where there are none."""
    found: dict[int, list[FileRecord]] = {}
    having = [post for post in posts if post.files]
    for row in kept.filter(post__in=having, until_version=None) if having else ():
        found.setdefault(row.post_id, []).append(to_file(row))
    return {post_id: tuple(files) for post_id, files in found.items()}


def list_files(post: Post) -> tuple[FileRecord, ...]:
    """Every file that ever showed with the post."""
    return tuple(map(to_file, kept.filter(post=post)))


def to_own_post(post: Post, *, viewer_id: int, sees_all: bool) -> PostRecord:
    """The post as its author or a moderator sees it just after a change, with its files."""
    record = to_post(post, post.thread, viewer_id=viewer_id, sees_all=sees_all)
    return with_files(record, tuple(map(to_file, list_shown(post))))


def with_files(record: PostRecord, files: tuple[FileRecord, ...]) -> PostRecord:
    """``record`` with its files, unless the viewer learns only that a message stood here."""
    return record if record.is_veiled or not files else replace(record, files=files)


def to_file(row: Attachment) -> FileRecord:
    return FileRecord(
        uuid=row.uuid,
        slot=row.slot,
        name=row.name,
        content_type=row.content_type,
        size=row.size,
        width=row.width,
        height=row.height,
        label=FileLabel(
            alternative=row.alternative,
            rights=Declaration(claim=Claim(row.rights), licence=row.licence, source=row.rights_source),
        ),
        since=row.since_version,
        until=row.until_version,
    )
