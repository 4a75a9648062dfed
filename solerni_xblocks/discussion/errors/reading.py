"""Refusals of readers' gestures: votes, answers, threads cared for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Conflict, Invalid, Refused


class OwnWords(Refused):
    """Nobody votes for, or endorses, what they wrote themselves."""

    code = "post.own_words"
    default_message = _("This is your own message: others say whether it helps.")


class NotTheAsker(Refused):
    """Only who asked the question says which reply answers it."""

    code = "answer.not_the_asker"
    default_message = _("Only the person who asked can accept an answer.")


class NotAnAnswer(Conflict):
    """A reply to a question may be accepted; nothing else."""

    code = "answer.not_an_answer"
    default_message = _("Only replies to a question can be accepted as its answer.")


class StaffOnly(Refused):
    """Only staff of the course endorse."""

    code = "endorsement.staff_only"
    default_message = _("Only staff of the course can endorse a reply.")


class NothingToSearch(Invalid):
    """The words are too few or too short to look for."""

    code = "search.too_short"
    default_message = _("Type at least one word of two letters or more.")
