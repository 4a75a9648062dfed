"""Who may have a file now: rights are asked afresh each time that it is handed out."""

from __future__ import annotations

from uuid import UUID

from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.discussion.errors import NotTakingPart, PostNotFound, ThreadNotFound
from solerni_xblocks.discussion.errors.attachments import FileNotFound
from solerni_xblocks.discussion.models import Attachment, Post, State
from solerni_xblocks.discussion.queries.attachments import kept
from solerni_xblocks.discussion.queries.cases import get_moderated_post
from solerni_xblocks.discussion.queries.own_first import is_hidden
from solerni_xblocks.discussion.queries.permalinks import place_of
from solerni_xblocks.discussion.queries.roles import get_participant, may_take_part
from solerni_xblocks.discussion.queries.threads import get_thread_for


def get_file(uuid: UUID, *, reader_id: int) -> Attachment:
    """The file, when the person may have it now: their own while it waits; with a post, whoever may read that.

    Raises: FileNotFound.
    """
    row = kept.select_related("post__thread").filter(uuid=uuid).first()
    if row is None:
        raise FileNotFound
    is_theirs = _is_shown_to(row, row.post, reader_id) if row.post else _waits_for(row, reader_id)
    if not is_theirs:
        raise FileNotFound
    return row


def _waits_for(row: Attachment, reader_id: int) -> bool:
    return row.member_id == reader_id and may_take_part(reader_id, UsageKey.from_string(row.usage_key).context_key)


def _is_shown_to(row: Attachment, post: Post, reader_id: int) -> bool:
    """To who reads the post now; of what shows no longer, and of what is not published, to author and moderators."""
    place = place_of(post.thread)
    try:
        reader = get_participant(reader_id, place)
        get_thread_for(reader, place, post.thread.uuid)
    except (NotTakingPart, ThreadNotFound):
        return _is_moderated_by(post, reader_id)
    if reader.is_moderator or post.author_id == reader_id:
        return True
    if post.state == State.PUBLISHED and row.until_version is None and not is_hidden(post, reader):
        return True
    return _is_moderated_by(post, reader_id)


def _is_moderated_by(post: Post, reader_id: int) -> bool:
    """Whether the post stands in a queue of the person's: trusted learners see what is not published yet."""
    try:
        get_moderated_post(post.uuid, moderator_id=reader_id)
    except PostNotFound:
        return False
    return True
