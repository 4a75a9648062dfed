"""For operators: making documents, publishing versions, calling them off."""

from __future__ import annotations

from uuid import UUID

from solerni_xblocks.terms.data import Audience, Kind, Preview, TextDraft, Version, VersionDraft
from solerni_xblocks.terms.flows import cancel_version as cancellation
from solerni_xblocks.terms.flows import publish_draft as drafts
from solerni_xblocks.terms.flows import publish_version as publication
from solerni_xblocks.terms.rules import publishing


def save_document(
    slug: str,
    *,
    audience: Audience = Audience.MEMBERS,
    kind: Kind = Kind.TERMS,
    course_key: str = "",
    is_course_wide: bool = False,
    is_required: bool = True,
    renewal_days: int | None = None,
    order: int = 0,
) -> None:
    """Make sure that the document exists, and give it its place in the order; all else is settled when it is created.

    ``everyone``, ``members``: the whole site's. ``minors``: asked of those who need joint consent, and of their
    guardian. ``course``: asked where a terms block of ``course_key`` stands, or (``is_course_wide``) at the course's
    door. Not ``is_required``: nobody is kept out, and an acceptance can be withdrawn.

    Raises: DraftRefused (malformed slug; a course document without course, or the reverse).
    """
    publication.save_document(
        slug,
        order=order,
        audience=audience,
        kind=kind,
        course_key=course_key,
        is_course_wide=is_course_wide,
        is_required=is_required,
        renewal_days=renewal_days,
    )


def publish_version(slug: str, draft: VersionDraft) -> Version:
    """Publish a version of the document: texts rendered, digests taken, nothing ever changed afterwards.

    Gates of every process know within five seconds, and at ``effective_at`` to the instant.

    Raises: DocumentNotFound; DraftRefused (``details["reasons"]``); LabelTaken.
    """
    return publication.publish_version(slug, draft)


def publish_if_changed(slug: str, draft: VersionDraft) -> Version | None:
    """As publish_version, but None when the version published last has texts of the same digests."""
    return publication.publish_if_changed(slug, draft)


def cancel_version(slug: str, name: str, *, actor_id: int | None = None) -> Version:
    """Call off an announced version (label or uuid) before its date; gates of every process know within 5 seconds.

    Raises: DocumentNotFound; CancellationRefused (it has begun, or was called off already).
    """
    return cancellation.cancel_version(slug, name, actor_id=actor_id)


def publish_draft(draft_uuid: UUID, *, digest: str) -> Version:
    """Publish a draft of the admin site, which is then gone. ``digest``: that of the preview that was read.

    Raises: DocumentNotFound (no such draft, or published already); DraftChanged; and as publish_version.
    """
    return drafts.publish_draft(draft_uuid, digest=digest)


def preview_draft(draft_uuid: UUID) -> Preview:
    """A draft as members will see it, what differs from the version published last, and what stands against it.

    Raises: DocumentNotFound.
    """
    return drafts.preview_draft(draft_uuid)


def is_slug_free(slug: str) -> bool:
    """Whether a document can have that address: well formed, and of no page of the service."""
    return bool(publishing.SLUG.fullmatch(slug)) and slug not in publishing.RESERVED


def make_text(source: str) -> TextDraft:
    """One language of a version from a Markdown file whose first line is its title (``# Terms of use``)."""
    return publishing.make_text(source)
