"""django-machina: its whole view of a forum, and its whole view that takes a reply, through Django's handler."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from tests.benchmarks import material, rows, serving, texts
from tests.benchmarks.peers import site
from tests.benchmarks.timing import Subject

PARTS = [
    "forum",
    "forum_conversation",
    "forum_conversation.forum_attachments",
    "forum_conversation.forum_polls",
    "forum_feeds",
    "forum_moderation",
    "forum_search",
    "forum_tracking",
    "forum_member",
    "forum_permission",
]
RIGHTS = ["can_see_forum", "can_read_forum", "can_start_new_topics", "can_reply_to_topics"]
MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


def main() -> None:
    """Make the data, then answer orders."""
    from machina import MACHINA_MAIN_TEMPLATE_DIR

    site.start(
        apps=["mptt", "haystack", "widget_tweaks", "machina", *(f"machina.apps.{part}" for part in PARTS)],
        # Who asks is known on every side: no session row, no account is read.
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            f"{__spec__.name}.know_member",
            "django.contrib.messages.middleware.MessageMiddleware",
            "machina.apps.forum_permission.middleware.ForumPermissionMiddleware",
        ],
        ROOT_URLCONF="machina.urls",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [MACHINA_MAIN_TEMPLATE_DIR],
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                        "machina.core.context_processors.metadata",
                    ]
                },
            }
        ],
        CACHES={"default": MEMORY, "machina_attachments": MEMORY},
        HAYSTACK_CONNECTIONS={"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}},
        MACHINA_FORUM_TOPICS_NUMBER_PER_PAGE=material.PAGE,
        MACHINA_TOPIC_POSTS_NUMBER_PER_PAGE=material.POSTS_A_PAGE,
        MACHINA_DEFAULT_AUTHENTICATED_USER_FORUM_PERMISSIONS=RIGHTS,
    )
    members = rows.make_members(material.AUTHORS)
    forum = _make_forum(members)
    serving.serve(
        {
            "discussion.list": lambda: _list(forum, members),
            "discussion.list_deep": lambda: _list(forum, members, page=material.DEEP_PAGE),
            "discussion.thread": lambda: _read(forum, members),
            "discussion.unread": lambda: _list_unread(members),
            "discussion.publish": lambda: _reply(forum, members),
        }
    )


def _make_forum(members: list[Any]) -> Any:
    from django.db import transaction
    from machina.apps.forum.models import Forum
    from machina.apps.forum_conversation.models import Post, Topic

    forum = Forum.objects.create(name="Module 1", type=Forum.FORUM_POST)
    threads = range(material.THREADS)
    topics = [_make_topic(thread, forum, members) for thread in threads]
    with transaction.atomic():
        rows.add_all(Topic, topics)
        rows.add_all(
            Post,
            (
                _make_post(thread, number, members)
                for thread in threads
                for number in range(material.count_written(thread))
            ),
        )
    moment = f"DATE_ADD({{}}, INTERVAL {{{{turn}}}} * {material.POSTS_WRITTEN - 1} HOUR)"
    own = {name: moment.format(name) for name in ("created", "updated")}
    own["content"] = "CONCAT(content, ' Note ', id, '.{turn}')"
    own["_content_rendered"] = "CONCAT(_content_rendered, '<p>Note ', id, '.{turn}</p>')"
    rows.repeat_replies(Post, replies=f"MOD(id, {material.POSTS_WRITTEN}) <> 1", own=own)
    for thread, topic in enumerate(topics):  # now that there are posts to point to
        topic.first_post_id = material.make_id(thread, 0)
        topic.last_post_id = material.make_id(thread, material.count_posts(thread) - 1)
    Topic.objects.bulk_update(topics, ["first_post", "last_post"], batch_size=500)
    forum.direct_topics_count, forum.direct_posts_count = len(threads), sum(map(material.count_posts, threads))
    forum.save()
    return forum


def _make_topic(thread: int, forum: Any, members: list[Any]) -> Any:
    from machina.apps.forum_conversation.models import Topic

    last = material.count_posts(thread) - 1
    return Topic(
        id=thread + 1,
        forum=forum,
        poster=members[thread % len(members)],
        subject=texts.make_title(thread),
        slug=f"t-{thread}",
        type=Topic.TOPIC_POST,
        status=Topic.TOPIC_UNLOCKED,
        approved=True,
        posts_count=last + 1,
        last_post_on=material.make_moment(thread, last),
        created=material.make_moment(thread, 0),
        updated=material.make_moment(thread, last),
    )


def _make_post(thread: int, number: int, members: list[Any]) -> Any:
    from machina.apps.forum_conversation.models import Post

    moment = material.make_moment(thread, number)
    return Post(
        id=material.make_id(thread, number),
        topic_id=thread + 1,
        poster=members[(thread + number) % len(members)],
        subject=texts.make_title(thread),
        content=texts.make_post(f"{thread}.{number}"),
        approved=True,
        created=moment,
        updated=moment,
    )


def know_member(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Middleware: the member that the benchmark put on the request is who asks."""

    def answer(request: Any) -> Any:
        request.user = request.member
        return get_response(request)

    return answer


def _make_handler() -> Any:
    from django.core.handlers.base import BaseHandler

    handler = BaseHandler()
    handler.load_middleware()
    return handler


def _make_request(member: Any, address: str, draft: dict[str, str] | None = None) -> Any:
    from django.test import RequestFactory

    factory = RequestFactory()
    request = factory.get(address) if draft is None else factory.post(address, draft)
    request.member = member
    return request


def _list(forum: Any, members: list[Any], *, page: int = 1) -> Subject:
    handler = _make_handler()
    address = f"/forum/{forum.slug}-{forum.id}/"
    for thread in range(material.THREADS - material.THREADS_READ, material.THREADS):
        handler.get_response(_make_request(members[0], f"{address}topic/t-{thread}-{thread + 1}/"))
    return _view(members[0], f"{address}?page={page}", shows=b"topic-name-link", times=material.PAGE)


def _read(forum: Any, members: list[Any]) -> Subject:
    thread = material.LONG_THREAD
    address = f"/forum/{forum.slug}-{forum.id}/topic/t-{thread}-{thread + 1}/"
    return _view(members[0], address, shows=b'card post"', times=material.POSTS_A_PAGE)


def _list_unread(members: list[Any]) -> Subject:
    """It has no figure alone: its page of what is unread."""
    return _view(members[0], "/tracking/unread-topics/", shows=b"topic-name-link", times=material.PAGE)


def _view(member: Any, address: str, *, shows: bytes, times: int) -> Subject:
    handler = _make_handler()

    def check(answer: Any) -> None:
        if answer.status_code != 200 or answer.content.count(shows) != times:
            raise AssertionError(f"not {times} times {shows!r}: {answer.status_code}")

    return Subject(
        run=handler.get_response,
        prepare=lambda: _make_request(member, address),
        check=check,
        count=rows.count_queries,
    )


def _reply(forum: Any, members: list[Any]) -> Subject:
    handler = _make_handler()
    turn = count(1)

    def prepare() -> Any:
        number = next(turn)
        thread = material.choose_thread(number)
        address = f"/forum/{forum.slug}-{forum.id}/topic/t-{thread}-{thread + 1}/post/create/"
        draft = {"subject": f"Re: {thread}", "content": texts.make_post(f"reply {number}")}
        return _make_request(members[number % len(members)], address, draft)

    def check(answer: Any) -> None:
        if answer.status_code != 302:
            raise AssertionError(f"the reply was not taken: {answer.status_code}")

    return Subject(run=handler.get_response, prepare=prepare, check=check, count=rows.count_queries)


if __name__ == "__main__":
    main()
