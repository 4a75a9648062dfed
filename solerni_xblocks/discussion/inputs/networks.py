"""Where a request comes from, without keeping its address."""

from __future__ import annotations

from typing import Any

from django.utils.crypto import salted_hmac


def blur_address(meta: dict[str, Any]) -> str:
    """A name for the network address of a request, for counting; nobody reads the address in it."""
    return salted_hmac("solerni.discussion.network", meta.get("REMOTE_ADDR", "")).hexdigest()[:20]
