"""Studio for authors: outline, unit editor, forms of blocks, OLX in and out. Rules of editing are in editing.py."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.demo import doors, editing, headers, markup, olx, outline, site_api, studio_presenters
from solerni_xblocks.demo.models import Course
from solerni_xblocks.demo.scopes import Mode


@require_GET
@doors.ask_to_log_in
def list_courses(request: HttpRequest) -> HttpResponse:
    """The courses that the person may author."""
    if not request.user.is_authenticated:
        raise doors.LoginNeeded
    courses = Course.objects.order_by("id")
    if not request.user.is_superuser:
        courses = courses.filter(course_key__in=site_api.list_authored(request.user.id))
    return render(request, "solerni_demo/studio_courses.html", {"courses": courses})


@require_GET
@doors.ask_to_log_in
def show_outline(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Chapters, sequences, units; rename, move, add, delete; OLX."""
    runtime, viewer = doors.open_course(request, course_key, Mode.STUDIO)
    doors.require_author(viewer)
    return render(request, "solerni_demo/studio_outline.html", {"outline": outline.make_outline(runtime, {})})


@require_GET
@doors.ask_to_log_in
def edit_unit(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> HttpResponse:
    """The blocks of a unit, or of a block with contents: preview, edit, move, delete, add."""
    runtime, viewer = doors.open_course(request, course_key, Mode.PREVIEW)
    doors.require_author(viewer)
    block = doors.get_block(runtime, usage_key)
    unit = outline.find_unit_of(runtime, usage_key)
    if unit is None or not block.has_children:
        raise Http404
    nonce = secrets.token_urlsafe(16)
    fragment = studio_presenters.render_children(request, block)
    context = {
        "container": studio_presenters.describe(block),
        "unit": studio_presenters.describe(doors.get_block(runtime, unit)),
        "course": studio_presenters.describe(runtime.get_block(runtime.content.root)),
        "addable": {kind: studio_presenters.COMPONENTS[kind] for kind in editing.list_addable(runtime, usage_key)},
        "words": markup.dump_for_script(studio_presenters.list_words()),
        "nonce": nonce,
        **markup.describe_page(fragment),
    }
    response = render(request, "solerni_demo/studio_unit.html", context)
    policy = headers.STUDIO_POLICY.replace("script-src 'self'", f"script-src 'self' 'nonce-{nonce}'")
    response.headers["Content-Security-Policy"] = policy
    return response


@require_GET
@doors.ask_to_log_in
def show_form(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
    """The block's own form, as JSON: ``html`` and the ``resources`` that the page must load."""
    runtime, viewer = doors.open_course(request, usage_key.context_key, Mode.STUDIO)
    doors.require_author(viewer)
    block = doors.get_block(runtime, usage_key)
    if not hasattr(block, "studio_view"):
        raise Http404
    fragment = block.render("studio_view", {})
    return JsonResponse({"html": fragment.content, "resources": markup.describe_resources(fragment)})


@require_POST
@doors.ask_to_log_in
def add_block(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> HttpResponse:
    """A new block at the end of ``usage_key``."""
    _require_author(request, course_key, usage_key)

    def add() -> UsageKey:
        return editing.add_block(usage_key, request.POST.get("type", ""), title=request.POST.get("title", ""))

    added = _try(request, add)
    if added:
        messages.success(request, _("Added."))
    return _go_back(request, course_key, added or usage_key)


@require_POST
@doors.ask_to_log_in
def move_block(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> HttpResponse:
    """One place up or down."""
    _require_author(request, course_key, usage_key)
    step = -1 if request.POST.get("direction") == "up" else 1
    if _try(request, lambda: editing.move_block(usage_key, step=step)):
        messages.success(request, _("Moved up.") if step < 0 else _("Moved down."))
    return _go_back(request, course_key, usage_key)


@require_POST
@doors.ask_to_log_in
def delete_block(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> HttpResponse:
    """Away with it."""
    _require_author(request, course_key, usage_key)
    neighbour = _try(request, lambda: editing.delete_block(usage_key))
    if neighbour:
        messages.success(request, _("Deleted."))
    return _go_back(request, course_key, neighbour or usage_key)


@require_POST
@doors.ask_to_log_in
def rename_block(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> HttpResponse:
    """A new title."""
    _require_author(request, course_key, usage_key)
    if _try(request, lambda: editing.rename_block(usage_key, title=request.POST.get("title", ""))):
        messages.success(request, _("Renamed."))
    return _go_back(request, course_key, usage_key)


@require_GET
@doors.ask_to_log_in
def export_course(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """The course as one OLX file."""
    _require_author(request, course_key)
    name = f"{course_key.org}-{course_key.course}-{course_key.run}.xml"
    return HttpResponse(
        olx.export_course(course_key),
        content_type="application/xml",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
@doors.ask_to_log_in
def import_course(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Replace the course by an OLX file, or say where the file is wrong and change nothing."""
    _require_author(request, course_key)
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("Choose a file first."))
    elif _try(request, lambda: olx.import_course(_read(file), file=file.name, expected=course_key)):
        messages.success(request, _("The course was imported."))
    return redirect("courseware:studio_course", course_key)


def _read(file: Any) -> bytes:
    """As much of the upload as tells that it is too large."""
    data: bytes = file.read(olx.MAX_BYTES + 1)
    return data


def _require_author(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey | None = None) -> UsageKey:
    """The parent of ``usage_key`` (itself when it has none), for an author of the course; else 403 or 404."""
    runtime, viewer = doors.open_course(request, course_key, Mode.STUDIO)
    doors.require_author(viewer)
    top = usage_key or runtime.content.root
    if top not in runtime.content:
        raise Http404
    return runtime.content.parents[top] or top


def _try(request: HttpRequest, edit: Callable[[], Any]) -> Any:
    """What ``edit`` answers (True for nothing); None after a refusal, which the next page shows."""
    try:
        answer = edit()
    except SolerniError as error:
        messages.error(request, error.message)
        return None
    return True if answer is None else answer


def _go_back(request: HttpRequest, course_key: CourseKey, show: UsageKey) -> HttpResponse:
    """To the page of the form: a unit's when the form names one, else the outline; scrolled to ``show``."""
    page = request.POST.get("page", "")
    try:
        target = reverse("courseware:studio_unit", args=[course_key, page])
    except NoReverseMatch:
        target = reverse("courseware:studio_course", args=[course_key])
    return redirect(f"{target}#block-{show.block_id}")
