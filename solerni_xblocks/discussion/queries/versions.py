"""The wordings of a post, and the post itself for who may change it."""

from __future__ import annotations

from uuid import UUID

from solerni_xblocks.discussion.data import FileRecord, Participant, Place, VersionRecord
from solerni_xblocks.discussion.errors.writing import OwnPostNotFound
from solerni_xblocks.discussion.models import Post, Version
from solerni_xblocks.discussion.queries.attachments import list_files
from solerni_xblocks.discussion.queries.showing import is_shown_now


def get_changeable_post(member: Participant, place: Place, uuid: UUID) -> Post:
    """The post of ``place`` that the member wrote and sees or moderates, with its thread. Raises OwnPostNotFound."""
    posts = Post.objects.select_related("thread", "parent").filter(
        uuid=uuid, thread__course_key=str(place.course_key), thread__usage_key=str(place.usage_key)
    )
    post = posts.first() if member.is_moderator else posts.filter(is_shown_now("thread__"), author_id=member.id).first()
    if post is None:
        raise OwnPostNotFound
    return post


def list_versions(post: Post) -> tuple[VersionRecord, ...]:
    """Every wording of the post, the first one first."""
    files = list_files(post)
    return tuple(_to_version(row, post, files) for row in post.versions.order_by("number"))


def _to_version(row: Version, post: Post, files: tuple[FileRecord, ...]) -> VersionRecord:
    return VersionRecord(
        number=row.number,
        title=row.title,
        source=row.source,
        is_by_author=row.editor_id == post.author_id,
        at=row.at,
        files=tuple(file for file in files if file.is_in(row.number)),
    )
