"""What helps while writing: words that are known of a member and of the people around, threads that ask alike."""

from __future__ import annotations

from solerni_xblocks.discussion.data import Participant, Place
from solerni_xblocks.discussion.data.wording import SimilarThread
from solerni_xblocks.discussion.models import MemberWord, Thread
from solerni_xblocks.discussion.queries.lists import published_threads
from solerni_xblocks.discussion.queries.people import list_names
from solerni_xblocks.discussion.rules.similar import rank_similar

MOST_TITLES = 1_000


def list_accepted_words(viewer: Participant, place: Place, *, thread: Thread | None) -> tuple[str, ...]:
    """Words that the member called right, and names of people of the place: no dictionary knows them."""
    own = MemberWord.objects.filter(member_id=viewer.id).order_by("id").values_list("word", flat=True)
    names = list_names(place, viewer=viewer, thread=thread)
    return (*own, *(name.replace("_", " ").replace(".", " ") for name in names))


def list_similar(place: Place, *, viewer: Participant, title: str) -> tuple[SimilarThread, ...]:
    """Threads of the place with a title much like ``title``, among those that were active lately."""
    recent = published_threads(place, viewer).order_by("-last_activity_at", "-id")
    rows = list(recent.values_list("uuid", "title", "replies", "answer_id")[:MOST_TITLES])
    ranked = (rows[number] for number in rank_similar(title, [row[1] for row in rows]))
    return tuple(
        SimilarThread(uuid=uuid, title=shown, replies=replies, is_answered=accepted is not None)
        for uuid, shown, replies, accepted in ranked
    )
