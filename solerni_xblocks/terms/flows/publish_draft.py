"""Publish what operators wrote in the admin site: the draft becomes a version and is gone."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from solerni_xblocks.core import clock
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Preview, Text, TextDraft, Version, VersionDraft
from solerni_xblocks.terms.errors import DocumentNotFound, DraftChanged, DraftRefused
from solerni_xblocks.terms.flows import publish_version as publication
from solerni_xblocks.terms.queries.texts import find_latest, get_default_language
from solerni_xblocks.terms.rules import differences, publishing


def publish_draft(draft_uuid: UUID, *, digest: str) -> Version:
    """In one transaction: pressed twice, published once; changed since it was read, not at all."""
    with transaction.atomic():
        draft = models.Draft.objects.select_for_update().filter(uuid=draft_uuid).first()
        if draft is None:
            raise DocumentNotFound
        slug, content = draft.document.slug, read_draft(draft)
        if publishing.compute_draft_digest(slug, content) != digest:
            raise DraftChanged
        draft.delete()
        return publication.publish_version(slug, content)


def preview_draft(draft_uuid: UUID) -> Preview:
    """What publishing would show, and what stands against it; nothing is written."""
    draft = models.Draft.objects.select_related("document").filter(uuid=draft_uuid).first()
    if draft is None:
        raise DocumentNotFound
    content = read_draft(draft)
    reasons = publishing.judge_draft(content, default_language=get_default_language(), now=clock.now())
    slug = draft.document.slug
    texts: tuple[Text, ...] = ()
    if publishing.Reason.SOURCE_LENGTH not in reasons:
        try:
            texts = tuple(publication.render_texts(slug, content))
        except DraftRefused:
            reasons.append(publishing.Reason.PAGE_LENGTH)
    former = find_latest(slug, "html")
    return Preview(
        document=slug,
        digest=publishing.compute_draft_digest(slug, content),
        label=draft.label,
        effective_at=draft.effective_at,
        requires_acceptance=draft.requires_acceptance,
        contact=draft.contact,
        texts=texts,
        comparisons={
            text.language: differences.compare_texts(former[text.language], text.html)
            for text in texts
            if text.language in former
        },
        reasons=tuple(reason.value for reason in reasons),
    )


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
