"""What a member is typing in a place."""

from __future__ import annotations

from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.discussion.data import Kind, SavedDraft, Voice
from solerni_xblocks.discussion.models import Draft

DRAFTS_PER_PAGE = 20


def list_drafts(member_id: int, usage_key: UsageKey) -> tuple[SavedDraft, ...]:
    """The member's drafts in the place, the latest 20."""
    rows = Draft.objects.filter(member_id=member_id, usage_key=str(usage_key)).order_by("-updated_at", "-id")
    return tuple(map(to_draft, rows[:DRAFTS_PER_PAGE]))


def find_draft(member_id: int, usage_key: UsageKey, slot: str) -> Draft | None:
    """The draft of one form."""
    return Draft.objects.filter(member_id=member_id, usage_key=str(usage_key), slot=slot).first()


def find_saved(member_id: int, usage_key: UsageKey, slot: str) -> SavedDraft | None:
    """The draft of one form, as it is handed out."""
    row = find_draft(member_id, usage_key, slot)
    return to_draft(row) if row else None


def count_drafts(member_id: int) -> int:
    """How many drafts the member has, everywhere."""
    return Draft.objects.filter(member_id=member_id).count()


def to_draft(row: Draft) -> SavedDraft:
    return SavedDraft(
        slot=row.slot,
        revision=row.revision,
        title=row.title,
        source=row.source,
        kind=Kind(row.kind),
        voice=Voice(row.voice),
        updated_at=row.updated_at,
    )
