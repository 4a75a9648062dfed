"""What the site tells the rest of the demo: roles, rights, the event log. The only door to the site's tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.core.preparekit import PreparedRead
from solerni_xblocks.demo.models.site import Certificate, CourseRole, LoggedEvent, Mail, Profile

__all__ = [
    "MASQUERADE",
    "find_certificate",
    "find_languages",
    "find_mail",
    "get_roles",
    "give_certificate",
    "give_role",
    "is_author",
    "is_author_anywhere",
    "list_addresses",
    "list_authored",
    "list_events",
    "list_mails",
    "log_event",
    "set_language",
]

MASQUERADE = "masquerade"
"""Session key: ``student`` while course staff view the site as a learner."""

AUTHORS = frozenset({CourseRole.Role.STAFF.value, CourseRole.Role.INSTRUCTOR.value})


_ROLES = PreparedRead(
    lambda user_id, course_key: CourseRole.objects.filter(user_id=user_id, course_key=course_key).values_list("role"),
    user_id=int,
    course_key=str,
)


def get_roles(user_id: int, course_key: CourseKey) -> frozenset[str]:
    """The person's roles in the course, among ``student``, ``staff``, ``instructor``. One query."""
    return frozenset(role for (role,) in _ROLES.list_rows(user_id=user_id, course_key=str(course_key)))


def give_role(user_id: int, course_key: CourseKey, role: str) -> None:
    """Enrol (``student``) or appoint (``staff``, ``instructor``); told twice, given once."""
    CourseRole.objects.get_or_create(user_id=user_id, course_key=str(course_key), role=CourseRole.Role(role))


def is_author(user: Any, course_key: CourseKey) -> bool:
    """Whether ``user`` (of the request; may be anonymous) teaches or administers the course, or runs the site."""
    if not user.is_active or not user.is_authenticated:
        return False
    return user.is_superuser or bool(get_roles(user.id, course_key) & AUTHORS)


def is_author_anywhere(user: Any) -> bool:
    """Whether ``user`` may open Studio for at least one course."""
    if not user.is_active or not user.is_authenticated:
        return False
    return user.is_superuser or CourseRole.objects.filter(user_id=user.id, role__in=AUTHORS).exists()


def list_authored(user_id: int) -> list[str]:
    """Keys, as text, of the courses that the person teaches or administers. One query."""
    rows = CourseRole.objects.filter(user_id=user_id, role__in=AUTHORS)
    return list(rows.values_list("course_key", flat=True).distinct())


def find_languages(user_ids: Iterable[int]) -> Mapping[int, str]:
    """Language of each person that has one, in one query."""
    return dict(Profile.objects.filter(user_id__in=list(user_ids)).values_list("user_id", "language"))


def set_language(user_id: int, language: str) -> None:
    """Remember the language in which the person reads pages and mails."""
    Profile.objects.update_or_create(user_id=user_id, defaults={"language": language})


def log_event(name: str, data: Mapping[str, Any]) -> None:
    """Keep an event for the event log page. ``data`` holds plain JSON values: ids and numbers, no text of people."""
    LoggedEvent.objects.create(name=name[:255], data=dict(data), at=clock.now())


def give_certificate(user_id: int, course_key: CourseKey) -> Certificate:
    """The certificate of the person for the course; asked twice, made once."""
    return Certificate.objects.get_or_create(user_id=user_id, course_key=str(course_key))[0]


def find_certificate(uuid: UUID) -> Certificate | None:
    """One certificate with its learner, or None."""
    return Certificate.objects.select_related("user").filter(uuid=uuid).first()


def list_events() -> QuerySet[LoggedEvent]:
    """The tracking log, newest first."""
    return LoggedEvent.objects.order_by("-id")


def list_mails(to: str = "") -> QuerySet[Mail]:
    """Mail that left, newest first, without its text; all of it, or one recipient's."""
    mails = Mail.objects.order_by("-id").defer("text", "html")
    return mails.filter(to=to) if to else mails


def list_addresses() -> QuerySet[Mail, str]:
    """Everybody who was written to."""
    return Mail.objects.order_by("to").values_list("to", flat=True).distinct()


def find_mail(mail_id: int) -> Mail | None:
    """One mail, or None."""
    return Mail.objects.filter(id=mail_id).first()
