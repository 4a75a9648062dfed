"""What members change of what they wrote, and what stood before."""

from __future__ import annotations

from uuid import UUID

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Advice, Draft, Piece, Place, PostRecord, VersionRecord
from solerni_xblocks.discussion.flows import revise, withdraw
from solerni_xblocks.discussion.rules.differences import compare


def revise_post(editor_id: int, place: Place, draft: Draft, *, post_uuid: UUID, version: int) -> PostRecord | Advice:
    """Give a post of ``place`` another wording; ``version`` is the one that the editor read.

    It is judged like a first wording, and Advice comes back as from ``publish_thread``; also (HOLD) when a published
    post would wait for a moderator with these words, hidden meanwhile: ``draft.insists`` then saves it. What a
    moderator asked to correct, or refused, waits for a moderator again. Words of others are changed by moderators
    only, and logged. The same words and files again change nothing. Only the author adds files.

    Raises: as ``publish_post``; OwnPostNotFound, also for a post of others or of another place; NotChangeable;
    EditTimeOver; ThreadLocked; ThreadQuiet; PostChanged, with the wording that stands now.
    Announces: POST_HELD when the post waits now and did not before, after POST_REMOVED when it was published.
    """
    return revise.revise_post(editor_id, place, draft, post_uuid=post_uuid, version=version)


def withdraw_post(author_id: int, place: Place, *, post_uuid: UUID) -> PostRecord:
    """The author takes their post back: others see that a message stood here. Told twice, it is done once.

    A case that a rule or the place opened is closed; one that members asked for stays, for their answer.

    Raises: NotTakingPart; OwnPostNotFound; NotChangeable when it was refused, hidden or removed before.
    Announces: POST_REMOVED when it was published: it counts no longer.
    """
    return withdraw.withdraw_post(author_id, place, post_uuid=post_uuid)


def get_changeable_post(member_id: int, place: Place, *, post_uuid: UUID) -> PostRecord:
    """The post, when the member may give it another wording now. Raises as ``revise_post``."""
    member = queries.get_participant(member_id, place)
    post = queries.get_changeable_post(member, place, post_uuid)
    revise.require_changeable(member, place, post)
    return queries.to_own_post(post, viewer_id=member_id, sees_all=member.is_moderator)


def list_versions(member_id: int, place: Place, *, post_uuid: UUID) -> tuple[VersionRecord, ...]:
    """Every wording of the post, the first one first, for its author and for moderators.

    Raises: NotTakingPart; OwnPostNotFound.
    """
    member = queries.get_participant(member_id, place)
    return queries.list_versions(queries.get_changeable_post(member, place, post_uuid))


def compare_texts(before: str, after: str) -> tuple[Piece, ...]:
    """What changed between two wordings, in reading order."""
    return compare(before, after)
