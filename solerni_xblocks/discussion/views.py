"""The addresses of threads and posts; the queue, a page of held posts and the decision on one. No JavaScript needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from solerni_xblocks.core.errors import Conflict, NotFound, SolerniError
from solerni_xblocks.discussion import api, presenters
from solerni_xblocks.discussion.data import Case, Destination
from solerni_xblocks.discussion.errors import NotModerator
from solerni_xblocks.discussion.inputs import RulingForm, keep_wanted_thread
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


@never_cache
@login_required
@require_GET
def show_queue(request: HttpRequest) -> HttpResponse:
    """Held posts of all courses that the person moderates, oldest first."""
    return _render_queue(request, decided=request.GET.get("decided", ""))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def decide_post(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Publish or refuse one post; what was typed comes back with every refusal of ours."""
    if request.method == "GET":  # after a login in between, the browser comes back without its form
        return redirect("solerni_discussion:queue")
    form = RulingForm(request.POST, prefix=str(uuid))
    if not form.is_valid():
        return _render_queue(request, form=form, status=400)
    try:
        post = api.decide_post(request.user.id, uuid, form.to_ruling())
    except SolerniError as refusal:
        return _render_queue(request, form=form, refusal=refusal, status=refusal.status)
    return redirect(f"{reverse('solerni_discussion:queue')}?decided={post.state}")


def _render_queue(
    request: HttpRequest,
    *,
    form: RulingForm | None = None,
    refusal: SolerniError | None = None,
    decided: str = "",
    status: int = 200,
) -> HttpResponse:
    try:
        queue = api.list_queue(request.user.id)
    except NotModerator as error:
        return render(request, "solerni/discussion/not_moderator.html", {"refusal": error}, status=error.status)
    sent = {form.prefix: form} if form and not isinstance(refusal, Conflict) else {}
    context = presenters.view_queue(queue, moderator_id=request.user.id, forms=sent, make_form=_make_form)
    context |= {"refusal": refusal, "decided": decided, "kept": form if refusal else None}
    context["failed"] = form is not None and not form.is_valid()
    return render(request, "solerni/discussion/queue.html", context, status=status)


def _make_form(case: Case) -> Any:
    clauses = [reason.clause for reason in case.post.reasons if reason.clause]
    return RulingForm(prefix=str(case.post.uuid), initial={"clause": clauses[0] if clauses else ""})
