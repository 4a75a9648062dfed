"""Where a published text stays for ever."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from solerni_xblocks.core import conf


def make_permalink(document: str, name: UUID | str, language: str) -> str:
    """The public address of a version (label or uuid), in one of its languages; empty ``language``: in the reader's."""
    path = reverse("solerni_terms:version", args=[document, str(name)])
    return f"{conf.get_base_url()}{path}" + (f"?lang={language}" if language else "")
