"""What a file is, told from its content; what it may be called. Names and announced types are never believed."""

from __future__ import annotations

import re
import unicodedata

from solerni_xblocks.discussion.data.attachments import FileKind, FileRecord, Recognised
from solerni_xblocks.discussion.rules.measures.rights import find_missing

LONGEST_NAME = 100
IMAGES = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
}
PDF = Recognised(kind=FileKind.PDF, content_type="application/pdf", endings=(".pdf",))
TEXT = Recognised(kind=FileKind.TEXT, content_type="text/plain", endings=(".txt", ".md", ".csv"))

_PDF_BEGINNING = re.compile(rb"%PDF-[12]\.\d")
_PDF_END = b"%%EOF"
_PDF_TAIL = 1_024
_MARKUP = re.compile(r"\s*<[!?a-z/]", re.IGNORECASE)
# Tab, LF, FF and CR are text; other controls, NUL among them, are not.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SEPARATORS = re.compile(r"[/\\]")
# What some system takes for more than a letter.
_UNNAMEABLE = re.compile(r'[<>:"|?*]')
_UNNAMED = "file"


def recognise_document(content: bytes) -> Recognised | None:
    """A PDF or a plain text, by every sign of it; None for anything else: markup, archives, programs, halves.

    >>> recognise_document(b"%PDF-1.7 ... %%EOF").kind.value, recognise_document("Été".encode()).kind.value
    ('pdf', 'text')
    >>> recognise_document(b"<svg onload=alert(1)>"), recognise_document(b"PK\\x03\\x04"), recognise_document(b"")
    (None, None, None)
    """
    if _PDF_BEGINNING.match(content):
        return PDF if _PDF_END in content[-_PDF_TAIL:] else None
    return TEXT if _is_text(content) else None


def make_image_kind(content_type: str) -> Recognised:
    """What an image of this type is."""
    return Recognised(kind=FileKind.IMAGE, content_type=content_type, endings=IMAGES[content_type])


def clean_name(name: str, recognised: Recognised) -> str:
    r"""What a file is called to people and when it is saved: no folders, nothing invisible, the ending of its content.

    >>> clean_name("C:\\temp\\..\\plan\x00.exe", PDF), clean_name("photo.JPEG", make_image_kind("image/jpeg"))
    ('plan.exe.pdf', 'photo.JPEG')
    >>> clean_name("../../", TEXT), clean_name("\u202eslp.exe", TEXT)
    ('file.txt', 'slp.exe.txt')
    """
    last = next((part for part in reversed(_SEPARATORS.split(name)) if part.strip(" .")), "")
    seen = "".join(filter(_is_seen, unicodedata.normalize("NFC", last)))
    words = " ".join(_UNNAMEABLE.sub(" ", seen).split()).strip(" .") or _UNNAMED
    stem, ending = _split(words, recognised.endings)
    room = LONGEST_NAME - len(ending)
    return (stem[:room].rstrip(" .") or _UNNAMED) + ending


def _split(name: str, endings: tuple[str, ...]) -> tuple[str, str]:
    """The name without its ending, and the ending: its own where the content has such, else the usual one."""
    for ending in endings:
        if name.lower().endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)], name[-len(ending) :]
    return name, endings[0]


def _is_seen(character: str) -> bool:
    """No control, no mark of direction, nothing invisible but the space."""
    return character == " " or unicodedata.category(character)[0] not in "CZ"


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and not _NO_TEXT.search(text) and not _MARKUP.match(text)


def find_gap(file: FileRecord) -> str:
    """The first thing that its member still has to say of ``file``; empty when all is said."""
    if file.is_image and not file.label.alternative:
        return "alternative"
    missing = next(find_missing(file.label.rights), "")
    return "rights" if missing == "claim" else missing
