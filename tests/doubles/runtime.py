"""A runtime that places one block in a course and says who asks; requests are shaped as the LMS sends them."""

from __future__ import annotations

import json
from typing import Any
from unittest.mock import Mock

import crum
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import translation
from opaque_keys.edx.keys import UsageKey
from webob import Request
from xblock.core import XBlock
from xblock.django.request import django_to_webob_request
from xblock.fields import ScopeIds
from xblock.reference.user_service import XBlockUser
from xblock.runtime import DictKeyValueStore, KvsFieldData
from xblock.test.tools import TestRuntime


class UserService:
    """The user service of the LMS, for one account or for a visitor (None)."""

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_current_user(self) -> XBlockUser:
        answer = XBlockUser(is_current_user=True)
        answer.opt_attrs["edx-platform.is_authenticated"] = self.user is not None
        if self.user is not None:
            answer.opt_attrs["edx-platform.user_id"] = self.user.id
            answer.opt_attrs["edx-platform.username"] = self.user.username
        return answer


def make_block(
    block_class: type[XBlock], usage_key: UsageKey, *, user: Any, is_author_mode: bool = False, **fields: Any
) -> Any:
    """A ``block_class`` at ``usage_key``, asked by ``user`` (None: a visitor), with authored ``fields``."""
    i18n = Mock(spec=["gettext", "ugettext", "ngettext"], gettext=translation.gettext, ugettext=translation.gettext)
    runtime = TestRuntime(
        services={"field-data": KvsFieldData(DictKeyValueStore()), "user": UserService(user), "i18n": i18n}
    )
    runtime.is_author_mode = is_author_mode
    scope_ids = ScopeIds(str(user.id) if user else None, usage_key.block_type, usage_key, usage_key)
    block = block_class(runtime, scope_ids=scope_ids)
    for name, value in fields.items():
        setattr(block, name, value)
    return block


def send_file(
    block: Any,
    content: bytes,
    name: str = "plan.txt",
    *,
    handler: str = "upload_file",
    acting: Any = "asker",
    noauth: bool = False,
    headers: Any = (("X-Requested-With", "XMLHttpRequest"),),
    **fields: Any,
) -> Any:
    """The handler's answer to a form with a file, wrapped as the LMS wraps it."""
    user = block.runtime.service(block, "user").user if acting == "asker" else acting
    door = "handler_noauth" if noauth else "handler"
    path = f"/courses/{block.course_key}/xblock/{block.usage_key}/{door}/{handler}"
    sent = {"slot": "thread", "file": SimpleUploadedFile(name, content), **fields}
    sent = {key: value for key, value in sent.items() if value is not None}
    request = RequestFactory().post(path, sent, headers=dict(headers))
    request.user = user
    with crum.impersonate(None):
        crum.set_current_request(request)
        try:
            return block.handle(handler, django_to_webob_request(request))
        finally:
            request.close()
            crum.set_current_request(None)


def call(
    block: Any,
    handler: str,
    data: Any = None,
    *,
    method: str = "POST",
    acting: Any = "asker",
    noauth: bool = False,
    content_type: str = "application/json",
) -> Any:
    """The handler's webob answer. ``acting``: who really sends the request (default: whom the user service names)."""
    user = block.runtime.service(block, "user").user if acting == "asker" else acting
    django_request = RequestFactory().post("/")
    django_request.user = user
    door = "handler_noauth" if noauth else "handler"
    path = f"/courses/{block.course_key}/xblock/{block.usage_key}/{door}/{handler}"
    request = Request.blank(path, method=method)
    if method == "POST":
        request.body = data if isinstance(data, bytes) else json.dumps(data if data is not None else {}).encode()
        request.content_type = content_type
    with crum.impersonate(None):
        crum.set_current_request(django_request)
        try:
            return block.handle(handler, request)
        finally:
            crum.set_current_request(None)
