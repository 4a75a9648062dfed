"""System checks about the meeting places."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from solerni_xblocks.hooks import gates


@register("solerni")
def check_gates(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A gate that nobody answers is open; the operator should know."""
    hint = "Install solerni_terms, or accept that nothing guards this."
    return [
        Warning(f"The gate {question!r} has no answerer and is open.", hint=hint, id="solerni_blockkit.W001")
        for question in gates.list_unanswered()
    ]
