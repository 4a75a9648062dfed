"""Pages of the terms domain: a document in force, any version for ever, and the answer of a member."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from solerni_xblocks.core.errors import NotFound, SolerniError
from solerni_xblocks.terms import api, inputs, presenters
from solerni_xblocks.terms.data import Channel, Page

ANSWERS = {"accept": api.accept_version, "decline": api.decline_version}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """The version in force, open to all; a member who owes an answer gives it here."""
    if request.method == "POST":
        return _answer(request, slug)
    return _show(request, slug)


@require_safe
def version(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Any published version, by label or uuid: a link for ever."""
    page = _get_page(request, slug, name)
    return render(request, "solerni/terms/version.html", _describe(page))


def _answer(request: HttpRequest, slug: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    try:
        act = inputs.parse_act(request.POST)
        receipt = ANSWERS[act](_parse_answer(request, slug))
    except SolerniError as refusal:
        return _show(request, slug, refusal=refusal)
    onward = _find_next(request) if receipt.act == "accept" else ""
    return HttpResponseRedirect(onward or reverse("solerni_terms:document", args=[slug]), status=303)


def _parse_answer(request: HttpRequest, slug: str) -> Any:
    return inputs.parse_answer(
        request.POST,
        document=slug,
        member_id=request.user.id,
        channel=Channel.PAGE,
        screen_digest=presenters.get_screen_digest(),
        course_key="",
        meta=request.META,
    )


def _show(request: HttpRequest, slug: str, *, refusal: SolerniError | None = None) -> HttpResponse:
    page = _get_page(request, slug, "")
    standing = api.get_standing(request.user.id, slug) if request.user.is_authenticated else None
    context = {
        **_describe(page),
        "standing": standing,
        "refusal": refusal,
        "next": _find_next(request),
        "kind": "submit",
        "login_url": f"{resolve_url(settings.LOGIN_URL)}?next={request.path}",
    }
    return render(request, "solerni/terms/document.html", context, status=refusal.status if refusal else 200)


def _describe(page: Page) -> dict[str, Any]:
    return {"page": page, "html": presenters.show_html(page), "languages": presenters.list_languages(page)}


def _get_page(request: HttpRequest, slug: str, name: str) -> Page:
    asked = request.POST.get("language") or request.GET.get("lang") or ""
    try:
        return api.get_page(slug, name=name, languages=[asked, get_language() or ""])
    except NotFound as error:
        raise Http404 from error


def _find_next(request: HttpRequest) -> str:
    """Where to go after accepting: an address of this site, or nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=allowed, require_https=request.is_secure())
    return wanted if is_ours else ""
