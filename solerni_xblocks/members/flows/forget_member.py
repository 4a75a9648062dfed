"""Have every domain forget a member; a domain that fails is asked again, the others are not."""

from __future__ import annotations

from typing import Any

from solerni_xblocks.hooks.events.announcing import announce
from solerni_xblocks.hooks.events.members import MEMBER_FORGOTTEN, MemberData
from solerni_xblocks.members import models
from solerni_xblocks.members.data import Kind, Request
from solerni_xblocks.members.flows import discharge_duty
from solerni_xblocks.members.queries import requests


def forget_member(member_id: int, *, actor_id: int) -> Request:
    """Discharge the duty forget; the request stays open while a performer fails."""
    row = requests.find_open_forget(member_id)
    row = row or discharge_duty.open_request(Kind.FORGET, member_id, actor_id=actor_id)
    discharge_duty.discharge(row)
    if row.done_at:
        announce(MEMBER_FORGOTTEN, member=MemberData(member_id=member_id, at=row.done_at))
    return requests.to_request(row)


def forget_own_rows(member_id: int) -> dict[str, Any]:
    """This domain's part: requests to receive data go, with their results; those to forget stay as evidence."""
    own = models.PrivacyRequest.objects.filter(member_id=member_id, kind=Kind.EXPORT)
    by_model: dict[str, int] = {}
    for rows in (own, models.WrongPassword.objects.filter(member_id=member_id)):
        by_model |= rows.delete()[1]
    return {label.lower().replace(".", "_"): count for label, count in by_model.items()}
