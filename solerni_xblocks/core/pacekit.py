"""How often somebody does what costs time, counted in the cache of all workers. No domain word."""

from __future__ import annotations

from django.core.cache import cache


def count_up(name: str, *, seconds: int) -> int:
    """How often this happened since it first did, within so many seconds; a cache that forgets lets it begin anew."""
    key = f"solerni.pace.{name}"
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # the cache dropped it meanwhile
        return 1
