"""Follow: a thread brings its replies, a place or a course its new threads. Only marks; ``tell`` writes notices."""

from __future__ import annotations

from uuid import UUID

from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.models import PlaceMark, ThreadMark


def follow_thread(member_id: int, place: Place, thread_uuid: UUID, *, follows: bool) -> None:
    """The member follows the thread, or not."""
    thread = queries.get_thread_for(queries.get_participant(member_id, place), place, thread_uuid)
    mark = {"thread": thread, "member_id": member_id}
    ThreadMark.objects.update_or_create(**mark, defaults={"follows": follows})


def follow_threads_of(member_id: int, place: Place, key: UsageKey | CourseKey, *, follows: bool) -> None:
    """The member follows new threads of the place or of its course, or not."""
    queries.get_participant(member_id, place)
    PlaceMark.objects.update_or_create(member_id=member_id, place_key=str(key), defaults={"follows": follows})
