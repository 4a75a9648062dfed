"""The LMS for learners: course home, units, the way to a block."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.demo import doors, markup, outline, state
from solerni_xblocks.demo.runtime import DemoRuntime
from solerni_xblocks.demo.scopes import Mode
from solerni_xblocks.demo.viewers import Viewer


@require_GET
@doors.ask_to_log_in
def show_course(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Course home: the outline, how far one is, where to go on."""
    _runtime, _viewer, plan = _open(request, course_key)
    return render(request, "solerni_demo/course.html", {"outline": plan})


@require_GET
@doors.ask_to_log_in
def show_unit(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> HttpResponse:
    """One unit with its blocks, between the previous and the next."""
    runtime, viewer, plan = _open(request, course_key)
    block = doors.get_block(runtime, usage_key)
    if usage_key.block_type != "vertical":
        raise Http404
    fragment = block.render("student_view", {})
    context = {
        "outline": plan,
        **_locate(plan, usage_key),
        "may_edit": viewer.is_author and not viewer.is_masquerading,
        **markup.describe_page(fragment),
    }
    return render(request, "solerni_demo/unit.html", context)


@require_GET
@doors.ask_to_log_in
def jump_to(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> HttpResponse:
    """The unit in which a block stands, scrolled to the block."""
    runtime, viewer = doors.open_course(request, course_key, Mode.LMS)
    doors.require_learner(viewer)
    doors.get_block(runtime, usage_key)
    unit = outline.find_unit_of(runtime, usage_key)
    if unit is None:
        return redirect(f"/courses/{course_key}/")
    anchor = "" if unit == usage_key else f"#{markup.make_anchor(usage_key, 'student_view')}"
    return redirect(outline.make_unit_path(unit) + anchor)


def _open(request: HttpRequest, course_key: CourseKey) -> tuple[DemoRuntime, Viewer, outline.Outline]:
    runtime, viewer = doors.open_course(request, course_key, Mode.LMS)
    doors.require_learner(viewer)
    completions = state.find_completions(viewer.learner_id, course_key)
    return runtime, viewer, outline.make_outline(runtime, completions)


def _locate(plan: outline.Outline, usage_key: UsageKey) -> dict[str, Any]:
    """Where the unit stands: its chapter and sequence, its neighbours, its number."""
    walked = list(plan.walk())
    place = next((index for index, (_c, _s, unit) in enumerate(walked) if unit.key == usage_key), None)
    if place is None:
        raise Http404
    chapter, sequence, unit = walked[place]
    return {
        "chapter": chapter,
        "sequence": sequence,
        "unit": unit,
        "number": place + 1,
        "previous": walked[place - 1][2] if place else None,
        "next": walked[place + 1][2] if place + 1 < len(walked) else None,
    }
