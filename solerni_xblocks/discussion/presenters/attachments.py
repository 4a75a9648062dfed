"""Files as forms and messages show them: their address, what they are, by what right they are shared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.figurekit import place_figures
from solerni_xblocks.core.sizekit import format_size
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Claim, FileKind, FileRecord, Place

KINDS = {
    FileKind.IMAGE: _("images (JPEG, PNG, WebP, GIF)"),
    FileKind.PDF: _("PDF"),
    FileKind.TEXT: _("plain text"),
}
ACCEPTED = {
    FileKind.IMAGE: "image/jpeg,image/png,image/webp,image/gif",
    FileKind.PDF: "application/pdf",
    FileKind.TEXT: ".txt,.md,.csv,text/plain",
}
TYPES = {
    "application/pdf": _("PDF"),
    "text/plain": _("Text"),
}
CLAIMS = {
    Claim.MINE: _("I made it"),
    Claim.PERMITTED: _("Its author allows me to"),
    Claim.LICENSED: _("Its licence allows it"),
    Claim.PUBLIC: _("It is in the public domain"),
    Claim.QUOTED: _("It is a short quotation, with its source"),
}
CREDITS = {
    Claim.MINE: _("made by the author of the message"),
    Claim.PERMITTED: _("with the author's permission"),
    Claim.PUBLIC: _("public domain"),
    Claim.QUOTED: _("quotation"),
}
LICENCES = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC BY-NC 4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC BY-ND 4.0": "https://creativecommons.org/licenses/by-nd/4.0/",
    "CC BY-NC-SA 4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "CC BY-NC-ND 4.0": "https://creativecommons.org/licenses/by-nc-nd/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
"""Offered in forms; any other licence can be typed."""


@dataclass(frozen=True, kw_only=True)
class FileForm:
    """What the form says of files: how large, how many, which. ``accept`` only helps to choose."""

    limit: int
    size: str
    most: int
    kinds: Sequence[Any]
    accept: str


@dataclass(frozen=True, kw_only=True)
class FileView:
    """A file: where it is, what it is, its credits. ``is_placed``: its image stands in the text already."""

    file: FileRecord
    url: str
    type: Any
    size: str
    credit: Any
    licence_url: str
    is_placed: bool


def view_file_form(place: Place) -> FileForm | None:
    """The part of the form for files; None where none are taken."""
    policy = place.conduct.files
    limit = api.find_file_limit(policy)
    if not limit:
        return None
    kinds = [kind for kind in FileKind if kind in policy.kinds]
    return FileForm(
        limit=limit,
        size=format_size(limit),
        most=policy.most,
        kinds=[KINDS[kind] for kind in kinds],
        accept=",".join(ACCEPTED[kind] for kind in kinds),
    )


def view_files(files: Iterable[FileRecord], *, html: str = "") -> list[FileView]:
    """The files of a message whose text is ``html``."""
    return [_view_file(file, is_placed=f'<img src="#file-{file.uuid}"' in html) for file in files]


def show_figures(html: str, files: Iterable[FileRecord]) -> SafeString:
    """Sanitised ``html`` with the images among ``files`` in their places."""
    images = {file.uuid: (find_address(file.uuid), file.width, file.height) for file in files if file.is_image}
    return mark_safe(place_figures(html, images.get))  # noqa: S308 - sanitised; only addresses of ours come in


def show_any_figure(html: str) -> SafeString:
    """The same for a preview: each file at its address, where rights are asked."""
    return mark_safe(place_figures(html, lambda uuid: (find_address(uuid), None, None)))  # noqa: S308 - as above


def find_address(uuid: UUID) -> str:
    """Where a file is handed out."""
    return reverse("solerni_discussion:file", args=[uuid])


def answer_file(file: FileRecord) -> dict[str, Any]:
    """The JSON of a file that waits in a form: its line, with what is to be said of it."""
    return {"uuid": str(file.uuid), "name": file.name, "html": render_waiting(file)}


def render_waiting(file: FileRecord) -> str:
    """The line of a file in the form in which it waits."""
    context = {"view": _view_file(file, is_placed=False), "claims": CLAIMS, "licences": LICENCES}
    return render_to_string("solerni/discussion/elements/waiting_file.html", context)


def view_waiting(files: Iterable[FileRecord]) -> list[tuple[str, SafeString]]:
    """The lines of waiting files, each with the form that it belongs to."""
    return [(file.slot, mark_safe(render_waiting(file))) for file in files]  # noqa: S308 - made by a template


def _view_file(file: FileRecord, *, is_placed: bool) -> FileView:
    rights = file.label.rights
    return FileView(
        file=file,
        url=find_address(file.uuid),
        type=TYPES.get(file.content_type, _("Image")),
        size=format_size(file.size),
        credit=CREDITS.get(rights.claim, ""),
        licence_url=LICENCES.get(rights.licence, ""),
        is_placed=is_placed,
    )
