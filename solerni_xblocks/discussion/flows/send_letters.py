"""Letters that the service owes by law: written down with what they tell, sent at once, again until they are taken.

Whoever sends a letter claims it first for a while: of two at once one sends it. Who dies between handing it over and
writing that down sends it once more, with the same message id, by which mail systems know it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial

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

WRITERS: dict[str, Callable[[Letter], None]] = {
    Purpose.DECISION: mail_author,
    Purpose.QUESTION: mail_contester,
    Purpose.ANSWER: mail_contester,
    Purpose.RECEIPT: mail_receipt,
    Purpose.OUTCOME: mail_notifier,
    Purpose.LIFTED: mail_lifted,
}

log = logging.getLogger(__name__)


def owe_letter(purpose: Purpose, **about: Model) -> None:
    """Write the letter down, in the transaction of what it tells (``about``: the rows); send it after the commit."""
    now = clock.now()
    letter = Letter.objects.create(purpose=purpose, at=now, due_at=now, **about)
    transaction.on_commit(partial(send_letter, letter.pk))


def settle_letters(*, limit: int) -> tuple[int, int]:
    """Send what is due, up to ``limit`` letters; how many left, how many failed."""
    sent = failed = in_a_row = 0
    while sent + failed < limit and in_a_row < MOST_FAILURES:
        due = Letter.objects.filter(sent_at=None, due_at__lte=clock.now()).order_by("due_at", "id")
        batch = list(due.values_list("pk", flat=True)[:BATCH])
        for pk in batch:
            outcome = send_letter(pk)
            sent, failed = sent + (outcome is True), failed + (outcome is False)
            in_a_row = in_a_row + 1 if outcome is False else 0
            if in_a_row == MOST_FAILURES:
                break
        if not batch:
            break
    return sent, failed


def send_letter(pk: int) -> bool | None:
    """Whether the letter left; None when somebody else has it."""
    now, claim = clock.now(), make_uuid()
    mine = Letter.objects.filter(pk=pk, sent_at=None)
    if not mine.filter(due_at__lte=now).update(due_at=now + CLAIM, claim=claim, tries=F("tries") + 1):
        return None
    about = ("decision__post__thread", "appeal__decision__post__thread", "appeal__report", "message")
    letter = Letter.objects.select_related(*about, "report__post__thread").get(pk=pk)
    mine = mine.filter(claim=claim)
    try:
        WRITERS[letter.purpose](letter)
    except OSError as error:  # SMTPException is one
        log.warning("Letter %s could not be sent, and is tried again: %s", letter.uuid, type(error).__name__)
        mine.update(due_at=clock.now() + wait_after(letter.tries))
        return False
    mine.update(sent_at=clock.now())
    return True
