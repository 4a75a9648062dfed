"""Joining a course, with the filter that the platform runs before an enrolment is written."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey
from openedx_filters.learning.filters import CourseEnrollmentStarted

from solerni_xblocks.demo import catalogue, site_api
from solerni_xblocks.demo.models import CourseRole

EnrolmentPrevented = CourseEnrollmentStarted.PreventEnrollment
MODE = "audit"


def enrol(user: Any, course_key: CourseKey) -> None:
    """Make ``user`` a learner of the course; told twice, done once. Raises EnrolmentPrevented."""
    user, course_key, _mode = CourseEnrollmentStarted.run_filter(user=user, course_key=course_key, mode=MODE)
    site_api.give_role(user.id, course_key, CourseRole.Role.STUDENT)


@require_POST
def change_enrolment(request: HttpRequest) -> HttpResponse:
    """The button of a course's card: join, then go there; or go where the obstacle can be removed."""
    if not request.user.is_authenticated:
        return redirect("solerni_demo:register")
    try:
        course_key = CourseKey.from_string(request.POST.get("course_id", ""))
    except InvalidKeyError:
        return HttpResponse(status=400)
    if catalogue.find_course(course_key) is None:
        return HttpResponse(status=400)
    try:
        enrol(request.user, course_key)
    except EnrolmentPrevented as refusal:
        return redirect(refusal.solerni_url or "solerni_demo:home")
    return redirect("courseware:course", course_key)
