"""Who calls an API of the demo: a session with a CSRF token, or a token of its own, as in the platform's API views."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from solerni_xblocks.demo import tokens
from solerni_xblocks.host.credentials import list_cookie_credentials, list_header_credentials


def identify(request: HttpRequest) -> HttpResponse | None:
    """Let the account of a valid token be the request's user; the refusal when the request may be forged.

    A header is sent by programs only; sessions and cookies are sent by any page that a browser has open. So where there
    is a header, it alone says whose token counts: one that is good for nothing does not open the way to the cookies.
    """
    by_header = "HTTP_AUTHORIZATION" in request.META
    if (request.user.is_authenticated or not by_header) and _is_forged(request):
        return JsonResponse({"error": _("The page is too old: reload it. Your text is kept.")}, status=403)
    for kind, token in list_header_credentials(request) if by_header else list_cookie_credentials(request):
        subject = tokens.find_subject(kind, token)
        if subject is not None:
            request.user = get_user_model().objects.get(id=subject)
            return None
    if by_header:
        return JsonResponse({"error_code": "token_nonexistent"}, status=401)
    return None


def for_members(view: Any) -> Any:
    """View decorator: who calls is identified, visitors get 401."""

    @csrf_exempt
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if refusal := identify(request):
            return refusal
        if not request.user.is_authenticated:
            return JsonResponse({"error_code": "login.required"}, status=401)
        return view(request, *args, **kwargs)

    return transaction.non_atomic_requests(wrapper)


def _is_forged(request: HttpRequest) -> bool:
    guard = CsrfViewMiddleware(lambda _request: HttpResponse())
    guard.process_request(request)
    return guard.process_view(request, lambda: None, (), {}) is not None
