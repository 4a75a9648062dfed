"""Who takes part, and who moderates."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion.data import Participant, Place
from solerni_xblocks.discussion.errors import NotTakingPart
from solerni_xblocks.discussion.models import Moderator, Role, Thread
from solerni_xblocks.host import api as host


def is_moderator(user_id: int, course_key: CourseKey) -> bool:
    """Whether the person moderates the course: appointed, or on its staff."""
    return is_appointed(user_id, course_key) or host.courses().is_staff(user_id, course_key)


def is_appointed(user_id: int, course_key: CourseKey) -> bool:
    """Whether the person was made a moderator of the course."""
    return Moderator.objects.filter(user_id=user_id, course_key=str(course_key)).exists()


def may_take_part(user_id: int, course_key: CourseKey) -> bool:
    """Whether the person reads and writes in the course's discussions."""
    return host.courses().is_enrolled(user_id, course_key) or is_moderator(user_id, course_key)


def get_participant(user_id: int, place: Place) -> Participant:
    """The member as one who takes part in ``place``. Raises NotTakingPart."""
    courses = host.courses()
    role = Moderator.objects.filter(user_id=user_id, course_key=str(place.course_key)).values_list("role", flat=True)
    appointed = role.first()
    is_staff = courses.is_staff(user_id, place.course_key)
    if not (is_staff or appointed or courses.is_enrolled(user_id, place.course_key)):
        raise NotTakingPart
    return Participant(
        id=user_id,
        is_staff=is_staff,
        is_moderator=is_staff or appointed == Role.MODERATOR,
        is_trusted=appointed == Role.TRUSTED,
        group_id=courses.find_group(user_id, place.course_key) if place.conduct.is_divided else None,
    )


def list_moderated_courses(user_id: int) -> set[str]:
    """Keys, as text, of the courses that the person moderates, among those with an appointment or a thread."""
    appointed = set(Moderator.objects.filter(user_id=user_id).values_list("course_key", flat=True))
    with_threads = set(Thread.objects.order_by().values_list("course_key", flat=True).distinct())
    staffed = {key for key in with_threads - appointed if host.courses().is_staff(user_id, CourseKey.from_string(key))}
    return appointed | staffed
