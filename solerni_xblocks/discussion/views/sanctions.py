"""What a moderator imposes on the author of a message, and lifts again; both stand on the page of its case."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from solerni_xblocks.core.errors import NotFound, SolerniError
from solerni_xblocks.discussion import api, presenters
from solerni_xblocks.discussion.inputs import moderating
from solerni_xblocks.discussion.inputs.sanctioning import LiftForm, PenaltyForm
from solerni_xblocks.discussion.views.cases import make_form, render_case


@never_cache
@login_required
@require_POST
def sanction_author(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Impose a sanction; what was typed comes back with every refusal."""
    form = PenaltyForm(request.POST)
    if not form.is_valid():
        return _render(request, uuid, form, status=400)
    try:
        penalty = form.to_penalty()
        api.sanction_author(request.user.id, uuid, penalty)
    except SolerniError as refusal:
        return _render(request, uuid, form, refusal=refusal, status=refusal.status)
    return _go_back(request, uuid, penalty.act)


@never_cache
@login_required
@require_POST
def lift_sanction(request: HttpRequest, uuid: UUID, decision: UUID) -> HttpResponse:
    """End a sanction before its time."""
    try:
        api.lift_sanction(request.user.id, decision, why=LiftForm(request.POST).get_why())
    except SolerniError as refusal:
        return _render(request, uuid, None, refusal=refusal, status=refusal.status)
    return _go_back(request, uuid, "lift")


def _go_back(request: HttpRequest, uuid: UUID, done: str) -> HttpResponse:
    narrowed = presenters.write_filters(moderating.parse_filters(request.GET))
    address = reverse("solerni_discussion:case", args=[uuid])
    return redirect(f"{address}?imposed={done}{'&' if narrowed else ''}{narrowed}")


def _render(
    request: HttpRequest, uuid: UUID, form: PenaltyForm | None, *, refusal: SolerniError | None = None, status: int
) -> HttpResponse:
    try:
        reading = api.read_case(request.user.id, uuid)
    except NotFound as lost:
        return render(request, "solerni/discussion/no_case.html", {"refusal": lost}, status=lost.status)
    ruling = make_form(request, reading)
    return render_case(request, reading, form=ruling, penalty=form, refusal=refusal, status=status)
