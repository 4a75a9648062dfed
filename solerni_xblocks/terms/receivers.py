"""What others announce to terms: event in, one api call."""

from __future__ import annotations

from typing import Any

import crum
from openedx_events.learning.data import UserData
from openedx_events.learning.signals import STUDENT_REGISTRATION_COMPLETED

from solerni_xblocks.hooks.events.members import ACCOUNT_CHANGED, AccountData
from solerni_xblocks.terms import api, inputs


def connect() -> None:
    """Listen to the platform and to members; told twice, connected once."""
    STUDENT_REGISTRATION_COMPLETED.connect(prove_registration, dispatch_uid="solerni_terms.prove_registration")
    ACCOUNT_CHANGED.connect(erase_address, dispatch_uid="solerni_terms.erase_address")


def erase_address(account: AccountData, **kwargs: Any) -> None:
    """A sealed account asks nothing of a guardian any more."""
    if account.state == "sealed":
        api.erase_address(account.member_id)


def prove_registration(user: UserData, **kwargs: Any) -> None:
    """What the form of this very request accepted becomes proof. No form, no proof: the first page asks."""
    said = inputs.take_registration(crum.get_current_request())
    if said is not None:
        api.accept_when_registering(user.id, said)
