"""Refusals about decisions that are contested, and about notices of illegal content."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.datekit import format_day, format_moment
from solerni_xblocks.core.errors import Conflict, Invalid, NotFound, Refused


class DecisionNotFound(NotFound):
    """There is no such decision, or it is neither on the person's message nor an answer to their report."""

    code = "decision.not_found"
    default_message = _("This decision does not exist, or does not concern you.")


class NotContestable(Conflict):
    """The decision takes nothing away, or was taken back."""

    code = "appeal.nothing_to_contest"
    default_message = _("This decision was taken back, or takes nothing from you: there is nothing to contest.")


class ContestClosed(Refused):
    """Six months are over."""

    code = "appeal.too_late"
    default_message = _("This decision can be contested no longer.")

    @classmethod
    def tell(cls, until: datetime) -> ContestClosed:
        """The refusal with the last day."""
        text = _("This decision could be contested until %(day)s. Your text is kept here.")
        return cls(text % {"day": format_day(until)})


class AlreadyContested(Conflict):
    """One complaint for one person and decision; it can be added to."""

    code = "appeal.already_made"
    default_message = _("You have already contested this decision. Your text is kept: add it to the dialogue below.")


class AppealTextMissing(Invalid):
    """A complaint, a message or an answer says something."""

    code = "appeal.text_missing"
    default_message = _("Write a few words first.")


class AppealTextTooLong(Invalid):
    """More than a page."""

    code = "appeal.text_too_long"
    default_message = _("Your text is too long: 4,000 characters at most. It is kept here.")


class AppealNotFound(NotFound):
    """There is no such appeal in a course that the person moderates."""

    code = "appeal.not_found"
    default_message = _("This case does not exist, or you do not moderate its course.")


class AppealClosed(Conflict):
    """It was answered."""

    code = "appeal.answered"
    default_message = _("This case has been answered: nothing can be added. Your text is kept here.")

    @classmethod
    def tell(cls, at: datetime) -> AppealClosed:
        """The refusal with the moment."""
        text = _("This case was answered on %(when)s: nothing can be added. Your text is kept here.")
        return cls(text % {"when": format_moment(at)})


class FirstReader(Refused):
    """Who decided does not answer for it."""

    code = "appeal.first_reader"
    default_message = _("You took this decision: another person has to read it again.")


class PartOfCase(Refused):
    """Who wrote, reported or contested does not judge."""

    code = "appeal.own_case"
    default_message = _("You are a party to this case: another person has to answer.")


class AppealChanged(Conflict):
    """The dialogue went on while the reader wrote."""

    code = "appeal.changed"
    default_message = _(
        "A new message came in since you opened this case. Read it, then answer. Your text is kept here."
    )


class AppealClaimed(Conflict):
    """Another second reader works on it."""

    code = "appeal.claimed"
    default_message = _("Another moderator is working on this case. Your text is kept here.")

    @classmethod
    def tell(cls, name: str, *, until: datetime) -> AppealClaimed:
        """The refusal with who, and until when."""
        text = _("%(name)s is working on this case, until %(when)s at the latest. Your text is kept here.")
        return cls(text % {"name": name, "when": format_moment(until)})


class ReversalMissing(Invalid):
    """A reversal says what becomes of the message."""

    code = "appeal.reversal_missing"
    default_message = _("Say what becomes of the message: this decision cannot be reversed in that way.")


class NoticeTargetMissing(NotFound):
    """Nothing published stands there."""

    code = "notice.no_message"
    default_message = _(
        "No published message stands at this address. Copy the address of the message itself (the link on its date)."
    )


class NoticeIncomplete(Invalid):
    """Article 16(2) asks for an explanation, a name, an address and good faith."""

    code = "notice.incomplete"
    default_message = _("Something is missing: an explanation, your name and mail address, or your good faith.")


class TooManyNotices(Refused):
    """More than the limit within a day."""

    code = "notice.too_many"
    default_message = _(
        "Many notices came from you today. Your text is kept here: send it tomorrow, or write to the address of "
        "contact of this site."
    )


REFUSALS: dict[str, type[Refused]] = {"first_reader": FirstReader, "party": PartOfCase}
"""By the code of ``rules.contesting.refuse_reader``."""
