"""Files that members join to their messages: what a place takes, what is sent, what readers see of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO
from uuid import UUID

from solerni_xblocks.discussion.data.scenes import Declaration


class FileKind(StrEnum):
    """What a file is, by its content."""

    IMAGE = "image"
    PDF = "pdf"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class FilePolicy:
    """Which files a place takes: of these ``kinds``, ``most`` with one message, ``size`` bytes each. 0: none."""

    kinds: tuple[FileKind, ...] = tuple(FileKind)
    most: int = 4
    size: int = 4_000_000

    @property
    def takes_any(self) -> bool:
        """Whether a message may have files at all."""
        return bool(self.kinds and self.most > 0 and self.size > 0)


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """What a content is: its kind, its type, and the endings that a name of such a file may have, the usual first."""

    kind: FileKind
    content_type: str
    endings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it was sent, for the form ``slot``. Nothing of it is believed."""

    slot: str
    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class FileLabel:
    """What its member says of a file: what an image shows, and by what right it is shared."""

    alternative: str = ""
    rights: Declaration = field(default_factory=Declaration)


@dataclass(frozen=True, kw_only=True)
class FileRecord:
    """A file as its readers see it. ``slot``: the form in which it waits, empty once it is published.

    ``since`` and ``until`` number the first and the last wording that show it; ``until`` None: it still shows.
    """

    uuid: UUID
    slot: str
    name: str
    content_type: str
    size: int
    width: int | None
    height: int | None
    label: FileLabel
    since: int | None = None
    until: int | None = None

    def is_in(self, version: int) -> bool:
        """Whether wording number ``version`` shows it."""
        return self.since is not None and self.since <= version and (self.until is None or version <= self.until)

    @property
    def is_image(self) -> bool:
        """Whether it shows in the page; anything else is only handed out."""
        return self.content_type.startswith("image/")


@dataclass(frozen=True, kw_only=True)
class FileContent:
    """The bytes of a file for somebody who may have them now. ``digest`` is their SHA-256."""

    record: FileRecord
    digest: str
    stream: IO[bytes]
