"""Record a fact, or withdraw one. Both may be told again, late and in any order: the later telling holds."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from solerni_xblocks.badges.data import FactData
from solerni_xblocks.badges.flows.evaluate_member import evaluate_member
from solerni_xblocks.badges.models import Fact


def record_fact(fact: FactData) -> None:
    """The fact counts from now on; once it is committed, the member's badges are looked at.

    Looking comes after the commit, so of two facts told at once the later one sees both.
    """
    with transaction.atomic():
        row, is_new = _get_or_make(fact)
        if not is_new:
            Fact.objects.filter(id=row.id, occurred_at__lt=fact.at).update(occurred_at=fact.at)
        transaction.on_commit(lambda: evaluate_member(row.member_id, course_key=row.course_key), robust=True)


def withdraw_fact(fact: FactData) -> None:
    """The fact counts no more, even when it is told only afterwards. Awards already made are kept."""
    with transaction.atomic():
        row, _ = _get_or_make(fact)
        earlier = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__lt=fact.at)
        Fact.objects.filter(earlier, id=row.id).update(withdrawn_at=fact.at)


def _get_or_make(fact: FactData) -> tuple[Fact, bool]:
    return Fact.objects.get_or_create(
        kind=fact.kind.value,
        source=fact.source,
        defaults={"member_id": fact.member_id, "course_key": fact.course_key, "occurred_at": fact.at},
    )
