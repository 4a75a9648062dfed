"""A member's receipts: a list, and each as a file for people and as one for programs. No gate stands before them."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from solerni_xblocks.core.errors import NotFound
from solerni_xblocks.host import api as host
from solerni_xblocks.terms import api, presenters
from solerni_xblocks.terms.data import FullReceipt

READ_PROOFS = "solerni_terms.read_proofs"


@never_cache
@login_required
@require_safe
def receipts(request: HttpRequest) -> HttpResponse:
    """Every act of the member that was kept as proof, newest first."""
    found = presenters.list_receipts(api.list_receipts(request.user.id))
    return render(request, "solerni/terms/receipts.html", {"receipts": found})


@never_cache
@login_required
@require_safe
def receipt_json(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One receipt for programs."""
    found = _get_receipt(request, uuid)
    made = presenters.make_receipt_json(found, name=_find_name(found))
    response = JsonResponse(made, json_dumps_params={"ensure_ascii": False, "indent": 2})
    return _attach(response, found, "json")


@never_cache
@login_required
@require_safe
def receipt_pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One receipt on paper."""
    found = _get_receipt(request, uuid)
    made = presenters.make_receipt_pdf(found, name=_find_name(found))
    return _attach(HttpResponse(made, content_type="application/pdf"), found, "pdf")


@require_safe
def text_source(request: HttpRequest, version_uuid: UUID, language: str) -> HttpResponse:
    """The exact bytes whose SHA-256 receipts and pages name: open to all, for ever."""
    try:
        source = api.get_source(version_uuid, language)
    except NotFound as error:
        raise Http404 from error
    response = HttpResponse(source.encode(), content_type="text/markdown; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _get_receipt(request: HttpRequest, uuid: UUID) -> FullReceipt:
    try:
        return api.get_receipt(uuid, reader_id=request.user.id, may_read_all=request.user.has_perm(READ_PROOFS))
    except NotFound as error:
        raise Http404 from error


def _find_name(found: FullReceipt) -> str:
    """How the host still knows the member; empty when it does not."""
    person = host.people().find_person(found.member_id) if found.member_id is not None else None
    return person.name if person else ""


def _attach(response: HttpResponse, found: FullReceipt, ending: str) -> HttpResponse:
    name = f"{found.document}-{found.label}-{found.decided_at:%Y-%m-%d}-{str(found.uuid)[:8]}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
