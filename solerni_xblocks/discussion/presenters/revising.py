"""The form that changes a post, and the wordings that it had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from solerni_xblocks.core import conf
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Piece, Place, PostRecord, VersionRecord
from solerni_xblocks.discussion.presenters.attachments import FileView, view_file_form, view_files


@dataclass(frozen=True, kw_only=True)
class VersionView:
    """One wording, as it differs from the one before; the first stands as it was written."""

    number: int
    at: datetime
    is_by_author: bool
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    files: Sequence[FileView]


def answer_edit_form(post: PostRecord, place: Place, *, draft_key: str, viewer_id: int) -> dict[str, Any]:
    """The JSON of the form that changes the post."""
    context = {
        "post": post,
        "shown_files": view_files(post.files),
        "file_form": view_file_form(place) if post.author_id == viewer_id else None,
        "edit_key": f"{draft_key}-edit-{post.uuid}",
        "edit_slot": f"edit:{post.uuid}",
        "limit": conf.get("SOLERNI_DISCUSSION_MAX_CHARACTERS"),
    }
    return {"html": render_to_string("solerni/discussion/edit.html", context)}


def answer_versions(versions: tuple[VersionRecord, ...]) -> dict[str, Any]:
    """The JSON of the history, the latest wording first."""
    before = (None, *versions[:-1])
    views = [_view_version(*pair) for pair in zip(versions, before, strict=True)]
    return {"html": render_to_string("solerni/discussion/history.html", {"versions": views[::-1]})}


def _view_version(version: VersionRecord, before: VersionRecord | None) -> VersionView:
    old = before or version
    return VersionView(
        number=version.number,
        at=version.at,
        is_by_author=version.is_by_author,
        title=api.compare_texts(old.title, version.title),
        text=api.compare_texts(old.source, version.source),
        files=view_files(version.files),
    )
