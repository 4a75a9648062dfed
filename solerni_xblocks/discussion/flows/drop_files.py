"""Drop files: the row loses all that is somebody's at once, the bytes leave the storage after the commit, then the row.

A roll-back loses nothing; a storage that does not answer, or a process that dies in between, is made up for later.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from solerni_xblocks.core import clock
from solerni_xblocks.core.storekit import find_store
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.errors.attachments import FileNotFound
from solerni_xblocks.discussion.flows.upload_file import STORE
from solerni_xblocks.discussion.models import Attachment, UploadCount

WAITS = timedelta(days=7)
"""Files that nobody published by then go."""

GRACE = timedelta(hours=1)
"""An upload that lasts longer than this has stopped."""

MOST = 500
"""Files looked at in one run; the next run goes on."""


def remove_file(member_id: int, place: Place, uuid: UUID) -> None:
    """The member takes a file out of the form in which it waits."""
    queries.get_participant(member_id, place)
    waiting = [row.pk for row in queries.find_waiting(member_id, place, [uuid])]
    if not drop_files(Attachment.objects.filter(pk__in=waiting, post=None)):
        raise FileNotFound


@transaction.atomic
def drop_files(files: QuerySet[Attachment]) -> int:
    """Let go of those of ``files`` that are there; how many."""
    going = list(files.filter(dropped_at=None).values_list("pk", flat=True))
    count = files.filter(pk__in=going, dropped_at=None).update(
        dropped_at=clock.now(),
        member_id=None,
        post=None,
        name="",
        alternative="",
        licence="",
        rights_source="",
        sha256="",
    )
    transaction.on_commit(lambda: _erase(going), robust=True)
    return count


def forget_files(member_id: int) -> int:
    """Let go of all that the member sent, also of what is just arriving: that is not kept then. How many were there."""
    count = drop_files(Attachment.objects.filter(member_id=member_id))
    Attachment.objects.filter(member_id=member_id).update(member_id=None, name="", sha256="")
    UploadCount.objects.filter(member_id=member_id).delete()
    return count


def settle_files() -> dict[str, int]:
    """Let go of what waited too long, erase what is left of what was dropped; how many. Told again, it does nothing."""
    now = clock.now()
    UploadCount.objects.filter(on__lt=(now - timedelta(days=1)).date()).delete()
    waiting = Attachment.objects.filter(post=None, dropped_at=None, created_at__lt=now - WAITS)
    late = list(waiting.values_list("pk", flat=True)[:MOST])
    dropped = drop_files(Attachment.objects.filter(pk__in=late, post=None)) if late else 0
    left = Attachment.objects.filter(dropped_at__lt=now - GRACE).values_list("pk", flat=True)
    return {"unused": dropped, "erased": _erase(left[:MOST])}


def _erase(keys: Iterable[int]) -> int:
    """Bytes, then rows; how many. Without a storage they wait for one."""
    store = find_store(STORE)
    if store is None:
        return 0
    rows = list(Attachment.objects.filter(pk__in=list(keys), dropped_at__isnull=False))
    for row in rows:
        store.delete(row.stored_as)
        row.delete()
    return len(rows)
