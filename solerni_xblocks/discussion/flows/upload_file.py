"""Upload: a file is counted, told by its content, kept, and waits in the form that it was sent for.

The row comes before the bytes and says that they are to go; once they have arrived it says that they stay. Whatever
stops in between is cleared away later (``flows/drop_files.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.core.files.storage import Storage
from django.db.models import F

from solerni_xblocks.core import clock, conf, imagekit
from solerni_xblocks.core.storekit import find_store, keep
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import FileKind, FilePolicy, FileRecord, Place, Upload
from solerni_xblocks.discussion.data.attachments import Recognised
from solerni_xblocks.discussion.errors.attachments import (
    FileEmpty,
    FileGone,
    FileKindNotTaken,
    FilesNotTaken,
    FilesUsedUp,
    FileTooLarge,
    FileUnknown,
    ImageTooManyPixels,
    TooManyFiles,
)
from solerni_xblocks.discussion.flows import admitting
from solerni_xblocks.discussion.models import Attachment, UploadCount
from solerni_xblocks.discussion.models.versions import name_file
from solerni_xblocks.discussion.rules.files import clean_name, make_image_kind, recognise_document

STORE = "SOLERNI_DISCUSSION_FILE_STORAGE"


@dataclass(frozen=True, kw_only=True)
class _Kept:
    """What is kept of what was sent."""

    content: bytes
    recognised: Recognised
    width: int | None = None
    height: int | None = None


def find_limit(policy: FilePolicy) -> int:
    """The largest file that may be sent, in bytes; 0: none at all."""
    if not policy.takes_any or find_store(STORE) is None:
        return 0
    return min(policy.size, int(conf.get("SOLERNI_DISCUSSION_FILE_BYTES")))


def upload_file(member_id: int, place: Place, upload: Upload) -> FileRecord:
    """Keep what was sent for one form."""
    member = admitting.admit(member_id, place)
    policy, store = place.conduct.files, find_store(STORE)
    limit = find_limit(policy)
    if not limit or store is None:
        raise FilesNotTaken
    if queries.count_waiting(member.id, place.usage_key, upload.slot) >= policy.most:
        raise TooManyFiles.tell(policy.most)
    _require_size(len(upload.content), limit)
    _count(member.id, len(upload.content))
    kept = _read(upload.content, policy)
    return queries.to_file(_store(_make_row(member.id, place, upload, kept), kept.content, store))


def _require_size(size: int, limit: int) -> None:
    if not size:
        raise FileEmpty
    if size > limit:
        raise FileTooLarge.tell(limit)


def _read(content: bytes, policy: FilePolicy) -> _Kept:
    if imagekit.is_image(content):
        _require_kind(FileKind.IMAGE, policy)
        return _read_image(content)
    recognised = recognise_document(content)
    if recognised is None:
        raise FileUnknown
    _require_kind(recognised.kind, policy)
    return _Kept(content=content, recognised=recognised)


def _read_image(content: bytes) -> _Kept:
    try:
        picture = imagekit.write_anew(content)
    except imagekit.TooManyPixels as error:
        raise ImageTooManyPixels from error
    except imagekit.NotAnImage as error:
        raise FileUnknown from error
    recognised = make_image_kind(picture.content_type)
    return _Kept(content=picture.content, recognised=recognised, width=picture.width, height=picture.height)


def _require_kind(kind: FileKind, policy: FilePolicy) -> None:
    if kind not in policy.kinds:
        raise FileKindNotTaken


def _count(member_id: int, size: int) -> None:
    """Within what a member may send in a day: asked and counted in one statement, so that nobody slips between.

    Before the file is read, which is what costs: refused ones count, and beyond the measure none is unpacked.
    """
    today = clock.now().date()
    UploadCount.objects.get_or_create(member_id=member_id, on=today)
    room = int(conf.get("SOLERNI_DISCUSSION_FILE_BYTES_PER_DAY")) - size
    counted = UploadCount.objects.filter(
        member_id=member_id, on=today, files__lt=conf.get("SOLERNI_DISCUSSION_FILES_PER_DAY"), size__lte=room
    )
    if room < 0 or not counted.update(files=F("files") + 1, size=F("size") + size):
        raise FilesUsedUp


def _make_row(member_id: int, place: Place, upload: Upload, kept: _Kept) -> Attachment:
    now = clock.now()
    row = Attachment(
        member_id=member_id,
        course_key=str(place.course_key),
        usage_key=str(place.usage_key),
        slot=upload.slot,
        name=clean_name(upload.name, kept.recognised),
        content_type=kept.recognised.content_type,
        size=len(kept.content),
        width=kept.width,
        height=kept.height,
        sha256=sha256(kept.content).hexdigest(),
        created_at=now,
        dropped_at=now,
    )
    row.stored_as = name_file(row, row.name)
    row.save(force_insert=True)
    return row


def _store(row: Attachment, content: bytes, store: Storage) -> Attachment:
    row.stored_as = keep(store, row.stored_as, content)
    arrived = Attachment.objects.filter(pk=row.pk, member_id=row.member_id)
    if not arrived.update(stored_as=row.stored_as, dropped_at=None):
        raise FileGone  # its member was forgotten meanwhile
    return row
