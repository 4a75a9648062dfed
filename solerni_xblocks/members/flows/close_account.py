"""Close an account, or take the closing back: one transition each, and a mail."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connections, router, transaction
from django.db.models import F
from django.urls import reverse

from solerni_xblocks.core import clock, conf
from solerni_xblocks.hooks.events.announcing import announce
from solerni_xblocks.hooks.events.members import ACCOUNT_CHANGED, AccountData
from solerni_xblocks.host import api as host
from solerni_xblocks.members import models, rules
from solerni_xblocks.members.data import Account, Motive, Reason, State
from solerni_xblocks.members.errors import ClosingOver
from solerni_xblocks.members.queries import accounts, gate

log = logging.getLogger(__name__)


def close_account(
    member_id: int, *, reason: Reason, actor_id: int, motive: Motive | None = None, reference: str = ""
) -> Account:
    """Shut the account at once. One that is shut already stays as it is, unless the new reason is final."""
    now = clock.now()
    state, ends_at = rules.decide_closing(reason, now, conf.get("SOLERNI_MEMBERS_CLOSING_DAYS"))
    last = accounts.find_last(member_id)
    account = accounts.to_account(last)
    if account.state is State.SEALED or (account.state is State.CLOSING and state is not State.SEALED):
        return account
    row = _append(
        last, member_id, to=state, reason=reason, actor_id=actor_id, ends_at=ends_at, motive=motive, reference=reference
    )
    if row and state is State.CLOSING:
        _tell(row, "closing")
    return accounts.get_account(member_id)


def withdraw_closing(member_id: int, *, actor_id: int) -> Account:
    """Open the account again, as it was."""
    last = accounts.find_last(member_id)
    if not accounts.to_account(last).may_withdraw:
        raise ClosingOver
    row = _append(last, member_id, to=State.ACTIVE, reason=Reason.WITHDRAWN, actor_id=actor_id)
    if row is None:
        raise ClosingOver
    _tell(row, "reopened")
    return accounts.to_account(row)


def seal_account(last: models.AccountTransition) -> bool:
    """Make a closing final whose time is over; False when it was withdrawn or sealed meanwhile."""
    return bool(_append(last, last.member_id, to=State.SEALED, reason=Reason.TIME, actor_id=last.actor_id))


def _append(
    last: models.AccountTransition | None,
    member_id: int,
    *,
    to: State,
    reason: Reason,
    actor_id: int,
    ends_at: datetime | None = None,
    motive: Motive | None = None,
    reference: str = "",
) -> models.AccountTransition | None:
    """The next transition, or None when somebody else wrote it first: the number is unique."""
    row = models.AccountTransition(
        member_id=member_id,
        number=last.number + 1 if last else 1,
        from_state=last.to_state if last else State.ACTIVE,
        to_state=to,
        reason=reason,
        motive=motive or "",
        reference=reference[:255],
        actor_id=actor_id,
        at=clock.now(),
        ends_at=ends_at,
    )
    try:
        with transaction.atomic():
            _stand_in_line()
            row.save()
            announce(ACCOUNT_CHANGED, account=AccountData(member_id=member_id, state=to.value, at=row.at))
            transaction.on_commit(gate.look_again)
    except IntegrityError:
        return None
    return row


def _stand_in_line() -> None:
    """Hold the count until the commit: no later change becomes visible before this one (see queries.gate)."""
    count = models.TransitionCount.objects.filter(id=1)
    if not count.update(length=F("length") + 1):
        _begin_count()


def _begin_count() -> None:
    """The first change ever, or one of several at once: a row that is found there is taken for writing straight away.

    To insert where there is none and then update would have MariaDB and MySQL share the row first: two would wait
    for one another.
    """
    connection = connections[router.db_for_write(models.TransitionCount)]
    table, length = map(connection.ops.quote_name, (models.TransitionCount._meta.db_table, "length"))
    found = {"mysql": "ON DUPLICATE KEY UPDATE"}.get(connection.vendor, "ON CONFLICT (id) DO UPDATE SET")
    with connection.cursor() as cursor:
        sql = f"INSERT INTO {table} (id, {length}) VALUES (1, 1) {found} {length} = {table}.{length} + 1"  # noqa: S608
        cursor.execute(sql)


def _tell(row: models.AccountTransition, what: str) -> None:
    """Mail the member, once nobody waits for this change. It stands whatever the mail does: their page says so."""
    transaction.on_commit(lambda: _send(row, what))


def _send(row: models.AccountTransition, what: str) -> None:
    person = host.people().find_person(row.member_id)
    if person is None or not person.email:
        return
    context: dict[str, Any] = {
        "reason": row.reason,
        "ends_at": row.ends_at,
        "url": f"{conf.get_base_url()}{reverse('solerni_members:my_data')}",
    }
    try:
        host.mail().send(to=person, template=f"members/mail/account_{what}", context=context)
    except OSError:  # SMTPException is one
        log.exception("A member could not be told by mail that their account is %s", what)
