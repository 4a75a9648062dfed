"""Publish what operators wrote in the admin site: the draft becomes a version and is gone."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import TextDraft, Version, VersionDraft
from solerni_xblocks.terms.errors import DocumentNotFound
from solerni_xblocks.terms.flows import publish_version as publication


def publish_draft(draft_uuid: UUID) -> Version:
    """In one transaction: pressed twice, published once."""
    with transaction.atomic():
        draft = models.Draft.objects.select_for_update().filter(uuid=draft_uuid).first()
        if draft is None:
            raise DocumentNotFound
        slug, content = draft.document.slug, read_draft(draft)
        draft.delete()
        return publication.publish_version(slug, content)


def read_draft(draft: models.Draft) -> VersionDraft:
    """The draft as the rules of publishing see it."""
    return VersionDraft(
        label=draft.label,
        texts={
            text.language: TextDraft(title=text.title, source=text.source, summary=text.summary)
            for text in draft.texts.all()
        },
        contact=draft.contact,
        effective_at=draft.effective_at,
        requires_acceptance=draft.requires_acceptance,
    )
