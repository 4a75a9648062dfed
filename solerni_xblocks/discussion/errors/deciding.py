"""Refusals of what moderators decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.datekit import format_moment
from solerni_xblocks.core.errors import Conflict, Invalid, Refused


class OwnPost(Refused):
    """Nobody is the judge of their own words."""

    code = "decision.own_post"
    default_message = _("Somebody else must decide on your own message.")


class AlreadyDecided(Conflict):
    """The message was settled before, by another moderator or otherwise by the same; says how and when."""

    code = "decision.already_made"
    default_message = _("This message does not wait for a decision. Nothing was changed.")
    words = {
        ("publish", True): _("You have already published this message, on %(when)s. Nothing was changed."),
        ("refuse", True): _("You have already refused this message, on %(when)s. Nothing was changed."),
        ("ask", True): _("You have already asked for a correction of this message, on %(when)s. Nothing was changed."),
        ("keep", True): _("You have already kept this message as it is, on %(when)s. Nothing was changed."),
        ("hide", True): _("You have already hidden this message, on %(when)s. Nothing was changed."),
        ("remove", True): _("You have already removed this message, on %(when)s. Nothing was changed."),
        ("restore", True): _("You have already restored this message, on %(when)s. Nothing was changed."),
        ("publish", False): _("Another moderator published this message on %(when)s. Nothing was changed."),
        ("refuse", False): _("Another moderator refused this message on %(when)s. Nothing was changed."),
        ("ask", False): _("Another moderator asked for a correction of this message on %(when)s. Nothing was changed."),
        ("keep", False): _("Another moderator kept this message as it is on %(when)s. Nothing was changed."),
        ("hide", False): _("Another moderator hid this message on %(when)s. Nothing was changed."),
        ("remove", False): _("Another moderator removed this message on %(when)s. Nothing was changed."),
        ("restore", False): _("Another moderator restored this message on %(when)s. Nothing was changed."),
    }
    by_software = _("Reports hid this message on %(when)s, before you decided. Nothing was changed.")

    @classmethod
    def tell(cls, act: str, *, at: datetime, by_same: bool) -> AlreadyDecided:
        """The refusal with what was decided by a person."""
        return cls(cls.words[act, by_same] % {"when": format_moment(at)})

    @classmethod
    def tell_software(cls, *, at: datetime) -> AlreadyDecided:
        """The refusal with what was decided by software alone."""
        return cls(cls.by_software % {"when": format_moment(at)})


class CaseChanged(Conflict):
    """What the moderator read is not what waits now: new words of the author, or new reports."""

    code = "case.changed"
    default_message = _("Something new came in about this message since you opened it. Read it again, then decide.")


class WordingChanged(CaseChanged):
    """The author changed the message meanwhile; the page shows the difference."""

    code = "case.wording_changed"
    default_message = _(
        "The author changed this message after you opened it. Read what changed, then decide. Nothing was changed."
    )


class AuthorWithdrew(Conflict):
    """There is nothing left to decide."""

    code = "post.withdrawn"
    default_message = _("The author withdrew this message: there is nothing left to decide.")


class ClaimedByOther(Conflict):
    """Another moderator works on the case."""

    code = "case.claimed"
    default_message = _("Another moderator is working on this message.")

    @classmethod
    def tell(cls, name: str, *, until: datetime) -> ClaimedByOther:
        """The refusal with who works on it, and until when."""
        text = _("%(name)s is working on this message, until %(when)s at the latest. Nothing was changed.")
        return cls(text % {"name": name, "when": format_moment(until)})


class CaseNotOpen(Conflict):
    """Nothing waits."""

    code = "case.not_open"
    default_message = _("This message does not wait for a decision any more.")


class CannotUndo(Conflict):
    """It is too late, or there is nothing of theirs to take back."""

    code = "decision.cannot_undo"
    default_message = _("This can be taken back no longer: open the message and decide again.")


class SeveralCourses(Invalid):
    """One gesture stays within one course."""

    code = "decision.several_courses"
    default_message = _("Choose messages of one course only: what is decided at once stays within one course.")


class TooManyPosts(Invalid):
    """More than one gesture can take."""

    code = "decision.too_many"
    default_message = _("Choose at most 50 messages at once.")


class NothingChosen(Invalid):
    """No post was chosen."""

    code = "decision.nothing_chosen"
    default_message = _("Choose at least one message.")


class NotAllowed(Refused):
    """The person moderates, but this is not theirs to decide."""

    code = "decision.not_allowed"
    default_message = _("Trusted learners decide on messages before publication only.")


class MessageMissing(Invalid):
    """What takes something from the author explains itself."""

    code = "decision.message_missing"
    default_message = _("Tell the author why: this decision needs the rule and a message.")
