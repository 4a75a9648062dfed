"""The addresses of threads and posts."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from solerni_xblocks.core.errors import NotFound
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Destination
from solerni_xblocks.discussion.inputs import keep_wanted_thread
from solerni_xblocks.host import api as host


@never_cache
@login_required
@require_safe
def open_thread(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The address of a thread for ever: leads to its block, which opens it, wherever it was moved or merged."""
    return _lead(request, api.find_thread, uuid)


@never_cache
@login_required
@require_safe
def open_post(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The address of a post for ever: leads to its block, which opens its thread there."""
    return _lead(request, api.find_post, uuid)


def _lead(request: HttpRequest, find: Callable[[int, UUID], Destination], uuid: UUID) -> HttpResponse:
    """To the block, for those who may see what is meant; for others there is nothing here."""
    try:
        destination = find(request.user.id, uuid)
    except NotFound as error:
        raise Http404 from error
    keep_wanted_thread(request.session, destination)
    return redirect(host.courses().get_block_url(destination.usage_key))
