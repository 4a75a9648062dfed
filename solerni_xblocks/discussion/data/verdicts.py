"""What rules say of a draft, and where in the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Outcome(IntEnum):
    """What a verdict does to a draft, from light to grave."""

    PUBLISH = 0
    NUDGE = 1
    HOLD = 2
    REFUSE = 3


class Part(StrEnum):
    """What a passage was found in."""

    TITLE = "title"
    BODY = "body"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What the rules may know of the circumstances."""

    is_moderator: bool
    is_staff: bool = False


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
    rule. ``is_to_read``: published, but it stands on the list of what a moderator should read.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    tried: tuple[Reason, ...] = ()
    unjudged: Mapping[str, str] = field(default_factory=dict)
    is_to_read: bool = False
