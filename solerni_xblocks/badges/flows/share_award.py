"""Publish an award, or make it private again: an act of its holder, dated and reversible."""

from __future__ import annotations

from django.db import transaction

from solerni_xblocks.badges import queries
from solerni_xblocks.badges.errors import AwardNotFound, NotSigned
from solerni_xblocks.badges.models import Award
from solerni_xblocks.core import clock


def publish_award(usage_key: str, *, member_id: int) -> None:
    """The award has a public page from now on; the time of a first publication is kept while it lasts."""
    with transaction.atomic():
        award = _get_award(usage_key, member_id)
        if not award.credentials.exists():
            raise NotSigned()
        if not award.is_public:
            Award.objects.filter(id=award.id).update(is_public=True, published_at=clock.now())


def hide_award(usage_key: str, *, member_id: int) -> None:
    """The award's address answers like an unknown one from now on."""
    with transaction.atomic():
        award = _get_award(usage_key, member_id)
        Award.objects.filter(id=award.id).update(is_public=False, published_at=None)


def _get_award(usage_key: str, member_id: int) -> Award:
    badge = queries.get_badge(usage_key)
    award = Award.objects.select_for_update().filter(badge=badge, member_id=member_id).first()
    if award is None:
        raise AwardNotFound()
    return award
