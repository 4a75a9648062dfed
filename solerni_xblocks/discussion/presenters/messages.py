"""The messages of a thread as rows of its page: how each one looks, and what each has of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from solerni_xblocks.core.datekit import make_time_element
from solerni_xblocks.core.rowkit import Row, render_rows
from solerni_xblocks.discussion.data import Gesture, PostRecord, State, Voice
from solerni_xblocks.discussion.presenters.posts import PostView, view_posts
from solerni_xblocks.discussion.presenters.texts import say_votes

_NOBODYS = UUID(int=0)


@dataclass(frozen=True, kw_only=True)
class PostLook:
    """What the template of a message decides by.

    ``team``: it shows as one of the ``course`` team's or of the ``moderation``'s; empty: a member's. ``is_source``: as
    its author wrote it, not as all read it. ``has_votes``: they are told to who cannot vote.
    """

    state: State
    team: str
    gestures: frozenset[Gesture]
    is_opening: bool
    is_comment: bool
    is_issue: bool
    is_own: bool
    is_shut: bool
    is_new: bool
    is_first_new: bool
    is_veiled: bool
    is_accepted: bool
    is_endorsed: bool
    is_voted: bool
    is_reported: bool
    is_edited: bool
    is_revised: bool
    is_erased: bool
    is_source: bool
    has_card: bool
    has_files: bool
    has_votes: bool
    may_report: bool
    may_change: bool
    may_look_back: bool
    may_decide: bool


@dataclass(frozen=True, kw_only=True)
class _Words:
    """What is said alike of every message of a page, found once; ``%(name)s`` and the number of nobody's message."""

    comment: str
    message: str
    veiled: str
    address: str
    notice: str
    case: str


def render_posts(
    posts: Sequence[PostRecord], *, viewer_id: int | None, first_new: UUID | None = None, is_shut: bool = False
) -> SafeString:
    """``posts`` as articles; a line stands above ``first_new``. ``is_shut``: nobody may write here, nor quote."""
    words = _find_words()
    rows = [
        Row(_look_at(view, is_first_new=view.post.uuid == first_new, is_shut=is_shut), _describe(view, words))
        for view in view_posts(posts, viewer_id=viewer_id)
    ]
    return render_rows("solerni/discussion/elements/post.html", rows)


def _find_words() -> _Words:
    return _Words(
        comment=_("Comment by %(name)s"),
        message=_("Message by %(name)s"),
        veiled=_("A message that is not shown"),
        address=reverse("solerni_discussion:post", args=[_NOBODYS]),
        notice=reverse("solerni_discussion:notice"),
        case=reverse("solerni_discussion:case", args=[_NOBODYS]),
    )


def _look_at(view: PostView, *, is_first_new: bool, is_shut: bool) -> PostLook:
    post = view.post
    return PostLook(
        state=post.state,
        team=_find_team(post),
        gestures=post.gestures,
        is_opening=post.is_opening,
        is_comment=post.parent_uuid is not None,
        is_issue=post.is_issue,
        is_own=view.is_own,
        is_shut=is_shut,
        is_new=post.is_new,
        is_first_new=is_first_new,
        is_veiled=post.is_veiled,
        is_accepted=post.is_accepted,
        is_endorsed=post.is_endorsed,
        is_voted=post.is_voted,
        is_reported=post.is_reported,
        is_edited=bool(post.edited_at and post.source),
        is_revised=post.version > 1,
        is_erased=not post.source,
        is_source=bool(view.source),
        has_card=view.card is not None,
        has_files=bool(view.files),
        has_votes=bool(post.votes) and Gesture.VOTE not in post.gestures,
        may_report=bool(post.state == State.PUBLISHED and not view.is_own and post.source),
        may_change=post.may_change,
        may_look_back=post.may_look_back,
        may_decide=post.may_decide,
    )


def _find_team(post: PostRecord) -> str:
    """What is written anonymously tells nothing of its author."""
    if post.by_staff and post.voice == Voice.SELF:
        return "course"
    return "moderation" if post.voice in (Voice.MODERATOR, Voice.UNNAMED_MODERATOR) else ""


def _describe(view: PostView, words: _Words) -> dict[str, Any]:
    post, uuid, author = view.post, str(view.post.uuid), str(view.author)
    own = {
        "uuid": uuid,
        "parent": post.parent_uuid,
        "label": (words.comment if post.parent_uuid else words.message) % {"name": author},
        "author": author,
        "url": words.address.replace(str(_NOBODYS), uuid),
        "notice_url": f"{words.notice}?post={uuid}",
        "case_url": words.case.replace(str(_NOBODYS), uuid),
        "created": make_time_element(post.created_at),
        "votes": post.votes,
        "html": view.html,
    }
    return own | {"label": words.veiled} if post.is_veiled else own | _describe_rest(view)


def _describe_rest(view: PostView) -> dict[str, Any]:
    """What few messages have."""
    post, rest = view.post, {}
    if post.edited_at:
        rest["edited"] = make_time_element(post.edited_at)
    if post.votes:
        rest["votes_in_words"] = say_votes(post.votes, is_issue=post.is_issue)
    for name, template, context in (
        ("card", "card.html", {"view": view} if view.card else {}),
        ("source", "segments.html", {"segments": view.source} if view.source else {}),
        ("files", "files.html", {"files": view.files} if view.files else {}),
    ):
        if context:
            rest[name] = render_to_string(f"solerni/discussion/elements/{template}", context)
    return rest
