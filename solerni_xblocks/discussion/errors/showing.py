"""Refusals of what staff say about when learners see a thread."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Conflict, Invalid, Refused


class WindowForStaffOnly(Refused):
    """Moderators who are not staff hide messages by decisions."""

    code = "window.staff_only"
    default_message = _("Only staff of this course choose when learners see a thread.")


class WindowEmpty(Invalid):
    """The thread would never be seen."""

    code = "window.empty"
    default_message = _("The end comes after the beginning: change one of the two dates.")


class LearnersWrote(Conflict):
    """Words of learners do not vanish without a decision and its reasons."""

    code = "window.learners_wrote"
    default_message = _(
        "Learners wrote in this thread, so it cannot vanish at once. Choose an end that is still to come: they see it "
        "above the thread. To hide a message now, decide on it and say why."
    )


class WindowsDiffer(Conflict):
    """One of the two threads is seen when the other is not."""

    code = "merge.windows_differ"
    default_message = _(
        "Learners do not see these two threads at the same times: merged, they would see too much or too little. Give "
        "both the same dates first."
    )
