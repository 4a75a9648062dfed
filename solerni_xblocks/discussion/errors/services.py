"""Refusals of calls back from a service that rates messages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Conflict, Refused


class NotOurQuestion(Refused):
    """The call is not signed by who was asked, is too old, or is about nothing that was asked."""

    code = "rating.not_ours"
    default_message = _("This answer is not signed for a question of this site.")


class RatedAlready(Conflict):
    """One answer to one question; the second is a replay."""

    code = "rating.already"
    default_message = _("This question was answered already, or is closed.")
