"""The place of the site-wide door among the platform's middlewares."""

from __future__ import annotations

from typing import Any

GATE = "solerni_xblocks.terms.middleware.TermsGate"
AFTER = (
    "common.djangoapps.student.middleware.UserStandingMiddleware",
    "openedx.core.djangoapps.cache_toolbox.middleware.CacheBackedAuthenticationMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
)
"""It needs the user of the session; and the platform turns a disabled account away first."""

LAST = ".SessionCookieDomainOverride"
"""The end of its name; the platform says that nothing may stand behind it."""


def insert_gate(settings: Any) -> None:
    """Put the door behind those of AFTER that are there, else before LAST, else at the end; once, wherever it is."""
    listed = list(settings.MIDDLEWARE)
    if GATE in listed:
        return
    places = [place for place, name in enumerate(listed) if name in AFTER]
    end = next((place for place, name in enumerate(listed) if name.endswith(LAST)), len(listed))
    listed.insert(max(places) + 1 if places else end, GATE)
    settings.MIDDLEWARE = type(settings.MIDDLEWARE)(listed)
