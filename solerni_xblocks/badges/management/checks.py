"""What the operator of badges should look at: system checks with stable ids."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from solerni_xblocks.badges import api
from solerni_xblocks.badges.errors import SigningWaits
from solerni_xblocks.core import conf


@register("solerni")
def check_signing(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """W001: without a public address the issuer has no name, so awards wait unsigned."""
    try:
        api.get_issuer()
    except SigningWaits:
        hint = "Set SOLERNI_BASE_URL (or LMS_ROOT_URL), then run manage.py solerni_badges_settle."
        return [Warning("Badges are awarded but not signed: no public address.", hint=hint, id="solerni_badges.W001")]
    return []


@register("solerni", deploy=True)
def check_secret(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """W002: changing SECRET_KEY would lock the signing keys."""
    if conf.get("SOLERNI_BADGES_KEY_SECRET"):
        return []
    hint = "Set SOLERNI_BADGES_KEY_SECRET to a secret of its own, before the first badge is signed."
    return [Warning("Signing keys are closed with SECRET_KEY.", hint=hint, id="solerni_badges.W002")]


@register(Tags.database)
def check_key(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E001: the secret changed; nothing can be signed. Reads the database, so it runs with ``check --database``."""

    try:
        is_open = not databases or api.can_open_key()
    except DatabaseError:  # before the first migration
        return []
    if is_open:
        return []
    hint = (
        "Restore SOLERNI_BADGES_KEY_SECRET, or retire the key in the admin: a new one is made, old badges stay valid."
    )
    return [Error("The configured secret does not open the signing key.", hint=hint, id="solerni_badges.E001")]
