"""What members are typing."""

from __future__ import annotations

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Place, SavedDraft, TypedText
from solerni_xblocks.discussion.flows import save_draft as flow


def save_draft(member_id: int, place: Place, typed: TypedText) -> SavedDraft | None:
    """Keep what stands in a form; None for an empty form, whose draft is removed. Only its member ever reads it.

    Raises: NotTakingPart; DraftChanged when another window saved another text since ``typed.revision``, with that
    text: nothing is overwritten; TooManyDrafts.
    """
    return flow.save_draft(member_id, place, typed)


def list_drafts(member_id: int, place: Place) -> tuple[SavedDraft, ...]:
    """The member's latest 20 drafts in ``place``."""
    return queries.list_drafts(member_id, place.usage_key)
