"""JSON at the edges: bodies in, one line out."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Invalid

MAX_BODY_BYTES = 1_000_000


def parse_object(body: bytes, *, max_bytes: int = MAX_BODY_BYTES) -> dict[str, Any]:
    """The JSON object in ``body`` (UTF-8, at most ``max_bytes``). Raises Invalid."""
    if len(body) > max_bytes:
        raise Invalid(_("This is too long to be sent."), code="input.too_large")
    try:
        value = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise Invalid(_("This is not valid JSON."), code="input.not_json") from error
    if not isinstance(value, dict):
        raise Invalid(_("A JSON object was expected."), code="input.not_an_object")
    return value


def dumps(value: Any) -> str:
    """``value`` as compact JSON text; accents stay readable."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
