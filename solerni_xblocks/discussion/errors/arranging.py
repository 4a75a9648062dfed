"""Refusals of what moderators do with threads."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Conflict, Invalid, Refused


class ModeratorsOnly(Refused):
    """The person does not moderate the course."""

    code = "thread.moderators_only"
    default_message = _("Only moderators of this course can do this.")


class ThreadMerged(Conflict):
    """Another moderator merged the thread into another."""

    code = "thread.merged"
    default_message = _("This thread was merged into another meanwhile. Open it again to go on there.")


class ThreadRearranged(Conflict):
    """A moderator moved, split or merged the thread at this very moment."""

    code = "thread.rearranged"
    default_message = _(
        "A moderator moved, split or merged this thread at this very moment. Nothing was changed, and your text is "
        "kept: open the thread again."
    )


class NotAnIssue(Conflict):
    """Course issues are resolved; nothing else."""

    code = "thread.not_an_issue"
    default_message = _("This thread tells of no course issue: there is nothing to resolve.")


class ThreadNotPublished(Conflict):
    """Only what everybody reads is pinned, locked, split or merged."""

    code = "thread.not_published"
    default_message = _("This thread is not published: there is nothing to pin, lock, split or merge.")


class TooManyPinned(Conflict):
    """The top of a list holds a few threads only."""

    code = "thread.too_many_pinned"
    default_message = _("Ten threads are pinned here already: unpin one first.")


class LockReasonMissing(Invalid):
    """A lock takes something from people, so it explains itself."""

    code = "lock.reason_missing"
    default_message = _("Choose the rule that is broken, and say why in a sentence or two.")


class LockEndPast(Invalid):
    """A lock ends later than it begins."""

    code = "lock.end_past"
    default_message = _("The lock must end in the future: choose a later moment, or none.")


class AlreadyLocked(Conflict):
    """Another lock holds."""

    code = "lock.already"
    default_message = _("This thread is locked already. Nothing was changed: open it again to see why.")


class PlaceNotFound(Invalid):
    """The course has no such discussion."""

    code = "thread.no_such_place"
    default_message = _("Choose another discussion of this course.")


class CohortOpened(Conflict):
    """What was written for one cohort would be read by all."""

    code = "thread.cohort_opened"
    default_message = _(
        "This thread is for one cohort, and in the discussion that you chose the cohorts meet: others would read it. "
        "Choose a discussion that keeps cohorts apart."
    )


class NothingToSplit(Invalid):
    """No message was chosen, or only messages that nobody reads."""

    code = "split.nothing_chosen"
    default_message = _("Choose at least one published message.")


class TooManyToSplit(Invalid):
    """More than one gesture takes."""

    code = "split.too_many"
    default_message = _("Choose at most 300 messages at once.")


class OpeningStays(Invalid):
    """A thread keeps the message that opens it."""

    code = "split.opening"
    default_message = _("The message that opens a thread stays in it: move or merge the whole thread instead.")


class PostsElsewhere(Conflict):
    """Somebody else split the thread meanwhile."""

    code = "split.posts_elsewhere"
    default_message = _("Some of these messages are no longer in this thread. Open it again, then choose.")


class SameThread(Invalid):
    """A thread cannot be merged into itself."""

    code = "merge.same_thread"
    default_message = _("Choose another thread to merge this one into.")


class CohortsDiffer(Conflict):
    """The two threads have other readers."""

    code = "merge.cohorts_differ"
    default_message = _("These two threads are not for the same cohort: merged, they would be read by others.")
