"""Images that people send: recognised by their bytes, measured before they are unpacked, written anew without what
cameras hide in them.

What comes out was encoded here from pixels alone: no place, no date, no thumbnail, no comment, nothing behind the
image. Of what moves, the first picture stays.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

MOST_PIXELS = 25_000_000
"""Of an image as it is sent; 24 million are 6,000 by 4,000."""

MOST_SCANS = 100
"""Of a JPEG, each of which passes over the whole image; ten are usual where it comes into view by degrees."""

MOST_SEGMENTS = 500
"""Of a JPEG before its first scan, each of which costs time however short it is; cameras write some twenty, and their
profile or preview, cut in pieces of 64 kB, some more."""

LONGEST_SIDE = 2_000
"""Of an image as it is kept."""

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/png"}
"""What is read, and as what it is kept."""

_WRITERS: dict[str, tuple[str, dict[str, Any]]] = {
    "image/jpeg": ("JPEG", {"quality": 85, "optimize": True}),
    "image/png": ("PNG", {"optimize": True}),
    "image/webp": ("WEBP", {"quality": 85}),
}
_JPEG, _SCAN, _MARK = b"\xff\xd8", b"\xff\xda", 0xFF
_WITHOUT_LENGTH = {0x00, 0xC8, *range(0xD0, 0xDA), *range(0xF0, 0xFE)}
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, struct.error)
"""What Pillow raises on files that are not what they begin as."""


class NotAnImage(ValueError):
    """It begins like an image, and cannot be read as one."""


class TooManyPixels(ValueError):
    """It would take too much room once unpacked."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """An image written anew."""

    content: bytes
    content_type: str
    width: int
    height: int


def is_image(content: bytes) -> bool:
    """Whether ``content`` begins as an image that we read.

    >>> is_image(b"GIF89a..."), is_image(b"<svg/>")
    (True, False)
    """
    return content.startswith(_BEGINNINGS) or _is_webp(content)


def write_anew(content: bytes) -> Picture:
    """The image in ``content``, upright, of LONGEST_SIDE at most. Raises NotAnImage, TooManyPixels."""
    if _is_webp(content):  # its reader sets the room aside before it tells the size
        _require_room(_measure_webp(content))
    if content.startswith(_JPEG):
        _require_simple(content)
    try:
        with Image.open(BytesIO(content), formats=list(FORMATS)) as image:
            _require_room(image.size)
            return _write(image, FORMATS[image.format or ""])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise TooManyPixels from error
    except TooManyPixels:
        raise
    except _BROKEN as error:
        raise NotAnImage from error


def _write(image: Image.Image, content_type: str) -> Picture:
    name, options = _WRITERS[content_type]
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is unpacked no larger than it will be kept
    upright = ImageOps.exif_transpose(_shrink(image, _choose_mode(image, content_type)))
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    written = BytesIO()
    bare.save(written, name, **options)
    return Picture(content=written.getvalue(), content_type=content_type, width=bare.width, height=bare.height)


def _shrink(image: Image.Image, mode: str) -> Image.Image:
    """``image`` in ``mode``, of LONGEST_SIDE at most; made so where it stands if it can be, since copies take room."""
    image.load()
    pixels = image if image.mode == mode else image.convert(mode)
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return pixels


def _choose_mode(image: Image.Image, content_type: str) -> str:
    """Colours, and what shines through where the format keeps it; a drawing in greys stays one."""
    if content_type != "image/jpeg" and image.has_transparency_data:
        return "RGBA"
    return "L" if image.mode in ("1", "L") and content_type != "image/webp" else "RGB"


def _require_room(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise TooManyPixels


def _require_simple(content: bytes) -> None:
    """A JPEG of no more scans and segments than images have: each costs time before a pixel is seen."""
    if content.count(_SCAN) > MOST_SCANS:
        raise TooManyPixels
    position = len(_JPEG)
    for _ in range(MOST_SEGMENTS):
        mark = content[position : position + 2]
        if len(mark) < 2 or mark == _SCAN:
            return
        position += _measure_segment(mark, content[position + 2 : position + 4])
    raise TooManyPixels


def _measure_segment(mark: bytes, length: bytes) -> int:
    """How far the reader goes on from ``mark``: a byte that is none, or fills, is passed over alone."""
    if mark[0] != _MARK or mark[1] == _MARK:
        return 1
    return 2 if mark[1] in _WITHOUT_LENGTH else 2 + int.from_bytes(length, "big")


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _measure_webp(content: bytes) -> tuple[int, int]:
    """Width and height from the first chunk (RFC 9649, sections 2.5 to 2.7). Raises NotAnImage."""
    chunk, head = content[12:16], content[20:30].ljust(10, b"\0")
    if chunk == b"VP8X":
        return 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 ":
        return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF
    raise NotAnImage
