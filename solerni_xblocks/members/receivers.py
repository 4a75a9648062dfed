"""What other domains announce about a member: event in, one api call."""

from __future__ import annotations

from typing import Any

from solerni_xblocks.hooks.events.terms import TERMS_GUARDIAN_SILENT, TERMS_STOPPED, GuardianData, StopData
from solerni_xblocks.members import api
from solerni_xblocks.members.data import Reason


def connect() -> None:
    """Listen to terms; told twice, connected once."""
    TERMS_STOPPED.connect(close_account, dispatch_uid="solerni_members.close_account")
    TERMS_GUARDIAN_SILENT.connect(lose_guardian, dispatch_uid="solerni_members.lose_guardian")


def close_account(stop: StopData, **kwargs: Any) -> None:
    """Who stops rather than accept leaves: the account closes."""
    reference = f"{stop.document} {stop.version_uuid}"
    api.close_account(stop.member_id, reason=Reason.TERMS_STOP, actor_id=stop.member_id, reference=reference)


def lose_guardian(guardian: GuardianData, **kwargs: Any) -> None:
    """No guardian agrees."""
    api.lose_guardian(guardian.member_id, was_open=guardian.was_open)
