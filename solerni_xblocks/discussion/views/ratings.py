"""The door for the operator's own service to call back with its rating."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.core.httpkit import MOST_BYTES
from solerni_xblocks.discussion import api


@csrf_exempt  # no session counts here: the signature does
@never_cache
@require_POST
def receive_rating(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take one signed answer to one question, once."""
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        api.receive_rating(uuid, {name.lower(): value for name, value in request.headers.items()}, body)
    except SolerniError as refusal:
        return JsonResponse({"code": refusal.code}, status=refusal.status)
    return HttpResponse(status=204)
