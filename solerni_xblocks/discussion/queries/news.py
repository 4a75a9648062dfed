"""What happened while somebody reads, each time in one query: asked again and again, by everybody who reads."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, Count, DateTimeField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from solerni_xblocks.discussion import data
from solerni_xblocks.discussion.data import Glance, News, Participant, Place
from solerni_xblocks.discussion.errors import ThreadNotFound
from solerni_xblocks.discussion.models import Post, State
from solerni_xblocks.discussion.queries.lists import (
    MOST_COUNTED,
    count_threads,
    published_threads,
    unread_threads,
)
from solerni_xblocks.discussion.queries.locks import is_thread_shut
from solerni_xblocks.discussion.queries.own_first import is_readable
from solerni_xblocks.discussion.queries.showing import is_shown_to
from solerni_xblocks.discussion.queries.threads import visible_threads


def count_news(place: Place, glance: Glance, *, viewer: Participant) -> News:
    """How many threads of ``place`` have something new since the glance, and since the viewer read them."""
    new = unread_threads(published_threads(place, viewer), member_id=viewer.id, since=glance.since)
    return News(count=count_threads(new), limit=MOST_COUNTED)


def find_news(place: Place, glance: Glance, *, viewer: Participant) -> News:
    """What happened to the thread of the glance. Raises ThreadNotFound: the viewer may see it here no longer.

    Posts are counted only when there was some activity, or one was changed: a quiet thread of any length costs two
    rows.
    """
    threads = visible_threads(place, viewer_id=viewer.id, sees_all=viewer.is_moderator).filter(
        is_shown_to(viewer), uuid=glance.thread, merged_into=None
    )
    found = threads.annotate(
        opening_edited_at=Subquery(_opening().values("edited_at")[:1], output_field=DateTimeField()),
        count=_count_if(Q(last_activity_at__gt=glance.since), _list_new(glance.since, viewer)),
        edited=_count_if(Q(edited_at__gt=glance.since), _list_changed(glance.since, viewer)),
    ).first()
    if found is None:
        raise ThreadNotFound
    return News(
        count=min(found.count, MOST_COUNTED),
        limit=MOST_COUNTED,
        state=data.State(found.state),
        is_locked=is_thread_shut(found, place),
        is_edited=found.opening_edited_at is not None and found.opening_edited_at > glance.since,
        edited=min(found.edited, MOST_COUNTED),
    )


def _opening() -> QuerySet[Post]:
    """The opening post of the thread: nearly always its first row."""
    return Post.objects.filter(thread=OuterRef("pk"), parent=None, is_opening=True).order_by("id")


def _list_new(since: datetime, viewer: Participant) -> QuerySet[Post]:
    """Posts of others that appeared in the thread, of those that the viewer reads."""
    new = Post.objects.filter(is_readable(viewer), thread=OuterRef("pk"), state=State.PUBLISHED, published_at__gt=since)
    return new.exclude(author_id=viewer.id)


def _list_changed(since: datetime, viewer: Participant) -> QuerySet[Post]:
    """Replies and comments that stood in the thread before, and read otherwise now, of those that the viewer reads."""
    stood = Post.objects.filter(is_readable(viewer), thread=OuterRef("pk"), state=State.PUBLISHED, is_opening=False)
    return stood.filter(published_at__lte=since, edited_at__gt=since)


def _count_if(condition: Q, posts: QuerySet[Post]) -> Case:
    """How many ``posts`` there are in the thread, where the condition holds at all."""
    counted = posts.order_by().values("thread").annotate(posts=Count("pk")).values_list(F("posts"), flat=True)
    return Case(When(condition, then=Coalesce(Subquery(counted), 0)), default=0, output_field=IntegerField())
