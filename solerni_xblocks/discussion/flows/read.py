"""Read: how far a member came, in a thread or in a whole place, and in which order they like lists."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Place, Sort
from solerni_xblocks.discussion.models import Notice, PlaceMark, ThreadMark


def mark_read(member_id: int, place: Place, thread_uuid: UUID) -> None:
    """The member has read the thread until now."""
    viewer = queries.get_participant(member_id, place)
    thread = queries.get_thread_for(viewer, place, thread_uuid)
    now = clock.now()
    mark, is_new = ThreadMark.objects.get_or_create(thread=thread, member_id=member_id, defaults={"read_at": now})
    if not is_new:
        ThreadMark.objects.filter(_is_earlier(now), pk=mark.pk).update(read_at=now)
    Notice.objects.filter(member_id=member_id, read_at=None, thread=thread).update(read_at=now)


def mark_all_read(member_id: int, place: Place) -> None:
    """The member counts all that stands in the place as read."""
    now = clock.now()
    mark, is_new = _get_place_mark(member_id, place, read_at=now)
    if not is_new:
        PlaceMark.objects.filter(_is_earlier(now), pk=mark.pk).update(read_at=now)


def read_notices(member_id: int, place: Place, *, until: int) -> None:
    """The member has read what they are told of the course, up to a notice."""
    viewer = queries.get_participant(member_id, place)
    unread = queries.visible_notices(place, viewer).filter(read_at=None, id__lte=until)
    Notice.objects.filter(pk__in=list(unread.values_list("pk", flat=True))).update(read_at=clock.now())


def choose_sort(member_id: int, place: Place, sort: Sort) -> None:
    """Keep the order in which the member likes the lists of the place."""
    mark, is_new = _get_place_mark(member_id, place, sort=sort)
    if not is_new:
        PlaceMark.objects.filter(pk=mark.pk).update(sort=sort)


def _get_place_mark(member_id: int, place: Place, **defaults: object) -> tuple[PlaceMark, bool]:
    queries.get_participant(member_id, place)
    return PlaceMark.objects.get_or_create(member_id=member_id, place_key=str(place.usage_key), defaults=defaults)


def _is_earlier(now: datetime) -> Q:
    return Q(read_at=None) | Q(read_at__lt=now)
