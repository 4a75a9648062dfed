"""Where a permalink leads: the place, the thread and the post, for those who may see them."""

from __future__ import annotations

from uuid import UUID

from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.discussion.data import Conduct, Destination, Place
from solerni_xblocks.discussion.errors import NotTakingPart, PostNotFound, ThreadNotFound
from solerni_xblocks.discussion.models import Post, Thread
from solerni_xblocks.discussion.queries.conversations import visible_posts
from solerni_xblocks.discussion.queries.own_first import is_hidden
from solerni_xblocks.discussion.queries.roles import get_participant
from solerni_xblocks.discussion.queries.threads import get_thread_for


def find_post(member_id: int, uuid: UUID) -> Destination:
    """Where the post stands now, wherever it was moved to; its thread alone, while the member has to write there first.

    Raises PostNotFound.
    """
    post = Post.objects.filter(uuid=uuid).select_related("thread").first()
    if post is None:
        raise PostNotFound
    try:
        destination = _locate(member_id, post.thread)
    except (NotTakingPart, ThreadNotFound):
        raise PostNotFound from None
    viewer = get_participant(member_id, place_of(post.thread))
    if not visible_posts(post.thread, viewer).filter(pk=post.pk).exists():
        raise PostNotFound
    shown = None if is_hidden(post, viewer) else uuid
    return Destination(usage_key=destination.usage_key, thread_uuid=post.thread.uuid, post_uuid=shown)


def find_thread(member_id: int, uuid: UUID) -> Destination:
    """Where the thread stands now, or the one that it was merged into. Raises ThreadNotFound."""
    thread = Thread.objects.filter(uuid=uuid).select_related("merged_into").first()
    if thread is None:
        raise ThreadNotFound
    try:
        return _locate(member_id, thread.merged_into or thread)
    except NotTakingPart:
        raise ThreadNotFound from None


def _locate(member_id: int, thread: Thread) -> Destination:
    place = place_of(thread)
    found = get_thread_for(get_participant(member_id, place), place, thread.uuid)
    return Destination(usage_key=place.usage_key, thread_uuid=found.uuid)


def place_of(thread: Thread) -> Place:
    """The thread's place, as divided as it can be: without the block, nobody knows whether it still is."""
    return Place(
        course_key=CourseKey.from_string(thread.course_key),
        usage_key=UsageKey.from_string(thread.usage_key),
        conduct=Conduct(is_divided=thread.group_id is not None),
    )
