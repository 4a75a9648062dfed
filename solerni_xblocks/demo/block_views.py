"""Addresses of blocks, shaped as the platform's: handlers of the LMS, of previews and of Studio, one block alone.

As strict and as lax as the platform: ``handler_noauth`` asks nothing, Studio runs a handler before it asks for rights.
"""

from __future__ import annotations

from functools import wraps
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_GET
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.django.request import django_to_webob_request
from xblock.exceptions import NoSuchHandlerError

from solerni_xblocks.blockkit import handlers
from solerni_xblocks.demo import api_access, doors, markup
from solerni_xblocks.demo.runtime import DemoRuntime
from solerni_xblocks.demo.scopes import Mode

MAX_FILES = 20
MAX_FILE_BYTES = 4_000_000


def _answers_json(view: Any) -> Any:
    """Handlers are not atomic, as in the platform, and what is missing is told as JSON."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (Http404, NoSuchHandlerError):
            return _refuse(404, _("There is no such block or handler."))

    return transaction.non_atomic_requests(wrapper)


@csrf_exempt
@_answers_json
def handle(
    request: HttpRequest, course_key: CourseKey, usage_key: UsageKey, handler: str, suffix: str = ""
) -> HttpResponse:
    """The LMS: CSRF checked here for sessions, tokens taken, visitors only read, enrolment asked."""
    refusal = api_access.identify(request)
    is_visitor = not request.user.is_authenticated
    if is_visitor and request.method != "GET":
        return refusal if refusal and refusal.status_code == 401 else _ask_to_log_in(usage_key)
    if refusal:
        return refusal
    runtime, viewer = doors.open_course(request, course_key, Mode.LMS)
    if not is_visitor and not viewer.may_enter:
        raise Http404
    return _run(runtime, usage_key, request, handler, suffix)


@csrf_exempt
@_answers_json
def handle_noauth(
    request: HttpRequest, course_key: CourseKey, usage_key: UsageKey, handler: str, suffix: str = ""
) -> HttpResponse:
    """The LMS's open door: no CSRF check, no right asked, and the session's user stays bound."""
    runtime, _viewer = doors.open_course(request, course_key, Mode.LMS)
    return _run(runtime, usage_key, request, handler, suffix)


@_answers_json
def handle_preview(request: HttpRequest, usage_key: UsageKey, handler: str, suffix: str = "") -> HttpResponse:
    """Studio's preview: a log-in is all it asks, and nothing of it is kept."""
    if not request.user.is_authenticated:
        return _ask_to_log_in(usage_key)
    runtime, _viewer = doors.open_course(request, usage_key.context_key, Mode.PREVIEW)
    return _run(runtime, usage_key, request, handler, suffix)


@_answers_json
def handle_studio(request: HttpRequest, usage_key: UsageKey, handler: str, suffix: str = "") -> HttpResponse:
    """Studio: the handler runs first; only what it changed in the block waits for the right to author."""
    if not request.user.is_authenticated:
        return _ask_to_log_in(usage_key)
    runtime, viewer = doors.open_course(request, usage_key.context_key, Mode.STUDIO)
    response = _run(runtime, usage_key, request, handler, suffix)
    if viewer.is_author:
        runtime.content.commit()
    return response


@require_GET
@ensure_csrf_cookie
@xframe_options_sameorigin
@doors.ask_to_log_in
def show_block(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
    """One block alone, as the Learning MFE shows a unit in its frame."""
    runtime, viewer = doors.open_course(request, usage_key.context_key, Mode.LMS)
    doors.require_learner(viewer)
    block = doors.get_block(runtime, usage_key)
    if not hasattr(block, "student_view"):
        raise Http404
    fragment = block.render("student_view", {})
    context = {"title": block.display_name_with_default, **markup.describe_page(fragment)}
    return render(request, "solerni_demo/chromeless.html", context)


@require_GET
@_answers_json
def show_view(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey, view_name: str) -> HttpResponse:
    """One view of a block as JSON: its HTML, and the files that it needs."""
    if not request.user.is_authenticated:
        return _refuse(403, _("Log in first."))
    runtime, viewer = doors.open_course(request, course_key, Mode.LMS)
    if not viewer.may_enter or view_name != "student_view":
        raise Http404
    fragment = doors.get_block(runtime, usage_key).render(view_name, {})
    resources = [[resource.kind, resource.data] for resource in fragment.resources]
    return JsonResponse({"html": fragment.content, "resources": resources, "csrf_token": get_token(request)})


def _run(runtime: DemoRuntime, usage_key: UsageKey, request: HttpRequest, handler: str, suffix: str) -> HttpResponse:
    if refusal := _check_uploads(request):
        return refusal
    block = doors.get_block(runtime, usage_key)
    return _to_django(block.handle(handler, django_to_webob_request(request), suffix))


def _check_uploads(request: HttpRequest) -> HttpResponse | None:
    for name in request.FILES:
        files = request.FILES.getlist(name)
        if len(files) > MAX_FILES or any(file.size > MAX_FILE_BYTES for file in files):
            return _refuse(413, _("These files are too many or too large."))
    return None


def _ask_to_log_in(usage_key: UsageKey) -> HttpResponse:
    """The platform's status, and the words of every block."""
    response = _to_django(handlers.refuse(handlers.ask_to_log_in(usage_key)))
    response.status_code = 403
    return response


def _refuse(status: int, words: str) -> HttpResponse:
    return JsonResponse({"error": words}, status=status)


def _to_django(answer: Any) -> HttpResponse:
    """The handler's WebOb answer, headers and cookies included."""
    response = HttpResponse(b"".join(answer.app_iter), status=answer.status_code)
    del response.headers["Content-Type"]
    for name, value in answer.headerlist:
        if name.lower() == "set-cookie":
            response.cookies.update(SimpleCookie(value))
        elif name.lower() != "content-length":
            response.headers[name] = value
    return response
