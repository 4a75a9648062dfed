"""Settings that the platform must hold for the obligations that it keeps itself; asked for by a deployment check.

Only settings are read here; the platform itself is named in ``host/openedx.py`` alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

ALLOWED_REQUIRED_FIELDS = {"honor_code", "terms_of_service", "confirm_email"}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Obligation ``number`` holds when ``holds()``; ``setting`` and ``value`` tell the operator what to change."""

    number: int
    setting: str
    value: str
    holds: Callable[[], bool]

    @property
    def check_id(self) -> str:
        """``solerni_core.W1NN`` for obligation NN."""
        return f"solerni_core.W1{self.number:02d}"


def _has_feature(name: str) -> bool:
    return bool(getattr(settings, "FEATURES", {}).get(name))


def _asks_only_what_is_needed() -> bool:
    fields: dict[str, Any] = getattr(settings, "REGISTRATION_EXTRA_FIELDS", {})
    return {name for name, how in fields.items() if how == "required"} <= ALLOWED_REQUIRED_FIELDS


def _has_password_policy() -> bool:
    return bool(settings.AUTH_PASSWORD_VALIDATORS) and _has_feature("ENABLE_MAX_FAILED_LOGIN_ATTEMPTS")


def _is_private_by_default() -> bool:
    visibility: dict[str, Any] = getattr(settings, "ACCOUNT_VISIBILITY_CONFIGURATION", {})
    return visibility.get("default_visibility") == "private"


def _has_secure_cookies() -> bool:
    return bool(settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE)


WANTED = (
    Wanted(
        number=12,
        setting='FEATURES["PREVENT_CONCURRENT_LOGINS"]',
        value="True",
        holds=lambda: _has_feature("PREVENT_CONCURRENT_LOGINS"),
    ),
    Wanted(
        number=22,
        setting='AUTH_PASSWORD_VALIDATORS and FEATURES["ENABLE_MAX_FAILED_LOGIN_ATTEMPTS"]',
        value="not empty, True",
        holds=_has_password_policy,
    ),
    Wanted(
        number=61,
        setting="REGISTRATION_EXTRA_FIELDS",
        value="no field 'required' beyond the terms, the honour code and the address",
        holds=_asks_only_what_is_needed,
    ),
    Wanted(
        number=62,
        setting='ACCOUNT_VISIBILITY_CONFIGURATION["default_visibility"]',
        value='"private"',
        holds=_is_private_by_default,
    ),
    Wanted(number=64, setting='FEATURES["EMBARGO"]', value="True", holds=lambda: _has_feature("EMBARGO")),
    Wanted(
        number=67,
        setting="SESSION_COOKIE_SECURE and CSRF_COOKIE_SECURE",
        value="True",
        holds=_has_secure_cookies,
    ),
)
