"""How much a member wrote in a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, Sum

from solerni_xblocks.discussion.data import Participation, Place
from solerni_xblocks.discussion.models import Post, State


@dataclass(frozen=True, kw_only=True)
class PostCount:
    """Posts that still stand or wait: in all, lately, and when the last was written."""

    total: int
    recent: int
    last_at: datetime | None


def count_posts(author_id: int, place: Place, *, since: datetime) -> PostCount:
    """What the author wrote in ``place`` and nobody refused; ``recent`` are those after ``since``."""
    standing = (State.PUBLISHED, State.HELD, State.REVISING)
    posts = Post.objects.filter(author_id=author_id, state__in=standing, thread__usage_key=str(place.usage_key))
    counted = posts.aggregate(
        total=Count("id"), recent=Count("id", filter=Q(created_at__gt=since)), last_at=Max("created_at")
    )
    return PostCount(**counted)


def measure_participation(author_id: int, place: Place) -> Participation:
    """What the author published in ``place`` and still stands there."""
    posts = Post.objects.filter(author_id=author_id, state=State.PUBLISHED, thread__usage_key=str(place.usage_key))
    counted = posts.aggregate(
        threads=Count("id", filter=Q(is_opening=True)),
        replies=Count("id", filter=Q(is_opening=False)),
        words=Sum("words"),
    )
    counted["words"] = counted["words"] or 0
    return Participation(requirement=place.conduct.requirement, **counted)
