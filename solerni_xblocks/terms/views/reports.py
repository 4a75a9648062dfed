"""Figures for those who may read proofs; each look is recorded."""

from __future__ import annotations

import csv

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from solerni_xblocks.core.errors import NotFound
from solerni_xblocks.terms import api, presenters

READ = "solerni_terms.read_proofs"


@never_cache
@require_safe
@login_required
@permission_required(READ, raise_exception=True)
def list_reports(request: HttpRequest) -> HttpResponse:
    """Every document, with the way to its figures."""
    return render(request, "solerni/terms/reports.html", {"documents": api.list_documents()})


@never_cache
@require_safe
@login_required
@permission_required(READ, raise_exception=True)
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Figures of one document, as a page or (``?format=csv``) as a table."""
    try:
        found = api.get_report(slug)
    except NotFound as error:
        raise Http404 from error
    is_table = request.GET.get("format") == "csv"
    api.record_reading(request.user.id, f"report {slug}{' csv' if is_table else ''}")
    if is_table:
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
        csv.writer(answer).writerows(presenters.report_rows(found))
        return answer
    return render(request, "solerni/terms/report.html", {"report": found})
