"""Rows of the demo (content)."""
from __future__ import annotations

__all__: list[str] = []
