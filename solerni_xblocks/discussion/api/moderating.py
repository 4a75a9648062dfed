"""What moderators read and decide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import (
    EVERYTHING,
    Batch,
    CaseReading,
    Filters,
    MessageTemplate,
    PastWording,
    Place,
    PostRecord,
    Queue,
    QueueCursor,
    Ruling,
    Seen,
    Waiting,
)
from solerni_xblocks.discussion.errors import NotModerator
from solerni_xblocks.discussion.errors.arranging import ModeratorsOnly
from solerni_xblocks.discussion.flows import claim_case as claiming
from solerni_xblocks.discussion.flows import decide, undo
from solerni_xblocks.discussion.flows import decide_several as deciding
from solerni_xblocks.discussion.flows import settle_cases as settling
from solerni_xblocks.discussion.rules.promise import measure_working_hours


def list_queue(moderator_id: int, filters: Filters = EVERYTHING, *, after: QueueCursor | None = None) -> Queue:
    """25 open cases of all that the person moderates, due first, within the same hour the graver first.

    Moderators and staff see their courses, the site's pool every course; trusted learners what is not published yet.

    Raises: NotModerator when there is no such course.
    """
    return queries.list_queue(_require_scope(moderator_id), filters, viewer_id=moderator_id, after=after)


def list_waiting(moderator_id: int, place: Place, *, most: int = 10) -> Waiting:
    """The first ``most`` open cases of one place, in the order of the queue, and how many there are; 0: only these.

    Raises: ModeratorsOnly when the person neither moderates the course nor is trusted in it.
    """
    scope = queries.find_scope_in(moderator_id, place.course_key)
    if not scope:
        raise ModeratorsOnly
    filters = Filters(course=str(place.course_key), place=str(place.usage_key))
    return queries.list_waiting_cases(scope, filters, viewer_id=moderator_id, most=most)


def find_promised_hours(due_at: datetime) -> float:
    """Working hours from now to ``due_at``, by the operator's calendar; negative once it is past."""
    return measure_working_hours(clock.now(), due_at, calendar=queries.get_calendar())


def count_queue(course_key: CourseKey) -> int:
    """How many cases wait in the course."""
    return queries.count_queue(course_key)


def read_case(moderator_id: int, post_uuid: UUID) -> CaseReading:
    """A post with all that is needed to decide on it: context, wordings, what rules and members said, the record.

    Raises: PostNotFound, also for what others moderate and, for trusted learners, what was published.
    """
    return queries.read_case(post_uuid, moderator_id=moderator_id)


def find_wording(moderator_id: int, post_uuid: UUID, number: int) -> PastWording | None:
    """One wording of a post that the person moderates, if there is one of that number. Raises: PostNotFound."""
    queries.get_moderated_post(post_uuid, moderator_id=moderator_id)
    return queries.find_wording(post_uuid, number)


def list_templates(course_key: CourseKey, *, language: str) -> tuple[MessageTemplate, ...]:
    """Messages to authors that moderators of the course start from."""
    return queries.list_templates(course_key, language=language)


def claim_case(moderator_id: int, post_uuid: UUID, *, place: Place | None = None) -> None:
    """Take the open case of the post on for some minutes, or renew that; others see who works on it.

    With ``place``, of a post that stands there.

    Raises: NotTakingPart, PostNotFound, OwnPost, CaseNotOpen; ClaimedByOther says who, and until when.
    """
    claiming.claim_case(moderator_id, post_uuid, place=place)


def take_over_case(moderator_id: int, post_uuid: UUID) -> None:
    """Take the case on from whoever works on it. Raises: PostNotFound, OwnPost, CaseNotOpen."""
    claiming.take_over_case(moderator_id, post_uuid)


def release_case(moderator_id: int, post_uuid: UUID, *, place: Place | None = None) -> None:
    """Give one's claim up, if there is one. Raises: PostNotFound, with ``place`` also for a post of another."""
    claiming.release_case(moderator_id, post_uuid, place=place)


def decide_post(moderator_id: int, post_uuid: UUID, ruling: Ruling) -> PostRecord:
    """Rule on a post that the person moderates. Its author is told, who reported it is answered, the case is closed.

    What takes something from the author makes a statement of reasons in the same transaction. Told twice by the same
    person, decided once.

    Raises: PostNotFound, also for a post of a course moderated by others; OwnPost; NotAllowed; MessageMissing when an
    act that must be explained names no clause or says nothing; ClaimedByOther; AlreadyDecided, WordingChanged,
    CaseChanged, AuthorWithdrew when ``ruling.seen`` or the state of the post is not what it was.
    Announces: POST_PUBLISHED, POST_REFUSED, POST_REMOVED or POST_RESTORED.
    """
    return decide.decide_post(moderator_id, post_uuid, ruling)


def decide_several(moderator_id: int, chosen: Mapping[UUID, Seen], ruling: Ruling) -> Batch:
    """Rule alike on up to 50 posts of one course; each is decided, or refused and said, on its own.

    Raises: NothingChosen, TooManyPosts, SeveralCourses, PostNotFound.
    Announces: as decide_post, for each.
    """
    return deciding.decide_several(moderator_id, chosen, ruling)


def undo_decisions(moderator_id: int, uuid: UUID) -> Batch:
    """Take back one's own decision, or all of one gesture, by its uuid, within some minutes; asked twice, done once.

    Post, counters, case and reports stand as before; both decisions stay as evidence.

    Raises: CannotUndo when nothing of it can be taken back.
    Announces: POST_PUBLISHED, POST_REMOVED or POST_RESTORED.
    """
    return undo.undo_decisions(moderator_id, uuid)


def settle_cases() -> dict[str, int]:
    """Tell moderators of what is half due, nearly due, overdue (the site's pool too), each case once a step.

    Publishes what is overdue and waits by its place's mode alone, where the place chose so. Counts by step; told
    again, it does nothing; several may run at once.
    Announces: POST_PUBLISHED.
    """
    return settling.settle_cases()


def _require_scope(moderator_id: int) -> queries.Scope:
    scope = queries.find_scope(moderator_id)
    if not scope:
        raise NotModerator
    return scope
