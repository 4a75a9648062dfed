"""Refusals of the discussion domain, by reason."""
from __future__ import annotations
