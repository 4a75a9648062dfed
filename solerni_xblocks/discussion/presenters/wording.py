"""Help for who writes, as the forms show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string

from solerni_xblocks.discussion.data.wording import SimilarThread


def answer_similar(threads: Sequence[SimilarThread]) -> dict[str, Any]:
    """The JSON of threads that ask alike; no HTML where there are none."""
    html = render_to_string("solerni/discussion/similar.html", {"threads": threads}) if threads else ""
    return {"html": html}
