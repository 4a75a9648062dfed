"""Whoever holds a session shows that the account is theirs. Wrong tries are counted in a row, whatever the sessions."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from solerni_xblocks.core import clock
from solerni_xblocks.host import api as host
from solerni_xblocks.members import models
from solerni_xblocks.members.errors import PasswordWrong, TooManyPasswords

MAX_WRONG = 5
WINDOW = timedelta(minutes=15)


def prove_owner(member_id: int, typed: str) -> None:
    """The try is counted before it is looked at, under a lock, so that tries at once are tries one after the other."""
    with transaction.atomic():
        if _count_try(member_id) > MAX_WRONG:
            raise TooManyPasswords
        is_owner = host.people().is_owner(member_id, typed)
        if is_owner:
            models.WrongPassword.objects.filter(member_id=member_id).delete()
    if not is_owner:
        raise PasswordWrong


def _count_try(member_id: int) -> int:
    now = clock.now()
    rows = models.WrongPassword.objects.filter(member_id=member_id)
    rows.filter(since__lte=now - WINDOW).delete()
    models.WrongPassword.objects.bulk_create(
        [models.WrongPassword(member_id=member_id, since=now)], ignore_conflicts=True
    )
    rows.update(tries=F("tries") + 1)  # holds the row until the transaction ends
    return rows.values_list("tries", flat=True).get()
