"""Pages of the terms domain: a document in force, any version for ever, and the answer of a member."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from solerni_xblocks.core.errors import NotFound, SolerniError
from solerni_xblocks.terms import api, inputs, presenters
from solerni_xblocks.terms.data import Page
from solerni_xblocks.terms.views.requests import find_next, list_languages, parse_answer

ANSWERS = {
    "accept": api.accept_version,
    "decline": api.decline_version,
    "withdraw": api.withdraw_acceptance,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """The version in force, open to all; a member who owes an answer gives it here."""
    if request.method == "POST":
        return _answer(request, slug)
    return _lead_to_change(request, slug) or _show(request, slug)


@require_safe
def version(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Any published version, by label or uuid: a link for ever. What changed since another version, if it can be told.

    ``against``: label or uuid of the other version; else the one that the reader accepted.
    """
    page = _get_page(request, slug, name)
    context = {**_describe(page), **_compare(request, page)}
    return render(request, "solerni/terms/version.html", context)


def _compare(request: HttpRequest, page: Page) -> dict[str, Any]:
    against, is_own = request.GET.get("against", ""), False
    if not against and request.user.is_authenticated:
        accepted = api.find_accepted(request.user.id, page.version.document, other_than=page.version.uuid)
        against, is_own = (str(accepted.version_uuid), True) if accepted else ("", False)
    others = [one for one in page.versions if one.uuid != page.version.uuid]
    if not against:
        return {"others": others}
    slug, new = page.version.document, str(page.version.uuid)
    try:
        found = api.find_differences(slug, old=against, new=new, languages=[page.text.language])
    except NotFound as error:
        raise Http404 from error
    return {"others": others, "comparison": presenters.show_comparison(found), "is_own": is_own}


def _lead_to_change(request: HttpRequest, slug: str) -> HttpResponse | None:
    """A member whose accepted version was replaced sees what changed before they answer."""
    if not request.user.is_authenticated:
        return None
    found = api.find_change(request.user.id, slug)
    if found is None or not found.is_due or found.former is None:
        return None
    onward = find_next(request)
    query = f"?{urlencode({'next': onward})}" if onward else ""
    return HttpResponseRedirect(reverse("solerni_terms:change", args=[slug]) + query)


def _answer(request: HttpRequest, slug: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    try:
        act = inputs.parse_act(request.POST)
        receipt = ANSWERS[act](parse_answer(request, slug))
    except SolerniError as refusal:
        return _show(request, slug, refusal=refusal)
    onward, here = find_next(request), reverse("solerni_terms:document", args=[slug])
    if receipt.act != "accept":
        onward = f"{here}?{urlencode({'next': onward})}" if onward else ""
    return HttpResponseRedirect(onward or here, status=303)


def _show(request: HttpRequest, slug: str, *, refusal: SolerniError | None = None) -> HttpResponse:
    page = _get_page(request, slug, "")
    standing = api.get_standing(request.user.id, slug) if request.user.is_authenticated else None
    context = {
        **_describe(page),
        "standing": standing,
        "due": api.list_due(request.user.id) if standing and standing.is_due else [],
        "refusal": refusal,
        "next": find_next(request),
        "kind": "submit",
        "login_url": f"{resolve_url(settings.LOGIN_URL)}?next={request.path}",
    }
    return render(request, "solerni/terms/document.html", context, status=refusal.status if refusal else 200)


def _describe(page: Page) -> dict[str, Any]:
    return {"page": page, "html": presenters.show_html(page), "languages": presenters.list_languages(page)}


def _get_page(request: HttpRequest, slug: str, name: str) -> Page:
    try:
        return api.get_page(slug, name=name, languages=list_languages(request))
    except NotFound as error:
        raise Http404 from error
