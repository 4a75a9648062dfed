"""Handlers: JSON in, one api call, JSON out; refusals become a status and a code.

Four decorators, by who may call: ``learner_reads``, ``learner_writes``, ``learner_uploads`` (a file comes in place of
JSON), ``author_writes``. All refuse
``handler_noauth`` (the platform exposes every handler there without CSRF check) and anonymous callers.
Body of a refusal: ``{"error": text, "error_code": code, …details}``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import DatabaseError
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import UsageKey
from webob import Response
from xblock.core import XBlock
from xblock.exceptions import JsonHandlerError

from solerni_xblocks.core import jsonkit
from solerni_xblocks.core.errors import Invalid, LoginRequired, Refused, SolerniError, Unavailable
from solerni_xblocks.core.storekit import StoreFailed
from solerni_xblocks.host import api as host

log = logging.getLogger(__name__)

Handler = Callable[[Any, dict[str, Any]], dict[str, Any]]


def learner_reads(handler: Handler) -> Any:
    """A handler that shows a logged-in learner something: GET or POST, input from the query or the JSON body."""

    @wraps(handler)
    def wrapper(block: Any, request: Any, suffix: str = "") -> Response:
        return answer(lambda: handler(block, _read(block, request)))

    return _expose(wrapper, "learner_reads")


def learner_writes(handler: Handler) -> Any:
    """A handler that changes something for the logged-in learner: POST of ``application/json``, in the LMS only."""

    @wraps(handler)
    def wrapper(block: Any, request: Any, suffix: str = "") -> Response:
        return answer(lambda: handler(block, _write(block, request)))

    return _expose(wrapper, "learner_writes")


def learner_uploads(handler: Handler) -> Any:
    """A handler that takes a file from the logged-in learner: POST of ``multipart/form-data``, in the LMS only.

    The request must carry ``X-Requested-With``: a form of another site cannot send it, and its scripts are asked first.
    Fields come as text, the file under ``file`` as an object with ``file`` and ``filename``.
    """

    @wraps(handler)
    def wrapper(block: Any, request: Any, suffix: str = "") -> Response:
        return answer(lambda: handler(block, _take(block, request)))

    return _expose(wrapper, "learner_uploads")


def author_writes(handler: Handler) -> Any:
    """A handler that changes authored content: POST of ``application/json`` by somebody who may author the course."""

    @wraps(handler)
    def wrapper(block: Any, request: Any, suffix: str = "") -> Response:
        return answer(lambda: handler(block, _author(block, request)))

    return _expose(wrapper, "author_writes")


def _expose(wrapper: Any, door: str) -> Any:
    """Mark ``wrapper`` as a handler; ``solerni_door`` tells the reference page and tests who may call."""
    exposed = XBlock.handler(wrapper)
    exposed.solerni_door = door
    return exposed


def answer(call: Callable[[], dict[str, Any]]) -> Response:
    """The JSON answer of ``call``, or of the refusal that it raises."""
    try:
        return Response(json_body=call(), cache_control="no-store")
    except JsonHandlerError as error:
        return error.get_response()
    except SolerniError as error:
        return refuse(error)
    except (DatabaseError, StoreFailed):
        log.exception("A handler could not reach the database or a storage")
        return refuse(Unavailable(_("The service cannot answer for the moment. Your text is kept: try again shortly.")))


def refuse(error: SolerniError) -> Response:
    """The JSON answer of a refusal."""
    body = {"error": str(error.message), "error_code": error.code, **error.details}
    if isinstance(error, Refused) and error.where_to_go:
        body["where_to_go"] = error.where_to_go
    return Response(json_body=body, status=error.status, cache_control="no-store")


def _read(block: Any, request: Any) -> dict[str, Any]:
    require_member(block, request)
    block.require_open()
    if request.method == "POST":
        _require_json(request)
        return jsonkit.parse_object(request.body)
    return dict(request.GET)


def _write(block: Any, request: Any) -> dict[str, Any]:
    require_member(block, request)
    _require_post(request)
    _require_writable(block)
    return jsonkit.parse_object(request.body)


def _take(block: Any, request: Any) -> dict[str, Any]:
    require_member(block, request)
    if request.method != "POST":
        raise Invalid(_("Use POST."), code="request.method")
    if _find_type(request) != "multipart/form-data" or not request.headers.get("X-Requested-With"):
        raise Invalid(_("Send multipart/form-data, with X-Requested-With."), code="request.content_type")
    _require_writable(block)
    return dict(request.POST)


def _require_writable(block: Any) -> None:
    if getattr(block.runtime, "is_author_mode", False):
        raise Refused(_("This is a preview: nothing is saved here."), code="studio.preview")
    if host.get_acting_user_id() != block.member_id:
        raise Refused(_("You are viewing as somebody else: nothing is saved."), code="member.masquerade")
    block.require_open()


def _author(block: Any, request: Any) -> dict[str, Any]:
    require_member(block, request)
    _require_post(request)
    block.require_author()
    return jsonkit.parse_object(request.body)


def require_member(block: Any, request: Any) -> None:
    """Raises Refused on ``handler_noauth``, LoginRequired for a visitor."""
    if "/handler_noauth/" in request.path:
        raise Refused(_("This address is closed."), code="handler.noauth")
    if block.member_id is None:
        raise ask_to_log_in(block.usage_key)


def ask_to_log_in(usage_key: UsageKey) -> LoginRequired:
    """The refusal of somebody whose session has ended, with the way to the log-in page and back to the block."""
    back = quote(host.courses().get_block_url(usage_key), safe="")
    return LoginRequired(
        _("Your session has ended. Log in again: your text is kept on this page."),
        details={"where_to_go": f"{resolve_url(settings.LOGIN_URL)}?next={back}"},
    )


def _require_post(request: Any) -> None:
    if request.method != "POST":
        raise Invalid(_("Use POST."), code="request.method")
    _require_json(request)


def _require_json(request: Any) -> None:
    if _find_type(request) != "application/json":
        raise Invalid(_("Send application/json."), code="request.content_type")


def _find_type(request: Any) -> str:
    return str(request.content_type or "").split(";")[0].strip().lower()
