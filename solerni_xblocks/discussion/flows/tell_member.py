"""Tell a member: one notice in the transaction of what happened; told again about the same, it is renewed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from solerni_xblocks.discussion.models import Notice, NoticeKind, Post


def tell_member(member_id: int | None, kind: NoticeKind, *, about: UUID, post: Post, at: datetime) -> None:
    """Tell the member news of ``about`` concerning ``post`` (with its ``thread``); nobody is told of a null id."""
    if member_id is None:
        return
    Notice.objects.update_or_create(
        member_id=member_id,
        kind=kind,
        about=about,
        defaults={
            "course_key": post.thread.course_key,
            "usage_key": post.thread.usage_key,
            "thread_id": post.thread_id,
            "post": post,
            "at": at,
            "read_at": None,
        },
    )
