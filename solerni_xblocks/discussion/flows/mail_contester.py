"""Mail who contested: a question of the second reader, or the answer with what is left to them."""

from __future__ import annotations

from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import conf
from solerni_xblocks.discussion.models import Letter, Report
from solerni_xblocks.discussion.queries.appeals import is_read, seal_report
from solerni_xblocks.host import api as host
from solerni_xblocks.host.ports import Person


def mail_contester(letter: Letter) -> None:
    """What the letter's message asks, or how the contest ended; the decision's page shows both. Raises OSError."""
    appeal, message = letter.appeal, letter.message.text if letter.message else ""
    person = find_recipient(appeal.member_id, appeal.report)
    if person is None:
        return
    thread = appeal.decision.post.thread
    context = {
        "thread_title": thread.title if appeal.report is None or (appeal.member_id and is_read(thread)) else "",
        "course_title": host.courses().get_title(CourseKey.from_string(appeal.course_key)),
        "url": find_decision_url(appeal.decision.uuid, appeal.report),
        "message": message,
        "answer": appeal.answer,
        "is_reversed": appeal.is_reversed,
    }
    template = "discussion/mail/appeal_message" if letter.message else "discussion/mail/appeal_answered"
    host.mail().send(to=person, template=template, context=context, reference=str(letter.uuid))


def find_recipient(member_id: int | None, report: Report | None) -> Person | None:
    """Whom to write to: the account, or the address that a notice without account gave."""
    if member_id is not None:
        person = host.people().find_person(member_id)
        return person if person and person.email else None
    if report is None or not report.email:
        return None
    return Person(id=0, name=report.name, email=report.email, language=report.language)


def find_decision_url(decision_uuid: object, report: Report | None) -> str:
    """The page of a decision, for ever; with the seal for who has no account."""
    address = conf.get_base_url() + reverse("solerni_discussion:decision", args=[decision_uuid])
    return f"{address}?notice={seal_report(report)}" if report and report.reporter_id is None else address
