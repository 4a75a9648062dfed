"""What time does to requests: ask again after a new version, start, warn, end without consent, erase addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from solerni_xblocks.core import clock, conf
from solerni_xblocks.core.errors import Refused
from solerni_xblocks.hooks import gates
from solerni_xblocks.hooks.events.announcing import announce
from solerni_xblocks.hooks.events.terms import TERMS_GUARDIAN_SILENT, GuardianData
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import GuardianState
from solerni_xblocks.terms.flows import answer_as_guardian, append_proofs, ask_guardian, start_clock, tell_guardian
from solerni_xblocks.terms.queries import ages, gate, guardians, proofs
from solerni_xblocks.terms.rules import guardianship


def settle_guardians() -> dict[str, int]:
    """Each step takes what is due whenever it runs; run twice, it does nothing more. Counts by step."""
    now = clock.now()
    steps: dict[str, Callable[[datetime], int]] = {
        "of_age": _release_adults,
        "thanked": _thank,
        "resumed": _resume,
        "asked_again": _ask_again,
        "started": _start,
        "warned": _warn,
        "ended": _end,
        "told_again": _tell_again,
        "erased": _erase,
    }
    return {name: step(now) for name, step in steps.items()}


def _release_adults(now: datetime) -> int:
    """A member of age needs no guardian: the address goes. (The gate has let them in since their birthday.)"""
    count = 0
    for row in guardians.list_perhaps_of_age(now):
        if not ages.needs_guardian(proofs.find_birth(row.member_id), now):
            mine = models.GuardianRequest.objects.filter(member_id=row.member_id)
            mine.filter(state__in=guardians.WAITING).update(state=GuardianState.OF_AGE)
            mine.update(email="")
            count += 1
    return count


def _thank(now: datetime) -> int:
    """The mail with the link to withdraw did not leave when the guardian confirmed."""
    return sum(answer_as_guardian.thank(row) for row in guardians.list_to_thank())


def _resume(now: datetime) -> int:
    """An account that was closed for want of a guardian is open again: the minor waits as after a first request."""
    members = {row.member_id: row for row in guardians.list_lapsed() if _has_account(row.member_id)}
    return sum(_resume_one(row, now) for row in members.values() if guardians.was_open(row.member_id))


def _resume_one(row: models.GuardianRequest, now: datetime) -> bool:
    with transaction.atomic():
        append_proofs.hold_chains([row.member_id])
        mine = models.GuardianRequest.objects.filter(member_id=row.member_id)
        mine.filter(state=GuardianState.LAPSED).update(state=GuardianState.REPLACED)
        if mine.filter(state__in=guardians.WAITING).exists() or not guardians.is_pending(row.member_id):
            return False
        expires_at = guardianship.decide_expiry(now, now, conf.get("SOLERNI_TERMS_GUARDIAN_DAYS"))
        state = GuardianState.WITHDRAWN if row.answered_at else GuardianState.UNNAMED
        mine.filter(id=row.id).update(state=state, expires_at=expires_at, warned_at=None)
    return True


def _has_account(member_id: int) -> bool:
    try:
        gates.require(gates.ANSWER, member_id, None)
    except Refused:
        return False
    return True


def _ask_again(now: datetime) -> int:
    """A child accepted something new: the guardian who confirmed before is asked, by a new link."""
    count = 0
    for former in guardians.list_to_ask_again():
        with transaction.atomic():
            append_proofs.hold_chains([former.member_id])
            asked = guardians.list_consents(former.member_id)
            if not asked:
                continue
            row, secret = ask_guardian.open_request(
                former.member_id, address=former.email, language=former.language, asked=asked
            )
        count += 1
        if not tell_guardian.ask(row, secret):  # the next run asks again
            models.GuardianRequest.objects.filter(id=row.id).update(state=GuardianState.REPLACED, email="")
    return count


def _start(now: datetime) -> int:
    """Minors who are kept out and have named nobody: after a publication, after a correction of a birth date."""
    waiting = (member_id for member_id in guardians.list_without_clock(now) if _has_account(member_id))
    return sum(start_clock.start_clock(member_id) for member_id in waiting)


def _warn(now: datetime) -> int:
    """Once, before the end, the minor is told that nobody has answered, or that they have named nobody."""
    count = 0
    for row in guardians.list_to_warn(now):
        if row.state == GuardianState.UNNAMED:
            if not guardians.is_pending(row.member_id):
                continue
            row.expires_at = max(row.expires_at, now + guardianship.WARNING)
        tell_guardian.tell_child(row, "unnamed" if row.state == GuardianState.UNNAMED else "waiting")
        models.GuardianRequest.objects.filter(id=row.id).update(warned_at=now, expires_at=row.expires_at)
        count += 1
    return count


def _end(now: datetime) -> int:
    """Nobody agreed in time: addresses go, and whoever keeps the account is told."""
    return sum(_end_one(row.id, now) for row in guardians.list_ending(now))


def _end_one(request_id: int, now: datetime) -> bool:
    with transaction.atomic():
        row = models.GuardianRequest.objects.select_for_update().get(id=request_id)
        if row.state not in guardians.WAITING or row.expires_at > now:
            return False  # answered meanwhile: a second before the end counts
        is_missing = guardians.is_pending(row.member_id)
        row.state = GuardianState.LAPSED if is_missing else GuardianState.REPLACED
        row.save(update_fields=["state"])
        if is_missing:
            models.GuardianRequest.objects.filter(member_id=row.member_id).update(email="")
            _announce(row.member_id, now)
    return True


def _tell_again(now: datetime) -> int:
    """A fact that was lost is told again, until the data it is about is gone with this row."""
    members = {row.member_id for row in guardians.list_lapsed() if not guardians.was_open(row.member_id)}
    for member_id in members:
        with transaction.atomic():
            _announce(member_id, now)
    return len(members)


def _announce(member_id: int, now: datetime) -> None:
    was_open = guardians.was_open(member_id)
    announce(TERMS_GUARDIAN_SILENT, guardian=GuardianData(member_id=member_id, was_open=was_open, at=now))
    transaction.on_commit(lambda: gate.forget_answers(member_id))


def _erase(now: datetime) -> int:
    """Addresses of requests that were replaced, and knocks, are kept for a day: they count for the limits."""
    before = now - guardianship.DAY
    models.GuardianKnock.objects.filter(knocked_at__lte=before).delete()
    replaced = models.GuardianRequest.objects.filter(state=GuardianState.REPLACED, asked_at__lte=before)
    return replaced.exclude(email="").update(email="")
