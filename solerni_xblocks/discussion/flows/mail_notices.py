"""Mail notices: each at once, or with a digest, or never, as its member wants it; what is not true any more, never.

A notice that is due is planned first: mailed now, put off to its digest, or owed no more. Then whoever sends a mail
claims its notices for a while, and reads them only then: of two at once one sends it, and nothing is told that was
hidden meanwhile. Who dies between handing a mail over and writing that down sends it once more with the same message
id, by which mail systems know it. What no server takes waits longer each time.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import islice

from django.db.models import F, Max, QuerySet
from django.urls import reverse

from solerni_xblocks.core import clock, conf
from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.discussion.data.mailing import RHYTHMS, Frequency, MailLine
from solerni_xblocks.discussion.flows.send_letters import (
    CLAIM,
    MOST_FAILURES,
    MOST_TRIES,
    Fate,
    count_in_a_row,
    tell_fate,
)
from solerni_xblocks.discussion.models import Notice
from solerni_xblocks.discussion.queries.mail_choices import find_chosen, find_frequency
from solerni_xblocks.discussion.queries.mail_lines import group_lines, list_mail_lines
from solerni_xblocks.discussion.queries.mail_links import make_stop_url
from solerni_xblocks.discussion.rules.mailing import find_digest, wait_after
from solerni_xblocks.host import api as host

BATCH = 200
"""Notices looked at to find members who are due."""

MOST_TOLD = 500
"""Notices of one member dealt with at a time; of these a digest shows MOST_SHOWN."""

MOST_SHOWN = 100

log = logging.getLogger(__name__)


def settle_mails(*, limit: int) -> tuple[int, int]:
    """Send what is due, up to ``limit`` mails; how many left, how many failed."""
    sent = failed = in_a_row = 0
    for fate in islice(_mail_due(), limit):
        sent, failed = sent + (fate is Fate.LEFT), failed + (fate is not Fate.LEFT)
        in_a_row = count_in_a_row(in_a_row, fate)
        if in_a_row == MOST_FAILURES:
            break
    return sent, failed


def _mail_due() -> Iterator[Fate]:
    """What became of each mail. Every turn takes its notices out of what is due, so that there is an end."""
    while ids := list(_list_owed().order_by("mail_due_at", "id").values_list("member_id", flat=True)[:BATCH]):
        for member_id in dict.fromkeys(ids):
            yield from _mail_member(member_id)


def _list_owed() -> QuerySet[Notice]:
    return Notice.objects.filter(mailed_at=None, mail_due_at__lte=clock.now())


def _mail_member(member_id: int) -> Iterator[Fate]:
    for frequency, ids in _plan(member_id):
        for parcel in [[pk] for pk in ids] if frequency == Frequency.AT_ONCE else [ids]:
            fate = _send(member_id, parcel, frequency)
            if fate is not None:
                yield fate


def _plan(member_id: int) -> list[tuple[Frequency, list[int]]]:
    """What is to leave now; the rest is put off to its digest, or owed no more."""
    chosen, now = find_chosen(member_id), clock.now()
    due = _list_owed().filter(member_id=member_id).order_by("mail_due_at", "id")
    now_due: dict[Frequency, list[int]] = {}
    later: dict[datetime | None, list[int]] = {}
    for pk, kind, course_key, at in due.values_list("pk", "kind", "course_key", "at")[:MOST_TOLD]:
        frequency = find_frequency(chosen, kind=kind, course_key=course_key)
        leaves_at = _find_leaving(at, frequency)
        if leaves_at is None or leaves_at > now:
            later.setdefault(leaves_at, []).append(pk)
        else:
            now_due.setdefault(frequency, []).append(pk)
    for moment, ids in later.items():
        Notice.objects.filter(pk__in=ids, mailed_at=None, mail_due_at__lte=now).update(mail_due_at=moment)
    return list(now_due.items())


def _find_leaving(at: datetime, frequency: Frequency) -> datetime | None:
    if frequency not in RHYTHMS:
        return None if frequency == Frequency.NEVER else at
    hour, zone = conf.get("SOLERNI_DISCUSSION_DIGEST_HOUR"), conf.get("SOLERNI_TIME_ZONE")
    return find_digest(at, frequency, hour=hour, zone=zone)


def _send(member_id: int, ids: Sequence[int], frequency: Frequency) -> Fate | None:
    """What became of the mail; None when there was nothing to tell, or somebody else tells it."""
    now, claim = clock.now(), make_uuid()
    claimed = {"mail_due_at": now + CLAIM, "mail_claim": claim, "mail_tries": F("mail_tries") + 1}
    if not Notice.objects.filter(pk__in=ids, mailed_at=None, mail_due_at__lte=now).update(**claimed):
        return None
    mine = Notice.objects.filter(pk__in=ids, mailed_at=None, mail_claim=claim)
    try:
        lines = list_mail_lines(member_id, mine)
        has_left = bool(lines) and _hand_over(member_id, lines, frequency)
    except Exception as error:  # noqa: BLE001  whatever it is, the others leave; its text may hold an address
        tries = mine.aggregate(most=Max("mail_tries"))["most"] or 0
        what_then = "is tried again" if tries < MOST_TRIES else "is given up"
        log.warning("A mail could not be sent, and %s: %s", what_then, type(error).__name__)
        mine.update(mail_due_at=clock.now() + wait_after(tries) if tries < MOST_TRIES else None)
        return tell_fate(error)
    if has_left:
        mine.filter(pk__in=[line.id for line in lines]).update(mailed_at=clock.now())
    mine.update(mail_due_at=None)  # what is read, hidden or untrue by now is owed no more
    return Fate.LEFT if has_left else None


def _hand_over(member_id: int, lines: Sequence[MailLine], frequency: Frequency) -> bool:
    """Whether there was somebody to hand the mail to. Raises whatever a mail backend may."""
    person = host.people().find_person(member_id)
    if person is None or not person.email:
        return False
    is_digest = frequency in RHYTHMS
    stop = (frequency, "") if is_digest else (lines[0].kind, lines[0].course_key)
    stop_url = make_stop_url(member_id, *stop)
    host.mail().send(
        to=person,
        template="discussion/mail/digest" if is_digest else "discussion/mail/notice",
        context={
            "courses": group_lines(lines[:MOST_SHOWN]),
            "line": lines[0],
            "count": len(lines),
            "more": max(0, len(lines) - MOST_SHOWN),
            "frequency": frequency,
            "stop_url": stop_url,
            "settings_url": conf.get_base_url() + reverse("solerni_discussion:mails"),
        },
        reference=_make_reference(lines),
        unsubscribe_url=stop_url,
    )
    return True


def _make_reference(lines: Iterable[MailLine]) -> str:
    """The same for the same notices, told of the same moments."""
    return sha256(" ".join(f"{line.id}@{line.at.isoformat()}" for line in lines).encode()).hexdigest()[:32]
