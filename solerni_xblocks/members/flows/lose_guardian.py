"""A minor is left without a guardian's consent: what was used is closed, what was never opened is forgotten."""

from __future__ import annotations

from solerni_xblocks.members.data import Reason, State
from solerni_xblocks.members.flows import close_account, forget_member


def lose_guardian(member_id: int, *, was_open: bool) -> None:
    """Told again, it does what is left to do: a domain that failed to forget is asked again."""
    if was_open:
        close_account.close_account(member_id, reason=Reason.GUARDIAN_WITHDREW, actor_id=member_id)
        return
    account = close_account.close_account(member_id, reason=Reason.GUARDIAN_SILENT, actor_id=member_id)
    if account.state is not State.SEALED:  # what can be opened again keeps its birth date
        return
    forget_member.forget_member(member_id, actor_id=member_id)
