"""Mail a member that a sanction was lifted."""

from __future__ import annotations

from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import conf
from solerni_xblocks.discussion.models import Letter, LogEntry
from solerni_xblocks.host import api as host


def mail_lifted(letter: Letter) -> None:
    """Tell that they can write again, and why; the page of the decision says it too. Raises OSError."""
    sanction = letter.decision.sanction
    person = host.people().find_person(sanction.member_id) if sanction.member_id is not None else None
    if person is None or not person.email:
        return
    lifted = LogEntry.objects.filter(act="lift", subject=letter.decision.uuid).order_by("id")
    context = {
        "course_title": host.courses().get_title(CourseKey.from_string(sanction.course_key)),
        "why": lifted.values_list("why", flat=True).last() or "",
        "decision_url": conf.get_base_url() + reverse("solerni_discussion:decision", args=[letter.decision.uuid]),
    }
    host.mail().send(to=person, template="discussion/mail/sanction_lifted", context=context, reference=str(letter.uuid))
