"""What comes in, checked for shape: who closes an account, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.members.data import Motive
from solerni_xblocks.members.errors import PasswordWrong, TooManyPasswords

MAX_WRONG = 5
WRONG = "solerni_members_wrong_passwords"
"""Session key: how many wrong passwords this session has given."""


def parse_motive(data: Mapping[str, Any]) -> Motive | None:
    """What the member says of leaving, if anything. Raises Invalid."""
    value = data.get("motive") or None
    if value is not None and value not in set(Motive):
        raise Invalid(_("Choose one of the reasons, or none."), code="account_motive")
    return Motive(value) if value else None


def require_owner(user: Any, data: Mapping[str, Any], session: Any) -> None:
    """Whoever holds this session must show again that the account is theirs: by its password, or by its name when it
    has none (accounts of an institution). Raises: PasswordWrong; TooManyPasswords, for the rest of the session."""
    if session.get(WRONG, 0) >= MAX_WRONG:
        raise TooManyPasswords
    typed = str(data.get("password", ""))
    is_owner = user.check_password(typed) if user.has_usable_password() else typed.strip() == user.get_username()
    if not is_owner:
        session[WRONG] = session.get(WRONG, 0) + 1
        raise PasswordWrong
    session.pop(WRONG, None)
