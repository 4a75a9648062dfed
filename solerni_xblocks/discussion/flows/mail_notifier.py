"""Mail who gave notice of illegal content: a receipt at once, then the answer (DSA article 16(4) to (6))."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import conf
from solerni_xblocks.discussion.flows.mail_contester import find_decision_url, find_recipient
from solerni_xblocks.discussion.models import Act, Letter
from solerni_xblocks.host import api as host


def mail_receipt(letter: Letter) -> None:
    """That the notice came in. Raises OSError."""
    _send(letter, "notice_received", {})


def mail_notifier(letter: Letter) -> None:
    """What was decided, whether by software, and what is left to who gave notice. Raises OSError."""
    decision = letter.decision
    context = {
        "is_removed": decision.act in (Act.REMOVE, Act.REFUSE, Act.HIDE),
        "is_asked": decision.act == Act.ASK,
        "by_person": decision.moderator_id is not None,
        "url": find_decision_url(decision.uuid, letter.report),
    }
    _send(letter, "notice_answered", context)


def _send(letter: Letter, template: str, context: dict[str, Any]) -> None:
    report = letter.report
    person = find_recipient(report.reporter_id, report)
    if person is None:
        return
    thread = report.post.thread
    context |= {
        "course_title": host.courses().get_title(CourseKey.from_string(thread.course_key)),
        "address": conf.get_base_url() + reverse("solerni_discussion:post", args=[report.post.uuid]),
        "reference": str(report.uuid),
        "explanation": report.note,
    }
    host.mail().send(to=person, template=f"discussion/mail/{template}", context=context, reference=str(letter.uuid))
