"""What every act on a thread begins with, who may do it and the rows it holds; and what counts anew afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.errors.arranging import (
    ModeratorsOnly,
    ThreadMerged,
    ThreadNotPublished,
    ThreadRearranged,
)
from solerni_xblocks.discussion.flows.appear import NAMED, hold_thread, settle_answered
from solerni_xblocks.discussion.models import Post, Report, State, Thread
from solerni_xblocks.discussion.rules.arranging import measure_heat


def find_arranged(member_id: int, place: Place, uuid: UUID) -> Thread:
    """The thread of ``place``, for one who moderates. Raises NotTakingPart, ThreadNotFound, ModeratorsOnly."""
    viewer = queries.get_participant(member_id, place)
    thread = queries.get_thread_for(viewer, place, uuid)
    if not viewer.is_moderator:
        raise ModeratorsOnly
    return thread


def hold_published(member_id: int, place: Place, uuid: UUID) -> Thread:
    """As ``hold_arranged``, of a published thread. Raises ThreadNotPublished."""
    thread = hold_arranged(member_id, place, uuid)
    if thread.state != State.PUBLISHED:
        raise ThreadNotPublished
    return thread


def hold_arranged(member_id: int, place: Place, uuid: UUID) -> Thread:
    """As ``find_arranged``, held until the transaction ends. Raises ThreadMerged, ThreadRearranged."""
    found = find_arranged(member_id, place, uuid)
    thread = hold_threads([found.pk], place)[found.pk]
    if thread.uuid != uuid or thread.merged_into_id:  # what the moderator sees stands in another thread now
        raise ThreadMerged
    return thread


def hold_threads(ids: Iterable[int], place: Place, *, beside: Iterable[int] = ()) -> dict[int, Thread]:
    """Threads of ``place`` as they are now. In the order of their ids: two who hold the same do not wait crosswise.

    ``beside`` are held too, wherever they stand. Raises ThreadRearranged when one was moved away since it was read.
    """
    threads = {id_: hold_thread(id_) for id_ in sorted({*ids, *beside})}
    if any(threads[id_].usage_key != str(place.usage_key) for id_ in ids):
        raise ThreadRearranged
    return threads


def get_opening(thread: Thread) -> Post:
    """The message that opens ``thread``."""
    post = Post.objects.get(thread=thread, is_opening=True)
    post.thread = thread
    return post


def recount(thread: Thread) -> None:
    """Make the counters of ``thread`` what its messages say; called once they were moved, under its hold."""
    posts = Post.objects.filter(thread=thread, state=State.PUBLISHED).order_by("published_at", "id")
    rows = list(posts.values_list("published_at", "author_id", "voice", "is_opening"))
    at, last_author_id, voice, _is_opening = rows[-1]
    opening = get_opening(thread)
    Thread.objects.filter(pk=thread.pk).update(
        replies=sum(not row[3] for row in rows),
        votes=opening.votes,
        open_reports=Report.objects.filter(post__thread=thread, is_open=True).count(),
        last_activity_at=at,
        last_author_id=last_author_id if voice in NAMED else None,
        heat=measure_heat(row[0] for row in rows),
    )
    settle_answered(thread)


def recount_comments(post_ids: Iterable[int]) -> None:
    """Make the numbers of comments of these replies what stands beneath them."""
    ids = set(post_ids)
    beneath = Post.objects.filter(parent__in=ids, state=State.PUBLISHED).values_list("parent_id", flat=True)
    counts = dict.fromkeys(ids, 0)
    for parent_id in beneath:
        counts[parent_id] += 1
    Post.objects.bulk_update([Post(pk=id_, comments=count) for id_, count in counts.items()], ["comments"])
