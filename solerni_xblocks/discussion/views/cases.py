"""One case: everything about one message, the decision on it, and who works on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from solerni_xblocks.core.errors import NotFound, SolerniError
from solerni_xblocks.discussion import api, presenters
from solerni_xblocks.discussion.data import CaseReading, Part
from solerni_xblocks.discussion.errors.deciding import WordingChanged
from solerni_xblocks.discussion.inputs import moderating as inputs
from solerni_xblocks.discussion.inputs.sanctioning import LiftForm, PenaltyForm

CLAIMS = {"take": api.claim_case, "take_over": api.take_over_case, "release": api.release_case}


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def decide_post(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Read one case and decide on it; what was typed comes back with every refusal of ours."""
    try:
        reading = api.read_case(request.user.id, uuid)
    except NotFound as refusal:
        return render(request, "solerni/discussion/no_case.html", {"refusal": refusal}, status=refusal.status)
    if request.method == "GET":
        return render_case(request, reading, form=make_form(request, reading))
    form = inputs.RulingForm(request.POST, texts=_get_texts(reading))
    if not form.is_valid():
        return render_case(request, reading, form=form, status=400)
    try:
        post = api.decide_post(request.user.id, uuid, form.to_ruling())
    except SolerniError as refusal:
        return _render_refusal(request, uuid, form, refusal)
    query = f"done={form.cleaned_data['act']}&gesture={post.decision.uuid if post.decision else ''}"
    narrowed = presenters.write_filters(inputs.parse_filters(request.GET))
    return redirect(f"{reverse('solerni_discussion:queue')}?{query}{'&' if narrowed else ''}{narrowed}")


def _render_refusal(request: HttpRequest, uuid: UUID, form: inputs.RulingForm, refusal: SolerniError) -> HttpResponse:
    """The case as it is now; the form keeps its words, and names what it now has before its eyes."""
    reading = api.read_case(request.user.id, uuid)
    kept = request.POST.copy()
    kept["case_version"], kept["post_version"] = str(reading.case_version), str(reading.post.version)
    again = inputs.RulingForm(kept, texts=_get_texts(reading))
    changes = ()
    if isinstance(refusal, WordingChanged):
        changes = presenters.view_changes(reading.wordings, since=form.cleaned_data["post_version"])
    return render_case(request, reading, form=again, refusal=refusal, status=refusal.status, new_changes=changes)


def render_case(
    request: HttpRequest,
    reading: CaseReading,
    *,
    form: inputs.RulingForm,
    refusal: SolerniError | None = None,
    penalty: PenaltyForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page; ``penalty`` is what was typed about the author."""
    context = presenters.view_case(reading, viewer_id=request.user.id)
    context |= {
        "form": form if reading.acts else None,
        "buttons": presenters.list_buttons(reading.acts, inputs.ACTS),
        "templates": api.list_templates(reading.course_key, language=(get_language() or "fr")[:2]),
        "kept": form.data.get("message", "") if refusal and not reading.acts else "",
        "refusal": refusal,
        "failed": status == 400,
        "penalty": penalty or PenaltyForm(),
        "imposed": request.GET.get("imposed", "") if request.method == "GET" else "",
        "lift": LiftForm(auto_id=False),
        "queue_query": presenters.write_filters(inputs.parse_filters(request.GET)),
        **more,
    }
    return render(request, "solerni/discussion/case.html", context, status=status)


def make_form(request: HttpRequest, reading: CaseReading) -> inputs.RulingForm:
    """The form of a decision before anything was typed: the rules that spoke are ticked."""
    clauses = dict.fromkeys(reason.clause for reason in reading.reasons if reason.clause and not reason.is_dry)
    templates = api.list_templates(reading.course_key, language=(get_language() or "fr")[:2])
    chosen = [one.text for one in templates if str(one.id) == request.GET.get("template")]
    initial = {
        "clauses": list(clauses),
        "message": chosen[0] if chosen else "",
        "case_version": reading.case_version,
        "post_version": reading.post.version,
    }
    return inputs.RulingForm(initial=initial, texts=_get_texts(reading))


def _get_texts(reading: CaseReading) -> dict[Part, str]:
    title = {Part.TITLE: reading.post.title} if reading.post.is_opening else {}
    return {Part.BODY: reading.post.source, **title}


@never_cache
@login_required
@require_POST
def claim_case(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a case on, take it over, or give it up; then its page, or the queue."""
    how = request.POST.get("how", "take")
    try:
        CLAIMS[how if how in CLAIMS else "take"](request.user.id, uuid)
    except NotFound as refusal:
        return render(request, "solerni/discussion/no_case.html", {"refusal": refusal}, status=refusal.status)
    except SolerniError as refusal:
        reading = api.read_case(request.user.id, uuid)
        return render_case(request, reading, form=make_form(request, reading), refusal=refusal, status=refusal.status)
    query = presenters.write_filters(inputs.parse_filters(request.GET))
    address = (
        reverse("solerni_discussion:queue") if how == "release" else reverse("solerni_discussion:case", args=[uuid])
    )
    return redirect(f"{address}?{query}" if query else address)
