"""Credentials that travel beside the session: OAuth tokens and JWTs, in a header or in cookies.

Where they stand in a request is the same on every host; whose they are is asked of the adapter, and kept for a
minute. The platform's own middlewares see such a client as anonymous.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings

from solerni_xblocks.core import conf

BEARER, JWT = "bearer", "jwt"
MEMORY_SECONDS = 60
MAX_KEPT = 10_000
NOBODY: frozenset[int] = frozenset()


def list_credentials(request: Any) -> list[tuple[str, str]]:
    """Every token that the request carries, as (kind, token); the views decide which of them counts."""
    return list_header_credentials(request) + list_cookie_credentials(request)


def list_header_credentials(request: Any) -> list[tuple[str, str]]:
    """The token in the Authorization header, which a program has put there."""
    header = request.META.get("HTTP_AUTHORIZATION")
    return _read_header(header, _read_names().prefix) if header else []


def list_cookie_credentials(request: Any) -> list[tuple[str, str]]:
    """The JWTs in cookies, which browsers send by themselves.

    A JWT cookie comes whole, or as header with payload and signature in two cookies (edx-drf-extensions, ADR 0002).
    """
    cookies = request.COOKIES
    if not cookies:
        return []
    names = _read_names()
    whole, payload, signature = (cookies.get(name) for name in (names.cookie, names.payload, names.signature))
    found = [(JWT, whole)] if whole else []
    return [*found, (JWT, f"{payload}.{signature}")] if payload and signature else found


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """How the platform's settings call the header and the cookies of a JWT."""

    prefix: str
    cookie: str
    payload: str
    signature: str


@conf.kept_until_changed("JWT_AUTH")
def _read_names() -> Names:
    options = getattr(settings, "JWT_AUTH", {})
    return Names(
        prefix=(options.get("JWT_AUTH_HEADER_PREFIX") or "JWT").lower(),
        cookie=options.get("JWT_AUTH_COOKIE") or "edx-jwt-cookie",
        payload=options.get("JWT_AUTH_COOKIE_HEADER_PAYLOAD") or "edx-jwt-cookie-header-payload",
        signature=options.get("JWT_AUTH_COOKIE_SIGNATURE") or "edx-jwt-cookie-signature",
    )


def _read_header(header: str, prefix: str) -> list[tuple[str, str]]:
    words = header.split()
    if len(words) != 2:
        return []
    kind = {"bearer": BEARER, prefix: JWT}.get(words[0].lower())
    return [(kind, words[1])] if kind else []


class TokenIdentities:
    """Whose tokens a request carries. An adapter says whose one token is; None for one that is not valid."""

    def __init__(self) -> None:
        self._kept: dict[bytes, tuple[int, float]] = {}

    def find_subjects(self, request: Any) -> frozenset[int]:
        """The accounts for which the request speaks beside its session; a token that is not valid names nobody."""
        credentials = list_credentials(request)
        if not credentials:
            return NOBODY
        found = (self._find_kept(kind, token) for kind, token in credentials)
        return frozenset(subject for subject in found if subject is not None)

    def find_subject(self, kind: str, token: str) -> int | None:
        """The account of one token."""
        raise NotImplementedError

    def _find_kept(self, kind: str, token: str) -> int | None:
        """Whose a token is never changes; only whether it still counts does, and that the view checks."""
        digest = sha256(f"{kind} {token}".encode()).digest()
        now = time.monotonic()
        kept = self._kept.get(digest)
        if kept and now < kept[1]:
            return kept[0]
        subject = self.find_subject(kind, token)
        if subject is not None:
            if len(self._kept) >= MAX_KEPT:
                self._kept = {}
            self._kept[digest] = (subject, now + MEMORY_SECONDS)
        return subject
