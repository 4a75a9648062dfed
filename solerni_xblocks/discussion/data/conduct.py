"""What members may do in a place, beside the rules on their words: who opens threads, how often, until when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from solerni_xblocks.discussion.data.attachments import FilePolicy
from solerni_xblocks.discussion.data.states import Kind


@dataclass(frozen=True, kw_only=True)
class Pace:
    """At most ``posts`` of one member within ``hours``, and ``gap`` minutes between two; 0: no limit."""

    posts: int = 0
    hours: int = 24
    gap: int = 0


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """What a learner must publish here to complete the block; all 0: nothing is asked.

    ``threads`` and ``replies`` count published posts, ``words`` those of both together.
    """

    threads: int = 0
    replies: int = 0
    words: int = 0

    @property
    def is_asked(self) -> bool:
        """Whether anything is asked."""
        return bool(self.threads or self.replies or self.words)


@dataclass(frozen=True, kw_only=True)
class Participation:
    """What a learner published in a place, beside what is asked there."""

    requirement: Requirement
    threads: int
    replies: int
    words: int

    @property
    def share(self) -> float:
        """The part of what is asked that was done, from 0 to 1; each kind counts alike.

        >>> Participation(requirement=Requirement(threads=1, replies=2), threads=3, replies=1, words=9).share
        0.75
        """
        asked = self.requirement
        pairs = ((self.threads, asked.threads), (self.replies, asked.replies), (self.words, asked.words))
        shares = [min(done / wanted, 1.0) for done, wanted in pairs if wanted]
        return sum(shares) / len(shares) if shares else 1.0

    @property
    def is_met(self) -> bool:
        """All that is asked was done."""
        return self.share == 1.0


@dataclass(frozen=True, kw_only=True)
class Conduct:
    """What the author of a place lets its members do. Moderators are bound by none of it.

    ``kinds`` are those a thread may have. ``opens_at`` and ``closes_at`` bound writing, never reading.
    ``edit_minutes``: how long an author may change a published post; 0: never, None: always. ``most_posts`` a member
    may publish here in all (0: no limit). ``is_divided``: learners meet those of their own group only. ``files``: which
    may be joined; those bind moderators too. ``quiet_days``: threads without a message for so long take words of
    moderators only; 0: none do. ``replies_after_own``: in each thread, learners read the replies of others once they
    have written there themselves.
    """

    kinds: tuple[Kind, ...] = (Kind.DISCUSSION, Kind.QUESTION)
    learners_open_threads: bool = True
    allows_anonymity: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    edit_minutes: int | None = None
    most_posts: int = 0
    pace: Pace = Pace()
    requirement: Requirement = Requirement()
    is_divided: bool = False
    quiet_days: int = 0
    replies_after_own: bool = False
    files: FilePolicy = field(default_factory=FilePolicy)
