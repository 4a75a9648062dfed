"""Refusals that every subject of discussion knows; the others stand with their subject."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import NotFound, Refused


class NotTakingPart(Refused):
    """The person is neither enrolled in the course, nor on its staff, nor one of its moderators."""

    code = "discussion.not_enrolled"
    default_message = _("Enrol in this course to read and write in its discussions.")


class ThreadNotFound(NotFound):
    """There is no such thread in this place, or the person may not know of it."""

    code = "thread.not_found"
    default_message = _("This thread does not exist here, or is not visible to you.")


class PostNotFound(NotFound):
    """There is no such post among those that the person moderates."""

    code = "post.not_found"
    default_message = _("This message does not exist, or you do not moderate its course.")


class NotModerator(Refused):
    """The person moderates no course, or not this one."""

    code = "moderator.required"
    default_message = _("Only moderators can open this page.")


class NotStaff(Refused):
    """The person is not of the course's team."""

    code = "staff.required"
    default_message = _("Only the course team can open this page.")
