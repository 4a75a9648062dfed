"""What other domains announce becomes a fact: event in, one api call."""

from __future__ import annotations

from typing import Any

from solerni_xblocks.badges import api
from solerni_xblocks.badges.data import FactData, FactKind
from solerni_xblocks.hooks.events.discussion import (
    POST_PUBLISHED,
    POST_REFUSED,
    POST_REMOVED,
    POST_RESTORED,
    PostData,
)
from solerni_xblocks.hooks.events.terms import TERMS_ACCEPTED, AcceptanceData


def connect() -> None:
    """Listen to discussion and terms; told twice, connected once."""
    POST_PUBLISHED.connect(record_published_post, dispatch_uid="solerni_badges.record_published_post")
    POST_RESTORED.connect(record_published_post, dispatch_uid="solerni_badges.record_restored_post")
    POST_REFUSED.connect(withdraw_refused_post, dispatch_uid="solerni_badges.withdraw_refused_post")
    POST_REMOVED.connect(withdraw_refused_post, dispatch_uid="solerni_badges.withdraw_removed_post")
    TERMS_ACCEPTED.connect(record_acceptance, dispatch_uid="solerni_badges.record_acceptance")


def record_published_post(post: PostData, **kwargs: Any) -> None:
    """A published or restored post counts for its author."""
    api.record_fact(_read_post(post))


def withdraw_refused_post(post: PostData, **kwargs: Any) -> None:
    """A refused or removed post counts no more."""
    api.withdraw_fact(_read_post(post))


def record_acceptance(acceptance: AcceptanceData, **kwargs: Any) -> None:
    """Accepted terms count in their course, or everywhere when they are site-wide."""
    fact = FactData(
        kind=FactKind.TERMS_ACCEPTED,
        source=str(acceptance.proof_uuid),
        member_id=acceptance.member_id,
        course_key=acceptance.course_key,
        at=acceptance.at,
    )
    api.record_fact(fact)


def _read_post(post: PostData) -> FactData:
    return FactData(
        kind=FactKind.POST_PUBLISHED,
        source=str(post.post_uuid),
        member_id=post.author_id,
        course_key=str(post.course_key),
        at=post.at,
    )
