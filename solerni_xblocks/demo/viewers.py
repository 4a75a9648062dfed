"""Who asks, and as whom: the account of the request, the learner that staff look through, the roles of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.demo import site_api
from solerni_xblocks.demo.models import CourseRole


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """``user`` sends the request; ``learner`` is whom services name: the same person, unless masquerading."""

    user: Any
    learner: Any
    roles: frozenset[str]
    is_author: bool
    is_masquerading: bool

    @property
    def learner_id(self) -> int | None:
        """The account whose state, completion and grades are shown; None for a visitor."""
        return self.learner.id

    @property
    def may_enter(self) -> bool:
        """Whether the person takes or teaches the course, or runs the site."""
        return self.is_author or "student" in self.roles


def find_viewer(request: HttpRequest, course_key: CourseKey) -> Viewer:
    """The viewer of ``request`` in the course. While authors masquerade, ``roles`` are the stand-in's."""
    user = request.user
    roles = site_api.get_roles(user.id, course_key) if user.is_authenticated else frozenset()
    is_author = user.is_authenticated and (user.is_superuser or bool(roles & site_api.AUTHORS))
    masquerade = request.session.get(site_api.MASQUERADE) if is_author else None
    if not masquerade:
        return Viewer(user=user, learner=user, roles=roles, is_author=is_author, is_masquerading=False)
    learner = _find_stand_in(course_key, str(masquerade)) or user
    return Viewer(user=user, learner=learner, roles=frozenset({"student"}), is_author=is_author, is_masquerading=True)


def _find_stand_in(course_key: CourseKey, masquerade: str) -> Any:
    """The learner named by an id in the session, else the first one enrolled; None in an empty course."""
    students = CourseRole.objects.filter(course_key=str(course_key), role=CourseRole.Role.STUDENT).order_by("user_id")
    if masquerade.isdigit():
        students = students.filter(user_id=int(masquerade))
    user_id = students.values_list("user_id", flat=True).first()
    return get_user_model().objects.filter(id=user_id).first()
