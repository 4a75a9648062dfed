"""What a member has read, chosen and follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from solerni_xblocks.discussion.data import Place, Sort
from solerni_xblocks.discussion.models import PlaceMark, Thread, ThreadMark


@dataclass(frozen=True, kw_only=True)
class Bookmarks:
    """A member in a place: until when all is read (here or in the whole course), in which order, what is followed."""

    read_at: datetime | None
    course_read_at: datetime | None
    sort: Sort
    follows_place: bool
    follows_course: bool

    def latest(self, moment: datetime | None) -> datetime | None:
        """The later of ``moment`` and the moment until which all is read."""
        return max((at for at in (moment, self.read_at) if at), default=None)


def get_bookmarks(member_id: int, place: Place) -> Bookmarks:
    """The member's marks in ``place``, in one query."""
    here, course = str(place.usage_key), str(place.course_key)
    marks = {
        mark.place_key: mark for mark in PlaceMark.objects.filter(member_id=member_id, place_key__in=[here, course])
    }
    moments = [mark.read_at for mark in marks.values() if mark.read_at]
    sort = marks[here].sort if here in marks else ""
    return Bookmarks(
        read_at=max(moments, default=None),
        course_read_at=marks[course].read_at if course in marks else None,
        sort=Sort(sort) if sort in set(Sort) else Sort.ACTIVITY,
        follows_place=here in marks and marks[here].follows,
        follows_course=course in marks and marks[course].follows,
    )


def find_thread_mark(member_id: int, thread: Thread) -> ThreadMark | None:
    """How far the member read the thread."""
    return ThreadMark.objects.filter(member_id=member_id, thread=thread).first()
