"""People of a place: those who wrote there in their own name. Nobody else's name is told, nor who was anonymous."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.discussion.data import Participant, Place
from solerni_xblocks.discussion.errors import NotTakingPart
from solerni_xblocks.discussion.models import Post, State, Thread, Voice
from solerni_xblocks.discussion.queries.lists import published_threads
from solerni_xblocks.discussion.queries.own_first import is_readable
from solerni_xblocks.discussion.queries.roles import get_participant
from solerni_xblocks.discussion.rules.mentions import MOST_MENTIONED, find_mentions
from solerni_xblocks.host import api as host

NAMED = (Voice.SELF, Voice.MODERATOR)
MOST_SUGGESTED = 8
THREADS_ASKED = 50
MOST_CANDIDATES = 500


def list_people(place: Place, *, viewer: Participant, beginning: str, thread: Thread | None) -> list[str]:
    """Names of people of the place that begin so."""
    wanted = beginning.casefold()
    names = list_names(place, viewer=viewer, thread=thread)
    return [name for name in names if name.casefold().startswith(wanted)][:MOST_SUGGESTED]


def list_names(place: Place, *, viewer: Participant, thread: Thread | None) -> list[str]:
    """Names of people of the place: who wrote in ``thread``, or in threads that were active lately."""
    recent = published_threads(place, viewer).order_by("-last_activity_at", "-id").values_list("id", flat=True)
    threads = [*([thread.id] if thread else []), *recent[:THREADS_ASKED]]
    posts = Post.objects.filter(is_readable(viewer), thread_id__in=threads, state=State.PUBLISHED, voice__in=NAMED)
    ids = posts.exclude(author_id=None).exclude(author_id=viewer.id).values_list("author_id", flat=True)
    return sorted(host.people().find_names(ids.order_by().distinct()[:MOST_CANDIDATES]).values())


def find_mentioned(post: Post) -> list[int]:
    """The accounts that ``post`` (with its ``thread``) mentions: people of its place who take part, not its author."""
    names = find_mentions(post.source)
    if not names:
        return []
    thread = post.thread
    ids = [person.id for person in host.people().find_named(names).values() if person.id != post.author_id]
    wrote = Post.objects.filter(author_id__in=ids, state=State.PUBLISHED, voice__in=NAMED)
    here = wrote.filter(thread__usage_key=thread.usage_key).order_by().values_list("author_id", flat=True).distinct()
    place = Place(course_key=CourseKey.from_string(thread.course_key), usage_key=UsageKey.from_string(thread.usage_key))
    return [id_ for id_ in here[:MOST_MENTIONED] if _takes_part(id_, place)]


def _takes_part(member_id: int, place: Place) -> bool:
    try:
        get_participant(member_id, place)
    except NotTakingPart:
        return False
    return True
