"""All that discussion holds about one member."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from solerni_xblocks.discussion.models import Decision, Moderator, Post


def export_member(member_id: int) -> dict[str, Any]:
    """All that discussion holds about the member, as plain JSON values."""
    posts = Post.objects.filter(author_id=member_id).select_related("thread").prefetch_related("decisions")
    taken = Decision.objects.filter(moderator_id=member_id).select_related("post").order_by("id")
    moderated = Moderator.objects.filter(user_id=member_id).order_by("id")
    return {
        "posts": [_export_post(post) for post in posts.order_by("id")],
        "decisions_taken": [{**_export_decision(decision), "post": str(decision.post.uuid)} for decision in taken],
        "moderates": [{"course": row.course_key, "since": row.at.isoformat()} for row in moderated],
    }


def _export_post(post: Post) -> dict[str, Any]:
    return {
        "uuid": str(post.uuid),
        "course": post.thread.course_key,
        "block": post.thread.usage_key,
        "thread": str(post.thread.uuid),
        "title": post.thread.title if post.is_opening else "",
        "text": post.source,
        "state": post.state,
        "created_at": post.created_at.isoformat(),
        "published_at": _format(post.published_at),
        "decisions": [_export_decision(decision) for decision in post.decisions.all()],
    }


def _export_decision(decision: Decision) -> dict[str, Any]:
    return {
        "uuid": str(decision.uuid),
        "outcome": decision.outcome,
        "clause": decision.clause,
        "message": decision.message,
        "at": decision.at.isoformat(),
    }


def _format(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
