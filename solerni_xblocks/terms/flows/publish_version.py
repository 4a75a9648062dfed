"""Publish a version: from here on it never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from solerni_xblocks.core import clock, htmlkit
from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Audience, TextDraft, Version, VersionDraft
from solerni_xblocks.terms.errors import DocumentNotFound, DraftRefused, LabelTaken
from solerni_xblocks.terms.queries import documents
from solerni_xblocks.terms.rules import publishing

EPOCH_ID = 1


def save_document(slug: str, *, audience: Audience, course_key: str, order: int) -> None:
    """Create the document, or change its place in the order; whom it binds is settled at creation."""
    if not publishing.SLUG.fullmatch(slug) or (audience == Audience.COURSE) != bool(course_key):
        raise DraftRefused(details={"reasons": ["document.malformed"]})
    defaults = {"audience": audience, "course_key": course_key, "order": order}
    document, is_new = models.Document.objects.get_or_create(slug=slug, defaults=defaults)
    if not is_new and document.order != order:
        models.Document.objects.filter(id=document.id).update(order=order)


def publish_version(slug: str, draft: VersionDraft) -> Version:
    """Write version and texts, and move the epoch, in one transaction."""
    now = clock.now()
    draft = _clean(draft)
    reasons = publishing.judge_draft(draft, default_language=documents.get_default_language(), now=now)
    if reasons:
        raise DraftRefused(details={"reasons": [reason.value for reason in reasons]})
    document = documents.find_document(slug)
    if document is None:
        raise DocumentNotFound
    try:
        with transaction.atomic():
            _move_epoch()
            version = _write(document, draft, now)
    except IntegrityError as error:
        raise LabelTaken from error
    return next(found for found in documents.list_versions(slug) if found.uuid == version.uuid)


def publish_if_changed(slug: str, draft: VersionDraft) -> Version | None:
    """Publish unless the version published last has these very texts."""
    digests = {language: publishing.compute_digest(text.source) for language, text in _clean(draft).texts.items()}
    return None if digests == documents.find_latest_digests(slug) else publish_version(slug, draft)


def _clean(draft: VersionDraft) -> VersionDraft:
    texts = {
        language: TextDraft(
            title=" ".join(htmlkit.strip_controls(text.title).split()), source=htmlkit.strip_controls(text.source)
        )
        for language, text in draft.texts.items()
    }
    return replace(draft, texts=texts, summary=htmlkit.strip_controls(draft.summary).strip())


def _move_epoch() -> None:
    """First, so that two publishers stand in line; no row yet means that nothing was ever published."""
    if not models.Epoch.objects.filter(id=EPOCH_ID).update(number=F("number") + 1):
        models.Epoch.objects.create(id=EPOCH_ID, number=1)


def _write(document: models.Document, draft: VersionDraft, now: datetime) -> models.Version:
    version = models.Version.objects.create(
        uuid=make_uuid(),
        document=document,
        label=draft.label,
        published_at=now,
        effective_at=draft.effective_at or now,
        requires_acceptance=draft.requires_acceptance,
        summary=draft.summary,
    )
    models.Text.objects.bulk_create(
        models.Text(
            version=version,
            language=language,
            title=text.title,
            source=text.source,
            html=htmlkit.render_document(_get_body(text)),
            renderer=htmlkit.RENDERER,
            digest=publishing.compute_digest(text.source),
        )
        for language, text in draft.texts.items()
    )
    return version


def _get_body(text: TextDraft) -> str:
    """The source without its title line, since the title stands outside the text."""
    title, body = publishing.split_title(text.source)
    return body if title == text.title else text.source
