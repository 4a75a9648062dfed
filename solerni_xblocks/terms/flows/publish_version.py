"""Publish a version: from here on it never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from solerni_xblocks.core import clock, htmlkit
from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Act, Actor, Audience, Channel, Text, TextDraft, Version, VersionDraft
from solerni_xblocks.terms.errors import DocumentNotFound, DraftRefused, LabelTaken
from solerni_xblocks.terms.flows import append_proofs
from solerni_xblocks.terms.flows.mark_clauses import mark_clauses
from solerni_xblocks.terms.queries import documents, texts
from solerni_xblocks.terms.rules import publishing


def save_document(slug: str, *, order: int, **settled: Any) -> None:
    """Create the document, or change its place in the order; whom it binds is settled at creation."""
    is_course = settled["audience"] == Audience.COURSE
    if slug in publishing.RESERVED or not publishing.SLUG.fullmatch(slug) or is_course != bool(settled["course_key"]):
        raise DraftRefused(details={"reasons": ["document.malformed"]})
    if settled["is_course_wide"] and not is_course:
        raise DraftRefused(details={"reasons": ["document.malformed"]})
    defaults = {"order": order, **settled}
    document, is_new = models.Document.objects.get_or_create(slug=slug, defaults=defaults)
    if not is_new and document.order != order:
        models.Document.objects.filter(id=document.id).update(order=order)


def publish_version(slug: str, draft: VersionDraft) -> Version:
    """Write version, texts and the proof of their publication in one transaction.

    A label that stands already gets a number behind it; of two publishers at once with one label, the second is
    refused.
    """
    now = clock.now()
    draft = _clean(draft)
    reasons = publishing.judge_draft(draft, default_language=texts.get_default_language(), now=now)
    if reasons:
        raise DraftRefused(details={"reasons": [reason.value for reason in reasons]})
    document, former = documents.find_document_for(slug, draft.label)
    if document is None:
        raise DocumentNotFound
    draft = mark_clauses(draft, former)
    if document.is_label_taken:
        draft = replace(draft, label=publishing.choose_label(draft.label, documents.list_labels(slug)))
    rows = _make_texts(draft)
    try:
        with transaction.atomic():
            held = append_proofs.hold_chains([None])  # first, so that two publishers stand in line
            version = _write(document, draft, rows, now)
            entry = append_proofs.make_entry(
                Act.PUBLISH, version, member_id=None, channel=Channel.OPERATOR, actor=Actor.SERVICE
            )
            append_proofs.append_proof(entry, held=held)
    except IntegrityError as error:
        raise LabelTaken from error
    return documents.to_version(version, languages=sorted(draft.texts))


def publish_if_changed(slug: str, draft: VersionDraft) -> Version | None:
    """Publish unless the version published last has these very texts, once their clauses have ids."""
    former = texts.find_latest(slug, "source")
    draft = mark_clauses(_clean(draft), former)
    sources = {language: text.source for language, text in draft.texts.items()}
    return None if sources == former else publish_version(slug, draft)


def render_texts(slug: str, draft: VersionDraft) -> list[Text]:
    """The texts of a draft as they would be published now; nothing is written. Raises DraftRefused."""
    marked = mark_clauses(_clean(draft), texts.find_latest(slug, "source"))
    return [
        Text(language=row.language, title=row.title, summary=row.summary, html=row.html, digest=row.digest)
        for row in _make_texts(marked)
    ]


def _clean(draft: VersionDraft) -> VersionDraft:
    texts = {
        language: TextDraft(
            title=" ".join(htmlkit.strip_controls(text.title).split()),
            source=htmlkit.strip_controls(text.source),
            summary=htmlkit.strip_controls(text.summary).strip(),
        )
        for language, text in draft.texts.items()
    }
    return replace(draft, texts=texts, contact=draft.contact.strip())


def _write(document: models.Document, draft: VersionDraft, rows: list[models.Text], now: datetime) -> models.Version:
    version = models.Version(
        uuid=make_uuid(),
        document=document,
        label=draft.label,
        published_at=now,
        effective_at=draft.effective_at or now,
        requires_acceptance=draft.requires_acceptance,
        contact=draft.contact,
    )
    version.digest = documents.compute_digest(version, rows)
    version.save()
    for row in rows:
        row.version = version
    models.Text.objects.bulk_create(rows)
    return version


def _make_texts(draft: VersionDraft) -> list[models.Text]:
    """Rendered before any lock is taken. Raises DraftRefused."""
    try:
        return [_make_text(language, text) for language, text in sorted(draft.texts.items())]
    except htmlkit.PageTooLong as error:
        raise DraftRefused(details={"reasons": [publishing.Reason.PAGE_LENGTH.value]}) from error


def _make_text(language: str, text: TextDraft) -> models.Text:
    return models.Text(
        language=language,
        title=text.title,
        source=text.source,
        summary=text.summary,
        html=htmlkit.render_document(_get_body(text)),
        renderer=htmlkit.RENDERER,
        digest=publishing.compute_digest(text.source),
    )


def _get_body(text: TextDraft) -> str:
    """The source without its title line, since the title stands outside the text."""
    title, body = publishing.split_title(text.source)
    return body if title == text.title else text.source
