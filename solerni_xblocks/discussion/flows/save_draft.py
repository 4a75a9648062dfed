"""Save a draft: what a form holds is kept while it is typed; what another window saved later is never overwritten."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.core import clock
from solerni_xblocks.core.preparekit import PreparedWrite
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Place, SavedDraft, TypedText
from solerni_xblocks.discussion.errors.writing import DraftChanged, TooManyDrafts
from solerni_xblocks.discussion.models import Draft

THREAD_SLOT = "thread"
MOST_DRAFTS = 200

_DROP = PreparedWrite(lambda **draft: (Draft.objects.filter(**draft), None), member_id=int, usage_key=str, slot=str)


def save_draft(member_id: int, place: Place, typed: TypedText) -> SavedDraft | None:
    """Keep what was typed; an empty form has no draft."""
    queries.get_participant(member_id, place)
    row = queries.find_draft(member_id, place.usage_key, typed.slot)
    if row is None:
        return None if typed.is_empty else _create(member_id, place, typed)
    if _is_same(row, typed):
        return queries.to_draft(row)
    if row.revision != typed.revision:
        raise tell_change(row)
    now = clock.now()
    mine = Draft.objects.filter(pk=row.pk, revision=typed.revision)
    moved = mine.delete()[0] if typed.is_empty else mine.update(**_write(typed, now), revision=F("revision") + 1)
    if not moved:  # another window was faster, between our look and our write
        return save_draft(member_id, place, typed)
    return None if typed.is_empty else queries.find_saved(member_id, place.usage_key, typed.slot)


def drop_draft(member_id: int, usage_key: UsageKey, slot: str) -> None:
    """The text was published: nothing is being typed any more. Called in the transaction that published it."""
    _DROP.run(member_id=member_id, usage_key=str(usage_key), slot=slot)


def make_slot(form: str, uuid: UUID) -> str:
    """The name of a form about something: ``reply`` to a thread, ``comment`` on a message, ``edit`` of a message."""
    return f"{form}:{uuid}"


def tell_change(row: Draft) -> DraftChanged:
    """The refusal, with what the other window saved."""
    return DraftChanged(details={"revision": row.revision, "title": row.title, "text": row.source})


def _create(member_id: int, place: Place, typed: TypedText) -> SavedDraft | None:
    if queries.count_drafts(member_id) >= MOST_DRAFTS:
        raise TooManyDrafts
    now = clock.now()
    try:
        with transaction.atomic():
            row = Draft.objects.create(
                member_id=member_id,
                course_key=str(place.course_key),
                usage_key=str(place.usage_key),
                slot=typed.slot,
                revision=typed.revision + 1,
                **_write(typed, now),
            )
    except IntegrityError:  # another window began the same draft at the same moment
        return save_draft(member_id, place, typed)
    return queries.to_draft(row)


def _is_same(row: Draft, typed: TypedText) -> bool:
    return (row.title, row.source, row.kind, row.voice) == (typed.title, typed.source, typed.kind, typed.voice)


def _write(typed: TypedText, now: datetime) -> dict[str, object]:
    return {
        "title": typed.title,
        "source": typed.source,
        "kind": typed.kind,
        "voice": typed.voice,
        "updated_at": now,
    }
