"""What badges promises to its doors. Ids of members are account ids; course and usage keys are key objects."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.badges import queries
from solerni_xblocks.badges.credentials.compose import publish_achievement
from solerni_xblocks.badges.credentials.keys import make_did_document
from solerni_xblocks.badges.credentials.verify import MAX_BYTES
from solerni_xblocks.badges.credentials.verify import verify_credential as _verify
from solerni_xblocks.badges.data import (
    Achievement,
    Award,
    BadgeDefinition,
    FactData,
    Issuer,
    Progress,
    Report,
    Settlement,
)
from solerni_xblocks.badges.errors import SigningWaits
from solerni_xblocks.badges.flows import define_badge as _define
from solerni_xblocks.badges.flows import evaluate_member as _evaluate
from solerni_xblocks.badges.flows import forget_member as _forget
from solerni_xblocks.badges.flows import open_key as _keys
from solerni_xblocks.badges.flows import record_fact as _facts
from solerni_xblocks.badges.flows import settle_awards as _settle
from solerni_xblocks.badges.flows import share_award as _share
from solerni_xblocks.core import clock

__all__ = [
    "MAX_BYTES",
    "can_open_key",
    "define_badge",
    "evaluate_member",
    "export_member",
    "forget_member",
    "get_achievement",
    "get_achievement_document",
    "get_award",
    "get_content",
    "get_did_document",
    "get_issuer",
    "get_progress",
    "hide_award",
    "publish_award",
    "record_fact",
    "retire_key",
    "settle_awards",
    "verify_credential",
    "withdraw_fact",
]


def record_fact(fact: FactData) -> None:
    """``fact`` counts from now on, once however often it is told; then the member's badges are looked at.

    Announces: BADGE_EARNED for each badge that the fact completes.
    """
    _facts.record_fact(fact)


def withdraw_fact(fact: FactData) -> None:
    """``fact`` counts no more unless it is told again for a later time. Awards already made are kept."""
    _facts.withdraw_fact(fact)


def define_badge(definition: BadgeDefinition) -> Achievement:
    """The version that says ``definition``, made when the badge never said it, and current from now on.

    Raises: InvalidDefinition.
    """
    return _define.define_badge(definition)


def evaluate_member(usage_key: UsageKey, *, member_id: int) -> None:
    """Awards what earlier facts already fulfil in the course of ``usage_key``: steps done before a badge existed count.

    Announces: BADGE_EARNED.
    """
    _evaluate.evaluate_member(member_id, course_key=str(usage_key.context_key))


def get_progress(usage_key: UsageKey, *, member_id: int) -> Progress:
    """Where the member stands with the badge of the block, award included. Raises: BadgeNotFound."""
    return queries.get_progress(str(usage_key), member_id)


def publish_award(usage_key: UsageKey, *, member_id: int) -> None:
    """The member's award for this block gets a public page. Raises: BadgeNotFound, AwardNotFound, NotSigned."""
    _share.publish_award(str(usage_key), member_id=member_id)


def hide_award(usage_key: UsageKey, *, member_id: int) -> None:
    """The member's award for this block is private again. Raises: BadgeNotFound, AwardNotFound."""
    _share.hide_award(str(usage_key), member_id=member_id)


def settle_awards() -> Settlement:
    """Awards and signs whatever a crash or a missing setting left undone; safe to run at any time.

    Announces: BADGE_EARNED.
    """
    return _settle.settle_awards()


def verify_credential(content: bytes) -> Report:
    """Every check of a file from anywhere, in a fixed order; nothing is fetched, no input makes it raise."""
    try:
        known = {queries.get_issuer().did: queries.list_multikeys()}
    except SigningWaits:
        known = {}
    return _verify(content, known_keys=known, now=clock.now())


def get_award(uuid: UUID, *, reader_id: int | None) -> Award:
    """A published award, or the reader's own. Raises: AwardNotFound, alike for unknown and private."""
    return queries.get_award(uuid, reader_id=reader_id)


def get_content(uuid: UUID, *, reader_id: int | None) -> bytes:
    """The exact bytes that were signed, for the same readers. Raises: AwardNotFound."""
    return queries.get_content(uuid, reader_id=reader_id)


def get_achievement(uuid: UUID) -> Achievement:
    """One version of a badge; public. Raises: BadgeNotFound."""
    return queries.get_achievement(uuid)


def get_achievement_document(uuid: UUID) -> dict[str, Any]:
    """The same as JSON-LD, with the id that credentials name. Raises: BadgeNotFound."""
    return publish_achievement(queries.get_achievement(uuid), queries.get_addresses())


def get_issuer() -> Issuer:
    """Who signs here. Raises: SigningWaits while the site has no public address."""
    return queries.get_issuer()


def get_did_document() -> dict[str, Any]:
    """The issuer's did:web document with every key, past ones too. Raises: SigningWaits."""
    return make_did_document(queries.get_issuer().did, queries.list_multikeys())


def retire_key(multikey: str) -> None:
    """The next signature is made by a new key; this one stays published."""
    _keys.retire_key(multikey)


def can_open_key() -> bool:
    """Whether the configured secret opens the current key; true while there is none."""
    if queries.find_current_key() is None:
        return True
    try:
        _keys.open_key()
    except SigningWaits:
        return False
    return True


def export_member(member_id: int) -> dict[str, Any]:
    """All that badges holds about the member (duty *export*)."""
    return queries.export_member(member_id)


def forget_member(member_id: int) -> dict[str, Any]:
    """Erases what tells about the member (duty *forget*); returns counts by table."""
    return _forget.forget_member(member_id)
