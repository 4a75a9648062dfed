"""openedx-forum: its Python interface, as the platform calls it, with its SQL backend and without a search engine.

The platform adds its own REST layer on top, which is not measured here.
"""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from tests.benchmarks import material, rows, serving, texts
from tests.benchmarks.peers import site
from tests.benchmarks.timing import Subject

PLACE = "module-1"


class NoDocuments:
    """An index that keeps nothing, at no cost."""

    def index_document(self, *args: Any) -> None:
        """Kept nowhere."""

    update_document = delete_document = index_document


class NoSearch:
    """The search backend of a site without a search engine."""

    DOCUMENT_SEARCH_CLASS = NoDocuments


def main() -> None:
    """Make the data, then answer orders."""
    site.start(apps=["forum"], FORUM_SEARCH_BACKEND=f"{__spec__.name}.NoSearch", FEATURES={})
    members = rows.make_members(material.AUTHORS)
    _make_threads(members)
    serving.serve(
        {
            "discussion.list": lambda: _list(members),
            "discussion.unread": lambda: _list(members, unread=True),
            "discussion.publish": lambda: _reply(members),
        }
    )


def _make_threads(members: list[Any]) -> None:
    from django.db import transaction
    from forum.models import Comment, CommentThread, CourseStat, ForumUser

    threads = range(material.THREADS)
    with transaction.atomic():
        rows.add_all(CommentThread, (_make_thread(thread, members) for thread in threads))
        rows.add_all(
            Comment,
            (
                _make_comment(thread, number, members)
                for thread in threads
                for number in range(1, material.count_written(thread))
            ),
        )
        rows.add_all(ForumUser, (ForumUser(user=member) for member in members))
        rows.add_all(CourseStat, (CourseStat(user=member, course_id=material.COURSE) for member in members))
    written = material.THREADS * material.POSTS_WRITTEN
    own = {
        "body": "CONCAT(body, ' Note ', id, '.{turn}')",
        "sort_key": f"CAST(id + {{turn}} * {written} AS CHAR)",
    }
    rows.repeat_replies(Comment, own=own)


def _make_thread(thread: int, members: list[Any]) -> Any:
    from forum.models import CommentThread

    author = members[thread % len(members)]
    return CommentThread(
        id=thread + 1,
        author=author,
        author_username=author.username,
        course_id=material.COURSE,
        commentable_id=PLACE,
        title=texts.make_title(thread),
        body=texts.make_post(f"{thread}.0"),
        last_activity_at=material.make_moment(thread, material.count_posts(thread) - 1),
    )


def _make_comment(thread: int, number: int, members: list[Any]) -> Any:
    from forum.models import Comment

    author, id_ = members[(thread + number) % len(members)], material.make_id(thread, number)
    return Comment(
        id=id_,
        comment_thread_id=thread + 1,
        author=author,
        author_username=author.username,
        course_id=material.COURSE,
        body=texts.make_post(f"{thread}.{number}"),
        depth=0,
        sort_key=str(id_),
    )


def _list(members: list[Any], *, unread: bool = False) -> Subject:
    """``unread``: it has no figure alone, so its list of what is unread."""
    from django.core.serializers.json import DjangoJSONEncoder
    from forum import api

    member = str(members[0].id)
    for thread in range(material.THREADS - material.THREADS_READ, material.THREADS):
        api.mark_thread_as_read(member, str(thread + 1), course_id=material.COURSE)

    def run(_: Any) -> Any:
        page = api.get_user_threads(
            course_id=material.COURSE,
            user_id=member,
            commentable_ids=[PLACE],
            sort_key="activity",
            unread=unread,
            page="1",
            per_page=str(material.PAGE),
        )
        return page, json.dumps(page, cls=DjangoJSONEncoder)

    def check(answer: Any) -> None:
        page, _ = answer
        if len(page["collection"]) != material.PAGE or page["thread_count"] != material.THREADS:
            raise AssertionError(f"not a page of {material.PAGE} threads")

    return Subject(run=run, check=check, count=rows.count_queries, warm_up=1)


def _reply(members: list[Any]) -> Subject:
    from django.core.serializers.json import DjangoJSONEncoder
    from django.db import transaction
    from forum import api

    turn = count(1)

    def prepare() -> Any:
        number = next(turn)
        author = members[number % len(members)]
        thread = material.choose_thread(number)
        return str(thread + 1), texts.make_post(f"reply {number}"), str(author.id), material.COURSE, False, False

    def run(made: Any) -> Any:
        # One transaction a request, as in the platform.
        with transaction.atomic():
            comment = api.create_parent_comment(*made)
        return json.dumps(comment, cls=DjangoJSONEncoder)

    def check(answer: Any) -> None:
        if not json.loads(answer)["id"]:
            raise AssertionError("the reply was not taken")

    return Subject(run=run, prepare=prepare, check=check, count=rows.count_queries)


if __name__ == "__main__":
    main()
