"""The courses of the site: those of the package, in ``course/``, and any that somebody imports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.demo.models import Course, CourseRole

FOLDER = Path(__file__).parent / "course"
SHIPPED = {
    "course-v1:Solerni+DECOUVRIR+2026": "decouvrir",
    "course-v1:Solerni+DISCOVER+2026": "discover",
}
"""Course key and folder of each course of the package."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """One course as the catalogue shows it to one person. ``language`` tells how to read title and summary."""

    course_key: str
    title: str
    language: str
    summary: str
    is_enrolled: bool


def list_courses(user: Any) -> list[Card]:
    """Every course, the oldest first; two queries for somebody logged in."""
    roles = CourseRole.objects.filter(user_id=user.id) if user.is_authenticated else CourseRole.objects.none()
    mine = set(roles.values_list("course_key", flat=True))
    return [
        Card(
            course_key=course.course_key,
            title=course.title,
            language=course.language,
            summary=read_summary(course.course_key),
            is_enrolled=course.course_key in mine,
        )
        for course in Course.objects.order_by("id")
    ]


def find_course(course_key: CourseKey) -> Mapping[str, str] | None:
    """``{"title": …, "language": …}`` or None."""
    return Course.objects.filter(course_key=str(course_key)).values("title", "language").first()


def read_summary(course_key: str) -> str:
    """The short description in the folder of a shipped course; empty for any other."""
    name = SHIPPED.get(course_key)
    return (FOLDER / name / "about.txt").read_text(encoding="utf-8").strip() if name else ""


def read_conversations() -> list[dict[str, Any]]:
    """What was said in the courses of the package before the demo opened: threads, each with its place and posts."""
    texts = ((FOLDER / name / "conversations.json").read_text(encoding="utf-8") for name in SHIPPED.values())
    return [thread for text in texts for thread in json.loads(text)]
