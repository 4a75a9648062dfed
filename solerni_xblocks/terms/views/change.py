"""A change and its three choices: accept, stop, later. What awaits a member, for the banner."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from solerni_xblocks.core import jsonkit
from solerni_xblocks.core.errors import Invalid, NotFound, SolerniError
from solerni_xblocks.core.identifiers import parse_uuid
from solerni_xblocks.hooks import ownership
from solerni_xblocks.terms import api, inputs, presenters
from solerni_xblocks.terms.data import Change
from solerni_xblocks.terms.views.requests import find_next, list_languages, parse_answer


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """What changes, against what this member accepted, and the choices that are left."""
    if request.method == "POST":
        return _answer(request, slug)
    return _show_change(request, slug)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, slug: str) -> HttpResponse:
    """Stop: the export first, then a confirmation. Nothing happens until then."""
    if request.method != "POST":
        return _show_stop(request, slug)
    try:
        inputs.require_confirmation(request.POST)
        answer = parse_answer(request, slug, presenters.STOP_FORM)
        ownership.require(request.user.id, request.POST.get("password", ""))
        api.stop_service(answer)
    except SolerniError as refusal:
        return _show_stop(request, slug, refusal=refusal)
    return HttpResponseRedirect(reverse("solerni_terms:stopped"), status=303)


@never_cache
@login_required
@require_safe
def stopped(request: HttpRequest) -> HttpResponse:
    """What follows now, and how to take it back."""
    return render(request, "solerni/terms/stopped.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pending(request: HttpRequest) -> JsonResponse:
    """GET: changes that await the member's answer, in words for a banner. POST ``{version, act}``: seen, or later."""
    try:
        if not request.user.is_authenticated:
            return JsonResponse({"pending": []})
        if request.method == "POST":
            _take_banner(request)
        languages = [get_language() or ""]
        found = api.list_pending(request.user.id, languages=languages)
    except SolerniError as refusal:
        return JsonResponse(
            {"error_code": refusal.code, "error": str(refusal.message), **refusal.details}, status=refusal.status
        )
    return JsonResponse({"pending": [presenters.banner(one) for one in found]})


def _take_banner(request: HttpRequest) -> None:
    data = jsonkit.parse_object(request.body)
    if data.get("act") not in ("seen", "later"):
        raise Invalid
    version_uuid, member_id = parse_uuid(data.get("version")), int(request.user.id)
    if data["act"] == "seen":
        api.record_banner(member_id, version_uuid)
    else:
        api.postpone_version(member_id, str(data.get("document")), version_uuid)


def _answer(request: HttpRequest, slug: str) -> HttpResponse:
    onward = find_next(request)
    try:
        if request.POST.get("answer") == "later":
            api.postpone_version(request.user.id, slug, parse_uuid(request.POST.get("version")))
        else:
            inputs.require_tick(request.POST)
            api.accept_version(parse_answer(request, slug, presenters.CHANGE_FORM))
    except SolerniError as refusal:
        return _show_change(request, slug, refusal=refusal)
    return HttpResponseRedirect(onward or reverse("solerni_terms:document", args=[slug]), status=303)


def _show_change(request: HttpRequest, slug: str, *, refusal: SolerniError | None = None) -> HttpResponse:
    found = api.find_change(request.user.id, slug)
    if found is None:
        return HttpResponseRedirect(reverse("solerni_terms:document", args=[slug]))
    context = {**_describe(request, slug, found), "refusal": refusal, "next": find_next(request)}
    return render(request, "solerni/terms/change.html", context, status=refusal.status if refusal else 200)


def _show_stop(request: HttpRequest, slug: str, *, refusal: SolerniError | None = None) -> HttpResponse:
    found = api.find_change(request.user.id, slug)
    try:
        name = str(found.asking.answer_uuid) if found else ""
        page = api.get_page(slug, name=name, languages=list_languages(request))
    except NotFound as error:
        raise Http404 from error
    may_stop = found is not None or (page.version.is_required and api.get_standing(request.user.id, slug).is_due)
    context = {"page": page, "may_stop": may_stop, "refusal": refusal, "typed": request.POST}
    return render(request, "solerni/terms/stop.html", context, status=refusal.status if refusal else 200)


def _describe(request: HttpRequest, slug: str, found: Change) -> dict[str, Any]:
    languages = list_languages(request)
    page = api.get_page(slug, name=str(found.asking.answer_uuid), languages=languages)
    comparison = None
    if found.former:
        comparison = api.find_differences(
            slug, old=str(found.former.version_uuid), new=str(page.version.uuid), languages=[page.text.language]
        )
    return {
        "page": page,
        "html": presenters.show_html(page),
        "languages": presenters.list_languages(page),
        "change": found,
        "comparison": comparison and presenters.show_comparison(comparison),
    }
