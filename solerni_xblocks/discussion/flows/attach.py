"""Attach: the files that a form chose go with the wording that is written; those left out show no longer.

What showed once stays for the history and for those who decide, as every wording does.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Declaration, Participant, Place, Voice
from solerni_xblocks.discussion.errors.attachments import (
    FileGone,
    FileNotLabelled,
    FilesNotTaken,
    PdfNotAnonymous,
    TooManyFiles,
)
from solerni_xblocks.discussion.flows.upload_file import find_limit
from solerni_xblocks.discussion.models import Attachment, Post
from solerni_xblocks.discussion.rules.files import PDF, find_gap

UNNAMED = (Voice.ANONYMOUS, Voice.UNNAMED_MODERATOR)


def choose_files(
    author: Participant, place: Place, uuids: Iterable[UUID] | None, *, post: Post | None = None
) -> list[Attachment]:
    """The files of the wording to be written: those that wait for its author, those that ``post`` shows already.

    None: those that show stay. Only the author of a post adds any. Raises FileGone, FilesNotTaken, TooManyFiles,
    FileNotLabelled.
    """
    shown = queries.list_shown(post) if post else []
    if uuids is None:
        return shown
    wanted = set(uuids)
    stay = [row for row in shown if row.uuid in wanted]
    may_add = post is None or post.author_id == author.id
    new = queries.find_waiting(author.id, place, wanted) if may_add and len(wanted) > len(stay) else []
    if len(stay) + len(new) != len(wanted):
        raise FileGone(details={"files": sorted(map(str, wanted - {row.uuid for row in (*stay, *new)}))})
    _require_taken(place, new, count=len(wanted))
    return [*stay, *new]


def require_nameless(voice: Voice, files: Iterable[Attachment]) -> None:
    """Nothing among ``files`` gives away who wrote under a hidden name. Raises PdfNotAnonymous."""
    if voice not in UNNAMED:
        return
    for row in files:
        if row.content_type == PDF.content_type:
            raise PdfNotAnonymous(details={"file": str(row.uuid)})


def list_declarations(files: Iterable[Attachment]) -> tuple[Declaration, ...]:
    """By what right each file is shared, for the rules."""
    return tuple(queries.to_file(row).label.rights for row in files)


def attach_files(post: Post, files: list[Attachment]) -> None:
    """``files`` show with the current wording of ``post``, others no longer. Called in the transaction that writes it.

    Raises FileGone: what would roll the wording back, since another form was faster.
    """
    new = [row.pk for row in files if row.post_id is None]
    if new:
        waiting = Attachment.objects.filter(pk__in=new, post=None, member_id=post.author_id, dropped_at=None)
        if waiting.update(post=post, slot="", since_version=post.version) != len(new):
            raise FileGone
    had = post.files
    if had != len(files):
        post.files = len(files)
        Post.objects.filter(pk=post.pk).update(files=post.files)
    if had:
        gone = Attachment.objects.filter(post=post, until_version=None).exclude(pk__in=[row.pk for row in files])
        gone.update(until_version=post.version - 1)


def _require_taken(place: Place, new: list[Attachment], *, count: int) -> None:
    policy = place.conduct.files
    if new and not find_limit(policy):
        raise FilesNotTaken
    if new and count > policy.most:
        raise TooManyFiles.tell(policy.most)
    for row in new:
        gap = find_gap(queries.to_file(row))
        if gap:
            raise FileNotLabelled.tell(row.uuid, row.name, field=gap)
