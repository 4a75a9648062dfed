"""What members follow, what they are told, and where permalinks lead."""

from __future__ import annotations

from uuid import UUID

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Destination, Following, Notices, Place
from solerni_xblocks.discussion.flows import follow, read, tell

FOLLOWERS_A_RUN = 20_000


def get_following(member_id: int, place: Place) -> Following:
    """Whether the member follows new threads of the place, and of its course. Raises: NotTakingPart."""
    queries.get_participant(member_id, place)
    marks = queries.get_bookmarks(member_id, place)
    return Following(place=marks.follows_place, course=marks.follows_course)


def follow_thread(member_id: int, place: Place, thread_uuid: UUID) -> None:
    """Be told of replies in the thread. Raises: NotTakingPart; ThreadNotFound."""
    follow.follow_thread(member_id, place, thread_uuid, follows=True)


def unfollow_thread(member_id: int, place: Place, thread_uuid: UUID) -> None:
    """Be told no more. Raises: as ``follow_thread``."""
    follow.follow_thread(member_id, place, thread_uuid, follows=False)


def follow_place(member_id: int, place: Place) -> None:
    """Be told of new threads of the place. Raises: NotTakingPart."""
    follow.follow_threads_of(member_id, place, place.usage_key, follows=True)


def unfollow_place(member_id: int, place: Place) -> None:
    """Be told no more. Raises: NotTakingPart."""
    follow.follow_threads_of(member_id, place, place.usage_key, follows=False)


def follow_course(member_id: int, place: Place) -> None:
    """Be told of new threads of every place of the course. Raises: NotTakingPart."""
    follow.follow_threads_of(member_id, place, place.course_key, follows=True)


def unfollow_course(member_id: int, place: Place) -> None:
    """Be told no more. Raises: NotTakingPart."""
    follow.follow_threads_of(member_id, place, place.course_key, follows=False)


def list_notices(member_id: int, place: Place) -> Notices:
    """The latest 20 notices of the member in the place's course, about what they may still see.

    Raises: NotTakingPart.
    """
    return queries.list_notices(place, viewer=queries.get_participant(member_id, place))


def read_notices(member_id: int, place: Place, *, until: int) -> None:
    """The member has read the notices of the course, up to the one of this number. Raises: NotTakingPart."""
    read.read_notices(member_id, place, until=until)


def settle_errands() -> int:
    """Tell followers whom publishing left to be told, 20,000 at most; how many were. Told once each."""
    return tell.settle_errands(limit=FOLLOWERS_A_RUN)


def list_people(member_id: int, place: Place, *, beginning: str, thread_uuid: UUID | None = None) -> list[str]:
    """Up to 8 names that begin so, of people who wrote in the place in their own name lately.

    Raises: NotTakingPart; ThreadNotFound.
    """
    viewer = queries.get_participant(member_id, place)
    thread = queries.get_thread_for(viewer, place, thread_uuid) if thread_uuid else None
    return queries.list_people(place, viewer=viewer, beginning=beginning, thread=thread)


def find_post(member_id: int, post_uuid: UUID) -> Destination:
    """Where a post stands now. Raises: PostNotFound for everybody who may not see it."""
    return queries.find_post(member_id, post_uuid)


def find_thread(member_id: int, thread_uuid: UUID) -> Destination:
    """Where a thread stands now, merged or moved. Raises: ThreadNotFound for everybody who may not see it."""
    return queries.find_thread(member_id, thread_uuid)
