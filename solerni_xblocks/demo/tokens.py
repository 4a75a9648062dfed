"""Credentials of programs: bearer tokens, kept as digests, and JWTs, signed with the site's key.

Times are those of the site's clock, so a token ends when the operator moves it.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any

import jwt
from django.conf import settings
from django.contrib.auth import get_user_model

from solerni_xblocks.core import clock
from solerni_xblocks.demo.models import AccessToken
from solerni_xblocks.host.credentials import BEARER

LIFE = timedelta(hours=1)
ALGORITHM = "HS256"
AUDIENCE = "solerni-demo"


def issue_bearer(user: Any) -> str:
    """A new opaque token of ``user``; only its digest is kept."""
    token = secrets.token_urlsafe(32)
    AccessToken.objects.create(user=user, digest=_digest(token), expires_at=clock.now() + LIFE)
    return token


def issue_jwt(user: Any) -> str:
    """A JWT of ``user``, with the claims that the platform's views read."""
    now = clock.now()
    claims = {
        "iss": settings.SOLERNI_BASE_URL,
        "aud": AUDIENCE,
        "iat": int(now.timestamp()),
        "exp": int((now + LIFE).timestamp()),
        "jti": secrets.token_hex(16),
        "preferred_username": user.get_username(),
    }
    return jwt.encode(claims, _get_key(), algorithm=ALGORITHM)


def find_subject(kind: str, token: str) -> int | None:
    """The active account of a token that counts now; None for any other. One query."""
    accounts = get_user_model().objects.filter(is_active=True)
    if kind == BEARER:
        accounts = accounts.filter(demo_tokens__digest=_digest(token), demo_tokens__expires_at__gt=clock.now())
    else:
        accounts = accounts.filter(username=_read_username(token))
    return accounts.values_list("id", flat=True).first()


def _read_username(token: str) -> str:
    """Whom a JWT names; empty when it is forged, foreign or has ended."""
    options = {"require": ["exp", "iat", "aud"], "verify_exp": False, "verify_iat": False}
    try:
        claims = jwt.decode(token, _get_key(), algorithms=[ALGORITHM], audience=AUDIENCE, options=options)
    except jwt.InvalidTokenError:
        return ""
    return str(claims.get("preferred_username", "")) if claims["exp"] > clock.now().timestamp() else ""


def _get_key() -> bytes:
    """Long enough for the algorithm, whatever the length of the site's own key."""
    return sha256(f"solerni_demo.jwt {settings.SECRET_KEY}".encode()).digest()


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
