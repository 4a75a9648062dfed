"""What moderators impose on members of their courses."""

from __future__ import annotations

from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data.sanctions import Penalty, SanctionRecord
from solerni_xblocks.discussion.flows import sanction


def sanction_author(moderator_id: int, post_uuid: UUID, penalty: Penalty) -> UUID:
    """Warn the author of a post, or let them only read in its course for 1 to 90 days; returns the decision's uuid.

    The member is told with the reasons and may contest as any decision; it ends by itself. Sent twice, imposed once.

    Raises: PostNotFound, also for posts of a course moderated by others; OwnPost; NotAllowed for trusted learners;
    ModeratorSpared; MessageMissing; LengthUnknown; AlreadyMuted.
    """
    return sanction.sanction_author(moderator_id, post_uuid, penalty)


def lift_sanction(moderator_id: int, decision_uuid: UUID, *, why: str) -> None:
    """Let the member write again before the end, and tell them ``why``.

    Raises: SanctionNotFound, OwnPost, LiftUnexplained, SanctionOver.
    """
    sanction.lift_sanction(moderator_id, decision_uuid, why=why)


def find_mute(member_id: int, course_key: CourseKey) -> SanctionRecord | None:
    """What keeps the member from writing in the discussions of the course now, if anything does."""
    return queries.find_mute(member_id, course_key)
