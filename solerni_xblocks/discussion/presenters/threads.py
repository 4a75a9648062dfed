"""The JSON of the block's handlers, with server-rendered HTML."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core import conf
from solerni_xblocks.core.datekit import format_time
from solerni_xblocks.discussion.data import (
    Advice,
    Outcome,
    Place,
    PostRecord,
    SavedDraft,
    State,
    ThreadReading,
)
from solerni_xblocks.discussion.presenters.arranging import view_arranged
from solerni_xblocks.discussion.presenters.attachments import view_file_form
from solerni_xblocks.discussion.presenters.forms import list_voices
from solerni_xblocks.discussion.presenters.messages import render_posts
from solerni_xblocks.discussion.presenters.posts import view_advice
from solerni_xblocks.discussion.presenters.sanctions import view_shut
from solerni_xblocks.discussion.presenters.texts import format_position

SAID = {
    State.PUBLISHED: _("Your message is published."),
    State.HELD: _("Your message waits for a moderator. Only you and the moderators see it until then."),
    State.REVISING: _("A moderator asks you to correct your message."),
    State.REFUSED: _("Your message was refused by a moderator."),
    State.HIDDEN: _("Your message is hidden until a moderator has read it."),
    State.REMOVED: _("Your message was removed by a moderator."),
    State.WITHDRAWN: _("Your message is withdrawn."),
}


REPORTED = {
    True: _("Your report is sent: a moderator reads it, and you are told what they decide."),
    False: _("Your report is withdrawn."),
}

NUDGED = "nudged"
"""Nothing is written yet: the author is asked to read again."""

UNSENT = "unsent"
"""Nothing is written: the text cannot stand as it is."""


def answer_thread(reading: ThreadReading, place: Place, *, draft_key: str) -> dict[str, Any]:
    """The JSON of a thread with its first posts and the reply form."""
    first_new = next((post.uuid for post in reading.posts if post.is_new), None)
    context = {
        "thread": reading.thread,
        **view_arranged(reading),
        "is_start": reading.is_start,
        "is_shut": reading.shut is not None,
        **view_shut(reading.shut),
        "posts": render_posts(
            reading.posts, viewer_id=reading.viewer.id, first_new=first_new, is_shut=reading.shut is not None
        ),
        "after": format_position(reading.after),
        "at": reading.at,
        "voices": list_voices(place, reading.viewer),
        "reply_key": f"{draft_key}-{reading.thread.uuid}",
        "reply_slot": f"reply:{reading.thread.uuid}",
        "limit": conf.get("SOLERNI_DISCUSSION_MAX_CHARACTERS"),
        "file_form": view_file_form(place),
    }
    return {
        "html": render_to_string("solerni/discussion/thread.html", context),
        "after": context["after"],
        "thread": str(reading.thread.uuid),
        "state": reading.thread.state,
        "target": str(reading.target.uuid) if reading.target else "",
    }


def answer_new_thread(post: PostRecord, reading: ThreadReading, place: Place, *, draft_key: str) -> dict[str, Any]:
    """The JSON of the thread that the author just opened."""
    page = answer_thread(reading, place, draft_key=draft_key)
    return {**page, "uuid": str(post.uuid), "said": str(SAID[post.state])}


def answer_posts(reading: ThreadReading, *, viewer_id: int) -> dict[str, Any]:
    """The JSON of further posts of a thread."""
    return {
        "html": render_posts(reading.posts, viewer_id=viewer_id, is_shut=reading.shut is not None),
        "after": format_position(reading.after),
    }


def answer_advice(advice: Advice) -> dict[str, Any]:
    """The JSON of a draft that was not written: what rules saw, marked in the author's own words."""
    is_refused = advice.outcome == Outcome.REFUSE
    return {
        "state": UNSENT if is_refused else NUDGED,
        "html": render_to_string("solerni/discussion/advice.html", {"advice": view_advice(advice)}),
    }


def answer_draft(draft: SavedDraft | None) -> dict[str, Any]:
    """The JSON of a draft just saved; revision 0: there is none, since the form is empty."""
    if draft is None:
        return {"revision": 0, "said": ""}
    words = _("Draft saved at %(time)s.")
    return {"revision": draft.revision, "said": words % {"time": format_time(draft.updated_at)}}


def answer_post(post: PostRecord, *, viewer_id: int) -> dict[str, Any]:
    """The JSON of a post just written or changed, for who did it."""
    return {
        "html": render_posts([post], viewer_id=viewer_id),
        "uuid": str(post.uuid),
        "thread": str(post.thread_uuid),
        "state": post.state,
        "said": str(SAID[post.state]),
    }


def answer_complaint(*, is_open: bool) -> dict[str, Any]:
    """The JSON of a report sent or withdrawn."""
    return {"said": str(REPORTED[is_open]), "is_open": is_open}
