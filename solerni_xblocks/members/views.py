"""The member's own page: what the service holds, to download, whatever gates are closed."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.members import api


@never_cache
@login_required
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What the service holds about the member, and their requests."""
    return _show(request)


@never_cache
@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download all of it as one JSON file."""
    try:
        made = api.export_data(request.user.id)
    except SolerniError as refusal:
        return _show(request, refusal=refusal)
    text = json.dumps(made.document, ensure_ascii=False, indent=2)  # people open this file too
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{made.filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _show(request: HttpRequest, *, refusal: SolerniError | None = None) -> HttpResponse:
    context = {"requests": api.list_requests(request.user.id), "refusal": refusal}
    return render(request, "solerni/members/my_data.html", context, status=refusal.status if refusal else 200)
