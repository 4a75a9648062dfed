"""What moderators do with threads: pin, lock, move, split, merge, resolve."""

from __future__ import annotations

from uuid import UUID

from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Place, Window
from solerni_xblocks.discussion.data.arranging import LockRequest, OtherPlace, SplitRequest, Workbench
from solerni_xblocks.discussion.flows import lock_thread as locking
from solerni_xblocks.discussion.flows import merge_threads as merging
from solerni_xblocks.discussion.flows import move_thread as moving
from solerni_xblocks.discussion.flows import pin_thread as pinning
from solerni_xblocks.discussion.flows import resolve_issue as resolving
from solerni_xblocks.discussion.flows import schedule_thread as scheduling
from solerni_xblocks.discussion.flows import split_thread as splitting
from solerni_xblocks.discussion.flows.arranging import find_arranged
from solerni_xblocks.discussion.queries import arranging


def read_workbench(moderator_id: int, place: Place, thread_uuid: UUID) -> Workbench:
    """What a moderator may do with a thread: other places of the course, its latest 300 messages, other threads.

    Raises: NotTakingPart; ModeratorsOnly; ThreadNotFound.
    """
    thread = find_arranged(moderator_id, place, thread_uuid)
    return arranging.read_workbench(thread, place, viewer=queries.get_participant(moderator_id, place))


def pin_thread(moderator_id: int, place: Place, thread_uuid: UUID) -> None:
    """Let a published thread stand first in its place; ten at most do. Told twice, done once.

    Raises: NotTakingPart; ModeratorsOnly; ThreadNotFound, also for a thread of another place; ThreadMerged,
    ThreadRearranged when somebody was faster; ThreadNotPublished; TooManyPinned.
    """
    pinning.pin_thread(moderator_id, place, thread_uuid)


def unpin_thread(moderator_id: int, place: Place, thread_uuid: UUID) -> None:
    """Let the thread take its place among the others. Raises: as ``pin_thread``."""
    pinning.unpin_thread(moderator_id, place, thread_uuid)


def resolve_issue(moderator_id: int, place: Place, thread_uuid: UUID) -> None:
    """Say that what a course issue tells of is mended; who takes part or has it too is told. Told twice, done once.

    Raises: as ``pin_thread``; NotAnIssue.
    """
    resolving.resolve_issue(moderator_id, place, thread_uuid)


def reopen_issue(moderator_id: int, place: Place, thread_uuid: UUID) -> None:
    """Say that the issue is still there. Raises: as ``resolve_issue``."""
    resolving.reopen_issue(moderator_id, place, thread_uuid)


def lock_thread(moderator_id: int, place: Place, thread_uuid: UUID, request: LockRequest) -> None:
    """Close a thread to members, for clauses and words that all its readers see, until an end if there is one.

    It is a restriction: a statement of reasons is made, who opened the thread is told and may contest it. One's own
    thread is closed without reasons. Told twice alike by the same person, done once.

    Raises: as ``pin_thread``; LockReasonMissing; LockEndPast; AlreadyLocked.
    """
    locking.lock_thread(moderator_id, place, thread_uuid, request)


def unlock_thread(moderator_id: int, place: Place, thread_uuid: UUID) -> None:
    """Open the thread again; who takes part is told, unless only its quiet had locked it. Raises: as ``pin_thread``."""
    locking.unlock_thread(moderator_id, place, thread_uuid)


def schedule_thread(staff_id: int, place: Place, thread_uuid: UUID, window: Window) -> None:
    """Learners see the thread within ``window``, and outside of it no door leads them there; staff always see it.

    Of what appears later people are told when it does. What learners wrote in does not vanish at once. Told twice,
    done once; logged.

    Raises: as ``pin_thread``; WindowForStaffOnly; WindowEmpty; LearnersWrote.
    """
    scheduling.schedule_thread(staff_id, place, thread_uuid, window)


def move_thread(moderator_id: int, place: Place, thread_uuid: UUID, to: UsageKey) -> OtherPlace:
    """Let the thread stand in another discussion of its course, with its drafts, cases and notices; that discussion.

    Its address stays the same. Told twice, done once. What is for one cohort goes only where cohorts are kept apart.

    Raises: as ``pin_thread``; PlaceNotFound; CohortOpened.
    """
    return moving.move_thread(moderator_id, place, thread_uuid, to)


def split_thread(moderator_id: int, place: Place, thread_uuid: UUID, request: SplitRequest) -> UUID:
    """Make a thread of up to 300 messages and what comments on them; its uuid. The first published one opens it.

    Told twice, done once. Everybody has read as much of it as before.

    Raises: as ``pin_thread``; NothingToSplit; TooManyToSplit; OpeningStays; PostsElsewhere.
    """
    return splitting.split_thread(moderator_id, place, thread_uuid, request)


def merge_threads(moderator_id: int, place: Place, thread_uuid: UUID, into_uuid: UUID) -> None:
    """Let all messages of the first thread stand in the second, in the order of time; the first address leads there.

    Both are published, in the same place, for the same cohort. Told twice, done once. Two who merge crosswise: the
    first is heard.

    Raises: as ``pin_thread``; SameThread; CohortsDiffer; WindowsDiffer.
    """
    merging.merge_threads(moderator_id, place, thread_uuid, into_uuid)
