"""One thread as it is read: the opening post, then each reply with its comments, a hundred posts a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import data
from solerni_xblocks.discussion.data import Gesture, Participant, Place, Position
from solerni_xblocks.discussion.errors import PostNotFound, ThreadNotFound
from solerni_xblocks.discussion.models import Post, Report, State, Thread, Vote
from solerni_xblocks.discussion.queries.arranging import find_lock, list_rearrangements
from solerni_xblocks.discussion.queries.attachments import map_files, to_own_post
from solerni_xblocks.discussion.queries.marks import find_thread_mark, get_bookmarks
from solerni_xblocks.discussion.queries.own_first import find_hiding, is_hidden
from solerni_xblocks.discussion.queries.records import fetch_findings, to_post, to_thread
from solerni_xblocks.discussion.queries.shut import find_shut
from solerni_xblocks.discussion.queries.threads import get_thread_for
from solerni_xblocks.discussion.rules.gestures import list_gestures

POSTS_PER_PAGE = 100
MOST_UNREAD = 500
SHOWN = (
    "uuid",
    "thread_id",
    "parent__uuid",
    "author_id",
    "voice",
    "is_opening",
    "by_staff",
    "version",
    "source",
    "html",
    "state",
    "votes",
    "files",
    "endorsed_at",
    "created_at",
    "published_at",
    "edited_at",
    "due_at",
)
"""What a page shows of a post: a hundred of them are read at once."""

_LAST = 2**63 - 1


def read_thread(
    thread: Thread,
    place: Place,
    *,
    viewer: Participant,
    after: Position | None = None,
    target: UUID | None = None,
    from_unread: bool = False,
) -> data.ThreadReading:
    """Posts of ``thread`` that the viewer may see, those after the position; or the page on which ``target`` stands.

    Where the replies of others wait for the viewer's own, so does a ``target`` among them: the thread comes alone.

    Raises: PostNotFound for a target that the viewer does not see in this thread.
    """
    now = clock.now()
    mark = find_thread_mark(viewer.id, thread)
    read_at = get_bookmarks(viewer.id, place).latest(mark.read_at if mark else None)
    hides_replies = thread.pk in find_hiding([thread], viewer)
    visible = visible_posts(thread, viewer)
    wanted = _find_wanted(visible, target, read_at if from_unread else None, viewer)
    if hides_replies:
        visible = visible.filter(Q(is_opening=True) | Q(author_id=viewer.id))
        wanted = wanted if wanted and (wanted.is_opening or wanted.author_id == viewer.id) else None
    rows, shown, after = _read_around(visible, after, wanted)
    line = to_thread(thread, place, viewer_id=viewer.id, sees_all=viewer.is_moderator, hides_replies=hides_replies)
    records = _to_records(shown, thread, line, viewer=viewer, read_at=read_at)
    return data.ThreadReading(
        viewer=viewer,
        thread=replace(line, follows=bool(mark and mark.follows), is_unread=_has_news(thread, read_at)),
        posts=records,
        after=_position(shown[-1]) if len(rows) > len(shown) else None,
        at=now,
        is_start=after is None,
        read_at=read_at,
        shut=find_shut(place, viewer, at=now),
        target=next((record for record in records if wanted and record.uuid == wanted.uuid), None),
        lock=find_lock(thread, viewer_id=viewer.id),
        past=list_rearrangements(thread, viewer) if after is None else (),
    )


def visible_posts(thread: Thread, viewer: Participant) -> QuerySet[Post]:
    """Published posts, places of those that once were, and the viewer's own; everything for moderators.

    Which of them wait for the viewer's own is asked of ``own_first``.
    """
    posts = Post.objects.filter(thread=thread).select_related("parent").only(*SHOWN)
    if viewer.is_moderator:
        return posts
    return posts.filter(Q(published_at__isnull=False) | Q(author_id=viewer.id))


def get_published_post(uuid: UUID, place: Place, *, viewer: Participant) -> Post:
    """The published post, with its thread, when both stand in ``place`` and the viewer may see them.

    Raises: PostNotFound.
    """
    post = Post.objects.filter(uuid=uuid, state=State.PUBLISHED).select_related("thread").first()
    if post is None:
        raise PostNotFound
    try:
        post.thread = get_thread_for(viewer, place, post.thread.uuid)
    except ThreadNotFound:
        raise PostNotFound from None
    if is_hidden(post, viewer):
        raise PostNotFound
    return post


def to_written_post(post: Post, place: Place, *, viewer: Participant) -> data.PostRecord:
    """The post as its author sees it just after it was written, with what they may do."""
    sight = {"viewer_id": viewer.id, "sees_all": viewer.is_moderator}
    return _with_acts(to_own_post(post, **sight), to_thread(post.thread, place, **sight), viewer)


def get_commented_reply(uuid: UUID, place: Place, *, viewer: Participant) -> data.PostRecord:
    """The reply on which a comment on the post comments: the post itself, or the reply above it while that is shown.

    Raises: PostNotFound, also for what takes no comment of the viewer.
    """
    post = get_published_post(uuid, place, viewer=viewer)
    line = to_thread(post.thread, place, viewer_id=viewer.id, sees_all=viewer.is_moderator)
    above = post.parent if post.parent and post.parent.state == State.PUBLISHED else post
    reply = to_post(above, post.thread, viewer_id=viewer.id, sees_all=viewer.is_moderator)
    if Gesture.COMMENT not in list_gestures(reply, line, viewer):
        raise PostNotFound
    return reply


def _find_wanted(
    visible: QuerySet[Post], target: UUID | None, read_at: datetime | None, viewer: Participant
) -> Post | None:
    """The post to go to: the one named, or the first in order that is new to the viewer."""
    if target:
        post = visible.filter(uuid=target).first()
        if post is None:
            raise PostNotFound
        return post
    if read_at is None:
        return None
    new = visible.filter(state=State.PUBLISHED, published_at__gt=read_at).exclude(author_id=viewer.id)
    return min(new.order_by("id")[:MOST_UNREAD], key=_order, default=None)


def _read_around(
    visible: QuerySet[Post], after: Position | None, wanted: Post | None
) -> tuple[list[Post], list[Post], Position | None]:
    """A page (and one more) from ``after`` on, or the page that holds ``wanted``, and where it really begins."""
    for start in dict.fromkeys([after, *_positions_before(wanted)]):
        rows = _read_posts(visible, start)
        shown = rows[:POSTS_PER_PAGE]
        if wanted is None or wanted in shown:
            break
    return rows, shown, start


def _positions_before(post: Post | None) -> list[Position]:
    """From where to read so that ``post`` comes soon: from its reply on or, after very many comments, from itself."""
    if post is None:
        return []
    root = post.parent_id or post.id
    return [Position(reply_id=root - 1, comment_id=_LAST), Position(reply_id=root, comment_id=post.id - 1)]


def _read_posts(visible: QuerySet[Post], after: Position | None) -> list[Post]:
    """At least one more post than a page shows, if there are as many, in reading order."""
    roots = visible.filter(parent=None).order_by("id")
    if after:
        roots = roots.filter(id__gt=after.reply_id, is_opening=False)
    found = list(roots[: POSTS_PER_PAGE + 1])
    if after is None and not any(post.is_opening for post in found):  # many older replies were moved here
        found += visible.filter(is_opening=True)
    comments = _read_comments(visible, [post.id for post in found if not post.is_opening], after)
    return sorted([*found, *comments], key=_order)[: POSTS_PER_PAGE + 1]


def _read_comments(visible: QuerySet[Post], replies: list[int], after: Position | None) -> list[Post]:
    """Comments on ``replies``, and those that are left on the reply of ``after``: as many as a page can take."""
    above = [*([after.reply_id] if after else []), *replies]
    if not above:
        return []
    # Along the index; of replies that lie between and do not show, there are few comments or none.
    comments = visible.filter(parent_id__gte=above[0], parent_id__lte=above[-1]).order_by("parent_id", "id")
    if after:
        comments = comments.exclude(parent_id=after.reply_id, id__lte=after.comment_id)
    return [comment for comment in comments[: POSTS_PER_PAGE + 1] if comment.parent_id in above]


def _order(post: Post) -> tuple[bool, int, int]:
    return not post.is_opening, post.parent_id or post.id, post.id


def _position(post: Post) -> Position:
    return Position(reply_id=post.parent_id or post.id, comment_id=post.id if post.parent_id else 0)


def _to_records(
    posts: list[Post], thread: Thread, line: data.ThreadRecord, *, viewer: Participant, read_at: datetime | None
) -> tuple[data.PostRecord, ...]:
    """The posts with the viewer's own votes and what they may do; cases are read only for those who may know them."""
    sight = {"viewer_id": viewer.id, "sees_all": viewer.is_moderator}
    fetch_findings(posts, **sight)
    votes = Vote.objects.filter(member_id=viewer.id, post__in=[post.id for post in posts if post.votes])
    voted = set(votes.values_list("post_id", flat=True))
    reported = _list_reported(posts, thread, viewer)
    files = map_files(posts)
    records = (_with_acts(to_post(post, thread, **sight), line, viewer) for post in posts)
    return tuple(
        replace(
            record,
            is_voted=post.id in voted,
            is_reported=post.id in reported,
            is_new=_is_new(post, viewer, read_at),
            files=() if record.is_veiled else files.get(post.id, ()),
        )
        for post, record in zip(posts, records, strict=True)
    )


def _with_acts(record: data.PostRecord, line: data.ThreadRecord, viewer: Participant) -> data.PostRecord:
    """The record with what the viewer may do; a locked thread takes no other words, of its own author either."""
    may_change = record.may_look_back and (viewer.is_moderator or not line.is_locked)
    return replace(record, gestures=list_gestures(record, line, viewer), may_change=may_change)


def _list_reported(posts: list[Post], thread: Thread, viewer: Participant) -> set[int]:
    """Posts that the viewer reports and nobody has answered for; nothing is asked of threads without reports."""
    if not thread.open_reports:
        return set()
    return set(
        Report.objects.filter(post__in=posts, reporter_id=viewer.id, is_open=True).values_list("post_id", flat=True)
    )


def _has_news(thread: Thread, read_at: datetime | None) -> bool:
    """Whether something happened since an earlier visit."""
    return read_at is not None and thread.last_activity_at > read_at


def _is_new(post: Post, viewer: Participant, read_at: datetime | None) -> bool:
    """Whether the post appeared after an earlier visit; on a first visit nothing is told apart."""
    is_later = read_at is not None and post.published_at is not None and post.published_at > read_at
    return is_later and post.author_id != viewer.id and post.state == State.PUBLISHED
