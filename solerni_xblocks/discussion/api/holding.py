"""What discussion owes members: to export what it holds, and to forget it."""

from __future__ import annotations

from typing import Any

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.flows import forget


def export_member(member_id: int) -> dict[str, Any]:
    """Duty *export*: posts, decisions about them, decisions taken, courses moderated, as plain JSON values."""
    return queries.export_member(member_id)


def forget_member(member_id: int) -> dict[str, Any]:
    """Duty *forget*: texts emptied, names removed, appointments ended. Decisions stay: evidence, with bare ids."""
    return dict(forget.forget_member(member_id))
