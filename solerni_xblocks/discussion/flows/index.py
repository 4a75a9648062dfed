"""Index: what search looks through follows what is shown. Called inside the transaction that shows or hides a post."""

from __future__ import annotations

from django.db import connections

from solerni_xblocks.discussion.models import Post, SearchText, State
from solerni_xblocks.discussion.rules.searching import make_search_text

CHUNK = 500


def index_post(post: Post) -> None:
    """Keep the words of ``post`` (with its ``thread``) when it is published; else keep none."""
    if post.state != State.PUBLISHED:
        SearchText.objects.filter(post=post).delete()
        return
    # MariaDB and MySQL look at every unique column by themselves, and will have none named.
    names_target = connections[SearchText.objects.db].features.supports_update_conflicts_with_target
    SearchText.objects.bulk_create(
        [SearchText(post=post, text=_make_text(post))],
        update_conflicts=True,
        update_fields=["text"],
        unique_fields=["post"] if names_target else None,
    )


def index_missing(*, after: int = 0) -> int | None:
    """Keep the words of published posts that have none yet, some of those after the number; the last one's, or None."""
    posts = Post.objects.filter(state=State.PUBLISHED, pk__gt=after, author_id__isnull=False)
    rows = list(posts.select_related("thread").order_by("pk")[:CHUNK])
    texts = (SearchText(post=post, text=_make_text(post)) for post in rows)
    SearchText.objects.bulk_create(texts, ignore_conflicts=True)
    return rows[-1].pk if rows else None


def _make_text(post: Post) -> str:
    title = post.thread.title if post.is_opening else ""
    return make_search_text(title, post.plain, course=post.thread.course_key, number=post.pk)
