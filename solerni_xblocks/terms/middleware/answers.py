"""How a refusal is told: people are led to the page that lifts it, programs get a code and the address."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.terms.middleware.addresses import is_open

SAFE = ("GET", "HEAD")
RETRY_SECONDS = "5"


def make_answer(request: HttpRequest, refusal: SolerniError) -> HttpResponse:
    """The answer in the client's form, in the language it asks for; never kept by a cache.

    A pre-flight (OPTIONS) gets an empty answer: it stays open, and tells nothing.
    """
    with translation.override(translation.get_language_from_request(request)):
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
        elif is_program(request):
            response = JsonResponse(_describe(request, refusal), status=refusal.status)
        else:
            response = _lead(request, refusal)
    if refusal.status == 503:
        response.headers["Retry-After"] = RETRY_SECONDS
    add_never_cache_headers(response)
    return response


def name_refusal(response: HttpResponse, code: str) -> HttpResponse:
    """The platform's JSON answer with ``error_code``: without one the Authn MFE shows nothing at all.

    See openedx/openedx-platform#37023; a platform that sends a code of its own keeps it.
    """
    try:
        body = {} if response.streaming else json.loads(response.content)
    except ValueError:
        return response
    if isinstance(body, dict) and "error_message" in body:
        response.content = json.dumps({"error_code": code, **body})
    return response


def is_program(request: HttpRequest) -> bool:
    """Whether a script, an app or a handler asks, rather than somebody who opens a page."""
    meta, path = request.META, request.path_info
    if "/api/" in path or "/handler" in path or "/view/" in path or "HTTP_AUTHORIZATION" in meta:
        return True
    if request.headers.get("X-Requested-With") == "XMLHttpRequest" or request.content_type == "application/json":
        return True
    if meta.get("HTTP_SEC_FETCH_MODE", "navigate") != "navigate":
        return True
    accepted = meta.get("HTTP_ACCEPT", "")
    return "application/json" in accepted or "text/html" not in accepted


def _describe(request: HttpRequest, refusal: SolerniError) -> dict[str, Any]:
    """What blocks' handlers answer too, and the two messages that apps of the platform show."""
    words = str(refusal.message)
    body = {"error": words, "error_code": refusal.code, **refusal.details, "user_message": words}
    body["developer_message"] = f"{refusal.code}: the member must act first, see terms_url."
    if refusal.status == 503:
        body["developer_message"] = f"{refusal.code}: ask again in {RETRY_SECONDS} s."
    where = getattr(refusal, "where_to_go", None)
    if where:
        body |= {
            "where_to_go": _make_url(request, where),
            "terms_url": _make_url(request, body.get("terms_url") or where),
        }
    return body


def _make_url(request: HttpRequest, place: str) -> str:
    return request.build_absolute_uri(lead_back(place, find_referrer(request)))


def _lead(request: HttpRequest, refusal: SolerniError) -> HttpResponse:
    where = getattr(refusal, "where_to_go", None)
    is_framed = request.META.get("HTTP_SEC_FETCH_DEST", "document") != "document"
    if where and is_framed:
        where = lead_back(where, find_referrer(request))
    elif where:
        back = request.get_full_path() if request.method in SAFE else find_referrer(request) or "/"
        return HttpResponseRedirect(lead_back(where, back))
    html = render_to_string("solerni/terms/shut.html", {"refusal": refusal, "where_to_go": where})
    return HttpResponse(html, status=refusal.status)


def lead_back(place: str, back: str) -> str:
    """``place`` with ``back`` as the address to return to, if it returns at all and there is one.

    >>> lead_back("/solerni/terms/terms/?next=%2F", "/courses/x/?page=2")
    '/solerni/terms/terms/?next=%2Fcourses%2Fx%2F%3Fpage%3D2'
    """
    parts = urlsplit(place)
    query = QueryDict(parts.query).dict()
    return parts._replace(query=urlencode({**query, "next": back})).geturl() if back and "next" in query else place


def find_referrer(request: HttpRequest) -> str:
    """The page of this site from which an unsafe request or a script came, if it is one to return to; else nothing."""
    try:
        parts = urlsplit(request.META.get("HTTP_REFERER", ""))
    except ValueError:
        return ""
    if parts.netloc != request.get_host() or parts.scheme not in ("http", "https") or is_open(parts.path):
        return ""
    path = parts._replace(scheme="", netloc="", fragment="").geturl()
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else ""
