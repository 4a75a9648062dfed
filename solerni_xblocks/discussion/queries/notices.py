"""What a member is told of, in one course."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import data
from solerni_xblocks.discussion.data import Participant, Place
from solerni_xblocks.discussion.models import Appeal, Decision, Notice, NoticeKind, Report, State
from solerni_xblocks.discussion.queries.own_first import is_readable
from solerni_xblocks.discussion.queries.records import show_author
from solerni_xblocks.discussion.queries.showing import is_shown_to, is_thread_shown_to

NOTICES_PER_PAGE = 20
MOST_COUNTED = 100
OF_POSTS = (NoticeKind.REPLY, NoticeKind.MENTION, NoticeKind.ANSWER, NoticeKind.ENDORSED, NoticeKind.THREAD)
OF_THREADS = (
    NoticeKind.LOCKED,
    NoticeKind.UNLOCKED,
    NoticeKind.MOVED,
    NoticeKind.SPLIT,
    NoticeKind.MERGED,
    NoticeKind.RESOLVED,
)


def list_notices(place: Place, *, viewer: Participant) -> data.Notices:
    """The latest notices of the course, and how many are unread (counted up to a limit)."""
    visible = visible_notices(place, viewer)
    rows = list(visible.select_related("thread", "post").order_by("-id")[:NOTICES_PER_PAGE])
    pages = dict(_find_pages(rows, viewer))
    notices = tuple(replace(_to_notice(row, viewer), **pages.get(row.about, {})) for row in rows)
    unread = visible.filter(read_at=None)[:MOST_COUNTED].count()
    return data.Notices(notices=notices, unread=unread, limit=MOST_COUNTED)


def visible_notices(place: Place, viewer: Participant) -> QuerySet[Notice]:
    """Notices of the course about what the viewer may still see."""
    notices = Notice.objects.filter(member_id=viewer.id, course_key=str(place.course_key), at__lte=clock.now())
    seen = Q(post__state=State.PUBLISHED, thread__state=State.PUBLISHED) & is_shown_to(viewer, "thread__")
    told = is_readable(viewer, "post__") | Q(kind__in=OF_THREADS)
    return notices.filter(seen & told | ~Q(kind__in=[*OF_POSTS, *OF_THREADS]))


def _find_pages(rows: Sequence[Notice], viewer: Participant) -> Iterator[tuple[UUID, dict[str, UUID]]]:
    """Where news of decisions, reports and appeals are read; one query for each of the three that is there.

    What took a decision back is read on the page of that decision; who contested reads on it too.
    """
    about = {kind: [row.about for row in rows if row.kind == kind] for kind in NoticeKind}
    if about[NoticeKind.DECISION]:
        decisions = Decision.objects.filter(uuid__in=about[NoticeKind.DECISION])
        for told, undone in decisions.values_list("uuid", "undoes__uuid"):
            yield told, {"decision_uuid": undone or told}
    if about[NoticeKind.REPORT]:
        answered = Report.objects.filter(uuid__in=about[NoticeKind.REPORT], decision__isnull=False)
        for told, decision in answered.values_list("uuid", "decision__uuid"):
            yield told, {"decision_uuid": decision}
    if about[NoticeKind.APPEAL]:
        appeals = Appeal.objects.filter(uuid__in=about[NoticeKind.APPEAL])
        for told, member_id, decision in appeals.values_list("uuid", "member_id", "decision__uuid"):
            yield told, {"decision_uuid": decision} if member_id == viewer.id else {"appeal_uuid": told}


def _to_notice(row: Notice, viewer: Participant) -> data.NoticeRecord:
    post, thread = row.post, row.thread
    return data.NoticeRecord(
        id=row.id,
        kind=row.kind,
        about=row.about,
        usage_key=UsageKey.from_string(row.usage_key) if row.usage_key else None,
        thread_uuid=thread.uuid if thread else None,
        post_uuid=post.uuid if post else None,
        title=thread.title if thread and is_thread_shown_to(thread, viewer) else "",
        author_id=show_author(post, viewer_id=viewer.id, sees_all=viewer.is_moderator) if post else None,
        voice=data.Voice(post.voice) if post else data.Voice.SELF,
        at=row.at,
        is_read=row.read_at is not None,
    )
