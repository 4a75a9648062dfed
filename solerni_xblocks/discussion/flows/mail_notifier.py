"""Mail who gave notice of illegal content: a receipt at once, then the answer (DSA article 16(4) to (6))."""

from __future__ import annotations

import logging
from typing import Any

from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import conf
from solerni_xblocks.discussion.flows.mail_contester import find_decision_url, find_recipient
from solerni_xblocks.discussion.models import Act, Decision, Report
from solerni_xblocks.host import api as host

log = logging.getLogger(__name__)


def mail_receipt(report: Report) -> None:
    """That the notice came in; it shows in the queue whatever happens to the mail."""
    _send(report, "notice_received", {})


def mail_notifier(report: Report, decision: Decision) -> None:
    """What was decided, whether by software, and what is left to who gave notice."""
    context = {
        "is_removed": decision.act in (Act.REMOVE, Act.REFUSE, Act.HIDE),
        "is_asked": decision.act == Act.ASK,
        "by_person": decision.moderator_id is not None,
        "url": find_decision_url(decision.uuid, report),
    }
    _send(report, "notice_answered", context)


def _send(report: Report, template: str, context: dict[str, Any]) -> None:
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
    try:
        host.mail().send(to=person, template=f"discussion/mail/{template}", context=context)
    except OSError:  # SMTPException is one
        log.exception("Who gave notice %s could not be told by mail", report.uuid)
