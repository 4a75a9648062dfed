"""Where a published text stays for ever."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from solerni_xblocks.core import clock, conf
from solerni_xblocks.terms.queries import timelines
from solerni_xblocks.terms.rules import timeline


def make_permalink(document: str, name: UUID | str, language: str) -> str:
    """The public address of a version (label or uuid), in one of its languages; empty ``language``: in the reader's."""
    path = reverse("solerni_terms:version", args=[document, str(name)])
    return f"{conf.get_base_url()}{path}" + (f"?lang={language}" if language else "")


def find_clause_path(document: str, clause: str) -> str:
    """The path of ``clause`` in the version of the document in force now; empty when none is."""
    governing = timeline.find_governing(timelines.list_timeline(document), clock.now())
    if governing is None:
        return ""
    return f"{reverse('solerni_terms:version', args=[document, str(governing.uuid)])}#{clause}"
