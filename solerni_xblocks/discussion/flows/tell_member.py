"""Tell a member: one notice in the transaction of what happened; told again about the same, it is renewed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from solerni_xblocks.discussion.models import Notice, NoticeKind, Post


def tell_member(
    member_id: int | None,
    kind: NoticeKind,
    *,
    about: UUID,
    post: Post,
    at: datetime,
    mail_due_at: datetime | None = None,
) -> None:
    """Tell the member news of ``about`` concerning ``post`` (with its ``thread``); nobody is told of a null id.

    ``mail_due_at`` None: in the block alone, since no mail is owed or a letter says it (``send_letters.py``).
    """
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
            "mail_due_at": mail_due_at,
            "mailed_at": None,
            "mail_claim": None,
            "mail_tries": 0,
        },
    )
