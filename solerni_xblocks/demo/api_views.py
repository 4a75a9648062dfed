"""The platform's APIs as far as programs and the tests of doors need them: tokens, enrolment, course, certificate."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey
from openedx_filters.exceptions import OpenEdxFilterException
from openedx_filters.learning import filters

from solerni_xblocks.core import jsonkit
from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.demo import catalogue, doors, enrolment, outline, site_api, state, tokens
from solerni_xblocks.demo.api_access import for_members
from solerni_xblocks.demo.models import CourseRole
from solerni_xblocks.demo.scopes import Mode

ISSUERS = {"bearer": tokens.issue_bearer, "jwt": tokens.issue_jwt}
COOKIE = "edx-jwt-cookie"


@require_safe
def tell_health(request: HttpRequest) -> JsonResponse:
    """Whether the site and its database are alive."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"sql": {"status": True}})


@csrf_exempt
@require_POST
def issue_token(request: HttpRequest) -> JsonResponse:
    """OAuth's password grant (RFC 6749, 4.3): a form with username and password; ``token_type`` jwt or bearer."""
    issue = ISSUERS.get(request.POST.get("token_type", "bearer").lower())
    if request.POST.get("grant_type") != "password" or issue is None:
        return JsonResponse({"error": "unsupported_grant_type"}, status=400)
    user = authenticate(request, username=request.POST.get("username"), password=request.POST.get("password"))
    if user is None:
        return JsonResponse({"error": "invalid_grant"}, status=400)
    answer = {"access_token": issue(user), "expires_in": int(tokens.LIFE.total_seconds()), "scope": "read write"}
    return JsonResponse({**answer, "token_type": "JWT" if issue is tokens.issue_jwt else "Bearer"})


@require_POST
def refresh_cookies(request: HttpRequest) -> HttpResponse:
    """Give the session a JWT in two cookies, as the platform does for its frontends."""
    if not request.user.is_authenticated:
        return JsonResponse({"error_code": "login.required"}, status=401)
    payload, _dot, signature = tokens.issue_jwt(request.user).rpartition(".")
    response = JsonResponse({"success": True})
    values = {"max_age": int(tokens.LIFE.total_seconds()), "samesite": "Lax"}
    response.set_cookie(f"{COOKIE}-header-payload", payload, **values)
    response.set_cookie(f"{COOKIE}-signature", signature, httponly=True, **values)
    return response


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> JsonResponse:
    """GET: my courses. POST ``{"course_details": {"course_id": …}}``: join one."""
    if request.method != "POST":
        rows = CourseRole.objects.filter(user_id=request.user.id, role=CourseRole.Role.STUDENT)
        listed = [_describe_enrolment(request, key) for key in rows.values_list("course_key", flat=True)]
        return JsonResponse(listed, safe=False)
    course_key = _read_course(request)
    if course_key is None or catalogue.find_course(course_key) is None:
        return JsonResponse({"message": "No course found for this course_id."}, status=400)
    try:
        enrolment.enrol(request.user, course_key)
    except enrolment.EnrolmentPrevented as refusal:
        return JsonResponse({"message": str(refusal)}, status=403)
    return JsonResponse(_describe_enrolment(request, str(course_key)))


def _read_course(request: HttpRequest) -> CourseKey | None:
    try:
        details = jsonkit.parse_object(request.body).get("course_details")
        return CourseKey.from_string(details["course_id"]) if isinstance(details, dict) else None
    except (Invalid, InvalidKeyError, KeyError, TypeError, AttributeError):
        return None


def _describe_enrolment(request: HttpRequest, course_key: str) -> dict[str, Any]:
    return {"user": request.user.get_username(), "is_active": True, "course_details": {"course_id": course_key}}


@for_members
@require_safe
def describe_course(request: HttpRequest, course_key: CourseKey) -> JsonResponse:
    """What the Learning MFE asks before it shows a course."""
    course = catalogue.find_course(course_key)
    if course is None:
        return JsonResponse({"error_code": "not_found"}, status=404)
    access = _describe_access(request.user, course_key)
    return JsonResponse({"id": str(course_key), "name": course["title"], "course_access": access})


def _describe_access(user: Any, course_key: CourseKey) -> dict[str, Any]:
    """Enrolment first, then the filter, on platforms that have it."""
    fields = ("error_code", "developer_message", "user_message")
    if not site_api.get_roles(user.id, course_key):
        return {"has_access": False, **dict.fromkeys(fields), "error_code": "enrollment_required"}
    checks = getattr(filters, "CoursewareAccessChecksRequested", None)
    try:
        if checks:
            checks.run_filter(user=user, course_key=course_key)
    except OpenEdxFilterException as refusal:
        return {"has_access": False, **{name: getattr(refusal, name) for name in fields}}
    return {"has_access": True, **dict.fromkeys(fields)}


@for_members
@require_POST
def request_certificate(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """A certificate for a learner who completed the course; asked twice, given once."""
    try:
        runtime, viewer = doors.open_course(request, course_key, Mode.LMS)
    except Http404:
        return HttpResponse(_("There is no such course."), status=404)
    if viewer.is_masquerading or "student" not in viewer.roles:
        return HttpResponse(_("You do not take this course."), status=403)
    plan = outline.make_outline(runtime, state.find_completions(viewer.learner_id, course_key))
    if plan.percent < 100:
        return HttpResponse(_("Your certificate will be available when you have completed the course."), status=400)
    certificate = site_api.give_certificate(viewer.learner_id, course_key)
    return JsonResponse({"uuid": str(certificate.uuid), "url": f"/certificates/{certificate.uuid}"})


@require_GET
def show_certificate(request: HttpRequest, uuid: Any) -> HttpResponse:
    """A certificate, for anybody who has its address."""
    certificate = site_api.find_certificate(uuid)
    if certificate is None:
        raise Http404
    title = (catalogue.find_course(CourseKey.from_string(certificate.course_key)) or {}).get("title")
    context = {"certificate": certificate, "title": title or certificate.course_key}
    return render(request, "solerni_demo/certificate.html", context)
