"""Addresses of courses, blocks and Studio, in the platform's shapes."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, register_converter

from solerni_xblocks.demo import api_views, block_views, course_views, doors, studio_views

register_converter(doors.CourseKeyConverter, "course_key")
register_converter(doors.UsageKeyConverter, "usage_key")

COURSE = "courses/<course_key:course_key>/"
STUDIO = "studio/<course_key:course_key>/"
BLOCK = "xblock/<usage_key:usage_key>"


def _handlers(prefix: str, view: Any, name: str) -> list[URLPattern]:
    """A handler's address with and without suffix, and with the slash that an empty suffix leaves."""
    address = f"{prefix}/<str:handler>"
    return [path(address, view, name=name), path(f"{address}/", view), path(f"{address}/<path:suffix>", view)]


app_name = "courseware"
urlpatterns = [
    path(COURSE, course_views.show_course, name="course"),
    path(f"{COURSE}units/<usage_key:usage_key>", course_views.show_unit, name="unit"),
    path(f"{COURSE}jump_to/<usage_key:usage_key>", course_views.jump_to, name="jump_to"),
    *_handlers(f"{COURSE}{BLOCK}/handler", block_views.handle, "handle"),
    *_handlers(f"{COURSE}{BLOCK}/handler_noauth", block_views.handle_noauth, "handle_noauth"),
    *_handlers(f"preview/{BLOCK}/handler", block_views.handle_preview, "handle_preview"),
    *_handlers(f"{BLOCK}/handler", block_views.handle_studio, "handle_studio"),
    path(f"{COURSE}{BLOCK}/view/<str:view_name>", block_views.show_view, name="xblock_view"),
    path(f"{COURSE}generate_user_cert", api_views.request_certificate, name="request_certificate"),
    path("api/courseware/course/<course_key:course_key>", api_views.describe_course, name="course_metadata"),
    path("api/enrollment/v1/enrollment", api_views.enrol, name="enrolment"),
    path(BLOCK, block_views.show_block, name="block"),
    path(f"{BLOCK}/studio_view", studio_views.show_form, name="studio_view"),
    path("studio/", studio_views.list_courses, name="studio"),
    path(STUDIO, studio_views.show_outline, name="studio_course"),
    path(f"{STUDIO}units/<usage_key:usage_key>", studio_views.edit_unit, name="studio_unit"),
    path(f"{STUDIO}blocks/<usage_key:usage_key>/add", studio_views.add_block, name="studio_add"),
    path(f"{STUDIO}blocks/<usage_key:usage_key>/move", studio_views.move_block, name="studio_move"),
    path(f"{STUDIO}blocks/<usage_key:usage_key>/delete", studio_views.delete_block, name="studio_delete"),
    path(f"{STUDIO}blocks/<usage_key:usage_key>/rename", studio_views.rename_block, name="studio_rename"),
    path(f"{STUDIO}export.xml", studio_views.export_course, name="studio_export"),
    path(f"{STUDIO}import", studio_views.import_course, name="studio_import"),
]
