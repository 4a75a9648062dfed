"""``python -m tests.databases ENGINE --lasting python -m tests.benchmarks.rush [SECONDS]``: fifty write at once.

Replies, comments on replies, threads and votes, every local rule on; every fifth message is sent a second time by
somebody else's thread of the program, while the first is on its way. Then rows and counters are counted again.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from random import Random
from statistics import median, quantiles
from threading import Thread as Worker
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

WRITERS = 50
SECONDS = 60
THREADS = 5
"""Few: many writers meet in each."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message as a browser sends it, again if need be: its submission stays the same."""

    author_id: int
    thread: UUID | None
    parent: UUID | None
    draft: Any


@dataclass
class Rush:
    """What fifty writers did: messages sent, seconds that each took, what went wrong."""

    place: Any
    members: list[int]
    sent: dict[UUID, Message] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)
    votes: int = 0
    again: int = 0
    threads: deque[UUID] = field(default_factory=lambda: deque(maxlen=THREADS))
    replies: deque[tuple[UUID, UUID]] = field(default_factory=lambda: deque(maxlen=20))
    echoes: deque[Message] = field(default_factory=deque)

    def run(self, *, writers: int, seconds: float) -> None:
        """Let them write for so long."""
        for number in range(THREADS):
            self._send(self._compose(Random(number), number=0, opens=True))  # noqa: S311 - data, not secrets
        end = monotonic() + seconds
        workers = [Worker(target=self._write_until, args=(end, number)) for number in range(writers)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    def _write_until(self, end: float, number: int) -> None:
        from django.db import connection

        draw = Random(f"writer {number}")  # noqa: S311 - data, not secrets
        try:
            for turn in count(1):
                if monotonic() >= end:
                    return
                self._take_turn(draw, turn)
        except BaseException as error:  # noqa: BLE001 - told at the end
            self.faults.append(error)
        finally:
            connection.close()

    def _take_turn(self, draw: Random, turn: int) -> None:
        if self.echoes:
            try:
                self._send(self.echoes.popleft())
                self.again += 1
            except IndexError:  # another was faster
                return
        message = self._compose(draw, number=turn, opens=turn % 40 == 0)
        if turn % 5 == 1:
            self.echoes.append(message)
        self._send(message)
        if self.replies:
            self._vote(draw)

    def _compose(self, draw: Random, *, number: int, opens: bool) -> Message:
        from solerni_xblocks.discussion.data import Draft
        from tests.benchmarks import texts

        submission = uuid4()
        thread, parent = draw.choice(self.threads) if not opens else None, None
        if thread and number % 4 == 0 and self.replies:
            thread, parent = draw.choice(self.replies)
        title = texts.make_title(submission.int) if opens else ""
        draft = Draft(title=title, source=texts.make_post(str(submission)), submission=submission, insists=True)
        return Message(author_id=draw.choice(self.members), thread=thread, parent=parent, draft=draft)

    def _send(self, message: Message) -> None:
        from solerni_xblocks.discussion import api

        self.sent[message.draft.submission] = message
        started = monotonic()
        if message.thread is None:
            post = api.publish_thread(message.author_id, self.place, message.draft)
            self.threads.append(post.thread_uuid)
        else:
            under = {"thread_uuid": message.thread, "parent_uuid": message.parent}
            post = api.publish_post(message.author_id, self.place, message.draft, **under)
            if post.state == "published":
                self.replies.append((message.thread, post.uuid))
        self.took.append(monotonic() - started)

    def _vote(self, draw: Random) -> None:
        from solerni_xblocks.core.errors import SolerniError
        from solerni_xblocks.discussion import api

        try:
            api.vote_post(draw.choice(self.members), self.place, draw.choice(self.replies)[1])
            self.votes += 1
        except SolerniError:  # one's own message
            return


def find_differences(rush: Rush) -> list[str]:
    """What is lost, doubled or miscounted; nothing, if all is well."""
    from django.db.models import Count, F, Q

    from solerni_xblocks.badges.models import Fact
    from solerni_xblocks.discussion.models import Post, SearchText, State, Thread, Version, Vote

    posts, published = Post.objects.all(), Post.objects.filter(state=State.PUBLISHED)
    stored = list(posts.values_list("submission", flat=True))
    shown = Q(posts__state=State.PUBLISHED, posts__is_opening=False)
    threads = Thread.objects.annotate(real=Count("posts", filter=shown)).exclude(replies=F("real"))
    comments = posts.annotate(real=Count("replies", filter=Q(replies__state=State.PUBLISHED)))
    checks = {
        "messages lost": set(rush.sent) - set(stored),
        "messages nobody sent": set(stored) - set(rush.sent),
        "messages doubled": len(stored) - len(set(stored)),
        "threads that miscount replies": threads.count(),
        "replies that miscount comments": comments.exclude(comments=F("real")).count(),
        "messages that miscount votes": posts.annotate(real=Count("votes_given")).exclude(votes=F("real")).count(),
        "votes that are none": max(0, Vote.objects.count() - rush.votes),
        "messages without their wording": posts.count() - Version.objects.count(),
        "messages that search does not know": published.count() - SearchText.objects.count(),
        "messages that no fact tells of": published.count() - Fact.objects.filter(kind="post.published").count(),
    }
    return [f"{what}: {found}" for what, found in checks.items() if found]


def prepare(members: int) -> Rush:
    """A place of the benchmark's course, and people who take part in it."""
    from solerni_xblocks.demo.models import CourseRole
    from solerni_xblocks.discussion.data import Place
    from tests.benchmarks import material, rows
    from tests.benchmarks.ours.conversations import COURSE_KEY, PLACE

    people = rows.make_members(members)
    CourseRole.objects.bulk_create(
        [CourseRole(user=one, course_key=material.COURSE, role=CourseRole.Role.STUDENT) for one in people]
    )
    return Rush(place=Place(course_key=COURSE_KEY, usage_key=PLACE), members=[one.id for one in people])


def main() -> int:
    """Rush for a minute, or for as many seconds as asked; 1 when something is lost, doubled or miscounted."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, serialize=False)
    seconds = float(sys.argv[1]) if sys.argv[1:] else SECONDS
    rush = prepare(WRITERS)
    started = monotonic()
    rush.run(writers=WRITERS, seconds=seconds)
    _tell(rush, connection.vendor, monotonic() - started)
    differences = [*find_differences(rush), *(f"fault: {type(fault).__name__}: {fault}" for fault in rush.faults)]
    sys.stdout.write("".join(f"{line}\n" for line in differences) or "Nothing lost, doubled or miscounted.\n")
    return bool(differences)


def _tell(rush: Rush, vendor: str, seconds: float) -> None:
    late = quantiles(rush.took, n=20)[-1]
    sys.stdout.write(
        f"{vendor}: {len(rush.sent)} messages, {rush.again} of them sent twice at once, and {rush.votes} votes, by "
        f"{WRITERS} writers in {seconds:.0f} s; a message took {median(rush.took):.2f} s, one in twenty {late:.2f} s\n"
    )


if __name__ == "__main__":
    sys.exit(main())
