"""Refusals of what members write: new messages, changes, drafts."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from solerni_xblocks.core.datekit import format_moment
from solerni_xblocks.core.errors import Conflict, Invalid, NotFound, Refused


class TitleMissing(Invalid):
    """A thread needs a title."""

    code = "thread.title_missing"
    default_message = _("Give your thread a title.")


class TitleTooLong(Invalid):
    """The title is longer than the limit."""

    code = "thread.title_too_long"
    default_message = _("The title is too long: 200 characters at most.")


class TextMissing(Invalid):
    """There is nothing to publish."""

    code = "post.text_missing"
    default_message = _("Write something before you publish.")


class TextTooLong(Invalid):
    """The text is longer than the limit."""

    code = "post.text_too_long"
    default_message = _("Your message is too long.")


class ParentNotFound(NotFound):
    """There is no such message in the thread, or nobody may see it any more."""

    code = "post.parent_not_found"
    default_message = _(
        "The message that you answer is no longer here. Your text is kept: reply to the thread instead."
    )


class ThreadLocked(Conflict):
    """A moderator closed the thread to new messages."""

    code = "thread.locked"
    default_message = _("A moderator locked this thread: it takes no more messages. Your text is kept here.")


class ThreadQuiet(ThreadLocked):
    """The place locks threads in which nobody wrote for long."""

    @classmethod
    def tell(cls, days: int) -> ThreadQuiet:
        """The refusal with the days."""
        text = ngettext(
            "This thread was locked automatically: no message for %(count)d day. Your text is kept here: you can open "
            "a new thread with it.",
            "This thread was locked automatically: no message for %(count)d days. Your text is kept here: you can open "
            "a new thread with it.",
            days,
        )
        return cls(text % {"count": days})


class ThreadsByStaffOnly(Refused):
    """In this place learners reply; staff open threads."""

    code = "thread.by_staff_only"
    default_message = _("In this discussion you can reply; only the course team opens threads.")


class KindNotOffered(Invalid):
    """The place does not offer this kind of thread."""

    code = "thread.kind_not_offered"
    default_message = _("This discussion does not offer this kind of thread: choose another.")


class NoAnonymity(Refused):
    """The author of the course allows no message without a name here."""

    code = "post.no_anonymity"
    default_message = _("In this discussion every message carries its author's name.")


class VoiceNotYours(Refused):
    """Only moderators speak as moderators."""

    code = "post.voice_not_yours"
    default_message = _("Only moderators of this course can write as moderators.")


class NotYetOpen(Refused):
    """The place takes messages later."""

    code = "place.not_yet_open"
    default_message = _("This discussion is not open yet.")

    @classmethod
    def tell(cls, at: datetime) -> NotYetOpen:
        """The refusal with the moment."""
        return cls(_("This discussion opens on %(when)s. Your text is kept here.") % {"when": format_moment(at)})


class NowClosed(Refused):
    """The place takes no more messages."""

    code = "place.now_closed"
    default_message = _("This discussion is closed.")

    @classmethod
    def tell(cls, at: datetime) -> NowClosed:
        """The refusal with the moment."""
        text = _("This discussion has been closed since %(when)s: it can be read, and takes no more messages.")
        return cls(text % {"when": format_moment(at)})


class PostsUsedUp(Refused):
    """The author wrote as many messages here as the place allows."""

    code = "post.used_up"
    default_message = _("You have written as many messages as this discussion allows.")

    @classmethod
    def tell(cls, most: int) -> PostsUsedUp:
        """The refusal with the number."""
        text = ngettext(
            "This discussion allows %(count)d message to each learner; you have written it.",
            "This discussion allows %(count)d messages to each learner; you have written them.",
            most,
        )
        return cls(text % {"count": most})


class TooFast(Refused):
    """The author wrote much here lately."""

    code = "post.too_fast"
    default_message = _("You are writing fast: wait a moment. Your text is kept here.")

    @classmethod
    def tell(cls, posts: int, *, hours: int) -> TooFast:
        """The refusal with the limit."""
        text = ngettext(
            "This discussion allows %(count)d message within %(hours)d h: try again later. Your text is kept here.",
            "This discussion allows %(count)d messages within %(hours)d h: try again later. Your text is kept here.",
            posts,
        )
        return cls(text % {"count": posts, "hours": hours})

    @classmethod
    def tell_until(cls, at: datetime) -> TooFast:
        """The refusal with the moment from which on one more is possible."""
        text = _("Your next message is possible from %(when)s on. Your text is kept here.")
        return cls(text % {"when": format_moment(at)})


class ThreadNotOpen(Conflict):
    """Nobody can reply before the opening post is published."""

    code = "thread.not_open"
    default_message = _("This thread is not published: replies will be possible once it is.")


class AlreadySent(Conflict):
    """The same attempt was sent before, in other words."""

    code = "post.already_sent"
    default_message = _(
        "An earlier wording of this message has already been sent. Your text is kept: publish again to send it as a "
        "new message."
    )


class OwnPostNotFound(NotFound):
    """There is no such message among those that the person wrote or moderates here."""

    code = "post.not_yours"
    default_message = _("This message does not exist here, or is not yours to change.")


class NotChangeable(Conflict):
    """What was removed, hidden or withdrawn has no other wording."""

    code = "post.not_changeable"
    default_message = _("This message can no longer be changed. Reload the page to see where it stands.")


class EditTimeOver(Refused):
    """The author of the course lets published messages be changed for a while only."""

    code = "post.edit_time_over"
    default_message = _("In this discussion a published message can no longer be changed.")

    @classmethod
    def tell(cls, minutes: int) -> EditTimeOver:
        """The refusal with the time that there was."""
        if not minutes:
            return cls()
        text = ngettext(
            "In this discussion a message can be changed for %(count)d minute after it appeared. Your text is kept.",
            "In this discussion a message can be changed for %(count)d minutes after it appeared. Your text is kept.",
            minutes,
        )
        return cls(text % {"count": minutes})


class PostChanged(Conflict):
    """Somebody else, or another window, gave the message other words meanwhile."""

    code = "post.changed"
    default_message = _(
        "This message was changed meanwhile, by a moderator or in another window. Your text is kept here, and the one "
        "that stands now is shown below."
    )


class DraftChanged(Conflict):
    """Another window saved another text of the same form."""

    code = "draft.changed"
    default_message = _("Another window saved another text here. Both are kept: choose the one to go on with.")


class TooManyDrafts(Refused):
    """The member has begun very many messages."""

    code = "draft.too_many"
    default_message = _("You have begun very many messages: publish or empty some. This one is kept in this tab only.")


class PageTooLong(Invalid):
    """A short text that would make a huge page."""

    code = "post.page_too_long"
    default_message = _("This text makes too long a page: use smaller tables.")
