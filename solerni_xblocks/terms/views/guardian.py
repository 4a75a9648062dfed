"""Pages of minority: a birth date to state, a guardian to name, and what the guardian's link opens."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from solerni_xblocks.core import conf
from solerni_xblocks.core.errors import Invalid, SolerniError
from solerni_xblocks.terms import api, inputs, presenters
from solerni_xblocks.terms.data import Answer, GuardianState, GuardianVisit
from solerni_xblocks.terms.views.requests import find_next, parse_answer

ANSWERS = {
    "confirm": (GuardianState.SENT, api.confirm_as_guardian, presenters.GUARDIAN_FORM),
    "refuse": (GuardianState.SENT, api.refuse_as_guardian, presenters.GUARDIAN_FORM),
    "withdraw": (GuardianState.CONFIRMED, api.withdraw_as_guardian, presenters.WITHDRAWAL_FORM),
}
"""What a guardian may say, in which state of the request, and on which form."""

SECRET = re.compile(r"(/guardian/[0-9a-f-]{36}/)[^/]+")
"""The secret of a guardian's link follows the group; it belongs in no log."""

OUTCOMES = ("confirm", "refuse", "withdraw")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def birth(request: HttpRequest) -> HttpResponse:
    """State one's birth date, once, on a site that asks for it."""
    if not conf.get("SOLERNI_TERMS_BIRTH_ASKED"):
        raise Http404
    onward = find_next(request) or reverse("solerni_terms:guardian")
    refusal = None
    if request.method == "POST":
        try:
            born_on, country = inputs.parse_birth(request.POST)
            api.state_birth(request.user.id, born_on=born_on, country=country)
            return HttpResponseRedirect(onward, status=303)
        except SolerniError as error:
            refusal = error
    elif api.get_guardianship(request.user.id).birth:
        return HttpResponseRedirect(onward)
    context = {"refusal": refusal, "typed": request.POST, "next": find_next(request), **presenters.birth_form()}
    return render(request, "solerni/terms/birth.html", context, status=refusal.status if refusal else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: HttpRequest) -> HttpResponse:
    """A minor accepts what is asked, names a guardian, and sees what became of it."""
    if request.method != "POST":
        return _show_to_child(request)
    try:
        _accept_and_ask(request)
    except SolerniError as refusal:
        return _show_to_child(request, refusal=refusal)
    return HttpResponseRedirect(_find_here(request), status=303)


def _accept_and_ask(request: HttpRequest) -> None:
    """The address is looked at before anything is accepted; what was accepted stays, whatever the mail does."""
    email = inputs.parse_address(request.POST)
    wanted = _find_way(request).get("document", "")
    state = api.get_guardianship(request.user.id, document=wanted)
    if not email and not (state.request and state.request.address):
        raise Invalid(presenters.ADDRESS_MISSING, code="terms_address_missing")
    for slug in state.due:
        api.accept_version(_parse_acceptance(request, slug))
    api.ask_guardian(request.user.id, email=email, language=_get_language(), document=wanted)


def _parse_acceptance(request: HttpRequest, slug: str) -> Answer:
    """One document's fields carry its slug, since the page may show several."""
    fields = {name: request.POST.get(f"{name}-{slug}") for name in ("agree", "version", "language")}
    inputs.require_tick(fields)
    return parse_answer(request, slug, presenters.CHILD_FORM, fields=fields)


def _show_to_child(request: HttpRequest, *, refusal: SolerniError | None = None) -> HttpResponse:
    way = _find_way(request)
    state = api.get_guardianship(request.user.id, document=way.get("document", ""))
    if state.birth is None and conf.get("SOLERNI_TERMS_BIRTH_ASKED"):
        return HttpResponseRedirect(f"{reverse('solerni_terms:birth')}?{urlencode({'next': _find_here(request)})}")
    context = {
        "state": state,
        "pages": [_describe_page(request, slug) for slug in state.due],
        "way": way,
        "typed": request.POST,
        "days": conf.get("SOLERNI_TERMS_GUARDIAN_DAYS"),
        "refusal": refusal,
    }
    return render(request, "solerni/terms/guardian.html", context, status=refusal.status if refusal else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, request_uuid: UUID, secret: str) -> HttpResponse:
    """What a guardian's link opens. Mail programs open links by themselves, so that only a form answers."""
    opened = inputs.parse_link(request_uuid, secret, request.META)
    try:
        visit = api.open_guardian_link(opened)
        response = _answer(request, visit, opened) if request.method == "POST" else _show_to_guardian(request, visit)
    except SolerniError as refusal:
        context = {"refusal": refusal}
        response = render(request, "solerni/terms/guardian_dead.html", context, status=refusal.status)
    response["Referrer-Policy"] = "same-origin"  # the address is the key; "no-referrer" would void the form's Origin
    response["X-Robots-Tag"] = "noindex"
    return response


def _answer(request: HttpRequest, visit: GuardianVisit, opened: Any) -> HttpResponse:
    said = request.POST.get("answer", "")
    state, act, form = ANSWERS.get(said, (None, None, ""))
    if state is not visit.state or act is None:
        return _show_to_guardian(request, visit)
    try:
        shown = request.POST.getlist("version")
        digest = presenters.get_screen_digest(form)
        act(inputs.parse_guardian_answer(request.POST, shown, link=opened, screen_digest=digest))
    except SolerniError as refusal:
        return _show_to_guardian(request, api.open_guardian_link(opened), refusal=refusal)
    return HttpResponseRedirect(reverse("solerni_terms:guardian_done", args=[said]), status=303)


def _show_to_guardian(
    request: HttpRequest, visit: GuardianVisit, *, refusal: SolerniError | None = None
) -> HttpResponse:
    context = {
        "visit": visit,
        "pages": [_describe_page(request, one.document, name=str(one.version_uuid)) for one in visit.asked],
        "refusal": refusal,
        "service": getattr(settings, "PLATFORM_NAME", "Solerni"),
    }
    return render(request, "solerni/terms/guardian_link.html", context, status=refusal.status if refusal else 200)


@require_safe
def done(request: HttpRequest, what: str) -> HttpResponse:
    """What a guardian reads after the answer; it tells nothing of whom it was about."""
    if what not in OUTCOMES:
        raise Http404
    return render(request, "solerni/terms/guardian_done.html", {"what": what})


def _describe_page(request: HttpRequest, slug: str, *, name: str = "") -> dict[str, Any]:
    page = api.get_page(slug, name=name, languages=[request.GET.get("lang") or "", _get_language()])
    return {"page": page, "html": presenters.show_html(page), "is_ticked": f"agree-{slug}" in request.POST}


def _get_language() -> str:
    return (get_language() or settings.LANGUAGE_CODE).partition("-")[0]


def _find_way(request: HttpRequest) -> dict[str, str]:
    """What the address carries on: where to go once all is well, and the course's document that led here."""
    document = (request.POST.get("document") or request.GET.get("document") or "")[:64]
    found = {"next": find_next(request), "document": document}
    return {name: value for name, value in found.items() if value}


def _find_here(request: HttpRequest) -> str:
    way = _find_way(request)
    return f"{request.path}?{urlencode(way)}" if way else request.path
