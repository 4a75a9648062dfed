"""Refusals of the badges domain, by reason."""
from __future__ import annotations
