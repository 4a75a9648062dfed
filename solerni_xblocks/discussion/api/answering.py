"""What readers say of posts with one gesture: votes, accepted answers, endorsements. Each can be taken back."""

from __future__ import annotations

from uuid import UUID

from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.flows import answer, vote


def vote_post(member_id: int, place: Place, post_uuid: UUID) -> int:
    """Find a published post of another useful; how many do now. Told twice, counted once.

    Raises: NotTakingPart; PostNotFound, also for a post of another place or one that the member may not see; OwnWords.
    Announces: POST_VOTED.
    """
    return vote.vote_post(member_id, place, post_uuid)


def withdraw_vote(member_id: int, place: Place, post_uuid: UUID) -> int:
    """Take one's vote back; how many there are now. Raises: as ``vote_post``. Announces: POST_VOTED."""
    return vote.withdraw_vote(member_id, place, post_uuid)


def accept_answer(member_id: int, place: Place, post_uuid: UUID) -> None:
    """Let a reply be the answer to one's own question, in place of any other.

    Raises: as ``vote_post``; NotTheAsker; NotAnAnswer for a thread that asks nothing.
    Announces: ANSWER_ACCEPTED.
    """
    answer.accept_answer(member_id, place, post_uuid)


def withdraw_answer(member_id: int, place: Place, post_uuid: UUID) -> None:
    """The reply is no longer the accepted answer. Raises: as ``accept_answer``."""
    answer.withdraw_answer(member_id, place, post_uuid)


def endorse_post(member_id: int, place: Place, post_uuid: UUID) -> None:
    """Let staff of the course stand behind a reply of another.

    Raises: as ``vote_post``; StaffOnly; NotAnAnswer for an opening post.
    Announces: POST_ENDORSED.
    """
    answer.endorse_post(member_id, place, post_uuid)


def withdraw_endorsement(member_id: int, place: Place, post_uuid: UUID) -> None:
    """Staff stand behind the reply no longer. Raises: as ``endorse_post``."""
    answer.withdraw_endorsement(member_id, place, post_uuid)
