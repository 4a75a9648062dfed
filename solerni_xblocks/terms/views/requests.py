"""What every page of terms reads from a request: the language asked for, where to go on, a member's answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from solerni_xblocks.terms import inputs, presenters
from solerni_xblocks.terms.data import Answer, Channel


def list_languages(request: HttpRequest) -> list[str]:
    """Languages wanted for a text, the one asked for first."""
    return [request.POST.get("language") or request.GET.get("lang") or "", get_language() or ""]


def find_next(request: HttpRequest) -> str:
    """Where to go after answering: an address of this site or of one of the platform's frontends, or nothing.

    The platform lists the hosts of its frontends in LOGIN_REDIRECT_WHITELIST, for its own log-in.
    """
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = {request.get_host(), *getattr(settings, "LOGIN_REDIRECT_WHITELIST", ())}
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=allowed, require_https=request.is_secure())
    return wanted if is_ours else ""


def parse_answer(
    request: HttpRequest, slug: str, form: str = presenters.FORM, *, fields: Mapping[str, Any] | None = None
) -> Answer:
    """The member's answer to the document ``slug``, given on the template ``form``. Raises Invalid.

    ``fields``: what the form says of this document, where one page asks for several.
    """
    return inputs.parse_answer(
        request.POST if fields is None else fields,
        document=slug,
        member_id=int(request.user.id),
        channel=Channel.PAGE,
        screen_digest=presenters.get_screen_digest(form),
        course_key="",
        meta=request.META,
    )
