"""Later: before the date a member may put the answer off, a few times. Nothing but this is stored."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from solerni_xblocks.core import clock
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Change
from solerni_xblocks.terms.errors import PostponementRefused
from solerni_xblocks.terms.queries import changes


def postpone_version(member_id: int, slug: str, version_uuid: UUID) -> Change:
    """Count one more time; the banner stays away until then. The change as it now stands."""
    with transaction.atomic():
        row, _ = models.Snooze.objects.select_for_update().get_or_create(
            member_id=member_id, version_uuid=version_uuid, defaults={"until": clock.now(), "count": 0}
        )
        change = changes.find_change(member_id, slug)
        if change is None or change.asking.version_uuid != version_uuid or change.later_until is None:
            raise PostponementRefused
        row.until, row.count = change.later_until, row.count + 1
        row.save()
    return change
