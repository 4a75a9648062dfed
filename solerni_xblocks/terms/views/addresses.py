"""What every page of terms reads from the address: the language asked for, where to go on."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language


def list_languages(request: HttpRequest) -> list[str]:
    """Languages wanted for a text, the one asked for first."""
    return [request.POST.get("language") or request.GET.get("lang") or "", get_language() or ""]


def find_next(request: HttpRequest) -> str:
    """Where to go after answering: an address of this site, or nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=allowed, require_https=request.is_secure())
    return wanted if is_ours else ""
