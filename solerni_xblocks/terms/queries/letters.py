"""What a notice of a change says, in the reader's language. Texts are published for ever: they are read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.urls import reverse

from solerni_xblocks.core import conf
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Asking, Kind, NoticeStage
from solerni_xblocks.terms.queries import permalinks, texts
from solerni_xblocks.terms.rules import publishing


@dataclass(frozen=True, kw_only=True)
class Letter:
    """The values of the mail's template."""

    stage: NoticeStage
    kind: Kind
    title: str
    label: str
    language: str
    summary: str
    text_digest: str
    contact: str
    effective_at: datetime
    change_url: str
    permalink: str


def write_letter(asking: Asking, stage: NoticeStage, language: str) -> Letter:
    """No query when the text was read before."""
    carried = _read_titles(asking.version_uuid)
    wanted = publishing.choose_language(carried, [language.partition("-")[0], texts.get_default_language()])
    title, summary, digest, contact = carried[wanted]
    return Letter(
        stage=stage,
        kind=asking.kind,
        title=title,
        label=asking.label,
        language=wanted,
        summary=summary,
        text_digest=digest,
        contact=contact,
        effective_at=asking.effective_at,
        change_url=conf.get_base_url() + reverse("solerni_terms:change", args=[asking.document]),
        permalink=permalinks.make_permalink(asking.document, asking.label, wanted),
    )


@lru_cache(maxsize=64)
def _read_titles(version_uuid: UUID) -> dict[str, tuple[str, str, str, str]]:
    rows = models.Text.objects.filter(version__uuid=version_uuid)
    return {
        language: (title, summary, digest, contact)
        for language, title, summary, digest, contact in rows.values_list(
            "language", "title", "summary", "digest", "version__contact"
        )
    }
