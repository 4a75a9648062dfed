"""What members are told, in the block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.discussion.data import NoticeRecord, Notices
from solerni_xblocks.discussion.presenters.texts import find_names, name_author

WORDS = {
    "reply": _("%(name)s replied in:"),
    "mention": _("%(name)s mentioned you in:"),
    "answer": _("Your reply was accepted as the answer in:"),
    "endorsed": _("Your reply was endorsed by staff in:"),
    "thread": _("%(name)s opened:"),
    "locked": _("A moderator locked:"),
    "unlocked": _("This thread takes messages again:"),
    "moved": _("A moderator moved this thread to another discussion:"),
    "split": _("A moderator made a thread of its own of messages that you may know:"),
    "merged": _("A moderator merged a thread that you know into:"),
    "resolved": _("This course issue is resolved:"),
    "decision": _("A moderator decided on your message in:"),
    "report": _("There is news of your report. It is about:"),
    "appeal": _("There is news of a case that you contested, in:"),
    "queue": _("Messages wait for moderators."),
    "second": _("A contested decision waits for a second reader, in:"),
}


@dataclass(frozen=True, kw_only=True)
class NoticeView:
    """A line of what a member is told; ``is_here``: its thread stands in this block.

    ``page`` is where it is read, unless that is the post itself.
    """

    notice: NoticeRecord
    words: str
    title: Any
    page: str
    is_here: bool


def answer_notices(notices: Notices, here: UsageKey) -> dict[str, Any]:
    """The JSON of the notices."""
    names = find_names(notice.author_id for notice in notices.notices)
    lines = [
        NoticeView(
            notice=notice,
            words=WORDS[notice.kind] % {"name": name_author(notice, names)},
            title=_("Moderation queue") if notice.kind == "queue" else notice.title or _("Title removed"),
            page=_find_page(notice),
            is_here=notice.usage_key == here,
        )
        for notice in notices.notices
    ]
    html = render_to_string("solerni/discussion/notices.html", {"lines": lines})
    return {
        "html": html,
        "unread": f"{notices.unread}+" if notices.unread == notices.limit else notices.unread,
        "until": max((notice.id for notice in notices.notices), default=0),
    }


def _find_page(notice: NoticeRecord) -> str:
    if notice.kind == "queue":
        return reverse("solerni_discussion:queue")
    if notice.appeal_uuid:
        return reverse("solerni_discussion:appeal", args=[notice.appeal_uuid])
    return reverse("solerni_discussion:decision", args=[notice.decision_uuid]) if notice.decision_uuid else ""
