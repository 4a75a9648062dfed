"""What rules say of a wording, and where in the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solerni_xblocks.discussion.data.judged import Circumstances
    from solerni_xblocks.discussion.data.measures import Measures


class Outcome(IntEnum):
    """What a verdict does to a draft, from light to grave."""

    PUBLISH = 0
    NUDGE = 1
    HOLD = 2
    REFUSE = 3


class Rule(StrEnum):
    """The eight rules, in the order of the terms. The clause of each is ``posts.`` and its name."""

    SPELLING = "spelling"
    COURTESY = "courtesy"
    ON_TOPIC = "on_topic"
    LANGUAGE = "language"
    TEMPLATE = "template"
    RIGHTS = "rights"
    PROMOTION = "promotion"
    PLAGIARISM = "plagiarism"

    @property
    def clause(self) -> str:
        """The clause of the terms that the rule serves."""
        return f"posts.{self.value}"


class Part(StrEnum):
    """What a passage was found in, or which field of the form is meant."""

    TITLE = "title"
    BODY = "body"
    FIELDS = "fields"
    TAGS = "tags"
    RIGHTS = "rights"


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Characters ``start`` to ``end`` (excluded) of a text, counted in code points."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a rule spoke: the clause of the terms, and the passage of the title or the body, when there is one.

    ``seen`` is the word or value that it saw, ``score`` what it measured, ``threshold`` from where on it speaks.
    ``outcome`` is what it asks for; PUBLISH: let it pass, but have it read. ``is_dry``: it was only tried.
    """

    rule: str
    code: str
    clause: str = ""
    part: Part = Part.BODY
    passage: Passage | None = None
    seen: str = ""
    score: float | None = None
    threshold: float | None = None
    outcome: Outcome = Outcome.HOLD
    is_dry: bool = False


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the rules together say of a wording.

    ``reasons`` are those that count, ``tried`` those of rules in dry run. ``unjudged``: why a rule could not speak, by
    rule. ``is_to_read``: published, but it stands on the list of what a moderator should read. ``measures`` are what
    was judged, ``policy`` the digest of the policy under which. ``circumstances`` are all it takes to judge
    them again.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    tried: tuple[Reason, ...] = ()
    unjudged: Mapping[str, str] = field(default_factory=dict)
    is_to_read: bool = False
    measures: Measures | None = None
    policy: str = ""
    circumstances: Circumstances | None = None
