"""What comes in with files: the file itself, what is said of it, which of them a form holds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core import conf
from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.core.identifiers import parse_uuid
from solerni_xblocks.discussion.data import FileLabel, Upload
from solerni_xblocks.discussion.errors.attachments import FileMissing
from solerni_xblocks.discussion.inputs.texts import parse_declaration, parse_slot, read_line

MAX_ALTERNATIVE = 300
MOST_FILES = 50


def parse_upload(data: dict[str, Any]) -> Upload:
    """A file as it was sent; of one that is too large, one byte more than is taken. Raises Invalid."""
    sent = data.get("file")
    if not hasattr(sent, "file") or not hasattr(sent, "filename"):
        raise FileMissing(details={"field": "file"})
    content = sent.file.read(int(conf.get("SOLERNI_DISCUSSION_FILE_BYTES")) + 1)
    if not isinstance(content, bytes):
        raise FileMissing(details={"field": "file"})
    return Upload(slot=parse_slot(data), name=str(sent.filename or ""), content=content)


def parse_label(data: dict[str, Any]) -> FileLabel:
    """What is said of a file. Raises Invalid."""
    return FileLabel(alternative=read_line(data, "alternative", MAX_ALTERNATIVE), rights=parse_declaration(data))


def parse_file_uuid(data: dict[str, Any]) -> UUID:
    """The file that is meant. Raises Invalid."""
    return parse_uuid(data.get("file"))


def parse_files(data: dict[str, Any]) -> tuple[UUID, ...] | None:
    """The files that a form holds, each once; None when it says nothing of files. Raises Invalid."""
    listed = data.get("files")
    if listed is None:
        return None
    if not isinstance(listed, list) or len(listed) > MOST_FILES:
        raise Invalid(_("A list of files was expected."), details={"field": "files"})
    return tuple(dict.fromkeys(map(parse_uuid, listed)))
