"""What rules say of a draft, and where in the text."""

from __future__ import annotations

from dataclasses import dataclass
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
    """Why a rule spoke: the clause of the terms, and the passage of the title or the body, when there is one."""

    rule: str
    code: str
    clause: str = ""
    part: Part = Part.BODY
    passage: Passage | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the rules together say of a draft."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
