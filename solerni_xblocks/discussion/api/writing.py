"""What members write."""

from __future__ import annotations

from uuid import UUID

from solerni_xblocks.discussion.data import (
    Draft,
    Place,
    PostRecord,
)
from solerni_xblocks.discussion.flows import publish


def publish_thread(author_id: int, place: Place, draft: Draft) -> PostRecord:
    """Open a thread in ``place``: published at once, or held for a moderator when a rule or the place's mode says so.

    The same ``draft.submission`` with the same words writes one row, however often it is sent.

    Raises: NotTakingPart; Refused or Unavailable from the gate *post*; AlreadySent for other words.
    Announces: POST_PUBLISHED or POST_HELD.
    """
    return publish.publish_thread(author_id, place, draft)


def publish_post(author_id: int, place: Place, draft: Draft, *, thread_uuid: UUID) -> PostRecord:
    """Reply in a thread of ``place``; as ``publish_thread`` otherwise. ``draft.title`` stays empty.

    Raises: also ThreadNotFound; ThreadNotOpen when the opening post is not published.
    Announces: POST_PUBLISHED or POST_HELD.
    """
    return publish.publish_post(author_id, place, draft, thread_uuid=thread_uuid)
