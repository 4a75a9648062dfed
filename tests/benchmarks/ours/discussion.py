"""The discussion block, asked through its handlers as the platform asks it, and the rules alone."""

from __future__ import annotations

import json
from functools import cache
from itertools import count
from typing import Any
from uuid import UUID

import crum
from django.contrib.auth import get_user_model
from django.test import RequestFactory
from webob import Request

from tests.benchmarks import copying, material, rows, serving, texts
from tests.benchmarks.messages import make_language_shares, make_shares
from tests.benchmarks.ours import site
from tests.benchmarks.ours.conversations import COURSE_KEY, PLACE, make_threads
from tests.benchmarks.timing import Share, Subject

CANDIDATES = 5
"""Earlier posts that a new one is compared with, word for word."""

RARE, COMMON = str(material.THREADS // 2), "leçon"
"""A word of a title and a few notes, and one that every fourth post has."""


def main() -> None:
    """Make the data, then answer orders."""
    site.start()
    from tests.benchmarks.ours.terms import accept_terms

    members = rows.make_members(material.AUTHORS)
    accept_terms(member.id for member in members)
    _enrol(members)
    _define_badge()
    threads = make_threads(members)
    moderator = _appoint()
    serving.serve(
        {
            "discussion.list": lambda: list_threads(members[0]),
            "discussion.list_deep": lambda: list_deep(members[0]),
            "discussion.thread": lambda: read_thread(members[0], threads[material.LONG_THREAD]),
            "discussion.unread": lambda: count_unread(members[0]),
            "discussion.publish": lambda: publish(members, threads),
            "discussion.search_rare": lambda: search(members[0], RARE),
            "discussion.search_common": lambda: search(members[0], COMMON),
            "discussion.queue": lambda: list_queue(moderator),
            "discussion.rules": judge,
            "discussion.courtesy_precision": lambda: hold()[0],
            "discussion.courtesy_recall": lambda: hold()[1],
            "discussion.french_kept": lambda: tell_languages()[0],
            "discussion.other_caught": lambda: tell_languages()[1],
            "discussion.copy_found": lambda: find_copies()[0],
            "discussion.copy_false": lambda: find_copies()[1],
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


def _appoint() -> Any:
    """Somebody who moderates the course, and writes nothing."""
    from solerni_xblocks.discussion.models import Moderator, Role

    moderator = get_user_model().objects.create(username="moderator", email="moderator@example.org")
    Moderator.objects.create(
        user_id=moderator.id, course_key=material.COURSE, role=Role.MODERATOR, at=material.FIRST_DAY
    )
    return moderator


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
    return _list_page(member, {})


def list_deep(member: Any) -> Subject:
    """A page far down: the cursor is the one that the pages before lead to."""
    after = None
    for _ in range(material.DEEP_PAGE - 1):
        after = _handle(_ask(member, "list_threads", {"after": after})).json["after"]
    return _list_page(member, {"after": after})


def _list_page(member: Any, data: dict[str, Any]) -> Subject:
    def check(answer: Any) -> None:
        if answer.status_code != 200 or len(answer.json["threads"]) != material.PAGE:
            raise AssertionError(f"not a page of {material.PAGE} threads: {answer.status}")

    return Subject(
        run=_handle,
        prepare=lambda: _ask(member, "list_threads", data),
        check=check,
        count=rows.count_queries,
        warm_up=10,
    )


def read_thread(member: Any, thread: UUID) -> Subject:
    """A page of a hundred posts."""

    def check(answer: Any) -> None:
        if answer.status_code != 200 or answer.json["html"].count("data-solerni-post=") != material.POSTS_A_PAGE:
            raise AssertionError(f"not a page of {material.POSTS_A_PAGE} posts: {answer.status}")

    return Subject(
        run=_handle,
        prepare=lambda: _ask(member, "read_thread", {"thread": str(thread)}),
        check=check,
        count=rows.count_queries,
        warm_up=10,
    )


def count_unread(member: Any) -> Subject:
    """What is new in the place and in the course: told up to a limit."""
    from solerni_xblocks.discussion import api
    from solerni_xblocks.discussion.data import Place

    place = Place(course_key=COURSE_KEY, usage_key=PLACE)

    def check(unread: Any) -> None:
        if unread.place != unread.limit or unread.course != unread.limit:
            raise AssertionError(f"not as much as may be told: {unread}")

    return Subject(run=lambda _: api.count_unread(member.id, place), check=check, count=rows.count_queries)


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


def search(member: Any, words: str) -> Subject:
    """The first page of what the block finds; nothing is being typed any more, so that the word is looked for whole."""

    def check(answer: Any) -> None:
        if answer.status_code != 200 or not answer.json["count"]:
            raise AssertionError(f"nothing found: {answer.status} {answer.text[:200]}")

    return Subject(
        run=_handle,
        prepare=lambda: _ask(member, "search_posts", {"words": f"{words} "}),
        check=check,
        count=rows.count_queries,
    )


def list_queue(moderator: Any) -> Subject:
    """The first page of the queue, as its view answers it."""
    from solerni_xblocks.discussion.queries.queue import CASES_PER_PAGE
    from solerni_xblocks.discussion.views.queue import show_queue

    def prepare() -> Any:
        request = RequestFactory().get("/solerni/discussion/queue/")
        request.user, request.session = moderator, {}
        return request

    def check(answer: Any) -> None:
        if answer.status_code != 200 or answer.content.count(b"data-solerni-case=") != CASES_PER_PAGE:
            raise AssertionError(f"not a page of {CASES_PER_PAGE} cases: {answer.status_code}")

    return Subject(run=show_queue, prepare=prepare, check=check, count=rows.count_queries)


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

    return make_shares(holds)


@cache
def tell_languages() -> tuple[Share, Share]:
    """French messages let pass, others held, by the language rule."""
    from solerni_xblocks.discussion.data import Wording
    from solerni_xblocks.discussion.rules.language import judge_language
    from solerni_xblocks.discussion.rules.measures.language import measure_language

    def holds(text: str) -> bool:
        return any(judge_language(measure_language(Wording(source=text), ("fr",))))

    return make_language_shares(holds)


@cache
def find_copies() -> tuple[Share, Share]:
    """Near copies found, new posts taken for copies, by the plagiarism rule with its fingerprints in memory."""
    from solerni_xblocks.discussion.data import Candidate, Origin, Scene, Wording
    from solerni_xblocks.discussion.rules.likeness import keep_telling, rank_alike
    from solerni_xblocks.discussion.rules.measures.copies import fingerprint, measure_copies
    from solerni_xblocks.discussion.rules.plagiarism import judge_plagiarism

    posts = copying.make_posts()
    index: dict[int, list[int]] = {}
    for number, post in enumerate(posts):
        for print_ in keep_telling(fingerprint(post), index):
            index.setdefault(print_, []).append(number)

    def find(text: str) -> set[int]:
        prints = fingerprint(text)
        holders = {print_: index[print_] for print_ in prints if print_ in index}
        found = set()
        for number in rank_alike(holders, prints=len(prints)):
            scene = Scene(candidates=(Candidate(origin=Origin.OTHER, name=str(number), source=posts[number]),))
            if any(judge_plagiarism(measure_copies(Wording(source=text), scene))):
                found.add(number)
        return found

    return copying.make_shares(find)


if __name__ == "__main__":
    main()
