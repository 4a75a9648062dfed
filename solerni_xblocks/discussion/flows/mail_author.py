"""Mail the author what was decided."""

from __future__ import annotations

from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import conf
from solerni_xblocks.discussion.models import GROUND_CHOICES, Act, Letter
from solerni_xblocks.host import api as host

TEMPLATES = {
    Act.PUBLISH: "post_published",
    Act.REFUSE: "post_refused",
    Act.WARN: "author_warned",
    Act.MUTE: "author_muted",
}
"""All other decisions share ``post_decided``."""


def mail_author(letter: Letter) -> None:
    """Mail the author, unless they are gone; the decision also shows under their post. Raises OSError."""
    decision = letter.decision
    post = decision.post
    person = host.people().find_person(post.author_id) if post.author_id is not None else None
    if person is None or not person.email:
        return
    context = {
        "thread_title": post.thread.title,
        "course_title": host.courses().get_title(CourseKey.from_string(post.thread.course_key)),
        "url": conf.get_base_url() + reverse("solerni_discussion:thread", args=[post.thread.uuid]),
        "act": decision.act,
        "is_undo": decision.undoes_id is not None,
        "by_person": decision.moderator_id is not None,
        "clause": dict(GROUND_CHOICES).get(decision.clause, ""),
        "message": decision.message,
        "until": decision.sanction.ends_at if decision.act == Act.MUTE else None,
        "decision_url": conf.get_base_url() + reverse("solerni_discussion:decision", args=[decision.uuid]),
    }
    template = "post_decided" if context["is_undo"] else TEMPLATES.get(Act(decision.act), "post_decided")
    host.mail().send(to=person, template=f"discussion/mail/{template}", context=context, reference=str(letter.uuid))
