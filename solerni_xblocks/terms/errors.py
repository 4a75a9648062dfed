"""Refusals of the terms domain, by reason."""
from __future__ import annotations
