"""What the rules may know of the circumstances in which somebody writes."""

from __future__ import annotations

from collections.abc import Collection
from zlib import crc32

from django.db.models import Count, F, Q
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion.data import Candidate, Origin, Participant, Place
from solerni_xblocks.discussion.models import Fingerprint, Post, State
from solerni_xblocks.discussion.rules.measures.links import find_links

MOST_CANDIDATES = 5
FEWEST_SHARED = 3
SMALLEST_SHARE = 0.25
MOST_QUOTED = 50
MOST_LINKING = 20


def make_scope(course_key: CourseKey) -> int:
    """The number under which fingerprints of a course are kept."""
    return crc32(str(course_key).encode())


def find_candidates(
    author: Participant, place: Place, hashes: Collection[int], *, but: Post | None = None
) -> tuple[Candidate, ...]:
    """Earlier posts of the course that share enough fingerprints, the most alike first; earlier than ``but``."""
    if not hashes:
        return ()
    alike = Fingerprint.objects.filter(scope=make_scope(place.course_key), hash__in=hashes)
    if but:
        alike = alike.filter(post_id__lt=but.id)
    fewest = min(FEWEST_SHARED, len(hashes))
    shared = dict(
        alike.values("post_id")
        .annotate(shared=Count("id"))
        .filter(shared__gte=fewest)
        .order_by("-shared", "post_id")
        .values_list("post_id", "shared")[:MOST_CANDIDATES]
    )
    posts = Post.objects.filter(
        Q(state=State.PUBLISHED) | Q(author_id=author.id), id__in=shared, thread__course_key=str(place.course_key)
    ).annotate(kept=Count("fingerprints"))
    return tuple(
        Candidate(
            origin=Origin.OWN if post.author_id == author.id else Origin.OTHER, name=str(post.uuid), source=post.source
        )
        for post in posts.order_by(F("kept").asc(), "id")
        if shared[post.id] >= SMALLEST_SHARE * min(len(hashes), post.kept)
    )


def count_upheld(author_id: int, place: Place) -> int:
    """How many of the author's posts in the place were published and stand."""
    posts = Post.objects.filter(author_id=author_id, state=State.PUBLISHED, thread__usage_key=str(place.usage_key))
    return posts.count()


def list_thread_texts(thread_id: int) -> tuple[str, ...]:
    """What was written in a thread lately, which a reply may quote."""
    posts = Post.objects.filter(thread_id=thread_id, state=State.PUBLISHED).order_by("-id")
    return tuple(posts.values_list("source", flat=True)[:MOST_QUOTED])


def list_recent_links(author_id: int, *, but: Post | None = None) -> frozenset[str]:
    """The addresses in the author's latest posts, anywhere, as rules compare them."""
    posts = Post.objects.filter(author_id=author_id, state__in=(State.PUBLISHED, State.HELD)).order_by("-created_at")
    sources = posts.exclude(pk=but.pk if but else None).values_list("source", flat=True)[:MOST_LINKING]
    return frozenset(link.key for source in sources for link in find_links(source))
