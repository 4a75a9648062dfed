"""Public pages and documents: verify a file, an award that its holder shows, the issuer, a badge. No login, no gate."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from solerni_xblocks.badges import api, inputs, presenters
from solerni_xblocks.core.errors import Invalid, NotFound, Unavailable

View = Callable[..., HttpResponse]

SVG_POLICY = "default-src 'none'; sandbox"


def public(view: View) -> View:
    """What nobody needs an account for: unknown things are a plain 404, search engines are asked to stay out."""

    @wraps(view)
    def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, **kwargs)
        except NotFound as error:
            raise Http404(error.code) from error
        except Unavailable as error:
            response = HttpResponse(str(error.message), status=error.status, content_type="text/plain; charset=utf-8")
        response["X-Robots-Tag"] = "noindex"
        patch_vary_headers(response, ["Accept"])
        return response

    return require_safe(wrapper)


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect
def verify(request: HttpRequest) -> HttpResponse:
    """A form for a file or a text; the answer line by line, as JSON for programs."""
    report, error = None, None
    if request.method == "POST":
        try:
            content = inputs.read_submission(upload=request.FILES.get("file"), text=request.POST.get("text", ""))
            report = presenters.show_report(api.verify_credential(content))
        except Invalid as refusal:
            error = refusal
    status = error.status if error else 200
    if request.method == "POST" and inputs.find_json_type(request.headers.get("Accept", "")):
        body = report or {"error": str(error.message), "error_code": error.code} if error or report else {}
        return JsonResponse(body, status=status)
    context = {"report": report, "error": error, "text": request.POST.get("text", "")}
    response = render(request, "solerni/badges/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


@public
def award(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The page of a published award, or its exact bytes for programs; a private award answers like an unknown one."""
    found = api.get_award(uuid, reader_id=None)
    content = api.get_content(uuid, reader_id=None)
    media_type = inputs.find_json_type(request.headers.get("Accept", ""))
    if media_type:
        return _open_to_all(HttpResponse(content, content_type=media_type))
    context = {
        "award": presenters.show_award(found),
        "report": presenters.show_report(api.verify_credential(content)),
    }
    return render(request, "solerni/badges/award.html", context)


@public
def credential(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The file of an award: for its holder, for anybody once it is published."""
    media_type = inputs.find_json_type(request.headers.get("Accept", "")) or "application/json"
    try:
        content = api.get_content(uuid, reader_id=None)
        response = _open_to_all(HttpResponse(content, content_type=media_type))
    except NotFound:
        content = api.get_content(uuid, reader_id=request.user.id)
        response = HttpResponse(content, content_type=media_type, headers={"Cache-Control": "private, no-store"})
    response["Content-Disposition"] = f'attachment; filename="badge-{uuid}.json"'
    return response


@public
def issuer(request: HttpRequest) -> HttpResponse:
    """Who issues here, and with which keys."""
    context = {"issuer": api.get_issuer(), "methods": api.get_did_document()["verificationMethod"]}
    return render(request, "solerni/badges/issuer.html", context)


@public
def did_document(request: HttpRequest) -> HttpResponse:
    """The did:web document of the issuer."""
    return _open_to_all(JsonResponse(api.get_did_document(), content_type="application/did+ld+json"))


@public
def achievement(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A version of a badge, as a page or as JSON-LD."""
    media_type = inputs.find_json_type(request.headers.get("Accept", ""))
    if media_type:
        return _open_to_all(JsonResponse(api.get_achievement_document(uuid), content_type=media_type))
    context = {"badge": presenters.show_achievement(api.get_achievement(uuid))}
    return render(request, "solerni/badges/achievement.html", context)


@public
def image(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The picture of a badge: neutral, drawn from its name."""
    name = api.get_achievement(uuid).name
    context = {"name": name, "initials": presenters.list_initials(name)}
    response = render(request, "solerni/badges/image.svg", context, content_type="image/svg+xml")
    response["Content-Security-Policy"] = SVG_POLICY
    return _open_to_all(response)


def _open_to_all(response: HttpResponse) -> HttpResponse:
    """Readable by scripts of any site: no cookie decides what it says."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-cache"  # a holder may hide it again
    response["X-Content-Type-Options"] = "nosniff"
    return response
