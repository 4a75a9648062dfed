"""What the moderation queue shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from solerni_xblocks.core import clock
from solerni_xblocks.discussion.data import (
    Case,
    Queue,
)
from solerni_xblocks.discussion.presenters.posts import PostView, view_posts
from solerni_xblocks.discussion.presenters.texts import make_draft_key
from solerni_xblocks.host import api as host


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """A case of the queue. ``form`` is None for the moderator's own post."""

    post: PostView
    course_title: str
    url: str
    is_overdue: bool
    form: Any
    draft_key: str


def view_queue(queue: Queue, *, moderator_id: int, forms: dict[str, Any], make_form: Any) -> dict[str, Any]:
    """What the queue page shows; ``forms`` are those already sent, by post uuid."""
    posts = view_posts([case.post for case in queue.cases], viewer_id=moderator_id)
    titles = {key: host.courses().get_title(key) for key in {case.course_key for case in queue.cases}}
    cases = [
        _view_case(
            case,
            post,
            title=titles[case.course_key],
            form=None if post.is_own else forms.get(str(case.post.uuid)) or make_form(case),
            draft_key=make_draft_key(moderator_id, case.post.uuid),
        )
        for case, post in zip(queue.cases, posts, strict=True)
    ]
    return {"cases": cases, "total": queue.total, "now": clock.now()}


def _view_case(case: Case, post: PostView, *, title: str, form: Any, draft_key: str) -> CaseView:
    return CaseView(
        post=post,
        course_title=title,
        url=reverse("solerni_discussion:thread", args=[case.post.thread_uuid]),
        is_overdue=case.post.due_at is not None and case.post.due_at < clock.now(),
        form=form,
        draft_key=draft_key,
    )
