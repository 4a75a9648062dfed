"""The door of the members domain: what a member may ask about their data, and whether their account is open.

It asks no gate: who is kept out everywhere else still downloads, closes, takes back.
"""

from __future__ import annotations

from typing import Any

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.members.data import Account, Export, Motive, Reason, Request
from solerni_xblocks.members.flows import close_account as closing
from solerni_xblocks.members.flows import export_data as exporting
from solerni_xblocks.members.flows import forget_member as forgetting
from solerni_xblocks.members.flows import lose_guardian as losing
from solerni_xblocks.members.flows import prove_owner as proving
from solerni_xblocks.members.flows import settle_accounts as settling
from solerni_xblocks.members.queries import accounts, gate, requests

__all__ = [
    "close_account",
    "export_data",
    "export_member",
    "forget_accounts",
    "forget_member",
    "forget_own_rows",
    "get_account",
    "list_requests",
    "lose_guardian",
    "prove_owner",
    "require_open_account",
    "settle_accounts",
    "withdraw_closing",
]


def export_data(member_id: int) -> Export:
    """All that every domain holds about the member: ``held`` by app label, plain JSON values, times in ISO 8601 (UTC).

    Raises: TooManyExports after SOLERNI_MEMBERS_EXPORTS_PER_DAY within 24 hours; ExportIncomplete when a domain
    failed (the request stays open, its result recorded).
    """
    return exporting.export_data(member_id)


def forget_member(member_id: int, *, actor_id: int) -> Request:
    """Have every domain forget the member, on behalf of ``actor_id``; call again to retry what failed.

    Only performers that have not succeeded yet run. ``done_at`` stays None until all have.
    Announces: MEMBER_FORGOTTEN, when done.
    """
    return forgetting.forget_member(member_id, actor_id=actor_id)


def list_requests(member_id: int) -> list[Request]:
    """The member's requests, the latest first. Two queries, whatever their number."""
    return requests.list_requests(member_id)


def export_member(member_id: int) -> dict[str, Any]:
    """The duty export of this domain: the member's requests."""
    return requests.export_member(member_id)


def forget_own_rows(member_id: int) -> dict[str, Any]:
    """The duty forget of this domain. Counts by table."""
    return forgetting.forget_own_rows(member_id)


def close_account(
    member_id: int, *, reason: Reason, actor_id: int, motive: Motive | None = None, reference: str = ""
) -> Account:
    """Shut the account at once, everywhere within five seconds; a mail says until when that can be taken back.

    Data stays readable and downloadable for the member. A second closing changes nothing. ``reference``: the version
    or clause that was the reason. Announces: ACCOUNT_CHANGED.
    """
    return closing.close_account(member_id, reason=reason, actor_id=actor_id, motive=motive, reference=reference)


def withdraw_closing(member_id: int, *, actor_id: int) -> Account:
    """Open the account again within SOLERNI_MEMBERS_CLOSING_DAYS. Raises: ClosingOver. Announces: ACCOUNT_CHANGED."""
    return closing.withdraw_closing(member_id, actor_id=actor_id)


def settle_accounts() -> int:
    """Seal every account whose closing can no longer be taken back; their number. To run every hour."""
    return settling.settle_accounts()


def lose_guardian(member_id: int, *, was_open: bool) -> None:
    """No guardian agrees: close the account; one that was never opened is sealed at once and its data forgotten."""
    losing.lose_guardian(member_id, was_open=was_open)


def prove_owner(member_id: int, typed: str) -> None:
    """Returns when ``typed`` is the account's password, or its name when it has none; answers hooks.ownership.

    Raises: PasswordWrong; TooManyPasswords after five wrong ones within 15 minutes, in whatever sessions.
    """
    proving.prove_owner(member_id, typed)


def get_account(member_id: int) -> Account:
    """Where the account stands. One query."""
    return accounts.get_account(member_id)


def require_open_account(member_id: int, course_key: CourseKey | None) -> None:
    """Returns when the account is open; answers ANSWER, and TAKE_PART and POST before the terms do.

    Warm: no query. A process looks at the changes of accounts at most every 5 s, with one query.

    Raises: AccountClosed (code ``account_closed``, ``where_to_go``: the member's page); AccountUnknown (503).
    """
    gate.require_open_account(member_id, course_key)


def forget_accounts() -> None:
    """Let this process forget which accounts it knows to be closed, as tests need."""
    gate.forget_accounts()
