"""The page of a decision, for its author and for who reported: why, what can be done, the dialogue."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from solerni_xblocks.core.errors import NotFound, SolerniError
from solerni_xblocks.discussion import api, presenters
from solerni_xblocks.discussion.data.contesting import Contester, DecisionReading
from solerni_xblocks.discussion.inputs.contesting import WordsForm
from solerni_xblocks.discussion.views.lost import ask_to_log_in

CONTEST = _("Why you contest this decision")
WRITE = _("Your message")


@never_cache
@require_http_methods(["GET", "POST"])
def show_decision(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Read a decision and contest it; somebody without an account comes with the seal from their mail."""
    seal = request.GET.get("notice", "")
    if not (request.user.is_authenticated or seal):
        return ask_to_log_in(request, "text")
    contester = Contester(member_id=request.user.id, seal=seal[:200])
    try:
        reading = api.read_decision(contester, uuid)
    except NotFound as refusal:
        return render(request, "solerni/discussion/no_decision.html", {"refusal": refusal}, status=refusal.status)
    if request.method == "GET":
        return _render(request, reading, form=WordsForm(label=_label(reading)))
    form = WordsForm(request.POST, label=_label(reading))
    if not form.is_valid():
        return _render(request, reading, form=form, status=400)
    try:
        (api.write_as_contester if reading.appeal else api.contest_decision)(contester, uuid, form.to_words())
    except SolerniError as refusal:
        again = api.read_decision(contester, uuid)
        form = WordsForm(request.POST, label=_label(again))
        return _render(request, again, form=form, refusal=refusal, status=refusal.status)
    query = f"?notice={seal}&sent=1#dialogue" if seal else "?sent=1#dialogue"
    return redirect(reverse("solerni_discussion:decision", args=[uuid]) + query)


def _label(reading: DecisionReading) -> Any:
    return WRITE if reading.appeal else CONTEST


def _render(
    request: HttpRequest,
    reading: DecisionReading,
    *,
    form: WordsForm,
    refusal: SolerniError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = presenters.view_decision(reading, viewer_id=request.user.id)
    may_write = reading.may_contest or (reading.appeal is not None and reading.appeal.is_open)
    context |= {
        "form": form if may_write else None,
        "kept": form.data.get("text", "") if refusal and not may_write else "",
        "refusal": refusal,
        "failed": status == 400,
        "sent": "sent" in request.GET and not refusal,
    }
    return render(request, "solerni/discussion/decision.html", context, status=status)
