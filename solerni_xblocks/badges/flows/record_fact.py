"""Record a fact, or withdraw one. Both may be told again, late and in any order: the later telling holds."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from solerni_xblocks.badges.data import FactData
from solerni_xblocks.badges.flows.evaluate_member import evaluate_member
from solerni_xblocks.badges.models import Fact
from solerni_xblocks.core.preparekit import PreparedWrite

_MOVE = PreparedWrite(
    lambda kind, source, at: (_find(kind, source).filter(occurred_at__lt=at), {"occurred_at": at}),
    kind=str,
    source=str,
    at=datetime,
)


def record_fact(fact: FactData) -> None:
    """The fact counts from now on; once it is committed, the member's badges are looked at.

    Looking comes after the commit, so of two facts told at once the later one sees both.
    """
    with transaction.atomic():
        _make_once(fact)
        _MOVE.run(kind=fact.kind.value, source=fact.source, at=fact.at)
        transaction.on_commit(lambda: evaluate_member(fact.member_id, course_key=fact.course_key), robust=True)


def withdraw_fact(fact: FactData) -> None:
    """The fact counts no more, even when it is told only afterwards. Awards already made are kept."""
    with transaction.atomic():
        _make_once(fact)
        earlier = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__lt=fact.at)
        _find(fact.kind.value, fact.source).filter(earlier).update(withdrawn_at=fact.at)


def _make_once(fact: FactData) -> None:
    """One statement, whether the fact was told before or not."""
    row = Fact(
        kind=fact.kind.value,
        source=fact.source,
        member_id=fact.member_id,
        course_key=fact.course_key,
        occurred_at=fact.at,
    )
    Fact.objects.bulk_create([row], ignore_conflicts=True)


def _find(kind: str, source: str) -> QuerySet[Fact]:
    return Fact.objects.filter(kind=kind, source=source)
