"""Settings in every mode of the LMS and Studio."""

from __future__ import annotations

from typing import Any

OPENEDX_HOST = "solerni_xblocks.host.openedx.OpenEdx"


def plugin_settings(settings: Any) -> None:
    """Points Solerni at the platform, unless the operator chose another host."""
    if not getattr(settings, "SOLERNI_HOST", None):
        settings.SOLERNI_HOST = OPENEDX_HOST
