"""What members did of what an author asks."""

from __future__ import annotations

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Participation, Place


def measure_participation(member_id: int, place: Place) -> Participation:
    """What the member published in ``place`` and still stands, beside what is asked there."""
    return queries.measure_participation(member_id, place)
