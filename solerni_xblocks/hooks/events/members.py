"""What members announces."""

from __future__ import annotations

from datetime import datetime

import attr
from openedx_events.tooling import OpenEdxPublicSignal


@attr.s(frozen=True, kw_only=True)
class MemberData:
    """One member at one moment."""

    member_id = attr.ib(type=int)
    at = attr.ib(type=datetime)


MEMBER_FORGOTTEN = OpenEdxPublicSignal(
    event_type="org.solerni.members.member.forgotten.v1", data={"member": MemberData}
)
"""Every duty *forget* has been discharged for the member."""


@attr.s(frozen=True, kw_only=True)
class AccountData:
    """One change of one account. ``state``: active, closing or sealed."""

    member_id = attr.ib(type=int)
    state = attr.ib(type=str)
    at = attr.ib(type=datetime)


ACCOUNT_CHANGED = OpenEdxPublicSignal(
    event_type="org.solerni.members.account.changed.v1", data={"account": AccountData}
)
"""An account was closed, opened again or sealed; the transition row exists."""
