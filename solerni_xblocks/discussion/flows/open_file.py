"""Open a file for somebody who may have it now. Nothing is changed."""

from __future__ import annotations

import logging
from uuid import UUID

from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.core.errors import Refused
from solerni_xblocks.core.storekit import find_store, is_in_the_open
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import FileContent
from solerni_xblocks.discussion.errors.attachments import FileNotFound
from solerni_xblocks.discussion.flows.upload_file import STORE
from solerni_xblocks.hooks import gates

log = logging.getLogger(__name__)


def open_file(reader_id: int, uuid: UUID) -> FileContent:
    """The file and its bytes, once rights and the gates of its block were asked."""
    row = queries.get_file(uuid, reader_id=reader_id)
    _require_open(reader_id, UsageKey.from_string(row.usage_key), CourseKey.from_string(row.course_key))
    store = find_store(STORE)
    if store is None:
        raise FileNotFound
    try:
        stream = store.open(row.stored_as)
    except FileNotFoundError as error:
        log.exception("The storage has lost a file of a message")
        raise FileNotFound from error
    return FileContent(record=queries.to_file(row), digest=row.sha256, stream=stream)


def _require_open(reader_id: int, usage_key: UsageKey, course_key: CourseKey) -> None:
    """As the handlers of its block do; who moderates comes to messages past what stands above them, by the queue."""
    try:
        gates.require(gates.WAY, reader_id, usage_key)
    except Refused:
        if not queries.is_moderator(reader_id, course_key):
            raise
    gates.require(gates.TAKE_PART, reader_id, course_key)


def is_store_open() -> bool:
    """Whether the storage can be read without asking us."""
    store = find_store(STORE)
    return store is not None and is_in_the_open(store)
