"""Split: chosen messages, with what was said beneath them, become a thread of their own in the same place."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from solerni_xblocks.core import clock
from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.data.arranging import Move, SplitRequest
from solerni_xblocks.discussion.errors.arranging import NothingToSplit, OpeningStays, PostsElsewhere, TooManyToSplit
from solerni_xblocks.discussion.flows.arranging import hold_published, recount, recount_comments
from solerni_xblocks.discussion.flows.index import index_post
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.flows.tell import tell_participants
from solerni_xblocks.discussion.models import EXCERPT_LENGTH, Notice, NoticeKind, Post, State, Thread, ThreadMark

MOST = 300
CHUNK = 500


@transaction.atomic
def split_thread(moderator_id: int, place: Place, thread_uuid: UUID, request: SplitRequest) -> UUID:
    """Make the thread and return its uuid; of two clicks the second finds it made."""
    if not request.posts:
        raise NothingToSplit(details={"field": "posts"})
    if len(request.posts) > MOST:
        raise TooManyToSplit(details={"field": "posts"})
    thread = hold_published(moderator_id, place, thread_uuid)
    chosen = list(Post.objects.filter(uuid__in=request.posts, thread=thread))
    if len(chosen) < len(set(request.posts)):
        return _find_made(thread, request)
    if any(post.is_opening for post in chosen):
        raise OpeningStays(details={"field": "posts"})
    moved = list(Post.objects.filter(Q(pk__in=[post.pk for post in chosen]) | Q(parent__in=chosen)).order_by("id"))
    opening = next((post for post in moved if post.state == State.PUBLISHED), None)
    if opening is None:
        raise NothingToSplit(details={"field": "posts"})
    now = clock.now()
    made = _open(thread, opening, request, at=now)
    _carry(thread, made, moved, opening)
    _copy_marks(thread, made)
    _log(thread, made, moved, moderator_id=moderator_id)
    tell_participants(NoticeKind.SPLIT, opening, but={moderator_id}, at=now)
    return made.uuid


def _find_made(thread: Thread, request: SplitRequest) -> UUID:
    """The thread that the same choice made a moment ago. Raises PostsElsewhere."""
    there = list(Thread.objects.filter(posts__uuid__in=request.posts).distinct()[:2])
    is_made = len(there) == 1 and there[0].title == request.title and there[0].usage_key == thread.usage_key
    if not is_made or there[0].pk == thread.pk:
        raise PostsElsewhere
    return there[0].uuid


def _open(thread: Thread, opening: Post, request: SplitRequest, *, at: datetime) -> Thread:
    Thread.objects.filter(pk=thread.pk).update(rearranged_at=at)
    return Thread.objects.create(
        course_key=thread.course_key,
        usage_key=thread.usage_key,
        kind=request.kind,
        title=request.title,
        excerpt=opening.plain[:EXCERPT_LENGTH],
        author_id=opening.author_id,
        voice=opening.voice,
        state=State.PUBLISHED,
        group_id=thread.group_id,
        replies_after_own=thread.replies_after_own,
        rearranged_at=at,
        reopened_at=at,
        shown_from=thread.shown_from,
        shown_until=thread.shown_until,
        created_at=opening.created_at,
        last_activity_at=opening.created_at,
    )


def _carry(thread: Thread, made: Thread, moved: list[Post], opening: Post) -> None:
    """The messages stand in the new thread; what has lost its reply there, or commented on the first, is a reply."""
    ids = {post.pk for post in moved}
    left = {post.parent_id for post in moved if post.parent_id and post.parent_id not in ids}
    for post in moved:
        post.thread = made
        if post.parent_id not in ids or post.parent_id == opening.pk:
            post.parent = None
    opening.is_opening = True
    Post.objects.bulk_update(moved, ["thread", "parent", "is_opening"], batch_size=CHUNK)
    Notice.objects.filter(post__in=moved).update(thread=made)
    Thread.objects.filter(pk=thread.pk, answer__in=moved).update(answer=None)
    recount_comments({*left, opening.pk})
    recount(thread)
    recount(made)
    index_post(opening)


def _copy_marks(thread: Thread, made: Thread) -> None:
    """Everybody has read of the new thread what they had read of the old one, and follows both; so does its author."""
    rows = ThreadMark.objects.filter(thread=thread).values_list("member_id", "read_at", "follows")
    marks = (ThreadMark(thread=made, member_id=id_, read_at=at, follows=follows) for id_, at, follows in rows)
    ThreadMark.objects.bulk_create(marks, batch_size=CHUNK)
    if made.author_id is not None:
        mine = ThreadMark.objects.filter(thread=made, member_id=made.author_id)
        mine.filter(follows=None).update(follows=True)
        if not mine.exists():
            ThreadMark.objects.create(thread=made, member_id=made.author_id, follows=True)


def _log(thread: Thread, made: Thread, moved: list[Post], *, moderator_id: int) -> None:
    """One entry for each of the two threads, so that the past of both can be told."""
    common = {"actor_id": moderator_id, "course_key": thread.course_key, "subject_kind": "thread"}
    uuids = [str(post.uuid) for post in moved]
    whole = log_act(Move.LEFT, subject=thread.uuid, after={"thread": str(made.uuid), "posts": uuids}, **common)
    log_act(Move.MADE, subject=made.uuid, before={"thread": str(thread.uuid)}, parent=whole, **common)
