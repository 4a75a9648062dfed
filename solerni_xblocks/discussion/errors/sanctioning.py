"""Refusals about sanctions: imposing one, lifting it, writing under it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.datekit import format_moment
from solerni_xblocks.core.errors import Conflict, Invalid, NotFound, Refused


class Muted(Refused):
    """The member may read and not write in this course, until a moment that is told."""

    code = "member.muted"
    default_message = _("For now you can read, and not write, in the discussions of this course.")

    @classmethod
    def tell(cls, until: datetime, *, where_to_go: str) -> Muted:
        """The refusal with its end and the address of the decision."""
        text = _(
            "Until %(when)s you can read, and not write, in the discussions of this course. The decision says why, "
            "and how to contest it."
        )
        return cls(text % {"when": format_moment(until)}, where_to_go=where_to_go)


class ModeratorSpared(Refused):
    """Who moderates the course, or has left, is not sanctioned by those who moderate with them."""

    code = "sanction.not_possible"
    default_message = _("The author moderates this course, or has left: nothing can be imposed on them here.")


class LengthUnknown(Invalid):
    """The number of days is none that may be imposed."""

    code = "sanction.length_unknown"
    default_message = _("Choose for how many days, 90 at most.")


class AlreadyMuted(Conflict):
    """The member reads only already."""

    code = "sanction.already_muted"
    default_message = _("The author already reads only.")

    @classmethod
    def tell(cls, until: datetime) -> AlreadyMuted:
        """The refusal with the end of what runs."""
        text = _("The author already reads only, until %(when)s. Lift that first, if it has to be another length.")
        return cls(text % {"when": format_moment(until)})


class SanctionNotFound(NotFound):
    """There is no such sanction in the courses that the person moderates."""

    code = "sanction.not_found"
    default_message = _("This sanction does not exist, or you do not moderate its course.")


class SanctionOver(Conflict):
    """It has ended or was lifted."""

    code = "sanction.over"
    default_message = _("This sanction is over already.")


class LiftUnexplained(Invalid):
    """Somebody lifts a sanction and does not say why."""

    code = "sanction.lift_unexplained"
    default_message = _("Say in a few words why you lift it: the member reads it, and the log keeps it.")
