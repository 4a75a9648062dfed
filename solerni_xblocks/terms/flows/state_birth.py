"""Record when a member was born: once by themselves, corrected by an operator only."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from solerni_xblocks.core import clock, datekit
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Birth
from solerni_xblocks.terms.errors import BirthRefused, BirthStated
from solerni_xblocks.terms.flows import start_clock
from solerni_xblocks.terms.queries import gate, proofs
from solerni_xblocks.terms.rules import minority


def state_birth(member_id: int, *, born_on: date, country: str) -> Birth:
    """Write the birth date; the same one a second time changes nothing."""
    birth = judge_birth(born_on, country)
    known = proofs.find_birth(member_id)
    if known is None:
        try:
            with transaction.atomic():
                models.Birth.objects.create(
                    member_id=member_id, born_on=birth.born_on, country=birth.country, stated_at=clock.now()
                )
                transaction.on_commit(lambda: gate.forget_answers(member_id))
        except IntegrityError as error:
            raise BirthStated from error
        start_clock.start_clock(member_id)
    elif known != birth:
        raise BirthStated
    return birth


def correct_birth(member_id: int, *, born_on: date, country: str) -> Birth:
    """Replace the birth date by what an operator found to be true."""
    birth = judge_birth(born_on, country)
    with transaction.atomic():
        row = models.Birth.objects.filter(member_id=member_id).first()
        row = row or models.Birth(member_id=member_id, stated_at=clock.now())
        row.born_on, row.country = birth.born_on, birth.country
        row.save()
        transaction.on_commit(lambda: gate.forget_answers(member_id))
    return birth


def judge_birth(born_on: date, country: str) -> Birth:
    """The birth date as it can be written. Raises BirthRefused."""
    country = country.strip().upper()
    reasons = minority.judge_birth(born_on, country, datekit.find_day(clock.now()))
    if reasons:
        raise BirthRefused(details={"reasons": reasons})
    return Birth(born_on=born_on, country=country)
