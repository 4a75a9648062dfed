"""The terms blocks in which a block stands, whatever kind of block it is.

Kept for a while by each process, since every address of a block asks: what an author moves counts within KEPT_SECONDS.
"""

from __future__ import annotations

import time

from django.db import Error as DatabaseTrouble
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.host import api as host
from solerni_xblocks.terms.data import DEFAULT_DOCUMENT
from solerni_xblocks.terms.errors import AnswerUnknown
from solerni_xblocks.terms.queries import gate

BLOCK_TYPE = "solerni_terms"
KEPT_SECONDS = 30
MAX_KEPT = 20_000

Guards = tuple[tuple[str, str], ...]


class _Memory:
    """What this process remembers; replaced whole."""

    guards: dict[UsageKey, tuple[Guards, float]] = {}


def require_way(member_id: int, usage_key: UsageKey) -> None:
    """Returns when every terms block above the block lets the member pass. Raises as gate.require_document."""
    for document, back in find_guards(usage_key):
        gate.require_document(member_id, document, usage_key.context_key, back=back)


def find_guards(usage_key: UsageKey) -> Guards:
    """The document of each terms block above the block and the block's address, the nearest first.

    Raises: AnswerUnknown.
    """
    now = time.monotonic()
    kept = _Memory.guards.get(usage_key)
    if kept and now < kept[1]:
        return kept[0]
    try:
        courses = host.courses()
        found = courses.find_above(usage_key, block_type=BLOCK_TYPE, field="document")
    except DatabaseTrouble as error:
        raise AnswerUnknown from error
    guards = tuple((document or DEFAULT_DOCUMENT, courses.get_block_url(key)) for key, document in found)
    if len(_Memory.guards) >= MAX_KEPT:
        _Memory.guards = {}
    _Memory.guards[usage_key] = (guards, now + KEPT_SECONDS)
    return guards


def forget_guards() -> None:
    """Look at every course again."""
    _Memory.guards = {}
