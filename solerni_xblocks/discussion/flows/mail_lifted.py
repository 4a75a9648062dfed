"""Mail a member that a sanction was lifted, after the commit."""

from __future__ import annotations

import logging

from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import conf
from solerni_xblocks.discussion.models import Sanction
from solerni_xblocks.host import api as host

log = logging.getLogger(__name__)


def mail_lifted(sanction: Sanction, *, why: str) -> None:
    """Tell that they can write again. It is so whatever happens to the mail: the page of the decision says it too."""
    person = host.people().find_person(sanction.member_id) if sanction.member_id is not None else None
    if person is None or not person.email:
        return
    context = {
        "course_title": host.courses().get_title(CourseKey.from_string(sanction.course_key)),
        "why": why,
        "decision_url": conf.get_base_url() + reverse("solerni_discussion:decision", args=[sanction.decision.uuid]),
    }
    try:
        host.mail().send(to=person, template="discussion/mail/sanction_lifted", context=context)
    except OSError:  # SMTPException is one
        log.exception("The end of sanction %s could not be told by mail", sanction.decision.uuid)
