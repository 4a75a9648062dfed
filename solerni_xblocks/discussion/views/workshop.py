"""The rule workshop: figures of rules, and trials on past messages, for those who moderate and for operators."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.discussion import api, presenters
from solerni_xblocks.discussion.errors import NotModerator
from solerni_xblocks.discussion.inputs import workshop as inputs
from solerni_xblocks.discussion.inputs.periods import parse_period
from solerni_xblocks.discussion.views.figures import OPERATE

PAGE = "solerni/discussion/workshop.html"


@never_cache
@require_GET
@login_required
def show_workshop(request: HttpRequest) -> HttpResponse:
    """How each rule did; below, the form for a trial, or what the trial asked for found so far."""
    is_operator, course = request.user.has_perm(OPERATE), inputs.parse_course(request.GET)
    form = inputs.TrialForm(request.GET if request.GET.get("rule") else None)
    context: dict[str, Any] = {"form": form, "is_operator": is_operator}
    status = 200
    try:
        period = parse_period(request.GET)
        figures = api.make_rule_figures(request.user.id, period, course=course, is_operator=is_operator)
        context |= presenters.view_workshop(figures, course=course)
        if form.is_bound and form.is_valid():
            context["trial"] = _try(request, period, form, course=course, is_operator=is_operator)
        status = 400 if form.errors else 200
    except NotModerator as refusal:
        return render(request, "solerni/discussion/not_moderator.html", {"refusal": refusal}, status=refusal.status)
    except SolerniError as refusal:
        context["refusal"], status = refusal, refusal.status
    return render(request, PAGE, context, status=status)


def _try(request: HttpRequest, period: Any, form: Any, *, course: str, is_operator: bool) -> dict[str, Any]:
    page = api.try_rule_on_past(
        request.user.id,
        period,
        form.to_trial(),
        course=course,
        after=inputs.parse_trial_cursor(request.GET.get("after", "")),
        so_far=inputs.parse_so_far(request.GET.get("so_far", "")),
        is_operator=is_operator,
    )
    return presenters.view_rule_trial(page, query=presenters.write_trial_query(period, course, form.cleaned_data))
