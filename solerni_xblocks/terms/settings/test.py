"""Settings of the platform's test mode: the same hook again, since YAML is read in between."""

from __future__ import annotations

from solerni_xblocks.terms.settings.common import plugin_settings

__all__ = ["plugin_settings"]
