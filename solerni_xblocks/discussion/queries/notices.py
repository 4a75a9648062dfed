"""What a member is told of, in one course."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.discussion import data
from solerni_xblocks.discussion.data import Participant, Place
from solerni_xblocks.discussion.models import Notice, NoticeKind, State
from solerni_xblocks.discussion.queries.lists import is_for_group
from solerni_xblocks.discussion.queries.records import show_author

NOTICES_PER_PAGE = 20
MOST_COUNTED = 100
OF_POSTS = (NoticeKind.REPLY, NoticeKind.MENTION, NoticeKind.ANSWER, NoticeKind.ENDORSED, NoticeKind.THREAD)


def list_notices(place: Place, *, viewer: Participant) -> data.Notices:
    """The latest notices of the course, and how many are unread (counted up to a limit)."""
    visible = visible_notices(place, viewer)
    rows = visible.select_related("thread", "post").order_by("-id")[:NOTICES_PER_PAGE]
    unread = visible.filter(read_at=None)[:MOST_COUNTED].count()
    return data.Notices(notices=tuple(_to_notice(row, viewer) for row in rows), unread=unread, limit=MOST_COUNTED)


def visible_notices(place: Place, viewer: Participant) -> QuerySet[Notice]:
    """Notices of the course about what the viewer may still see."""
    notices = Notice.objects.filter(member_id=viewer.id, course_key=str(place.course_key))
    seen = Q(post__state=State.PUBLISHED, thread__state=State.PUBLISHED) & is_for_group(viewer, "thread__")
    return notices.filter(seen | ~Q(kind__in=OF_POSTS))


def _to_notice(row: Notice, viewer: Participant) -> data.NoticeRecord:
    post, thread = row.post, row.thread
    return data.NoticeRecord(
        id=row.id,
        kind=row.kind,
        about=row.about,
        usage_key=UsageKey.from_string(row.usage_key) if row.usage_key else None,
        thread_uuid=thread.uuid if thread else None,
        post_uuid=post.uuid if post else None,
        title=thread.title if thread else "",
        author_id=show_author(post, viewer_id=viewer.id, sees_all=viewer.is_moderator) if post else None,
        voice=data.Voice(post.voice) if post else data.Voice.SELF,
        at=row.at,
        is_read=row.read_at is not None,
    )
