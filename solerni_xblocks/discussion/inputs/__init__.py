"""What came in becomes a shape of ``data``, or is refused with a text that says what to mend. No rule of conduct.

What readers send is in ``reading``.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core import conf
from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.core.identifiers import parse_uuid
from solerni_xblocks.discussion.data import Draft, Kind, TypedText, Voice
from solerni_xblocks.discussion.errors.writing import TextMissing, TextTooLong, TitleMissing, TitleTooLong
from solerni_xblocks.discussion.inputs.attachments import parse_file_uuid, parse_files, parse_label, parse_upload
from solerni_xblocks.discussion.inputs.links import keep_wanted_thread, take_wanted_thread
from solerni_xblocks.discussion.inputs.reading import (
    parse_beginning,
    parse_choice,
    parse_flag,
    parse_followed,
    parse_glance,
    parse_position,
    parse_post_uuid,
    parse_search_place,
    parse_sort,
    parse_target,
    parse_thread_named,
    parse_title_typed,
    parse_until,
    parse_word,
    parse_words,
)
from solerni_xblocks.discussion.inputs.settings import (
    find_faults,
    make_care,
    make_conduct,
    make_policy,
    make_requirement,
)
from solerni_xblocks.discussion.inputs.texts import parse_declaration, parse_slot, read_choice, read_text

__all__ = [
    "find_faults",
    "keep_wanted_thread",
    "make_care",
    "make_conduct",
    "make_policy",
    "make_requirement",
    "parse_beginning",
    "parse_choice",
    "parse_file_uuid",
    "parse_flag",
    "parse_followed",
    "parse_glance",
    "parse_label",
    "parse_parent_uuid",
    "parse_position",
    "parse_post_draft",
    "parse_post_uuid",
    "parse_revision",
    "parse_search_place",
    "parse_sort",
    "parse_source",
    "parse_target",
    "parse_thread_draft",
    "parse_thread_named",
    "parse_thread_uuid",
    "parse_title_typed",
    "parse_typed_text",
    "parse_until",
    "parse_upload",
    "parse_word",
    "parse_words",
    "take_wanted_thread",
]

MAX_TITLE = 200


def parse_thread_draft(data: dict[str, Any]) -> Draft:
    """A draft with a title. Raises Invalid."""
    title = " ".join(read_text(data, "title").split())
    if _is_blank(title):
        raise TitleMissing(details={"field": "title"})
    if len(title) > MAX_TITLE:
        raise TitleTooLong(details={"field": "title"})
    return replace(parse_post_draft(data), title=title, kind=read_choice(data, "kind", Kind.DISCUSSION))


def parse_post_draft(data: dict[str, Any]) -> Draft:
    """A draft without a title. Raises Invalid."""
    return Draft(
        submission=parse_uuid(data.get("submission")),
        source=parse_source(data),
        voice=read_choice(data, "voice", Voice.SELF),
        rights=parse_declaration(data),
        insists=data.get("insist") is True,
        files=parse_files(data),
    )


def parse_typed_text(data: dict[str, Any]) -> TypedText:
    """What stands in a form while it is typed. Raises Invalid for a form that does not exist, or far too much."""
    slot, revision = parse_slot(data), data.get("revision") or 0
    if not _is_count(revision):
        raise Invalid(_("This draft cannot be saved from here: reload the page."))
    title, source = read_text(data, "title"), read_text(data, "text")
    if len(title) > MAX_TITLE:
        raise TitleTooLong(details={"field": "title"})
    if len(source) > 2 * conf.get("SOLERNI_DISCUSSION_MAX_CHARACTERS"):
        raise TextTooLong(details={"field": "text"})
    kind, voice = read_choice(data, "kind", Kind.DISCUSSION), read_choice(data, "voice", Voice.SELF)
    return TypedText(slot=slot, revision=revision, title=title, source=source, kind=kind, voice=voice)


def parse_revision(data: dict[str, Any]) -> tuple[Draft, dict[str, Any]]:
    """Another wording, with the message and the wording of it that was read. Raises Invalid."""
    if not _is_count(data.get("version")):
        raise Invalid(_("This message cannot be changed from here: reload the page."))
    draft = parse_thread_draft(data) if data.get("title") is not None else parse_post_draft(data)
    return draft, {"post_uuid": parse_post_uuid(data), "version": data["version"]}


def parse_parent_uuid(data: dict[str, Any]) -> UUID | None:
    """The message that is answered; None: the thread. Raises Invalid."""
    return parse_uuid(data["parent"]) if data.get("parent") else None


def parse_source(data: dict[str, Any]) -> str:
    """The Markdown under ``text``, without control characters. Raises Invalid."""
    source = read_text(data, "text").strip("\n")
    limit = conf.get("SOLERNI_DISCUSSION_MAX_CHARACTERS")
    if _is_blank(source):
        raise TextMissing(details={"field": "text"})
    if len(source) > limit:
        message = _("Your message has %(length)s characters; %(limit)s at most are allowed.")
        raise TextTooLong(message % {"length": len(source), "limit": limit}, details={"field": "text"})
    return source


def parse_thread_uuid(data: dict[str, Any]) -> UUID:
    """The thread that is meant. Raises Invalid."""
    return parse_uuid(data.get("thread"))


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def _is_blank(text: str) -> bool:
    """Whether no letter, figure, mark of punctuation or symbol is there to be seen."""
    return not any(unicodedata.category(character)[0] in "LNPS" for character in text)
