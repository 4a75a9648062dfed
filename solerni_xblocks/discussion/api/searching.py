"""Search in the discussions of a place or a course."""

from __future__ import annotations

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Hits, Place
from solerni_xblocks.discussion.errors.reading import NothingToSearch
from solerni_xblocks.discussion.flows import index
from solerni_xblocks.discussion.rules.searching import parse_terms


def search_posts(
    member_id: int, place: Place, typed: str, *, in_course: bool = False, before: int | None = None
) -> Hits:
    """20 published posts of ``place`` (or of its course) with all the words typed, the latest first.

    Case and accents do not count; the last word may be the beginning of one. Words that very many posts hold are
    looked for in the latest of them only, and the answer says so. The passages found are positions in the texts.

    Raises: NotTakingPart; NothingToSearch.
    """
    viewer = queries.get_participant(member_id, place)
    terms = parse_terms(typed)
    if not terms.words:
        raise NothingToSearch(details={"field": "words"})
    return queries.search_posts(place, terms, viewer=viewer, in_course=in_course, before=before)


def index_missing(*, after: int = 0) -> int | None:
    """Let search find some published posts after the number, when it does not know them; the last one, or None."""
    return index.index_missing(after=after)
