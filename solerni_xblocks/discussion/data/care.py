"""What the author of a place chose about moderation after publication, and about a broken promise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Care:
    """``hide_weight``: open reports that weigh as much hide a message until somebody has read it; 0: never.

    ``publishes_overdue``: what waits only because every message waits appears once the promise is broken. What a rule
    held never does.
    """

    hide_weight: float = 3.0
    publishes_overdue: bool = False


DEFAULT_CARE = Care()
"""Of a place whose author chose nothing."""
