"""Who may do what: every handler and every page, for every role, on what is one's own, another's, elsewhere.

The rows are found in the block and the addresses: what is new and has no row here fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.discussion import api, urls
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import Act, Claim, Declaration, FileLabel, Ground, Ruling, Seen, Upload
from solerni_xblocks.discussion.data.contesting import Contester, Words
from solerni_xblocks.discussion.data.sanctions import Penalty
from solerni_xblocks.discussion.models import Moderator, Post, Role, Thread
from solerni_xblocks.discussion.queries.mail_links import make_stop_url
from tests.discussion.conftest import make_draft
from tests.doubles.runtime import call, make_block, send_file

INSIDE = ("learner", "owner", "trusted", "moderator", "staff")
OUTSIDE = ("stranger", "far_learner", "far_moderator")
FAR = CourseKey.from_string("course-v1:Solerni+Far+2026")
EVERYBODY = dict.fromkeys(INSIDE, 200)


def make_row(statuses: str) -> dict[str, int]:
    """The statuses in the order of INSIDE."""
    return dict(zip(INSIDE, map(int, statuses.split()), strict=True))


OWNER_AND_MODERATORS = make_row("404 200 404 200 200")
MODERATORS = make_row("403 403 403 200 200")
ELSEWHERE = "block-v1:Solerni+Demo+2026+type@solerni_discussion+block@bar"
REPLY, OTHER = object(), object()
"""Sent as the uuid of the reply in a list, and as that of another thread of the place."""

THREAD = {"thread"}
POST = {"post"}
FILE = {"file"}
"""One that waits in a form of the owner's."""

# What is sent beside the thread and the post, which of the two is read, and the answer to each role about the reply
# that the owner wrote in the question that the owner asked.
HANDLERS: dict[str, tuple[dict[str, Any], set[str], dict[str, int]]] = {
    "list_threads": ({}, set(), EVERYBODY),
    "choose_sort": ({"sort": "best"}, set(), EVERYBODY),
    "read_thread": ({"post": ""}, THREAD, EVERYBODY),
    "list_news": ({"since": "2026-11-23T09:00:00+00:00"}, THREAD, EVERYBODY),
    "open_comment": ({}, POST, EVERYBODY),
    "mark_read": ({}, THREAD, EVERYBODY),
    "mark_all_read": ({}, set(), EVERYBODY),
    "vote_post": ({"on": True}, POST, make_row("200 403 200 200 200")),
    "accept_answer": ({"on": True}, POST, make_row("403 200 403 403 403")),
    "endorse_post": ({"on": True}, POST, make_row("403 403 403 403 200")),
    "follow": ({"what": "thread", "on": True}, THREAD, EVERYBODY),
    "list_notices": ({}, set(), EVERYBODY),
    "read_notices": ({"until": 0}, set(), EVERYBODY),
    "list_people": ({"beginning": ""}, THREAD, EVERYBODY),
    "search_posts": ({"words": "réponse"}, set(), EVERYBODY),
    "list_similar": ({"title": "Comment faire ?"}, set(), EVERYBODY),
    "suggest_words": ({"word": "profeseur"}, set(), EVERYBODY),
    "keep_word": ({"word": "rebase"}, set(), EVERYBODY),
    "preview_post": ({"text": "Oui"}, set(), EVERYBODY),
    "publish_thread": ({"title": "Un fil", "text": "Bonjour"}, set(), EVERYBODY),
    "publish_post": ({"text": "Bonjour"}, THREAD, EVERYBODY),
    "open_edit": ({}, POST, OWNER_AND_MODERATORS),
    "revise_post": ({"version": 1, "text": "Autrement"}, POST, OWNER_AND_MODERATORS),
    "withdraw_post": ({}, POST, make_row("404 200 404 404 404")),
    "report_post": ({"reason": "abusive", "note": ""}, POST, make_row("200 403 200 200 200")),
    "withdraw_report": ({}, POST, make_row("404 404 404 404 404")),
    "list_versions": ({}, POST, OWNER_AND_MODERATORS),
    "label_file": ({"alternative": "Un chat", "rights": "mine"}, FILE, make_row("404 200 404 404 404")),
    "remove_file": ({}, FILE, make_row("404 200 404 404 404")),
    "upload_file": ({}, set(), EVERYBODY),
    "open_workbench": ({}, THREAD, MODERATORS),
    "pin_thread": ({"on": True}, THREAD, MODERATORS),
    "resolve_issue": ({"on": True}, THREAD, make_row("403 403 403 409 409")),
    "lock_thread": ({"clauses": ["posts.courtesy"], "message": "Stop."}, THREAD, MODERATORS),
    "unlock_thread": ({}, THREAD, MODERATORS),
    "schedule_thread": ({"from": "", "until": "2126-11-23T12:00"}, THREAD, make_row("403 403 403 403 200")),
    "move_thread": ({"place": ELSEWHERE}, THREAD, MODERATORS),
    "split_thread": ({"posts": REPLY, "title": "À part"}, THREAD, MODERATORS),
    "merge_threads": ({"into": OTHER}, THREAD, MODERATORS),
    "list_waiting": ({}, set(), make_row("403 403 200 200 200")),
    "claim_case": ({"on": True}, POST, make_row("404 404 404 409 409")),
    "save_draft": ({"slot": "thread", "revision": 0, "title": "", "text": "Je"}, set(), EVERYBODY),
}
ANYBODY_LOGGED_IN = {"preview_post"}
"""It only shows what was sent."""

PAGES: dict[str, dict[str, int]] = {
    "thread": {**dict.fromkeys(INSIDE, 302), **dict.fromkeys(OUTSIDE, 404)},
    "post": {**dict.fromkeys(INSIDE, 302), **dict.fromkeys(OUTSIDE, 404)},
}
OUT_OF_SIGHT = (
    {"shown_from": datetime(2126, 1, 1, tzinfo=UTC), "shown_until": None},
    {"shown_from": None, "shown_until": datetime(2026, 1, 1, tzinfo=UTC)},
)
"""A thread that appears later, and one that has vanished."""

FILES: dict[str, dict[str, int]] = {
    "waiting": {**dict.fromkeys(INSIDE + OUTSIDE, 404), "owner": 200},
    "attached": {**dict.fromkeys(INSIDE, 200), **dict.fromkeys(OUTSIDE, 404)},
}
"""The address of a file that waits, and of one of the reply."""

OF_MODERATORS = {"queue", "several", "undo", "case", "claim", "appeals", "appeal", "claim_appeal"}
OF_THE_CONCERNED = {"decision"}
"""Of whom a decision is about, and of its reporters."""

OF_MACHINES = {"rating"}
"""Signed calls of the operator's own service: who is logged in counts for nothing."""

MODERATING = {**dict.fromkeys(INSIDE + OUTSIDE, 403), "moderator": 200, "staff": 200, "far_moderator": 200}
OF_THE_COURSE = {**dict.fromkeys(INSIDE + OUTSIDE, 404), "moderator": 200, "staff": 200}
CONTESTS: dict[str, tuple[str, dict[str, int]]] = {
    "decision": ("decision", {**dict.fromkeys(INSIDE + OUTSIDE, 404), "owner": 200}),
    "appeals": ("", MODERATING),
    "appeal": ("appeal", OF_THE_COURSE),
    "claim_appeal": ("appeal", {**OF_THE_COURSE, "moderator": 403, "staff": 302}),
    "sanction": ("post", {**OF_THE_COURSE, "moderator": 400, "staff": 400}),
    "lift": ("sanction", {**OF_THE_COURSE, "moderator": 400, "staff": 400}),
    "notice": ("", dict.fromkeys(("visitor", *INSIDE, *OUTSIDE), 200)),
    "mails": ("", dict.fromkeys(INSIDE + OUTSIDE, 200)),
    "stop_mails": ("link", dict.fromkeys(("visitor", *INSIDE, *OUTSIDE), 200)),
    "statistics": ("", MODERATING),
    "workshop": ("", MODERATING),
    "transparency": ("", dict.fromkeys(INSIDE + OUTSIDE, 403)),
    "statements": ("", dict.fromkeys(INSIDE + OUTSIDE, 403)),
    "word_lists": ("", {**dict.fromkeys(INSIDE + OUTSIDE, 403), "staff": 200}),
    "words": ("course", {**dict.fromkeys(INSIDE + OUTSIDE, 403), "staff": 200}),
    "word_file": ("course", {**dict.fromkeys(INSIDE + OUTSIDE, 403), "staff": 200}),
    "participants": ("place", {**dict.fromkeys(INSIDE + OUTSIDE, 403), "staff": 200}),
}
"""What each page is about, and the answer to each role once the owner has contested the moderator's removal."""

SENT = {"claim_appeal", "sanction", "lift"}
"""What takes POST alone: an empty form, so that who may is told what is missing."""

PENALTY: dict[str, Any] = {"grounds": (Ground(clause="posts.courtesy"),), "message": "Non."}


@pytest.fixture
def people(
    db: None, learner: Any, other_learner: Any, author: Any, stranger: Any, register: Any, course_key: Any
) -> Any:
    """Somebody for each role."""

    def make(name: str, key: CourseKey) -> Any:
        user = get_user_model().objects.create_user(name)
        register.give_role(user.id, key, "student")
        return user

    found = {"visitor": None, "owner": learner, "learner": other_learner, "staff": author, "stranger": stranger}
    found |= {"trusted": make("tom", course_key), "moderator": make("mo", course_key)}
    found |= {"far_learner": make("far", FAR), "far_moderator": make("farmo", FAR)}
    api.appoint_moderator(course_key, found["moderator"].id)
    api.appoint_moderator(course_key, found["trusted"].id)
    Moderator.objects.filter(user_id=found["trusted"].id).update(role=Role.TRUSTED)
    api.appoint_moderator(FAR, found["far_moderator"].id)
    return found


@pytest.fixture
def reply(people: Any, cafe: Any) -> Any:
    """The owner's answer to the owner's own question."""
    opened = api.publish_thread(people["owner"].id, cafe, make_draft("Une question", title="Comment ?"))
    Thread.objects.update(kind="question")
    return api.publish_post(people["owner"].id, cafe, make_draft("Une réponse"), thread_uuid=opened.thread_uuid)


@pytest.fixture
def waiting(people: Any, cafe: Any) -> Any:
    """A file that waits in a form of the owner's."""
    return api.upload_file(people["owner"].id, cafe, Upload(slot="thread", name="plan.txt", content=b"Mon plan"))


@pytest.fixture
def ask(people: Any, reply: Any, waiting: Any, place: Any, cafe: Any, register: Any) -> Callable[..., int]:
    """The status that somebody gets from a handler of the block at ``usage_key``, about the reply.

    Another thread stands in the same place, and another place in the same course, where cohorts are kept apart.
    """
    other = api.publish_thread(people["owner"].id, cafe, make_draft("Autre chose", title="Un autre fil"))
    bar = UsageKey.from_string(ELSEWHERE)
    unit = place.course_key.make_usage_key("vertical", "unit")
    register.parents |= {place: unit, bar: unit}
    register.fields[bar, "is_divided"] = True
    named = ((REPLY, [str(reply.uuid)]), (OTHER, str(other.thread_uuid)))

    def ask(role: str, handler: str, *, usage_key: Any = place) -> int:
        more, _objects, _row = HANDLERS[handler]
        more = {name: next((sent for one, sent in named if one is value), value) for name, value in more.items()}
        sent = {"thread": str(reply.thread_uuid), "post": str(reply.uuid), "submission": str(uuid4()), **more}
        block = make_block(DiscussionBlock, usage_key, user=people[role])
        if DiscussionBlock.upload_file.solerni_door == getattr(DiscussionBlock, handler).solerni_door:
            return int(send_file(block, b"Un plan").status_code)
        return int(call(block, handler, {**sent, "file": str(waiting.uuid)}).status_code)

    return ask


def test_every_handler_has_its_row() -> None:
    found = {name for name in dir(DiscussionBlock) if hasattr(getattr(DiscussionBlock, name), "solerni_door")}
    assert found == set(HANDLERS)


@pytest.mark.parametrize("role", INSIDE)
@pytest.mark.parametrize("handler", HANDLERS)
def test_who_takes_part_does_what_their_role_allows(ask, handler, role) -> None:
    assert ask(role, handler) == HANDLERS[handler][2][role]


@pytest.mark.parametrize("handler", HANDLERS)
def test_nobody_from_outside_does_anything(ask, handler) -> None:
    assert ask("visitor", handler) == 401
    for role in OUTSIDE:
        assert ask(role, handler) == (200 if handler in ANYBODY_LOGGED_IN else 403), role


@pytest.mark.parametrize("handler", [name for name, (_more, objects, _row) in HANDLERS.items() if objects])
def test_what_stands_in_another_place_or_course_is_not_found(ask, handler, people, register, place) -> None:
    bar = place.course_key.make_usage_key("solerni_discussion", "bar")
    far = FAR.make_usage_key("solerni_discussion", "cafe")
    for role in INSIDE:
        register.give_role(people[role].id, FAR, "student")
        for usage_key in (bar, far):
            assert ask(role, handler, usage_key=usage_key) == 404, (role, usage_key)


@pytest.mark.parametrize("handler", [name for name, (_more, objects, _row) in HANDLERS.items() if objects])
def test_what_is_of_another_group_is_not_found_by_learners(ask, handler) -> None:
    Thread.objects.update(group_id=7)
    assert [ask(role, handler) for role in ("learner", "trusted")] == [404, 404]
    for role in ("moderator", "staff"):
        Thread.objects.update(locked_at=None)  # who comes second locks it too
        assert ask(role, handler) == HANDLERS[handler][2][role]


@pytest.mark.parametrize("handler", [name for name, (_more, objects, _row) in HANDLERS.items() if objects - FILE])
def test_what_learners_do_not_see_now_is_found_through_no_handler(ask, handler) -> None:
    for window in OUT_OF_SIGHT:
        Thread.objects.update(**window)
        for role in ("learner", "owner", "trusted"):
            assert ask(role, handler) == 404, (role, window)
    assert ask("staff", handler) == HANDLERS[handler][2]["staff"]


@pytest.mark.parametrize("state", ["held", "refused", "hidden", "removed", "withdrawn", "revising"])
@pytest.mark.parametrize("handler", [name for name, (_more, objects, _row) in HANDLERS.items() if "post" in objects])
def test_what_is_not_shown_takes_no_gesture_of_peers(ask, handler, state, reply) -> None:
    Post.objects.filter(uuid=reply.uuid).update(state=state)
    assert [ask(role, handler) for role in ("learner", "trusted")] == [404, 404]


def test_every_page_has_its_row() -> None:
    named = {pattern.name for pattern in urls.urlpatterns}
    assert named == {*PAGES, *OF_MODERATORS, *OF_THE_CONCERNED, *OF_MACHINES, *CONTESTS, "file"}


@pytest.mark.parametrize("page", sorted(OF_MODERATORS | OF_THE_CONCERNED))
def test_pages_of_moderators_and_of_the_concerned_show_nothing_to_others(people, reply, page) -> None:
    pattern = next(one for one in urls.urlpatterns if one.name == page)
    address = reverse(f"solerni_discussion:{page}", args=[uuid4()] if pattern.pattern.converters else [])
    assert Client().get(address).status_code in (302, 405)
    for role in ("learner", "owner", *OUTSIDE[:2]):
        client = Client()
        client.force_login(people[role])
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code in (302, 400, 403, 404, 405), (role, answer.status_code)
            assert "réponse" not in answer.content.decode()


@pytest.mark.parametrize("page", sorted(OF_MACHINES))
def test_doors_of_machines_open_for_no_person(people, page) -> None:
    address = reverse(f"solerni_discussion:{page}", args=[uuid4()])
    for role in ("visitor", *INSIDE, *OUTSIDE):
        client = Client()
        if people[role]:
            client.force_login(people[role])
        assert [client.get(address).status_code, client.post(address).status_code] == [405, 403], role


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_for_those_who_may_see_what_they_lead_to(people, reply, page) -> None:
    address = reverse(f"solerni_discussion:{page}", args=[reply.uuid if page == "post" else reply.thread_uuid])
    assert Client().get(address)["Location"].startswith("/login?next=")
    for role, status in PAGES[page].items():
        client = Client()
        client.force_login(people[role])
        assert client.get(address).status_code == status, role


@pytest.mark.parametrize("where", FILES)
def test_files_are_handed_out_to_those_who_may_read_their_message(people, reply, cafe, waiting, where) -> None:
    owner = people["owner"].id
    if where == "attached":
        api.label_file(owner, cafe, waiting.uuid, FileLabel(rights=Declaration(claim=Claim.MINE)))
        draft = replace(make_draft("Une réponse"), files=(waiting.uuid,))
        api.revise_post(owner, cafe, draft, post_uuid=reply.uuid, version=1)
    address = reverse("solerni_discussion:file", args=[waiting.uuid])
    assert Client().get(address)["Location"].startswith("/login?next=")
    for role, status in FILES[where].items():
        client = Client()
        client.force_login(people[role])
        assert client.get(address).status_code == status, role


def test_what_learners_do_not_see_now_has_no_address_and_no_file(people, reply, cafe, waiting) -> None:
    owner = people["owner"].id
    api.label_file(owner, cafe, waiting.uuid, FileLabel(rights=Declaration(claim=Claim.MINE)))
    draft = replace(make_draft("Une réponse"), files=(waiting.uuid,))
    api.revise_post(owner, cafe, draft, post_uuid=reply.uuid, version=1)
    addresses = [
        reverse(f"solerni_discussion:{page}", args=[uuid])
        for page, uuid in (("thread", reply.thread_uuid), ("post", reply.uuid), ("file", waiting.uuid))
    ]
    for window in OUT_OF_SIGHT:
        Thread.objects.update(**window)
        for role in ("learner", "owner", "trusted", "moderator"):
            client = Client()
            client.force_login(people[role])
            statuses = [client.get(address).status_code for address in addresses]
            assert statuses == ([302, 302, 200] if role == "moderator" else [404, 404, 404]), role


@pytest.fixture
def contested(people: Any, reply: Any, place: Any) -> dict[str, list[Any]]:
    """What the pages about contests are about: the moderator removed the reply, and the owner contests."""
    ruling = Ruling(
        act=Act.REMOVE, grounds=(Ground(clause="posts.courtesy"),), message="Non.", seen=Seen(case=0, post=1)
    )
    decision = api.decide_post(people["moderator"].id, reply.uuid, ruling).decision
    words = Words(submission=uuid4(), text="Si.")
    appeal = api.contest_decision(Contester(member_id=people["owner"].id), decision.uuid, words)
    link = make_stop_url(people["owner"].id, "reply", str(place.course_key)).rstrip("/").rpartition("/")[2]
    warned = api.sanction_author(people["moderator"].id, reply.uuid, Penalty(act=Act.WARN, **PENALTY))
    about: dict[str, list[Any]] = {"decision": [decision.uuid], "appeal": [appeal], "place": [place], "": []}
    return {
        **about,
        "course": [place.course_key],
        "post": [reply.uuid],
        "sanction": [reply.uuid, warned],
        "link": [link],
    }


@pytest.mark.parametrize("page", CONTESTS)
def test_contests_and_figures_open_for_those_whom_they_concern(people, contested, page) -> None:
    about, row = CONTESTS[page]
    address = reverse(f"solerni_discussion:{page}", args=contested[about])
    for role in ("visitor", *INSIDE, *OUTSIDE):
        client = Client()
        if people[role]:
            client.force_login(people[role])
        answer = client.post(address) if page in SENT else client.get(address)
        assert answer.status_code == row.get(role, 302), role
