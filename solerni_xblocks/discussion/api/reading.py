"""What members read, and how far they came."""

from __future__ import annotations

from uuid import UUID

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import (
    Choice,
    Commenting,
    Glance,
    News,
    Place,
    Position,
    Sort,
    ThreadPage,
    ThreadReading,
    Unread,
)
from solerni_xblocks.discussion.errors import NotModerator
from solerni_xblocks.discussion.flows import read
from solerni_xblocks.discussion.flows.keep_choice import keep_choice
from solerni_xblocks.discussion.queries.shut import find_shut

PLAIN = Choice()


def list_threads(member_id: int, place: Place, choice: Choice = PLAIN) -> ThreadPage:
    """20 threads of ``place`` as chosen, those after ``choice.after``; pinned ones first, on the first page.

    A thread of another group is not seen by learners; one whose opening post is not published, by its author and by
    moderators only. As many queries at the first page as at the last, with few threads as with many. Once the author of
    the place has chosen otherwise whether replies wait for one's own, its threads go by that from the next reading on.

    Raises: NotTakingPart; NotModerator for a filter that tells of what only moderators may know.
    """
    viewer = queries.get_participant(member_id, place)
    if choice.filter.is_for_moderators and not viewer.is_moderator:
        raise NotModerator
    page = queries.list_threads(place, choice, viewer=viewer)
    if page.is_behind and not place.is_preview:
        keep_choice(place)
        page = queries.list_threads(place, choice, viewer=viewer)
    return page


def read_thread(
    member_id: int,
    place: Place,
    thread_uuid: UUID,
    *,
    after: Position | None = None,
    target: UUID | None = None,
    from_unread: bool = False,
) -> ThreadReading:
    """A thread of ``place`` and 100 of its posts in reading order, those after the position.

    ``target`` names a post, ``from_unread`` asks for the first one that is new: the page on which it stands comes.
    What is not published comes to its author and to moderators; to others, only that it stood there once. Reasons and
    decisions come to author and moderators, names as the voice of a post allows. Where the author of the place chose
    so, replies of others come once the member has written in the thread.

    Raises: NotTakingPart; ThreadNotFound, also for a thread of another place or one that the member may not see;
    PostNotFound for such a target.
    """
    viewer = queries.get_participant(member_id, place)
    thread = queries.get_thread_for(viewer, place, thread_uuid)
    if thread.replies_after_own != place.conduct.replies_after_own and not place.is_preview:
        keep_choice(place)
        thread = queries.get_thread_for(viewer, place, thread_uuid)
    return queries.read_thread(thread, place, viewer=viewer, after=after, target=target, from_unread=from_unread)


def find_news(member_id: int, place: Place, glance: Glance) -> News:
    """What happened since the member looked at the list of ``place``, or at one thread; one query beside their role.

    Raises: NotTakingPart; ThreadNotFound once the member may no longer see the thread here.
    """
    viewer = queries.get_participant(member_id, place)
    return (queries.find_news if glance.thread else queries.count_news)(place, glance, viewer=viewer)


def get_commented_reply(member_id: int, place: Place, post_uuid: UUID) -> Commenting:
    """The reply on which a comment on the post would stand: a comment on a comment joins its reply; or what shuts it.

    Raises: NotTakingPart; PostNotFound for what takes no comment of the member.
    """
    viewer = queries.get_participant(member_id, place)
    reply = queries.get_commented_reply(post_uuid, place, viewer=viewer)
    return Commenting(viewer=viewer, reply=reply, shut=find_shut(place, viewer, at=clock.now()))


def count_unread(member_id: int, place: Place) -> Unread:
    """Threads with something new for the member, in ``place`` and in its course: counted up to 100.

    Raises: NotTakingPart.
    """
    return queries.count_unread(place, viewer=queries.get_participant(member_id, place))


def mark_read(member_id: int, place: Place, thread_uuid: UUID) -> None:
    """The member has read the thread until now. Raises: as ``read_thread``."""
    read.mark_read(member_id, place, thread_uuid)


def mark_all_read(member_id: int, place: Place) -> None:
    """The member counts all that stands in ``place`` as read. Raises: NotTakingPart."""
    read.mark_all_read(member_id, place)


def choose_sort(member_id: int, place: Place, sort: Sort) -> None:
    """Lists of ``place`` come in this order to the member from now on. Raises: NotTakingPart."""
    read.choose_sort(member_id, place, sort)
