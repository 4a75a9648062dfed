"""What the rules may know of the circumstances in which somebody writes."""

from __future__ import annotations

from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.models import Post, State
from solerni_xblocks.discussion.rules.measures.links import find_links

MOST_QUOTED = 50
MOST_LINKING = 20


def count_upheld(author_id: int, place: Place, *, most: int) -> int:
    """How many of the author's posts in the place were published and stand, counted up to ``most``."""
    if not most:
        return 0
    posts = Post.objects.filter(author_id=author_id, state=State.PUBLISHED, thread__usage_key=str(place.usage_key))
    return posts[:most].count()


def list_thread_texts(thread_id: int) -> tuple[str, ...]:
    """What was written in a thread lately, which a reply may quote."""
    posts = Post.objects.filter(thread_id=thread_id, state=State.PUBLISHED).order_by("-id")
    return tuple(posts.values_list("source", flat=True)[:MOST_QUOTED])


def list_recent_links(author_id: int, *, but: Post | None = None) -> frozenset[str]:
    """The addresses in the author's latest posts, anywhere, as rules compare them."""
    posts = Post.objects.filter(author_id=author_id, state__in=(State.PUBLISHED, State.HELD)).order_by("-created_at")
    sources = posts.exclude(pk=but.pk if but else None).values_list("source", flat=True)[:MOST_LINKING]
    return frozenset(link.key for source in sources for link in find_links(source))
