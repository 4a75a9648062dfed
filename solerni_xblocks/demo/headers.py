"""The content security policy of every page: nothing from elsewhere, no inline script, no inline style."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
STUDIO_POLICY = f"{POLICY}; style-src-attr 'unsafe-inline'"
"""Studio's edit form comes from xblock.utils, whose template carries style attributes."""

STUDIO_PREFIXES = ("/studio/", "/preview/")


def content_security(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: add the policy unless the view sent its own."""

    def add_policy(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = STUDIO_POLICY if request.path.startswith(STUDIO_PREFIXES) else POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return add_policy
