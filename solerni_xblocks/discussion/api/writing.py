"""What members write."""

from __future__ import annotations

from uuid import UUID

from solerni_xblocks.discussion.data import Advice, Draft, Place, PostRecord
from solerni_xblocks.discussion.flows import publish


def publish_thread(author_id: int, place: Place, draft: Draft) -> PostRecord | Advice:
    """Open a thread in ``place``: published at once, or held for a moderator when a rule or the place's mode says so.

    Or nothing is written, and what rules saw comes back: when they ask the author to read again and
    ``draft.insists`` is not set, or will not have the text at all. The same ``draft.submission`` with the same words
    writes one row, however often it is sent. ``draft.files`` are files of the author's own that wait in a form of the
    place (``upload_file``): they show as the post does.

    Raises: NotTakingPart; Refused or Unavailable from the gate *post*; NotYetOpen, NowClosed; ThreadsByStaffOnly,
    KindNotOffered, NoAnonymity, VoiceNotYours; TooFast, PostsUsedUp; PageTooLong; AlreadySent for other words;
    FileGone, FilesNotTaken, TooManyFiles; FileNotLabelled with the file and what is missing.
    Announces: POST_PUBLISHED or POST_HELD.
    """
    return publish.publish_thread(author_id, place, draft)


def publish_post(
    author_id: int, place: Place, draft: Draft, *, thread_uuid: UUID, parent_uuid: UUID | None = None
) -> PostRecord | Advice:
    """Reply in a thread of ``place``; as ``publish_thread`` otherwise. ``draft.title`` stays empty.

    ``parent_uuid``: the message that is answered. Answers stand on two levels, replies and comments on a reply: a
    comment on a comment joins the same reply.

    Raises: also ThreadNotFound; ThreadNotOpen when the opening post is not published; ThreadLocked; ThreadQuiet;
    ParentNotFound.
    Announces: POST_PUBLISHED or POST_HELD.
    """
    return publish.publish_post(author_id, place, draft, thread_uuid=thread_uuid, parent_uuid=parent_uuid)
