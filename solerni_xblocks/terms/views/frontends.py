"""What the platform's frontends ask: is there a page to show this member before all else?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from solerni_xblocks.core.errors import Refused, Unavailable
from solerni_xblocks.hooks import gates
from solerni_xblocks.host import api as host


@never_cache
@require_safe
def unacknowledged(request: HttpRequest) -> JsonResponse:
    """``{"results": [address]}`` in the shape of platform-plugin-notices; empty when nothing is owed, 401 for visitors.

    A comfort and never a gate: frontends go there and append ``?next=``; those that cannot ask go on.
    """
    members = {*host.identities().find_subjects(request), *([request.user.id] if request.user.is_authenticated else [])}
    if not members:
        return JsonResponse({"error_code": "login.required"}, status=401)
    try:
        for member_id in sorted(members):
            gates.require(gates.TAKE_PART, member_id, None)
    except Refused as refusal:
        return JsonResponse({"results": _list_places(request, refusal)})
    except Unavailable as refusal:
        return JsonResponse({"error_code": refusal.code}, status=refusal.status)
    return JsonResponse({"results": []})


def _list_places(request: HttpRequest, refusal: Refused) -> list[Any]:
    """Without a query, since the frontend appends its own."""
    place = (refusal.where_to_go or "").partition("?")[0]
    return [request.build_absolute_uri(place)] if place else []
