"""Where accounts stand, from their transitions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from solerni_xblocks.core import clock
from solerni_xblocks.members import models, rules
from solerni_xblocks.members.data import Account, Reason, State


def get_account(member_id: int) -> Account:
    """Where the account stands, from its last transition. One query."""
    return to_account(find_last(member_id))


def find_last(member_id: int) -> models.AccountTransition | None:
    """The last transition of the account; None while it has always been open."""
    return _list_transitions(member_id).last()


def to_account(row: models.AccountTransition | None) -> Account:
    """A row as data; a closing whose time is over is sealed, even before the job has said so."""
    if row is None:
        return Account(state=State.ACTIVE)
    state = State(row.to_state)
    may_withdraw = rules.may_withdraw(state, row.ends_at, clock.now())
    if state is State.CLOSING and not may_withdraw:
        state = State.SEALED
    return Account(state=state, reason=Reason(row.reason), since=row.at, ends_at=row.ends_at, may_withdraw=may_withdraw)


def list_due(now: datetime, *, after: int, limit: int) -> list[models.AccountTransition]:
    """Closings whose time is over, by their number, a batch at a time; some may have been withdrawn or sealed since."""
    rows = models.AccountTransition.objects.filter(to_state=State.CLOSING, ends_at__lte=now, id__gt=after)
    later = models.AccountTransition.objects.filter(member_id=OuterRef("member_id"), number__gt=OuterRef("number"))
    return list(rows.exclude(Exists(later)).order_by("id")[:limit])


def _list_transitions(member_id: int) -> QuerySet[models.AccountTransition]:
    return models.AccountTransition.objects.filter(member_id=member_id).order_by("number")


def export_transitions(member_id: int) -> list[dict[str, Any]]:
    """Every change of the account, as plain JSON values."""
    return [
        {
            "from": row.from_state,
            "to": row.to_state,
            "reason": row.reason,
            "motive": row.motive,
            "reference": row.reference,
            "at": row.at.isoformat(),
        }
        for row in _list_transitions(member_id)
    ]
