"""The address of a file: handed out by us alone, after rights were asked; nothing in it is ever run."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.views.decorators.clickjacking import xframe_options_deny
from django.views.decorators.http import require_safe

from solerni_xblocks.core.errors import NotFound, Refused
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import FileContent

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    # The browser may keep it, and asks each time whether it may still show it.
    "Cache-Control": "private, no-cache",
}


@login_required
@xframe_options_deny
@require_safe
def show_file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A file for those who may read its message; images show, everything else is saved."""
    try:
        found = api.open_file(request.user.id, uuid)
    except NotFound as error:
        raise Http404 from error
    except Refused as refusal:
        if refusal.where_to_go:
            return redirect(refusal.where_to_go)
        raise PermissionDenied(str(refusal.message)) from refusal
    return _answer(request, found)


def _answer(request: HttpRequest, found: FileContent) -> HttpResponse:
    tag = f'"{found.digest}"'
    if request.headers.get("If-None-Match") == tag:
        found.stream.close()
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = FileResponse(
            found.stream,
            as_attachment=not found.record.is_image,
            filename=found.record.name,
            content_type=_name_type(found.record.content_type),
        )
        answer["Content-Length"] = str(found.record.size)
    answer["ETag"] = tag
    for name, value in HEADERS.items():
        answer[name] = value
    return answer


def _name_type(content_type: str) -> str:
    return f"{content_type}; charset=utf-8" if content_type == "text/plain" else content_type
