"""What every course view needs first: the keys of the address, the course, who asks, and whether they may."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.core import XBlock
from xblock.exceptions import NoSuchUsage

from solerni_xblocks.demo.content import Content
from solerni_xblocks.demo.runtime import DemoRuntime
from solerni_xblocks.demo.scopes import Mode
from solerni_xblocks.demo.viewers import Viewer, find_viewer


class LoginNeeded(Exception):
    """A visitor asks for a page of members; ``ask_to_log_in`` turns it into the log-in page."""


class CourseKeyConverter:
    """``course-v1:Org+Course+Run`` in an address."""

    regex = r"course-v1:[^/+]+\+[^/+]+\+[^/?+]+"

    def to_python(self, value: str) -> CourseKey:
        try:
            return CourseKey.from_string(value)
        except InvalidKeyError as error:
            raise ValueError(value) from error

    def to_url(self, value: CourseKey) -> str:
        return str(value)


class UsageKeyConverter:
    """``block-v1:Org+Course+Run+type@kind+block@id`` in an address."""

    regex = r"block-v1:[^/?]+"

    def to_python(self, value: str) -> UsageKey:
        try:
            return UsageKey.from_string(value)
        except InvalidKeyError as error:
            raise ValueError(value) from error

    def to_url(self, value: UsageKey) -> str:
        return str(value)


def open_course(request: HttpRequest, course_key: CourseKey, mode: Mode) -> tuple[DemoRuntime, Viewer]:
    """The course in ``mode`` for whoever asks; no right is asked yet. Raises Http404."""
    content = Content.load(course_key)
    if content.root not in content:
        raise Http404
    viewer = find_viewer(request, course_key)
    return DemoRuntime(content, viewer, mode), viewer


def get_block(runtime: DemoRuntime, usage_key: UsageKey) -> XBlock:
    """The block. Raises Http404 when the course has none such."""
    try:
        return runtime.get_block(usage_key)
    except NoSuchUsage as error:
        raise Http404 from error


def require_learner(viewer: Viewer) -> None:
    """Raises LoginNeeded for a visitor, PermissionDenied for somebody who neither takes nor teaches the course."""
    if not viewer.user.is_authenticated:
        raise LoginNeeded
    if not viewer.may_enter:
        raise PermissionDenied


def require_author(viewer: Viewer) -> None:
    """Raises LoginNeeded for a visitor, PermissionDenied for somebody who does not author the course."""
    if not viewer.user.is_authenticated:
        raise LoginNeeded
    if not viewer.is_author:
        raise PermissionDenied


def ask_to_log_in(view: Any) -> Any:
    """View decorator: LoginNeeded becomes a way to the log-in page and back."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except LoginNeeded:
            return redirect_to_login(request.get_full_path())

    return wrapper
