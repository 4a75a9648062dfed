"""Rows of the demo (site)."""
from __future__ import annotations

__all__: list[str] = []
