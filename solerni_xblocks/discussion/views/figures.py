"""Figures: reports and statements for operators, how they do for moderators, who took part for staff."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.core.identifiers import parse_usage_key
from solerni_xblocks.discussion import api, presenters
from solerni_xblocks.discussion.errors import NotModerator
from solerni_xblocks.discussion.inputs.periods import parse_period

OPERATE = "solerni_discussion.view_statement"
"""The permission of the operator's team: it sees every figure, however small."""

TYPES = {"json": "application/json", "csv": "text/csv"}


@never_cache
@require_GET
@login_required
@permission_required(OPERATE, raise_exception=True)
def show_report(request: HttpRequest) -> HttpResponse:
    """The transparency report of a period, as a page or (``?format=json``) for programs."""
    try:
        report = api.make_report(parse_period(request.GET))
    except SolerniError as refusal:
        return render(request, "solerni/discussion/transparency.html", {"refusal": refusal}, status=refusal.status)
    if request.GET.get("format") == "json":
        return JsonResponse(presenters.answer_report(report), json_dumps_params={"ensure_ascii": False})
    return render(request, "solerni/discussion/transparency.html", presenters.view_report(report))


@never_cache
@require_GET
@login_required
@permission_required(OPERATE, raise_exception=True)
def download_statements(request: HttpRequest) -> HttpResponse:
    """Statements of reasons of a period, streamed in the shape of the Commission's database."""
    kind = request.GET.get("format", "json")
    kind = kind if kind in TYPES else "json"
    try:
        period = parse_period(request.GET)
    except SolerniError as refusal:
        return render(request, "solerni/discussion/transparency.html", {"refusal": refusal}, status=refusal.status)
    pieces = presenters.STATEMENT_WRITERS[kind](api.list_statements(period))
    return _stream(pieces, kind, f"statements-{period.since}-{period.until}.{kind}")


@never_cache
@require_GET
@login_required
def show_statistics(request: HttpRequest) -> HttpResponse:
    """How the teams of the person's courses moderate, against the promise."""
    try:
        period = parse_period(request.GET)
        figures = api.make_statistics(request.user.id, period, is_operator=request.user.has_perm(OPERATE))
    except NotModerator as refusal:
        return render(request, "solerni/discussion/not_moderator.html", {"refusal": refusal}, status=refusal.status)
    except SolerniError as refusal:
        return render(request, "solerni/discussion/statistics.html", {"refusal": refusal}, status=refusal.status)
    return render(request, "solerni/discussion/statistics.html", presenters.view_statistics(figures))


@never_cache
@require_GET
@login_required
def download_participants(request: HttpRequest, usage_key: str) -> HttpResponse:
    """Who took part in a place, as a table, for the course's team."""
    try:
        rows = api.list_participants(request.user.id, parse_usage_key(usage_key))
    except SolerniError as refusal:
        return render(request, "solerni/discussion/not_moderator.html", {"refusal": refusal}, status=refusal.status)
    return _stream(presenters.write_participants(rows), "csv", "participants.csv")


def _stream(pieces: Iterable[str], kind: str, name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(pieces, content_type=f"{TYPES[kind]}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
