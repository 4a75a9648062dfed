"""What time does to accounts: a closing that nobody took back becomes final."""

from __future__ import annotations

from solerni_xblocks.core import clock
from solerni_xblocks.members.flows import close_account
from solerni_xblocks.members.queries import accounts

BATCH = 500


def settle_accounts() -> int:
    """Seal what is due, an account a transaction; interrupted, the next run goes on. The number sealed."""
    sealed = after = 0
    while due := accounts.list_due(clock.now(), after=after, limit=BATCH):
        sealed += sum(close_account.seal_account(row) for row in due)
        after = due[-1].id
    return sealed
