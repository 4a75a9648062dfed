"""Rate: what a member wrote is put to the services that the operator set, later and elsewhere; a person decides.

The question is a row, written with the wording; the settling asks it. Whatever a service does, the message stands.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F

from solerni_xblocks.core import clock, httpkit, jsonkit
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Act, Ground, Part, Ruling
from solerni_xblocks.discussion.data.services import Effect, Malformed, Opinion, Question, Service, ServiceSetting
from solerni_xblocks.discussion.errors.services import NotOurQuestion, RatedAlready
from solerni_xblocks.discussion.flows.decide import decide_by_software
from solerni_xblocks.discussion.flows.open_case import open_case
from solerni_xblocks.discussion.models import Finding, Outcome, Post, Rating, RatingState, Source, State
from solerni_xblocks.discussion.queries import ratings
from solerni_xblocks.discussion.rules.services import asking, webhook

RUN_SECONDS = 60
"""One run of the settling asks for no longer; the next goes on."""

LEASE = asking.AGAIN
"""For so long nobody else asks the question that is being asked."""

log = logging.getLogger(__name__)


def prepare_ratings(post: Post) -> None:
    """The current wording of ``post`` is to be rated; nothing is called. Inside the transaction that writes it."""
    services, now = ratings.list_services(), clock.now()
    if services:
        Rating.objects.bulk_create(
            Rating(post=post, version=post.version, service=one.service, created_at=now, next_at=now)
            for one in services
        )


def settle_ratings() -> dict[str, int]:
    """Ask what is due, within a minute; how many questions, by what became of them."""
    counts: Counter[str] = Counter()
    end = time.monotonic() + RUN_SECONDS
    for rating in ratings.list_due():
        if time.monotonic() > end:
            break
        counts[_settle_apart(rating)] += 1
    return dict(counts)


def receive_rating(uuid: UUID, headers: Mapping[str, str], body: bytes) -> None:
    """The operator's own service calls back. Raises: NotOurQuestion, RatedAlready; Malformed when it says nothing."""
    rating = Rating.objects.filter(uuid=uuid, service=Service.WEBHOOK).first()
    setting = ratings.find_service(Service.WEBHOOK)
    now = int(clock.now().timestamp())
    if rating is None or setting is None or not webhook.is_signed(setting.secret, uuid, headers, body, now=now):
        raise NotOurQuestion
    opinion = webhook.read_opinion(body)
    if not _keep(rating, setting, opinion):
        raise RatedAlready


def _settle_apart(rating: Rating) -> str:
    """A fault with one is no fault with the others; it is tried again as often as a service that fails."""
    try:
        return _settle(rating)
    except Exception as error:  # noqa: BLE001  its text may hold what a member wrote
        log.error("Rating %s could not be settled: %s", rating.uuid, type(error).__name__)
        if clock.now() - rating.created_at > asking.CALL_BACK:
            return _close(rating, RatingState.FAILED, "too_late")
        return _fail(rating, asking.FAULT, None)


def _settle(rating: Rating) -> str:
    setting = ratings.find_service(rating.service)
    question = ratings.find_question(rating)
    if setting is None or question is None:
        return _close(rating, RatingState.MOOT, "")
    if rating.state == RatingState.AWAITED or clock.now() - rating.created_at > asking.CALL_BACK:
        return _close(rating, RatingState.FAILED, "too_late")
    if ratings.is_in_trouble(setting.service):
        Rating.objects.filter(pk=rating.pk, state=rating.state).update(next_at=clock.now() + asking.BREAK)
        return "put off"
    return _ask(rating, setting, question) if _take(rating) else "taken"


def _take(rating: Rating) -> bool:
    """Only one settling asks it; killed in the middle, it is asked again later, as often as its tries allow."""
    now = clock.now()
    mine = Rating.objects.filter(pk=rating.pk, state=RatingState.WAITING, next_at=rating.next_at)
    if not mine.update(next_at=now + LEASE, asked_at=now, tries=F("tries") + 1):
        return False
    rating.tries += 1
    return True


def _ask(rating: Rating, setting: ServiceSetting, question: Question) -> str:
    now = int(clock.now().timestamp())
    envelope = asking.write_question(setting, question, now=now)
    answer = None
    try:
        answer = httpkit.post(envelope.url, body=envelope.body, headers=envelope.headers, seconds=setting.seconds)
        if answer.status == asking.ACCEPTED and setting.service is Service.WEBHOOK:
            return _await(rating)
        if answer.status != asking.OK:
            return _fail(rating, asking.name_failure(answer), answer)
        opinion = asking.read_opinion(setting, question, answer, now=int(clock.now().timestamp()))
    except httpkit.Unreachable as trouble:
        return _fail(rating, trouble.code, answer)
    except Malformed:
        return _fail(rating, "malformed", answer)
    return RatingState.RATED if _keep(rating, setting, opinion) else "taken"


def _await(rating: Rating) -> str:
    """It will call back, once, within a day; it may have done so already."""
    waiting = Rating.objects.filter(pk=rating.pk, state=RatingState.WAITING)
    waiting.update(state=RatingState.AWAITED, failure="", next_at=clock.now() + asking.CALL_BACK)
    return RatingState.AWAITED


def _fail(rating: Rating, failure: str, answer: httpkit.Answer | None) -> str:
    if not asking.is_passing(failure) or rating.tries >= asking.MOST_TRIES:
        return _close(rating, RatingState.FAILED, failure)
    again = clock.now() + asking.wait_for(answer)
    Rating.objects.filter(pk=rating.pk, state=RatingState.WAITING).update(failure=failure, next_at=again)
    return "put off"


def _close(rating: Rating, state: RatingState, failure: str) -> str:
    open_ones = Rating.objects.filter(pk=rating.pk, state__in=(RatingState.WAITING, RatingState.AWAITED))
    open_ones.update(state=state, failure=failure, answered_at=clock.now())
    return state


@transaction.atomic
def _keep(rating: Rating, setting: ServiceSetting, opinion: Opinion) -> bool:
    """The opinion is kept once, whoever brings it; False when it was there already."""
    post = queries.lock_post(rating.post.uuid)
    outcome = asking.find_outcome(setting, opinion)
    unrated = Rating.objects.filter(pk=rating.pk, state__in=(RatingState.WAITING, RatingState.AWAITED))
    is_mine = unrated.update(
        state=RatingState.RATED,
        scores=jsonkit.dumps(opinion.scores),
        label=opinion.label,
        score=opinion.score,
        is_flagged=outcome is not None,
        failure="",
        answered_at=clock.now(),
    )
    if is_mine and outcome is not None and post.version == rating.version and post.state in ratings.READABLE:
        _follow(post, setting, opinion, Outcome(outcome))
    return bool(is_mine)


def _follow(post: Post, setting: ServiceSetting, opinion: Opinion, outcome: Outcome) -> None:
    """What was rated stands beside the message; unless a person has read it already, it waits for one."""
    Finding.objects.bulk_create(_list_findings(post, setting, opinion, outcome))
    is_to_read = post.state in (State.PUBLISHED, State.HELD) and not ratings.was_read_by_person(post, post.version)
    if setting.effect is Effect.NOTE or not is_to_read:
        return
    case = open_case(post, source=Source.SERVICE, score=1.0)
    if setting.effect is Effect.HOLD and post.state == State.PUBLISHED:
        grounds = (Ground(clause=opinion.clause),) if opinion.clause else ()
        decide_by_software(post, State.HIDDEN, ruling=Ruling(act=Act.HIDE, grounds=grounds), case=case)


def _list_findings(post: Post, setting: ServiceSetting, opinion: Opinion, outcome: Outcome) -> list[Finding]:
    """One for each passage, or one for the whole."""
    code = "service.grammar" if setting.service is Service.LANGUAGETOOL else "service.rated"
    return [
        Finding(
            post=post,
            version=post.version,
            rule=setting.service,
            clause=opinion.clause,
            code=code,
            outcome=outcome,
            is_dry=setting.effect is Effect.NOTE,
            part=Part.BODY,
            start=passage.start if passage else None,
            end=passage.end if passage else None,
            seen=post.source[passage.start : passage.end][:200] if passage else opinion.label,
            score=opinion.score,
            threshold=setting.threshold,
        )
        for passage in opinion.passages or (None,)
    ]
