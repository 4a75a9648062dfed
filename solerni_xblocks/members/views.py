"""The member's own page, whatever gates are closed: data to download, an account to close or to keep after all."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from solerni_xblocks.core import conf
from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.hooks import ownership
from solerni_xblocks.members import api, inputs, presenters
from solerni_xblocks.members.data import Reason


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


@never_cache
@login_required
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the account of whoever shows that it is theirs."""
    try:
        motive = inputs.parse_motive(request.POST)
        ownership.require(request.user.id, request.POST.get("password", ""))
    except SolerniError as refusal:
        return _show(request, refusal=refusal)
    api.close_account(request.user.id, reason=Reason.OWN_WISH, actor_id=request.user.id, motive=motive)
    return HttpResponseRedirect(reverse("solerni_members:my_data"), status=303)


@never_cache
@login_required
@require_POST
def reopen(request: HttpRequest) -> HttpResponse:
    """Take the closing back."""
    try:
        api.withdraw_closing(request.user.id, actor_id=request.user.id)
    except SolerniError as refusal:
        return _show(request, refusal=refusal)
    return HttpResponseRedirect(reverse("solerni_members:my_data"), status=303)


def _show(request: HttpRequest, *, refusal: SolerniError | None = None) -> HttpResponse:
    context = {
        "requests": api.list_requests(request.user.id),
        "account": api.get_account(request.user.id),
        "motives": presenters.list_motives(),
        "days": conf.get("SOLERNI_MEMBERS_CLOSING_DAYS"),
        "typed": request.POST,
        "refusal": refusal,
    }
    return render(request, "solerni/members/my_data.html", context, status=refusal.status if refusal else 200)
