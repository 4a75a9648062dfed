"""Forget: a member's words and name leave; threads keep their shape, decisions stay as evidence without their words."""

from __future__ import annotations

from django.db import transaction

from solerni_xblocks.discussion.flows.settle_case import drop_cases
from solerni_xblocks.discussion.models import Finding, Fingerprint, Moderator, Post, SearchText, State, Thread


@transaction.atomic
def forget_member(member_id: int) -> dict[str, int]:
    """Anonymise all that the member wrote. Told twice, it finds nothing the second time."""
    posts = Post.objects.filter(author_id=member_id)
    threads = Thread.objects.filter(author_id=member_id)
    Finding.objects.filter(post__in=posts).delete()
    Fingerprint.objects.filter(post__in=posts).delete()
    drop_cases(posts)
    SearchText.objects.filter(post__in=posts).delete()
    # What waited for a moderator waits no longer, and never appears.
    posts.filter(state=State.HELD).update(state=State.REFUSED)
    threads.filter(state=State.HELD).update(state=State.REFUSED)
    Moderator.objects.filter(granted_by=member_id).update(granted_by=None)
    return {
        "posts": posts.update(source="", html="", author_id=None),
        "threads": threads.update(title="", author_id=None),
        "appointments": Moderator.objects.filter(user_id=member_id).delete()[0],
    }
