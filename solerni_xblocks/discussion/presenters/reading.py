"""What happened while somebody reads, in words, and the form under a reply."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from solerni_xblocks.core import conf
from solerni_xblocks.discussion.data import Commenting, Glance, News, Place
from solerni_xblocks.discussion.presenters.attachments import view_file_form
from solerni_xblocks.discussion.presenters.forms import list_voices
from solerni_xblocks.discussion.presenters.sanctions import view_shut
from solerni_xblocks.discussion.presenters.texts import find_names, name_author


def answer_news(news: News, glance: Glance) -> dict[str, Any]:
    """The JSON of the news; ``html`` is empty when there are none."""
    context = {
        "news": news,
        "is_thread": glance.thread is not None,
        "changes_state": glance.thread is not None and news.state != glance.state,
        "changes_lock": glance.thread is not None and news.is_locked != glance.is_locked,
    }
    return {"html": render_to_string("solerni/discussion/elements/news_words.html", context).strip()}


def answer_comment_form(commenting: Commenting, place: Place, *, draft_key: str) -> dict[str, Any]:
    """The JSON of the form for a comment on a reply."""
    reply = commenting.reply
    context = {
        "reply": reply,
        "author": name_author(reply, find_names([reply.author_id])),
        "voices": list_voices(place, commenting.viewer),
        "comment_key": f"{draft_key}-comment-{reply.uuid}",
        "comment_slot": f"comment:{reply.uuid}",
        "file_form": view_file_form(place),
        "limit": conf.get("SOLERNI_DISCUSSION_MAX_CHARACTERS"),
        "is_shut": commenting.shut is not None,
        **view_shut(commenting.shut),
    }
    return {"html": render_to_string("solerni/discussion/comment.html", context), "parent": str(reply.uuid)}
