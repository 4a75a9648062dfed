"""Closings and withdrawals that arrive together: one wins, and the row says which."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.members import api, models
from solerni_xblocks.members.data import Reason
from solerni_xblocks.members.errors import ClosingOver

pytestmark = pytest.mark.django_db(transaction=True)


def run_together(act: Any, times: int = 4) -> list[Any]:
    """The same act in several threads at once; what each gave, or the class of its refusal."""

    def run(_number: int) -> Any:
        try:
            return act()
        except ClosingOver as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_of_several_closings_at_once_one_counts(learner) -> None:
    run_together(lambda: api.close_account(learner.id, reason=Reason.OWN_WISH, actor_id=learner.id))
    assert models.AccountTransition.objects.count() == 1


def test_passwords_tried_at_once_are_counted_one_by_one(learner) -> None:
    """Four threads, three guesses each: five are looked at, whoever asks first."""

    def guess() -> Any:
        given = []
        for _ in range(3):
            try:
                api.prove_owner(learner.id, "guess")
            except SolerniError as refusal:
                given.append(refusal.code)
        return given

    codes = [code for given in run_together(guess) for code in given]
    assert codes.count("account_password") == 5
    assert codes.count("account_passwords") == 7


def test_of_several_withdrawals_at_once_one_counts(learner) -> None:
    api.close_account(learner.id, reason=Reason.OWN_WISH, actor_id=learner.id)
    given = run_together(lambda: api.withdraw_closing(learner.id, actor_id=learner.id))
    assert given.count(ClosingOver) == 3
    assert models.AccountTransition.objects.count() == 2
