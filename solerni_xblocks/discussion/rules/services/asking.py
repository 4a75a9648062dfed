"""Which service is asked how, when it is asked again, and when it is left in peace for a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from solerni_xblocks.core.httpkit import Answer
from solerni_xblocks.discussion.data.services import Envelope, Malformed, Opinion, Question, Service, ServiceSetting
from solerni_xblocks.discussion.data.verdicts import Outcome
from solerni_xblocks.discussion.rules.services import akismet, languagetool, moderations, webhook

MOST_TRIES = 2
"""The first, and one later: then the wording is not rated."""

AGAIN = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=1)
CALL_BACK = timedelta(hours=24)
"""How long the operator's own service has to call back, and how long a wording waits for a service in trouble."""

BREAK_AFTER, BREAK = 5, timedelta(minutes=10)
"""So many calls in a row that failed within so much time: the service is not asked until the time has passed."""

OK, ACCEPTED, BUSY = 200, 202, 429

FAULT = "fault"
"""The failure that is our own: the service has no part in it."""


def write_question(setting: ServiceSetting, question: Question, *, now: int) -> Envelope:
    """The call by which ``setting``'s service is asked."""
    if setting.service is Service.AKISMET:
        return akismet.write_question(setting, question)
    if setting.service is Service.LANGUAGETOOL:
        return languagetool.write_question(setting, question)
    if setting.service is Service.WEBHOOK:
        return webhook.write_question(setting, question, now=now)
    return moderations.write_question(setting, question)


def read_opinion(setting: ServiceSetting, question: Question, answer: Answer, *, now: int) -> Opinion:
    """What a good answer says. Raises Malformed, also for a webhook's that is not signed."""
    if setting.service is Service.AKISMET:
        return akismet.read_opinion(answer.body)
    if setting.service is Service.LANGUAGETOOL:
        return languagetool.read_opinion(answer.body, question.source)
    if setting.service is Service.WEBHOOK:
        if not webhook.is_signed(setting.secret, question.uuid, answer.headers, answer.body, now=now):
            raise Malformed("signature")
        return webhook.read_opinion(answer.body)
    return moderations.read_opinion(answer.body)


def name_failure(answer: Answer) -> str:
    """What an answer that is not 200 means: ``busy`` and ``error`` pass, ``refused`` and ``redirect`` do not.

    >>> [name_failure(Answer(status=status)) for status in (429, 503, 401, 302)]
    ['busy', 'error', 'refused', 'redirect']
    """
    if answer.status == BUSY:
        return "busy"
    if answer.status >= 500:
        return "error"
    return "redirect" if 300 <= answer.status < 400 else "refused"


def is_passing(failure: str) -> bool:
    """Whether asking again later may help."""
    return failure in ("timeout", "connection", "busy", "error", FAULT)


def wait_for(answer: Answer | None) -> timedelta:
    """How long to wait before asking again: what a busy service says, within an hour.

    >>> wait_for(Answer(status=429, headers={"retry-after": "600"})).seconds, wait_for(None).seconds
    (600, 300)
    """
    said = answer.headers.get("retry-after", "") if answer else ""
    if not (said.isascii() and said.isdecimal() and len(said) < 9):
        return AGAIN
    return min(max(timedelta(seconds=int(said)), timedelta(minutes=1)), LONGEST_WAIT)


def is_broken(failures: Sequence[str]) -> bool:
    """Whether the last calls, all within ``BREAK``, failed one after the other.

    >>> is_broken(["timeout"] * 5), is_broken(["timeout"] * 4 + [""]), is_broken(["timeout"] * 4)
    (True, False, False)
    """
    return len(failures) >= BREAK_AFTER and all(failures[:BREAK_AFTER])


def find_outcome(setting: ServiceSetting, opinion: Opinion) -> Outcome | None:
    """What the opinion asks for; None below the threshold. Nothing graver than a hold, and a person decides.

    >>> from solerni_xblocks.discussion.data.services import Effect
    >>> setting = ServiceSetting(service=Service.MISTRAL, name="M", url="https://m", effect=Effect.HOLD)
    >>> find_outcome(setting, Opinion(score=1.0)).name, find_outcome(setting, Opinion(score=0.5))
    ('HOLD', None)
    """
    if opinion.score < setting.threshold:
        return None
    return Outcome.HOLD if setting.effect == "hold" else Outcome.PUBLISH
