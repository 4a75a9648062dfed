"""The door of the members domain: what a member may ask about their data. It asks no gate."""

from __future__ import annotations

from typing import Any

from solerni_xblocks.members import queries
from solerni_xblocks.members.data import Export, Request
from solerni_xblocks.members.flows import export_data as exporting
from solerni_xblocks.members.flows import forget_member as forgetting

__all__ = ["export_data", "export_member", "forget_member", "forget_own_rows", "list_requests"]


def export_data(member_id: int) -> Export:
    """All that every domain holds about the member: ``held`` by app label, plain JSON values, times in ISO 8601 (UTC).

    Raises: TooManyExports after SOLERNI_MEMBERS_EXPORTS_PER_DAY within 24 hours; ExportIncomplete when a domain
    failed (the request stays open, its result recorded).
    """
    return exporting.export_data(member_id)


def forget_member(member_id: int, *, actor_id: int) -> Request:
    """Have every domain forget the member, on behalf of ``actor_id``; call again to retry what failed.

    Only performers that have not succeeded yet run. ``done_at`` stays None until all have.
    Announces: MEMBER_FORGOTTEN, when done.
    """
    return forgetting.forget_member(member_id, actor_id=actor_id)


def list_requests(member_id: int) -> list[Request]:
    """The member's requests, the latest first. Two queries, whatever their number."""
    return queries.list_requests(member_id)


def export_member(member_id: int) -> dict[str, Any]:
    """The duty export of this domain: the member's requests."""
    return queries.export_member(member_id)


def forget_own_rows(member_id: int) -> dict[str, Any]:
    """The duty forget of this domain. Counts by table."""
    return forgetting.forget_own_rows(member_id)
