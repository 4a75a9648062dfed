"""Which services the operator set, what they are to be asked, and how they did."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock, conf
from solerni_xblocks.discussion.data.services import Question, Service, ServiceSetting
from solerni_xblocks.discussion.models import Decision, Post, Rating, RatingState, State, Version
from solerni_xblocks.discussion.rules.services.asking import BREAK, BREAK_AFTER, FAULT, is_broken
from solerni_xblocks.discussion.rules.services.settings import read_settings
from solerni_xblocks.host import api as host

MOST = 200
READABLE = (State.PUBLISHED, State.HELD, State.REVISING, State.HIDDEN)
"""A message that stands anywhere else is not sent out."""


@conf.kept_until_changed("SOLERNI_DISCUSSION_SERVICES", "SOLERNI_BASE_URL", "LMS_ROOT_URL")
def _read() -> tuple[tuple[ServiceSetting, ...], tuple[str, ...]]:
    return read_settings(conf.get("SOLERNI_DISCUSSION_SERVICES"), site=conf.get_base_url())


def list_services() -> tuple[ServiceSetting, ...]:
    """The services that are set rightly, in the operator's order."""
    return _read()[0]


def list_wrong_services() -> tuple[str, ...]:
    """What is wrong with the others."""
    return _read()[1]


def find_service(service: str) -> ServiceSetting | None:
    """How the operator set it, if they did."""
    return next((setting for setting in list_services() if setting.service == service), None)


def list_due() -> list[Rating]:
    """Questions to ask or to give up now, the oldest first, each with its post and thread."""
    due = Rating.objects.filter(state__in=(RatingState.WAITING, RatingState.AWAITED), next_at__lte=clock.now())
    return list(due.select_related("post__thread").order_by("next_at", "id")[:MOST])


def is_in_trouble(service: Service) -> bool:
    """Whether the service failed so often lately that it is left in peace; faults of our own say nothing of it."""
    lately = Rating.objects.filter(service=service, asked_at__gt=clock.now() - BREAK)
    lately = lately.exclude(state=RatingState.AWAITED).exclude(failure=FAULT)
    return is_broken(list(lately.order_by("-asked_at", "-id").values_list("failure", flat=True)[:BREAK_AFTER]))


def find_question(rating: Rating) -> Question | None:
    """What to ask; None when the wording stands no longer."""
    post = rating.post
    wording = Version.objects.filter(post_id=post.pk, number=rating.version).values_list("title", "source").first()
    if post.version != rating.version or post.state not in READABLE or not wording or not wording[1]:
        return None
    return Question(
        uuid=rating.uuid,
        title=wording[0],
        source=wording[1],
        language=host.courses().get_language(CourseKey.from_string(post.thread.course_key)),
        is_again=rating.version > 1,
    )


def was_read_by_person(post: Post, version: int) -> bool:
    """Whether a moderator has decided on this very wording: a service's rating changes nothing any more."""
    return Decision.objects.filter(post=post, version=version, moderator_id__isnull=False).exists()
