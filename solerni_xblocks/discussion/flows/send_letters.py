"""Letters that the service owes by law: written down with what they tell, sent at once, again until they are taken.

Whoever sends a letter claims it first for a while: of two at once one sends it. Who dies between handing it over and
writing that down sends it once more, with the same message id, by which mail systems know it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from enum import Enum
from smtplib import SMTPRecipientsRefused

from django.db import transaction
from django.db.models import F, Model

from solerni_xblocks.core import clock
from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.discussion.flows.mail_author import mail_author
from solerni_xblocks.discussion.flows.mail_contester import mail_contester
from solerni_xblocks.discussion.flows.mail_lifted import mail_lifted
from solerni_xblocks.discussion.flows.mail_notifier import mail_notifier, mail_receipt
from solerni_xblocks.discussion.models import Letter, Purpose
from solerni_xblocks.discussion.rules.mailing import wait_after

CLAIM = timedelta(minutes=10)
"""How long a claim keeps others off; longer than any mail server is waited for."""

BATCH = 100
MOST_FAILURES = 5
"""In a row: then the mail server is taken to be down, and the run ends."""

MOST_TRIES = 40
"""More than two weeks of them; then what cannot be sent is given up."""

WRITERS: dict[str, Callable[[Letter], None]] = {
    Purpose.DECISION: mail_author,
    Purpose.QUESTION: mail_contester,
    Purpose.ANSWER: mail_contester,
    Purpose.RECEIPT: mail_receipt,
    Purpose.OUTCOME: mail_notifier,
    Purpose.LIFTED: mail_lifted,
}

log = logging.getLogger(__name__)


class Fate(Enum):
    """What became of a mail that was to leave."""

    LEFT = "left"
    REFUSED = "refused"
    """For what it is, or for its address: the next may leave."""
    FAILED = "failed"
    """As any other would, it seems."""


def tell_fate(error: Exception) -> Fate:
    """Whether ``error``, or what it stands for, is the fault of one mail or of who carries all."""
    is_of_one = any(isinstance(fault, SMTPRecipientsRefused | ValueError) for fault in (error, error.__context__))
    return Fate.REFUSED if is_of_one else Fate.FAILED


def count_in_a_row(before: int, fate: Fate | None) -> int:
    """How many mails failed one after the other; one that is refused says nothing about the server."""
    if fate is Fate.LEFT:
        return 0
    return before + (fate is Fate.FAILED)


def owe_letter(purpose: Purpose, **about: Model) -> None:
    """Write the letter down, in the transaction of what it tells (``about``: the rows); send it after the commit."""
    now = clock.now()
    letter = Letter.objects.create(purpose=purpose, at=now, due_at=now, **about)
    send = send_letter
    transaction.on_commit(lambda: send(letter.pk), robust=True)


def settle_letters(*, limit: int) -> tuple[int, int]:
    """Send what is due, up to ``limit`` letters; how many left, how many failed."""
    sent = failed = in_a_row = 0
    while sent + failed < limit and in_a_row < MOST_FAILURES:
        owed = Letter.objects.filter(sent_at=None, due_at__lte=clock.now(), tries__lt=MOST_TRIES)
        batch = list(owed.order_by("due_at", "id").values_list("pk", flat=True)[:BATCH])
        for pk in batch:
            fate = send_letter(pk)
            sent, failed = sent + (fate is Fate.LEFT), failed + (fate in (Fate.REFUSED, Fate.FAILED))
            in_a_row = count_in_a_row(in_a_row, fate)
            if in_a_row == MOST_FAILURES:
                break
        if not batch:
            break
    return sent, failed


def send_letter(pk: int) -> Fate | None:
    """What became of the letter; None when somebody else has it."""
    now, claim = clock.now(), make_uuid()
    mine = Letter.objects.filter(pk=pk, sent_at=None)
    if not mine.filter(due_at__lte=now).update(due_at=now + CLAIM, claim=claim, tries=F("tries") + 1):
        return None
    about = ("decision__post__thread", "appeal__decision__post__thread", "appeal__report", "message")
    letter = Letter.objects.select_related(*about, "report__post__thread").get(pk=pk)
    mine = mine.filter(claim=claim)
    try:
        WRITERS[letter.purpose](letter)
    except Exception as error:  # noqa: BLE001  whatever it is, the others leave; its text may hold an address
        what_then = "is tried again" if letter.tries < MOST_TRIES else "is given up"
        log.warning("Letter %s could not be sent, and %s: %s", letter.uuid, what_then, type(error).__name__)
        mine.update(due_at=clock.now() + wait_after(letter.tries))
        return tell_fate(error)
    mine.update(sent_at=clock.now())
    return Fate.LEFT
