"""The discussion block, asked through its handlers as the platform asks it, and the rules alone."""

from __future__ import annotations

import json
import os
from itertools import count
from typing import Any
from uuid import UUID

import crum
from django.test import RequestFactory
from opaque_keys.edx.keys import CourseKey
from webob import Request

from tests.benchmarks import material, rows, serving, texts
from tests.benchmarks.messages import make_shares
from tests.benchmarks.ours import site
from tests.benchmarks.timing import Share, Subject

COURSE_KEY = CourseKey.from_string(material.COURSE)
CANDIDATES = 5
"""Earlier posts that a new one is compared with, word for word."""

PLACE = COURSE_KEY.make_usage_key("solerni_discussion", "module-1")


def main() -> None:
    """Make the data, then answer orders."""
    site.start()
    from tests.benchmarks.ours.terms import accept_terms

    members = rows.make_members(material.AUTHORS)
    accept_terms(member.id for member in members)
    _enrol(members)
    _define_badge()
    threads = _make_threads(members)
    serving.serve(
        {
            "discussion.list": lambda: list_threads(members[0]),
            "discussion.publish": lambda: publish(members, threads),
            "discussion.rules": judge,
            "discussion.courtesy_precision": lambda: hold()[0],
            "discussion.courtesy_recall": lambda: hold()[1],
        }
    )


def _enrol(members: list[Any]) -> None:
    from solerni_xblocks.demo.models import CourseRole

    CourseRole.objects.bulk_create(
        [CourseRole(user=member, course_key=material.COURSE, role=CourseRole.Role.STUDENT) for member in members]
    )


def _define_badge() -> None:
    """A badge that one reply does not earn yet: each reply is looked at, none is followed by an award."""
    from solerni_xblocks.badges import api
    from solerni_xblocks.badges.data import BadgeDefinition

    api.define_badge(
        BadgeDefinition(
            usage_key=str(COURSE_KEY.make_usage_key("solerni_badge", "three-posts")),
            course_key=material.COURSE,
            name="Voix du cours",
            description="",
            language="fr",
            criterion={"count": "post.published", "at_least": 3},
            sentences=("Publier au moins trois contributions",),
        )
    )


def _make_threads(members: list[Any]) -> list[UUID]:
    """What the flow publish would have left; the uuid of each thread."""
    from django.db import transaction

    from solerni_xblocks.core import htmlkit
    from solerni_xblocks.discussion.models import Post, State, Thread

    threads, posts = [], []
    for thread in range(material.THREADS):
        moments = [material.make_moment(thread, number) for number in range(material.POSTS_A_THREAD)]
        threads.append(
            Thread(
                id=thread + 1,
                course_key=material.COURSE,
                usage_key=str(PLACE),
                title=texts.make_title(thread),
                author_id=members[thread % len(members)].id,
                state=State.PUBLISHED,
                replies=len(moments) - 1,
                created_at=moments[0],
                last_activity_at=moments[-1],
            )
        )
        for number, moment in enumerate(moments):
            source = texts.make_post(f"{thread}.{number}")
            posts.append(
                Post(
                    thread_id=thread + 1,
                    author_id=members[(thread + number) % len(members)].id,
                    submission=UUID(int=len(posts)),
                    is_opening=number == 0,
                    source=source,
                    html="".join(f"<p>{paragraph}</p>\n" for paragraph in source.split("\n\n")),
                    renderer=htmlkit.RENDERER,
                    state=State.PUBLISHED,
                    created_at=moment,
                    published_at=moment,
                )
            )
    with transaction.atomic():
        Thread.objects.bulk_create(threads, batch_size=500)
        Post.objects.bulk_create(posts, batch_size=500)
    return [thread.uuid for thread in threads]


def _ask(member: Any, handler: str, data: dict[str, Any] | None = None) -> tuple[Any, str, Request]:
    """The block as the platform would have loaded it for ``member``, and the request that it is about to get."""
    from solerni_xblocks.discussion.block import DiscussionBlock
    from tests.doubles.runtime import make_block

    block = make_block(DiscussionBlock, PLACE, user=member)
    request = Request.blank(f"/courses/{COURSE_KEY}/xblock/{PLACE}/handler/{handler}")
    if data is not None:
        request.method, request.content_type, request.body = "POST", "application/json", json.dumps(data).encode()
    around = RequestFactory().post("/")
    around.user = member
    crum.set_current_request(around)
    return block, handler, request


def _handle(asked: tuple[Any, str, Request]) -> Any:
    block, handler, request = asked
    return block.handle(handler, request)


def list_threads(member: Any) -> Subject:
    """The first page of the list."""

    def check(answer: Any) -> None:
        if answer.status_code != 200 or len(answer.json["threads"]) != material.PAGE:
            raise AssertionError(f"not a page of {material.PAGE} threads: {answer.status}")

    return Subject(
        run=_handle, prepare=lambda: _ask(member, "list_threads"), check=check, count=rows.count_queries, warm_up=10
    )


def publish(members: list[Any], threads: list[UUID]) -> Subject:
    """A reply by another member to another thread each time."""
    turn = count(1)

    def prepare() -> Any:
        number = next(turn)
        draft = {
            "thread": str(threads[material.choose_thread(number)]),
            "text": texts.make_post(f"reply {number}"),
            "submission": str(UUID(int=10**9 + number)),
        }
        return _ask(members[number % len(members)], "publish_post", draft)

    def check(answer: Any) -> None:
        if answer.status_code != 200 or answer.json["state"] != "published":
            raise AssertionError(f"the reply was not published: {answer.status} {answer.text[:200]}")

    return Subject(run=_handle, prepare=prepare, check=check, count=rows.count_queries, warm_up=10)


def judge() -> Subject:
    """The verdict on a post never seen before."""
    from solerni_xblocks.discussion.data import Candidate, Origin, Outcome, Policy, Scene, Wording
    from solerni_xblocks.discussion.rules import measuring, moderation
    from solerni_xblocks.discussion.rules.measures.words import make_vocabulary

    measuring.warm_up()
    turn = count()
    policy = Policy()
    others = [
        Candidate(origin=Origin.OTHER, name=str(number), source=texts.make_post(f"other {number}"))
        for number in range(CANDIDATES)
    ]
    scene = Scene(candidates=tuple(others), course_words=make_vocabulary(other.source for other in others))

    def prepare() -> Wording:
        return Wording(source=texts.make_post(f"judged {next(turn)}"))

    def check(verdict: Any) -> None:
        if verdict.outcome != Outcome.PUBLISH or verdict.unjudged:
            raise AssertionError(f"a polite post was not let pass by every rule: {verdict}")

    def run(wording: Wording) -> Any:
        return moderation.judge(measuring.measure(wording, scene, policy), scene, policy)

    return Subject(run=run, prepare=prepare, check=check, warm_up=10)


def hold() -> tuple[Share, Share]:
    """Precision and recall of the courtesy rule on labelled messages."""
    from solerni_xblocks.discussion.data import Outcome, Wording
    from solerni_xblocks.discussion.rules.courtesy import judge_courtesy
    from solerni_xblocks.discussion.rules.measures.courtesy import measure_courtesy

    def holds(text: str) -> bool:
        return any(reason.outcome is Outcome.HOLD for reason in judge_courtesy(measure_courtesy(Wording(source=text))))

    return make_shares(holds, os.environ["SOLERNI_MODERATION_DATA"])


if __name__ == "__main__":
    main()
