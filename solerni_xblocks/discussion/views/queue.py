"""The moderation queue: what waits, narrowed and paged; several decided on at once; a gesture taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from solerni_xblocks.core.errors import Conflict, SolerniError
from solerni_xblocks.core.identifiers import parse_uuid
from solerni_xblocks.discussion import api, presenters
from solerni_xblocks.discussion.data import Act, Batch
from solerni_xblocks.discussion.errors import NotModerator
from solerni_xblocks.discussion.inputs import moderating as inputs


@never_cache
@login_required
@require_GET
def show_queue(request: HttpRequest) -> HttpResponse:
    """Open cases of all that the person moderates, due first."""
    return render_queue(request)


def render_queue(request: HttpRequest, *, refusal: SolerniError | None = None) -> HttpResponse:
    """The queue as the address narrows it, below what was just done or refused."""
    moderator_id, filters = request.user.id, inputs.parse_filters(request.GET)
    try:
        after = inputs.parse_queue_cursor(request.GET.get("after", ""))
        queue = api.list_queue(moderator_id, filters, after=after)
    except NotModerator as error:
        return render(request, "solerni/discussion/not_moderator.html", {"refusal": error}, status=error.status)
    except SolerniError:  # a cursor that cannot be read: the list from its beginning
        return redirect(f"{reverse('solerni_discussion:queue')}?{presenters.write_filters(filters)}")
    context = presenters.view_queue(queue, moderator_id=moderator_id, filters=filters)
    context |= {
        "filter_form": inputs.FilterForm(request.GET, courses=context["courses"]),
        "acts": inputs.ACTS_AT_ONCE,
        "is_further": after is not None,
        "refusal": refusal,
        "done": find_done(request),
    }
    return render(request, "solerni/discussion/queue.html", context, status=refusal.status if refusal else 200)


def find_done(request: HttpRequest) -> dict[str, Any] | None:
    """What the address says was just done; words that mean nothing else than that."""
    act, uuid = request.GET.get("done", ""), request.GET.get("gesture", "")
    try:
        gesture = str(parse_uuid(uuid)) if uuid else ""
    except SolerniError:
        return None
    if act not in (*Act, "undo"):
        return None
    count, left = (request.GET.get(name, "") for name in ("count", "left"))
    numbers = {"count": int(count) if count.isdecimal() else 1, "left": int(left) if left.isdecimal() else 0}
    return {"act": act, "gesture": gesture, **numbers}


@never_cache
@login_required
@require_POST
def decide_several(request: HttpRequest) -> HttpResponse:
    """First the page that shows what was chosen; once confirmed, one decision for each."""
    try:
        chosen = inputs.parse_chosen(request.POST)
        readings = [api.read_case(request.user.id, uuid) for uuid in list(chosen)[: inputs.MOST_AT_ONCE]]
        if "confirmed" not in request.POST:
            form = inputs.RulingForm(initial={"act": request.POST.get("act", "")})
            return _render_several(request, chosen, readings, form)
        form = inputs.RulingForm(request.POST)
        if not form.is_valid():
            return _render_several(request, chosen, readings, form, status=400)
        gesture = api.decide_several(request.user.id, chosen, form.to_ruling())
    except SolerniError as refusal:
        return render_queue(request, refusal=refusal)
    if gesture.failed:
        context = {"failures": presenters.view_failures(gesture, readings), "gesture": gesture}
        return render(request, "solerni/discussion/several_done.html", context)
    return redirect(_say_done(form.cleaned_data["act"], gesture))


def _render_several(
    request: HttpRequest, chosen: Any, readings: Any, form: inputs.RulingForm, *, status: int = 200
) -> HttpResponse:
    act = form.data.get("act") or form.initial.get("act", "")
    context = {
        "form": form,
        "act": act,
        "button": inputs.ACTS_AT_ONCE.get(act),
        "is_explained": act in inputs.EXPLAINED,
        "chosen": presenters.view_chosen(readings, chosen, viewer_id=request.user.id),
        "failed": form.is_bound,
    }
    if context["button"] is None:
        return redirect("solerni_discussion:queue")
    return render(request, "solerni/discussion/several.html", context, status=status)


@never_cache
@login_required
@require_POST
def undo_decisions(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take back what was just decided."""
    try:
        gesture = api.undo_decisions(request.user.id, uuid)
    except Conflict as refusal:
        return render_queue(request, refusal=refusal)
    return redirect(_say_done("undo", gesture))


def _say_done(act: str, gesture: Batch) -> str:
    address = f"{reverse('solerni_discussion:queue')}?done={act}&count={len(gesture.done)}&left={len(gesture.failed)}"
    return address if act == "undo" else f"{address}&gesture={gesture.uuid}"
