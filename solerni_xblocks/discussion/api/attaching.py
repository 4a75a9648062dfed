"""Files that members join to their messages."""

from __future__ import annotations

from uuid import UUID

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import FileContent, FileLabel, FilePolicy, FileRecord, Place, Upload
from solerni_xblocks.discussion.flows import drop_files as drop
from solerni_xblocks.discussion.flows import label_file as label
from solerni_xblocks.discussion.flows import open_file as hand_out
from solerni_xblocks.discussion.flows import upload_file as keep


def upload_file(member_id: int, place: Place, upload: Upload) -> FileRecord:
    """Keep a file that was sent for a form; it shows to nobody else until a message of that form is published with it.

    What it is is told from its content: images are written anew (upright, smaller, without what cameras hide in them),
    PDFs and plain texts kept as they are, everything else refused. The name is made harmless.

    Raises: as ``publish_thread`` for who may not write now; FilesNotTaken, TooManyFiles, FileEmpty, FileTooLarge,
    FileUnknown, FileKindNotTaken, ImageTooManyPixels, FilesUsedUp; StoreFailed when the storage did not take it.
    """
    return keep.upload_file(member_id, place, upload)


def label_file(member_id: int, place: Place, file_uuid: UUID, said: FileLabel) -> FileRecord:
    """What an image shows and by what right a file is shared, for a file of the member's own that waits.

    Raises: NotTakingPart; FileNotFound, also for a file of others, of another place, or published already.
    """
    return label.label_file(member_id, place, file_uuid, said)


def remove_file(member_id: int, place: Place, file_uuid: UUID) -> None:
    """Take a file of one's own out of the form in which it waits. Raises: as ``label_file``."""
    drop.remove_file(member_id, place, file_uuid)


def list_waiting_files(member_id: int, place: Place) -> tuple[FileRecord, ...]:
    """The files that wait in the member's forms of ``place``; at most 100."""
    return queries.list_waiting(member_id, place.usage_key)


def open_file(reader_id: int, file_uuid: UUID) -> FileContent:
    """A file for somebody who may have it now: its member while it waits, then whoever may read the message.

    Of messages that are not published, and of what a later wording left out, only author and moderators have it.

    Raises: FileNotFound; Refused or Unavailable from the gates *way* and *take part*.
    """
    return hand_out.open_file(reader_id, file_uuid)


def find_file_limit(policy: FilePolicy) -> int:
    """The largest file that a place with this policy takes on this site, in bytes; 0: it takes none."""
    return keep.find_limit(policy)


def is_file_store_open() -> bool:
    """Whether files can be read past us, since the storage that the operator chose is a public place."""
    return hand_out.is_store_open()


def settle_files() -> dict[str, int]:
    """Let go of files that waited for a week, erase what is left of removed ones; how many, by what was done."""
    return drop.settle_files()
