"""Refusals of the members domain, by reason."""
from __future__ import annotations
