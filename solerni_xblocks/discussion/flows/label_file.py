"""Label: what its member says of a file that waits: what an image shows, by what right it is shared."""

from __future__ import annotations

from uuid import UUID

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import FileLabel, FileRecord, Place
from solerni_xblocks.discussion.errors.attachments import FileNotFound


def label_file(member_id: int, place: Place, uuid: UUID, label: FileLabel) -> FileRecord:
    """Keep what is said so far; what is missing is asked for when it is published."""
    queries.get_participant(member_id, place)
    for row in queries.find_waiting(member_id, place, [uuid]):
        row.alternative = label.alternative
        row.rights, row.licence, row.rights_source = label.rights.claim, label.rights.licence, label.rights.source
        row.save(update_fields=["alternative", "rights", "licence", "rights_source"])
        return queries.to_file(row)
    raise FileNotFound
